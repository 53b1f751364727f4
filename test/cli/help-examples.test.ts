import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli } from "../support/command-line.ts";
import { type Clone, commandLine, type CommandLine } from "../support/shell.ts";

const COMMANDS = ["plan", "analyze", "proxy", "sql", "call", "serve", "completion"];

/** The examples of a help text, as they are printed: each begins a line, and goes on where a backslash ends one. */
function examplesIn(help: string): string[] {
  const [, shown] = /\nExamples?:\n((?: {2}.*\n)+)/.exec(help) ?? [];
  return (shown ?? "").replace(/\n$/, "").split(/(?<!\\)\n/);
}

describe("the examples in help texts", () => {
  let line: CommandLine;
  let clone: Clone;
  beforeAll(async () => {
    line = await commandLine();
    clone = line.clone();
  });
  afterAll(() => {
    clone.remove();
    line.remove();
  });

  it.each([[["--help"]], ...COMMANDS.map((name) => [[name, "--help"]])])(
    "run as they are printed: %j",
    async (args) => {
      const { out } = await cli(args);
      const examples = examplesIn(out);
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) {
        expect(Math.max(...example.split("\n").map((row) => row.length))).toBeLessThanOrEqual(80);
        const { printed, exit } = await clone.bash(example);
        expect(`${example}: ${exit} ${exit === 0 ? "" : printed}`).toBe(`${example}: 0 `);
      }
    },
  );

  it("stand in the help of every command", async () => {
    const { out } = await cli(["--help"]);
    const [, listed] = /\nCommands:\n([\s\S]*?)\n\n/.exec(out)!;
    const names = [...listed!.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name!);
    expect(names).toEqual([...COMMANDS, "help"]);
  });
});
