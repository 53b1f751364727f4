import { basename } from "node:path";
import { type Command, Option } from "commander";
import { analyzeExperiment } from "../experiment/analyze-experiment.ts";
import type { ExperimentData } from "../experiment/experiment-data.ts";
import type { SqlDialect } from "../warehouse/sql-dialect.ts";
import { analyzeLines } from "./analyze-lines.ts";
import { documentFromRows, summaryLines } from "./analyze-rows.ts";
import { CliError } from "./cli-error.ts";
import { dialectOption } from "./command-sql.ts";
import { addExamples } from "./examples.ts";
import type { Io } from "./io.ts";
import { numberOption, proportionOption } from "./option-values.ts";
import { addOutputOptions, checkedOptions, print, type OutputOptions } from "./output.ts";
import { readConfig } from "./read-config.ts";
import { nameOf, readJson } from "./read-json.ts";
import { refuseOtherDocument } from "./refuse-other-document.ts";
import { isRows, isServer } from "./row-files.ts";

interface AnalyzeOptions extends OutputOptions {
  readonly control?: { n: number; conversions: number };
  readonly treatment?: { n: number; conversions: number };
  readonly plannedN?: number;
  readonly ndjson?: boolean;
  readonly config?: string;
  readonly document?: string;
  readonly sql?: boolean;
  readonly dialect?: SqlDialect;
}

/** `microlift analyze`: what happened, and what to do, from a data document, from rows, or from two arms given as flags. */
export function addAnalyzeCommand(program: Command, io: Io): void {
  const command = program
    .command("analyze")
    .summary("what a test showed, and what to do")
    .description(
      "Reads a test: from a JSON document, from the conversions of two arms given as options, or from rows.\n\n" +
        "With --config the files hold rows, and the configuration says what they mean: .parquet, .csv, .tsv, .json and " +
        ".ndjson (also .gz), patterns of them in quotes, or a .duckdb file. Each table of the configuration is in all of " +
        "the files, unless table=FILE says where it is. DuckDB reads them (npm install @duckdb/node-api). Tables of a " +
        "PostgreSQL server are named by its address (npm install pg): postgres://user@host/database, with the password " +
        "in PGPASSWORD.",
    )
    .argument("[file...]", "data document as JSON, - for standard input; or files of rows")
    .addOption(
      new Option("--config <file>", "what the rows mean, as JSON").conflicts([
        "control",
        "treatment",
        "plannedN",
      ]),
    )
    .option(
      "--document <file>",
      "write the data document made of the rows too; - for standard output, instead of text",
    )
    .option("--sql", "print the statement that sums up the rows, and run nothing")
    .addOption(dialectOption("of --sql, for another engine than the one that reads the rows"))
    .option("--control <conversions/n>", "the control arm, such as 122/21306", proportionOption)
    .option("--treatment <conversions/n>", "the treatment arm", proportionOption)
    .option("--planned-n <n>", "planned units per arm; the test is read once they are reached", numberOption)
    .addOption(
      new Option(
        "--ndjson",
        "a stream: each line is a document, or a row of the statement that microlift sql prints; print one line of JSON for each experiment",
      ).conflicts(["control", "treatment", "plannedN", "markdown", "html", "document", "sql", "dialect"]),
    );
  addExamples(addOutputOptions(command), [
    "microlift analyze examples/hillstrom-data.json --html report.html",
    "microlift analyze --control 122/21306 --treatment 267/21307",
    "microlift analyze exposures=examples/rows/exposures.csv events=examples/rows/events.csv --config examples/rows/shop.json",
    "tr -d '\\n' < examples/hillstrom-data.json | microlift analyze --ndjson -",
  ]).action(async (files: readonly string[]) => {
    const { config, ndjson } = command.opts<AnalyzeOptions>();
    if (ndjson === true) return analyzeStream(io, command, files);
    if (config !== undefined) return analyzeRows(io, files, config, checkedOptions(command, undefined));
    const [file] = files;
    refuseRows(command, files);
    const options = checkedOptions<AnalyzeOptions>(command, file);
    const document = file === undefined ? dataFrom(options) : readJson(io, file);
    refuseOtherDocument("data", document, file);
    const what = `analyzing ${file === undefined ? "two arms" : basename(nameOf(file))}${sizeOf(document)}`;
    const result = io.work(what, () => analyzeExperiment(document as ExperimentData));
    await print(io, result, options);
  });
}

async function analyzeRows(
  io: Io,
  files: readonly string[],
  configPath: string,
  options: AnalyzeOptions,
): Promise<void> {
  const config = readConfig(io, configPath);
  if (options.dialect !== undefined && options.sql !== true)
    throw new CliError("--dialect is of the statement that --sql prints");
  if (options.sql === true) {
    await io.out(config.sql(options.dialect ?? (files.some(isServer) ? "postgres" : "duckdb")));
    return;
  }
  if (files.length === 0) throw new CliError("--config says what rows mean: name the files that hold them");
  const { document, reading } = await documentFromRows(io, files, config);
  const result = io.work(`analyzing ${config.name}${sizeOf(document)}`, () =>
    config.blame(() => analyzeExperiment(document)),
  );
  await print(io, result, options, document);
  if (reading !== null) io.err(`${reading}\n`);
}

/** Refuses rows of which nobody says what they mean. */
function refuseRows(command: Command, files: readonly string[]): void {
  const { sql, dialect, document } = command.opts<AnalyzeOptions>();
  const given = { "--sql": sql, "--dialect": dialect, "--document": document };
  const option = Object.entries(given).find(([, value]) => value !== undefined)?.[0];
  if (option !== undefined) command.error(`error: ${option} needs --config, which says what rows mean`);
  const rows = files.find(isRows) ?? files[1];
  if (rows !== undefined) command.error(`error: ${rows} holds rows: say what they mean by --config FILE`);
}

async function analyzeStream(io: Io, command: Command, files: readonly string[]): Promise<void> {
  const { config: path } = command.opts<AnalyzeOptions>();
  const config = path === undefined ? null : readConfig(io, path);
  const definition = config?.definition ?? {};
  if (config !== null && files.some(isRows))
    return analyzeLines(io, summaryLines(io, files, config), definition);
  const [file, other] = files;
  if (file === undefined || other !== undefined)
    command.error("error: --ndjson needs one file, or - for standard input");
  return analyzeLines(io, io.lines(file), definition);
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
