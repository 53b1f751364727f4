import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromJson, toJson } from "../../src/core/json.ts";
import * as microlift from "../../src/index.ts";
import { hasPython, hasR } from "../support/callers.ts";
import { root } from "../support/pages.ts";
import { type Clone, commandLine, type CommandLine } from "../support/shell.ts";

// The examples in Python and R on the built command line: what they print, and that they pass every digit on.

let line: CommandLine;
let clone: Clone;
beforeAll(async () => {
  line = await commandLine(join(root, "dist/cli.js"));
  clone = line.clone();
});
afterAll(() => {
  clone.remove();
  line.remove();
});

const data = JSON.parse(readFileSync(join(root, "examples/hillstrom-data.json"), "utf8")) as Parameters<
  typeof microlift.analyzeExperiment
>[0];
const counts = { control: { n: 21306, conversions: 122 }, treatment: { n: 21307, conversions: 267 } };
const rare = { control: { n: 100, conversions: 0 }, treatment: { n: 100, conversions: 3 } };
// Doubles of all sizes: each product shows whether the caller passed the last digit on.
const pValues = Array.from({ length: 500 }, (_, i) => Math.exp(-0.37 * i) * (1 - 1 / (i + 3)));

/** What is called, and what the library itself says. */
const CALLS: readonly (readonly [name: string, given: readonly unknown[], expected: unknown])[] = [
  ["compareProportions", [counts], microlift.compareProportions(counts)],
  ["compareProportions", [rare], microlift.compareProportions(rare)],
  ["adjustPValues", [pValues, "bonferroni"], microlift.adjustPValues(pValues, "bonferroni")],
  ["normal.quantile", [0], -Infinity],
  ["normal.cdf", [Infinity], 1],
  ["bivariateNormal.cdf", [0.1, -Infinity, 0.3], 0],
  [
    "analyzeExperiment",
    [{ ...data, name: "Café 20 €" }],
    microlift.analyzeExperiment({ ...data, name: "Café 20 €" }),
  ],
];

/** Runs a script that reads the calls from a file and prints a line of JSON for each answer. */
async function answersTo(command: string, script: string): Promise<unknown[]> {
  writeFileSync(join(clone.folder, "calls.json"), `${toJson(CALLS.map(([name, given]) => [name, given]))}\n`);
  const { printed, exit } = await clone.bash(command, script);
  expect(exit === 0 ? "" : printed).toBe("");
  return printed.trimEnd().split("\n").map(fromJson);
}

const expected = CALLS.map(([, , result]) => fromJson(toJson(result)));

const PYTHON = `
import json, sys
sys.path.insert(0, "examples/python")
from microlift_client import Microlift, _from_json, _to_json
with open("calls.json", encoding="utf-8") as file:
    calls = json.load(file)
with Microlift() as microlift:
    for name, arguments in calls:
        print(json.dumps(_to_json(microlift.call(name, *_from_json(arguments)))))
`;

const PYTHON_FAULTS = `
import sys, threading
sys.path.insert(0, "examples/python")
from microlift_client import DomainError, Microlift, MicroliftError

def fault(task):
    try:
        print(task())
    except DomainError as error:
        print("DomainError", error.field, error.value, error.expected, sep="|")
    except (MicroliftError, ValueError) as error:
        print(type(error).__name__, error, sep="|")

with Microlift() as microlift:
    fault(lambda: microlift.call("proportionInterval", n=122, conversions=130))
    fault(lambda: microlift.call("normal.quantile", float("inf")))
    fault(lambda: microlift.call("proportionIntervall", n=122, conversions=13))
    fault(lambda: microlift.call("normal.cdf", float("nan")))
    fault(lambda: microlift.call("normal.cdf", 0.0))
    wrong = []
    def ask(p):
        for _ in range(50):
            if microlift.call("mergeProportions", [{"n": p, "conversions": 0}])["n"] != p:
                wrong.append(p)
    threads = [threading.Thread(target=ask, args=(p,)) for p in range(1, 9)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    print("mixed up:", wrong)
    microlift._process.stdin.close()
    fault(lambda: microlift.call("normal.cdf", 0.0))
`;

describe.skipIf(!hasPython())("from Python", () => {
  it("the example prints what it finds", async () => {
    expect(await clone.bash("python3 examples/python/example.py")).toEqual({
      printed: [
        "p = 1.523223500595555e-13",
        "lift 118.8%, from 76.9% to 170.8%",
        "[0.03, 0.06, 0.06]",
        "inf",
        "treatment.conversions is 267: it must be at most n = 122",
        "",
      ].join("\n"),
      exit: 0,
    });
  });

  it("results are those of the library, to the last digit", async () => {
    expect(await answersTo("python3 -", PYTHON)).toEqual(expected);
  });

  it("faults are exceptions with what was wrong, threads take turns, and an end is said", async () => {
    const { printed } = await clone.bash("python3 -", PYTHON_FAULTS);
    expect(printed.trimEnd().split("\n")).toEqual([
      "DomainError|conversions|130|must be at most n = 122",
      "DomainError|p|inf|must lie between 0 and 1",
      'DomainError|function|proportionIntervall|must be the name of a public function (did you mean "proportionInterval"?)',
      expect.stringMatching(/^ValueError\\|.*JSON/),
      "0.5",
      "mixed up: []",
      "MicroliftError|microlift has ended with exit code 0",
    ]);
  });
});

const R = `
source("examples/r/microlift.R")
calls <- .microlift_parsed(readLines("calls.json", encoding = "UTF-8"))
requests <- lapply(calls, function(call) list(call[[1]], lapply(call[[2]], .microlift_value)))
session <- microlift_session()
answers <- switch(commandArgs(TRUE)[1],
  call = lapply(requests, function(request) microlift_call(request[[1]], request[[2]])),
  calls = microlift_calls(requests),
  session = lapply(requests, function(request) session$call(request[[1]], request[[2]]))
)
for (answer in answers) writeLines(.microlift_json(answer), useBytes = TRUE)
`;

const R_FAULTS = `
source("examples/r/microlift.R")
fault <- function(expression) tryCatch(
  cat(expression, "\\n"),
  microlift_domain_error = function(error) cat(error$field, error$value, error$expected, sep = "|", fill = TRUE),
  microlift_error = function(error) cat(conditionMessage(error), "\\n")
)
impossible <- list(n = 122, conversions = 130)
fault(microlift_call("proportionInterval", impossible))
session <- microlift_session()
fault(session$call("proportionInterval", impossible))
fault(session$call("normal.cdf", 0))
session$close()
answers <- microlift_calls(list(list("proportionInterval", impossible), list("normal.cdf", 0)))
cat(inherits(answers[[1]], "microlift_domain_error"), answers[[2]], "\\n")
`;

describe.skipIf(!hasR())("from R", () => {
  it("the example prints what it finds", async () => {
    const { printed, exit } = await clone.bash("Rscript examples/r/example.R");
    expect({ exit, lines: printed.split("\n").map((shown) => shown.trim()) }).toEqual({
      exit: 0,
      lines: [
        "p = 1.523223500595555e-13",
        "[1] 0.03 0.06 0.06",
        "[1] Inf",
        "treatment.conversions is 267 and must be at most n = 122",
        "[1] 0.02275013194817921",
        '[1] "p = 3, must lie between 0 and 1"',
        "",
      ],
    });
  });

  it.each(["call", "calls", "session"])(
    "results are those of the library, to the last digit: by %s",
    async (way) => {
      writeFileSync(join(clone.folder, "calls.R"), R);
      expect(await answersTo(`Rscript calls.R ${way}`, "")).toEqual(expected);
      // A locale without letters of other languages changes nothing.
      expect((await answersTo(`LC_ALL=C Rscript calls.R ${way}`, "")).at(-1)).toEqual(expected.at(-1));
    },
  );

  it("faults are conditions with what was wrong", async () => {
    const { printed } = await clone.bash("Rscript -", R_FAULTS);
    expect(
      printed
        .trimEnd()
        .split("\n")
        .map((shown) => shown.trim()),
    ).toEqual([
      "microlift: conversions = 130, must be at most n = 122",
      "conversions|130|must be at most n = 122",
      "0.5",
      "TRUE 0.5",
    ]);
  });
});
