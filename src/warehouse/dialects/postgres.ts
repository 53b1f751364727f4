import { flagByText } from "../flag-by-text.ts";
import { type Syntax, TIME_WITHOUT_OFFSET } from "../syntax.ts";

const micros = (expression: string): string => `CAST(EXTRACT(EPOCH FROM ${expression}) * 1000000 AS bigint)`;

export const postgres: Syntax = {
  dialect: "postgres",
  textType: "text",
  integerType: "bigint",
  doubleType: "double precision",
  byBytes: ' COLLATE "C"',
  sumOfDoubles: "SUM",
  flag: (expression) => flagByText(expression, "text", "double precision"),
  instant: (expression, timeZone) =>
    // A date alone would become a timestamp with the time zone of the session.
    timeZone === null
      ? micros(expression)
      : `CASE WHEN pg_typeof(${expression}) = CAST('timestamptz' AS regtype) THEN ${micros(expression)} ELSE ${micros(`(CAST(${expression} AS timestamp) AT TIME ZONE ${timeZone})`)} END`,
  // Without an offset a text would be read in the time zone of the session, with one the named zone must not move it.
  instantOfText: (expression, timeZone) =>
    micros(
      `CAST(NULLIF(TRIM(CASE WHEN ${expression} ~ '${TIME_WITHOUT_OFFSET}' THEN ${expression} || ' ' || ${timeZone ?? "'UTC'"} ELSE ${expression} END), '') AS timestamptz)`,
    ),
  localTime: (instant, timeZone) => micros(`(to_timestamp(${instant} / 1000000.0) AT TIME ZONE ${timeZone})`),
  eventParameter: null,
  ending: "",
};
