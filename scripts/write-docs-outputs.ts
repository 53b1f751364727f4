import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SHOWN_ONLY } from "../test/support/not-run.ts";
import { blocksIn, pages, root, type Block } from "../test/support/pages.ts";
import { runBlock } from "../test/support/run-block.ts";
import { commandLine } from "../test/support/shell.ts";
import { recut } from "../test/support/shown-output.ts";

// Runs the examples of the pages named, or of all, and writes what they print now into the blocks behind them, cut as
// before. The diff is to be read: test/docs/pages.test.ts only sees that page and output agree.

const named = process.argv.slice(2);
const microlift = await commandLine();
for (const page of named.length > 0 ? named : pages) {
  const path = join(root, page);
  const source = readFileSync(path, "utf8");
  const clone = microlift.clone();
  let written = source;
  // Later blocks may need what an earlier one wrote, so they run forwards; replaced backwards, places keep.
  const outputs: [Block, string][] = [];
  for (const block of blocksIn(page, source)) {
    if (block.where in SHOWN_ONLY) continue;
    const { faults, printed } = await runBlock(block, clone);
    for (const fault of faults) process.stderr.write(`${block.where}: ${fault}\n`);
    if (block.output !== null) outputs.push([block.output, recut(block.output.text, printed ?? "")]);
  }
  for (const [{ start, text }, now] of outputs.toReversed()) {
    written = written.slice(0, start) + now + written.slice(start + text.length);
  }
  clone.remove();
  if (written !== source) {
    writeFileSync(path, written);
    process.stdout.write(`${page} has new outputs\n`);
  }
}
microlift.remove();
