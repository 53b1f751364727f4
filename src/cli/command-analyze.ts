import { basename } from "node:path";
import { type Command, Option } from "commander";
import { analyzeExperiment } from "../experiment/analyze-experiment.ts";
import type { ExperimentData } from "../experiment/experiment-data.ts";
import { analyzeLines } from "./analyze-lines.ts";
import { CliError } from "./cli-error.ts";
import { addExamples } from "./examples.ts";
import type { Io } from "./io.ts";
import { numberOption, proportionOption } from "./option-values.ts";
import { addOutputOptions, checkedOptions, print, type OutputOptions } from "./output.ts";
import { nameOf, readJson } from "./read-json.ts";
import { refuseOtherDocument } from "./refuse-other-document.ts";

interface AnalyzeOptions extends OutputOptions {
  readonly control?: { n: number; conversions: number };
  readonly treatment?: { n: number; conversions: number };
  readonly plannedN?: number;
  readonly ndjson?: boolean;
}

/** `microlift analyze`: what happened, and what to do, from a data document or from two arms given as flags. */
export function addAnalyzeCommand(program: Command, io: Io): void {
  const command = program
    .command("analyze")
    .summary("what a test showed, and what to do")
    .description("Reads a test: from a JSON document, or from the conversions of two arms given as options.")
    .argument("[file]", "data document as JSON; - for standard input")
    .option("--control <conversions/n>", "the control arm, such as 122/21306", proportionOption)
    .option("--treatment <conversions/n>", "the treatment arm", proportionOption)
    .option("--planned-n <n>", "planned units per arm; the test is read once they are reached", numberOption)
    .addOption(
      new Option(
        "--ndjson",
        "the file holds a document on each line: print a line of JSON for each, the read-out or its fault",
      ).conflicts(["control", "treatment", "plannedN", "markdown", "html"]),
    );
  addExamples(addOutputOptions(command), [
    "microlift analyze examples/hillstrom-data.json --html report.html",
    "microlift analyze --control 122/21306 --treatment 267/21307",
    "tr -d '\\n' < examples/hillstrom-data.json | microlift analyze --ndjson -",
  ]).action(async (file: string | undefined) => {
    const options = checkedOptions<AnalyzeOptions>(command, file);
    if (options.ndjson === true) return analyzeLines(io, streamOf(command, file));
    const document = file === undefined ? dataFrom(options) : readJson(io, file);
    refuseOtherDocument("data", document, file);
    const what = `analyzing ${file === undefined ? "two arms" : basename(nameOf(file))}${sizeOf(document)}`;
    const result = io.work(what, () => analyzeExperiment(document as ExperimentData));
    await print(io, result, options);
  });
}

function streamOf(command: Command, file: string | undefined): string {
  return file ?? command.error("error: --ndjson needs a file, or - for standard input");
}

/** How much there is to do, where the document is one that says so. */
function sizeOf(document: unknown): string {
  const { arms, metrics, plan } = (document ?? {}) as Partial<ExperimentData>;
  const defined = metrics ?? plan?.metrics;
  return Array.isArray(arms) && Array.isArray(defined)
    ? `: ${arms.length} arms × ${defined.length} metrics`
    : "";
}

function dataFrom({ control, treatment, plannedN }: AnalyzeOptions): ExperimentData {
  if (control === undefined || treatment === undefined) {
    throw new CliError(
      "analyze needs a document, or --control and --treatment; see microlift analyze --help",
    );
  }
  const arm = (
    name: string,
    { n, conversions }: { n: number; conversions: number },
  ): ExperimentData["arms"][number] => ({
    name,
    n,
    results: [{ metric: "conversion", conversions }],
  });
  return {
    name: "Test",
    control: "control",
    metrics: [{ name: "conversion", role: "macro", kind: "proportion" }],
    ...(plannedN === undefined ? {} : { plannedN }),
    arms: [arm("control", control), arm("treatment", treatment)],
  };
}
