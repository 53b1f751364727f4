import type { Command } from "commander";
import { TERMINAL_PAINT } from "../report/paint.ts";

const WIDTH = 78;
const INDENT = "  ";

/** Shows commands at the end of a help text, as they are typed in a clone of the repository. */
export function addExamples(command: Command, lines: readonly string[]): Command {
  const title = lines.length === 1 ? "Example:" : "Examples:";
  // Where there is no colour, commander takes it out.
  return command.addHelpText(
    "after",
    ["", TERMINAL_PAINT.strong(title), ...lines.map((line) => INDENT + continued(line))].join("\n"),
  );
}

/** A command on as many lines as it needs, broken before options and files of tables, so that a shell takes it as it is printed. */
function continued(line: string): string {
  const lines: string[] = [];
  let last = "";
  for (const part of line.split(/ (?=--|\w+=)/)) {
    const longer = last === "" ? part : `${last} ${part}`;
    if (longer.length + INDENT.length + " \\".length <= WIDTH) {
      last = longer;
    } else {
      lines.push(`${last} \\`);
      last = `${INDENT}${INDENT}${part}`;
    }
  }
  return [...lines, last].join("\n");
}
