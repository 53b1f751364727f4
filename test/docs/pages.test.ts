import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandsToRun, NOT_RUN, SHOWN_ONLY } from "../support/not-run.ts";
import { blocksIn, pages, root } from "../support/pages.ts";
import { NEEDS_PYTHON, runBlock } from "../support/run-block.ts";
import { commandLine, type Clone, type CommandLine } from "../support/shell.ts";
import { firstMissing } from "../support/shown-output.ts";

// Every block of every page runs as its reader would run it, and prints what the page says. `npm run docs:examples`
// writes the outputs anew.

// Where notebooks have to run there is a Python too.
const hasPython =
  process.env["MICROLIFT_REQUIRE_JUPYTER"] === "1" ||
  spawnSync("python3", ["-c", "import sqlite3"]).status === 0;

let microlift: CommandLine;
beforeAll(async () => {
  microlift = await commandLine();
});
afterAll(() => microlift.remove());

describe.each(pages)("%s", (page) => {
  const blocks = blocksIn(page).filter(({ where }) => !(where in SHOWN_ONLY));
  let clone: Clone;
  beforeAll(() => {
    clone = microlift.clone();
  });
  afterAll(() => clone.remove());

  // In order, since a block may read what one before it wrote.
  it.for(blocks.map((block) => [block.where, block.language, block] as const))(
    "%s (%s)",
    async ([, language, block], { skip }) => {
      if (NEEDS_PYTHON.has(language) && !hasPython) skip("to run it, install python3 with its sqlite3");
      const { faults, printed } = await runBlock(block, clone);
      expect(faults).toEqual([]);
      if (block.output === null) return;
      const missing = firstMissing(block.output.text, printed ?? "");
      expect(missing === null ? null : { missing, printed }).toBeNull();
    },
  );

  it("shows what its examples log", () => {
    const silent = blocks.filter(
      ({ language, text, output }) => language === "ts" && text.includes("console.log") && output === null,
    );
    expect(silent.map(({ where }) => where)).toEqual([]);
  });
});

describe("blocks", () => {
  it("stand at the margin, where they are seen and run", () => {
    const indented = pages.filter((page) => /^[ >]+`{3,}/m.test(readFileSync(join(root, page), "utf8")));
    expect(indented).toEqual([]);
  });
});

describe("the lists of what is not run", () => {
  const blocks = pages.flatMap((page) => blocksIn(page));

  it("hold nothing that is gone", () => {
    const gone = Object.keys(NOT_RUN).filter(
      (command) => !blocks.some(({ text }) => commandsToRun(text) !== text && text.includes(command)),
    );
    expect(gone).toEqual([]);
    expect(Object.keys(SHOWN_ONLY).filter((where) => !blocks.some((block) => block.where === where))).toEqual(
      [],
    );
  });
});
