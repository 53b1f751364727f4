"""Executes a notebook by a Jupyter client, and prints it with its outputs as JSON.

python3 execute.py NOTEBOOK: cells run in the notebook's folder, one after the other, until one fails.
"""

import sys
from pathlib import Path

import nbformat
from jupyter_client.utils import ensure_async
from nbclient import NotebookClient


class Client(NotebookClient):
    """Waits for late outputs: of about one cell in twenty, Deno's kernel (2.9) says that it is idle before it sends
    what the cell shows. Whatever is late comes before the answer to another request."""

    async def _async_poll_output_msg(self, parent_msg_id, cell, cell_index):
        await super()._async_poll_output_msg(parent_msg_id, cell, cell_index)
        request = await ensure_async(self.kc.execute("undefined", silent=True))
        while True:
            message = await ensure_async(self.kc.iopub_channel.get_msg(timeout=None))
            parent = message["parent_header"].get("msg_id")
            if parent == parent_msg_id:
                self.process_message(message, cell, cell_index)
            elif parent == request and message["content"].get("execution_state") == "idle":
                return


path = Path(sys.argv[1])
notebook = nbformat.read(path, as_version=4)
Client(
    notebook,
    timeout=120,
    iopub_timeout=60,
    record_timing=False,
    resources={"metadata": {"path": str(path.parent)}},
).execute()
# The version of the kernel's language says nothing about the notebook.
notebook.metadata.language_info.pop("version", None)
print(nbformat.writes(notebook))
