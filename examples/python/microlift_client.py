"""microlift from Python: one process answers all calls. Standard library only; copy this file into your project."""

from __future__ import annotations

import contextlib
import itertools
import json
import math
import re
import shutil
import subprocess
import threading
from typing import Any, Sequence


class MicroliftError(Exception):
    """A call that failed."""


class DomainError(MicroliftError, ValueError):
    """Wrong input: the argument as the caller wrote it, the value that was given, and what was expected."""

    def __init__(self, message: str, field: str, value: Any, expected: str) -> None:
        super().__init__(message)
        self.field = field
        self.value = value
        self.expected = expected


class Microlift:
    """Answers calls until it is closed; best in a `with` statement. Threads may share one: they take turns.

    `command` starts microlift, such as `["node", "node_modules/microlift/dist/cli.js"]`.
    """

    def __init__(self, command: Sequence[str] = ("npx", "microlift")) -> None:
        # On Windows npx is npx.cmd, which only `which` finds.
        program = shutil.which(command[0]) or command[0]
        self._process = subprocess.Popen(
            [program, *command[1:], "serve", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self._ids = itertools.count(1)
        self._lock = threading.Lock()

    def call(self, function: str, *arguments: Any, **options: Any) -> Any:
        """Calls a public function: arguments in their order, and keywords as the object that comes last."""
        given = [*arguments, options] if options else list(arguments)
        with self._lock:
            request = {"id": next(self._ids), "function": function, "arguments": _to_json(given)}
            answer = self._ask(request)
        if "error" not in answer:
            return _from_json(answer["result"])
        error = _from_json(answer["error"])
        if error["name"] == "DomainError":
            raise DomainError(error["message"], error["field"], error.get("value"), error["expected"])
        raise MicroliftError(error["message"])

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        line = json.dumps(request, allow_nan=False) + "\n"
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except (OSError, ValueError):  # Gone, or closed by us.
            raise MicroliftError(self._ending()) from None
        while line := self._process.stdout.readline():
            answer = json.loads(line)
            # Another id is that of a call that was interrupted while it waited; none, that of a line nobody can read.
            if answer["id"] in (request["id"], None):
                return answer
        raise MicroliftError(self._ending())

    def _ending(self) -> str:
        return f"microlift has ended with exit code {self._process.wait()}"

    def close(self) -> None:
        """Ends the process, which answers what it was asked before."""
        # A process that is gone cannot be told.
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def __enter__(self) -> Microlift:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


# JSON has no infinities: they travel as texts, and a text that looks like one has a "$" before it.


def _to_json(value: Any) -> Any:
    if isinstance(value, float) and math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, str) and re.fullmatch(r"\$*-?Infinity", value):
        return "$" + value
    if isinstance(value, dict):
        return {name: _to_json(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_to_json(entry) for entry in value]
    return value


def _from_json(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\$*-?Infinity", value):
        return value[1:] if value.startswith("$") else float(value)
    if isinstance(value, dict):
        return {name: _from_json(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [_from_json(entry) for entry in value]
    return value
