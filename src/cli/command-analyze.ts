import type { Command } from "commander";
import { analyzeExperiment } from "../experiment/analyze-experiment.ts";
import type { ExperimentData } from "../experiment/experiment-data.ts";
import { CliError } from "./cli-error.ts";
import type { Io } from "./io.ts";
import { numberOption, proportionOption } from "./option-values.ts";
import { addOutputOptions, print, refuseBesideFile, type OutputOptions } from "./output.ts";
import { readJson } from "./read-json.ts";

interface AnalyzeOptions extends OutputOptions {
  readonly control?: { n: number; conversions: number };
  readonly treatment?: { n: number; conversions: number };
  readonly plannedN?: number;
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
    .option("--planned-n <n>", "planned units per arm; the test is read once they are reached", numberOption);
  addOutputOptions(command).action((file: string | undefined, options: AnalyzeOptions) => {
    refuseBesideFile(command, file);
    const document = file === undefined ? dataFrom(options) : readJson(io, file);
    print(io, analyzeExperiment(document as ExperimentData), options);
  });
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
