import type { Command } from "commander";
import { toJson } from "../core/json.ts";
import type { ExperimentData } from "../experiment/experiment-data.ts";
import type { AnyResult } from "../report/any-result.ts";
import { toHtml } from "../report/to-html.ts";
import { toMarkdown } from "../report/to-markdown.ts";
import { toText } from "../report/to-text.ts";
import { hasColors } from "./colors.ts";
import type { Io } from "./io.ts";

/** How a command gives its result. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly markdown?: string;
  readonly html?: string;
  /** Of a command that makes a document of rows. */
  readonly document?: string;
  /** Of the whole program. */
  readonly color?: boolean;
}

const STANDARD_OUTPUT = "-";
const OUTPUT_OPTIONS = new Set(["--json", "--markdown", "--html"]);

export function addOutputOptions(command: Command): Command {
  return command
    .option("--json", "print the result as JSON, for machines")
    .option("--markdown <file>", "write the report as Markdown too; - for standard output, instead of text")
    .option(
      "--html <file>",
      "write the report as a web page with charts too (charts need npm install vega vega-lite)",
    );
}

/** The options of a command, once they contradict neither the file beside them nor each other. */
export function checkedOptions<Options extends OutputOptions>(
  command: Command,
  file: string | undefined,
): Options {
  const options = command.optsWithGlobals<Options>();
  refuseBesideFile(command, file);
  refuseTwoInOnePlace(command, options);
  return options;
}

/** Refuses options that a document given as a file would silently outvote. */
function refuseBesideFile(command: Command, file: string | undefined): void {
  if (file === undefined) return;
  const given = command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === "cli")
    .map((option) => option.long!)
    .filter((name) => !OUTPUT_OPTIONS.has(name));
  if (given.length > 0)
    command.error(`error: ${given.join(", ")} cannot stand beside a file: put it into the document`);
}

/** Refuses to put two reports in one place. */
function refuseTwoInOnePlace(command: Command, { json, markdown, html, document }: OutputOptions): void {
  const places = Object.entries({ markdown, html, document }).filter(([, place]) => place !== undefined);
  for (const [name, place] of places) {
    const other = places.find((candidate) => candidate[0] !== name && candidate[1] === place);
    if (other !== undefined && place !== STANDARD_OUTPUT)
      command.error(`error: --${name} and --${other[0]} both name ${place}: give each a file of its own`);
  }
  const printed = [
    ...(json === true ? ["--json"] : []),
    ...places.filter(([, place]) => place === STANDARD_OUTPUT).map(([name]) => `--${name} -`),
  ];
  if (printed.length > 1)
    command.error(`error: ${printed.join(" and ")} both print to standard output: give one of them`);
}

/**
 * Prints a result as text, or in the one other way that was asked for, and writes it to the files that are named.
 *
 * @param made - the document that was made to get it
 */
export async function print(
  io: Io,
  result: AnyResult,
  options: OutputOptions,
  made?: ExperimentData,
): Promise<void> {
  const { json, markdown, html, document, color } = options;
  const reports = [
    ...(markdown === undefined ? [] : [{ file: markdown, as: "Markdown", text: toMarkdown(result) }]),
    ...(html === undefined ? [] : [{ file: html, as: "a web page", text: await webPage(io, result) }]),
    ...(document === undefined
      ? []
      : [{ file: document, as: "a data document", text: `${toJson(made, 2)}\n` }]),
  ];
  // Files first: a command that fails to write one has printed nothing.
  const files = reports.filter(({ file }) => file !== STANDARD_OUTPUT);
  for (const { file, text } of files) io.write(file, text);
  const instead = reports.find(({ file }) => file === STANDARD_OUTPUT);
  if (json === true) io.out(`${toJson(result, 2)}\n`);
  else if (instead !== undefined) io.out(instead.text);
  else io.out(toText(result, { width: io.width, color: hasColors(io.outIsTerminal, io.env, color) }));
  for (const { file, as } of files) io.err(`Written as ${as} to ${file}\n`);
}

async function webPage(io: Io, result: AnyResult): Promise<string> {
  const draw = await io.drawer();
  if (draw !== null) return io.work("drawing charts", () => toHtml(result, { draw }));
  io.err("microlift: the page has no charts: npm install vega vega-lite beside microlift draws them\n");
  return toHtml(result);
}
