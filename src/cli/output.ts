import type { Command } from "commander";
import { toJson } from "../core/json.ts";
import type { AnyResult } from "../report/any-result.ts";
import { toMarkdown } from "../report/to-markdown.ts";
import { toText } from "../report/to-text.ts";
import type { Io } from "./io.ts";

/** How a command gives its result. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly markdown?: string;
}

export function addOutputOptions(command: Command): Command {
  return command
    .option("--json", "print the result as JSON, for machines")
    .option("--markdown <file>", "write the report as Markdown to this file too");
}

/** Refuses options that a document given as a file would silently outvote. */
export function refuseBesideFile(command: Command, file: string | undefined): void {
  if (file === undefined) return;
  const given = command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === "cli")
    .map((option) => option.long!)
    .filter((name) => name !== "--json" && name !== "--markdown");
  if (given.length > 0)
    command.error(`error: ${given.join(", ")} cannot stand beside a file: put it into the document`);
}

/** Prints a result as text or JSON, and writes it as Markdown where a file is named. */
export function print(io: Io, result: AnyResult, options: OutputOptions): void {
  // The file first: a command that fails to write it has printed nothing.
  if (options.markdown !== undefined) io.write(options.markdown, toMarkdown(result));
  io.out(options.json === true ? `${toJson(result, 2)}\n` : toText(result, { width: io.width }));
  if (options.markdown !== undefined && options.json !== true)
    io.out(`\nWritten as Markdown to ${options.markdown}\n`);
}
