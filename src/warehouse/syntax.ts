import type { SqlDialect } from "./sql-dialect.ts";

/** A regular expression of SQL: texts that hold a date, or a date and time, and no offset or time zone behind them. */
export const TIME_WITHOUT_OFFSET = "^[0-9/-]+([ T]+[0-9:.]+)?$";

/** A quoted name of a column, and its value. */
export type LiteralCell = readonly [name: string, value: string];

/** What dialects write each in their own way; all else in a statement is common to them. */
export interface Syntax {
  readonly dialect: SqlDialect;
  readonly textType: string;
  readonly integerType: string;
  readonly doubleType: string;
  /** What stands behind a text that is to be compared by its bytes; nothing where all are. */
  readonly byBytes: string;
  /** The aggregate that adds up doubles: one that compensates its rounding, where the dialect has it. */
  readonly sumOfDoubles: "SUM" | "fsum" | "sumKahan";
  /** A column of numbers or of truth values as a number. */
  readonly flag: (expression: string) => string;
  /** Microseconds since 1970 of a timestamp, or a date; one without a time zone is read in `timeZone` (a literal). */
  readonly instant: (expression: string, timeZone: string | null) => string;
  /** The same of a text that holds a date and time, with its offset or none; NULL where it is blank. */
  readonly instantOfText: (expression: string, timeZone: string | null) => string;
  /** Microseconds since 1970 as clocks in a time zone show them, of an instant in microseconds. */
  readonly localTime: (instant: string, timeZone: string) => string;
  /** A parameter of an event in the export of Google Analytics 4; null where the dialect cannot hold it. */
  readonly eventParameter: ((table: string, key: string, type: "text" | "number") => string) | null;
  /**
   * Each row of a table, as `g`, beside each of some rows of literals, as `l`: what stands behind FROM. Where it is not
   * said, a join with a table of them.
   */
  readonly besideEach?: (table: string, rows: readonly (readonly LiteralCell[])[]) => string;
  /** What stands behind the statement. */
  readonly ending: string;
}
