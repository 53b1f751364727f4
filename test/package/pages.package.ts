import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksIn, pages, root } from "../support/pages.ts";
import { runBlock } from "../support/run-block.ts";
import { commandLine, type Clone, type CommandLine } from "../support/shell.ts";
import { firstMissing } from "../support/shown-output.ts";

// The commands of every page on the built command line; test/docs runs them, and the examples in TypeScript, on the
// sources.

let microlift: CommandLine;
let clone: Clone;
beforeAll(async () => {
  microlift = await commandLine(join(root, "dist/cli.js"));
  clone = microlift.clone();
});
afterAll(() => microlift.remove());

describe("the built command line", () => {
  const blocks = pages.flatMap((page) => blocksIn(page)).filter(({ language }) => language === "sh");

  it.each(blocks.map((block) => [block.where, block] as const))("does what %s says", async (_, block) => {
    const { faults, printed } = await runBlock(block, clone);
    expect(faults).toEqual([]);
    if (block.output !== null) expect(firstMissing(block.output.text, printed ?? "")).toBeNull();
  });

  it("is not needed for npm start, which prints the report and writes it", async () => {
    const { printed, exit } = await clone.bash("npm start");
    expect(exit).toBe(0);
    expect(printed).toContain("Written as Markdown to hillstrom-report.md");
    expect(readFileSync(join(clone.folder, "hillstrom-report.md"), "utf8")).toContain("Men's e-mail");
  });
});
