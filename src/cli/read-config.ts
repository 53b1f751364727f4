import { DomainError } from "../core/domain-error.ts";
import {
  type ExperimentConfig,
  type ReadConfig,
  readExperimentConfig,
} from "../warehouse/experiment-config.ts";
import type { SqlDialect } from "../warehouse/sql-dialect.ts";
import { summarySql } from "../warehouse/summary-sql.ts";
import { CliError } from "./cli-error.ts";
import { configField } from "../warehouse/config-field.ts";
import type { Io } from "./io.ts";
import { nameOf, readJson } from "./read-json.ts";

/** The configuration of an experiment, from a file. */
export interface ConfigFile extends ReadConfig {
  readonly name: string;
  readonly sql: (dialect: SqlDialect) => string;
  /** Runs what may find a fault in the configuration, and says where it stands. */
  readonly blame: <T>(task: () => T) => T;
  /** A fault that was found in it: `field` is the path of `summarySql`. */
  readonly fault: (field: string, value: unknown, expected: string) => CliError;
}

/** Reads the configuration of an experiment; what is wrong with it is told with its file and the path in it. */
export function readConfig(io: Io, path: string): ConfigFile {
  const config = readJson(io, path) as ExperimentConfig;
  const name = nameOf(path);
  const blame = <T>(task: () => T, place = (field: string): string => field): T => {
    try {
      return task();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { field, value, expected } = error;
      throw new CliError(`${name}: ${new DomainError(place(field), value, expected).message}`);
    }
  };
  const read = blame(() => readExperimentConfig(config));
  const place = (field: string): string => configField(config, field);
  return {
    ...read,
    name,
    blame: (task) => blame(task, (field) => field.replace(/^data\./, "")),
    sql: (dialect) => blame(() => summarySql({ ...read.summaries, dialect }), place),
    fault: (field, value, expected) =>
      new CliError(`${name}: ${new DomainError(place(field), value, expected).message}`),
  };
}
