import { type Command, Option } from "commander";
import { SQL_DIALECTS, type SqlDialect } from "../warehouse/sql-dialect.ts";
import { addExamples } from "./examples.ts";
import type { Io } from "./io.ts";
import { readConfig } from "./read-config.ts";

/** The option that names an engine. */
export function dialectOption(description: string): Option {
  return new Option("--dialect <dialect>", description).choices(SQL_DIALECTS);
}

/** `microlift sql`: the statement that sums up an experiment, for an engine that microlift does not run. */
export function addSqlCommand(program: Command, io: Io): void {
  const command = program
    .command("sql")
    .summary("the SQL that sums up an experiment in your warehouse")
    .description(
      "Prints one SQL statement that computes every summary of an experiment where its rows lie: for the engine of a " +
        "team, which microlift does not run itself.",
    )
    .requiredOption("--config <file>", "what the rows mean, as JSON; - for standard input")
    .addOption(dialectOption("the engine; spark is Databricks' too").makeOptionMandatory())
    .action(({ config, dialect }: { config: string; dialect: SqlDialect }) => {
      io.out(readConfig(io, config).sql(dialect));
    });
  addExamples(command, ["microlift sql --config examples/rows/shop.json --dialect bigquery"]);
}
