import type { Syntax } from "../syntax.ts";

const micros = (expression: string): string => `CAST(EXTRACT(EPOCH FROM ${expression}) * 1000000 AS bigint)`;

export const postgres: Syntax = {
  dialect: "postgres",
  textType: "text",
  integerType: "bigint",
  doubleType: "double precision",
  sumOfDoubles: "SUM",
  instant: (expression, timeZone) =>
    micros(timeZone === null ? expression : `(${expression} AT TIME ZONE ${timeZone})`),
  instantOfText: (expression, timeZone) =>
    micros(
      timeZone === null
        ? `CAST(${expression} AS timestamptz)`
        : `(CAST(${expression} AS timestamp) AT TIME ZONE ${timeZone})`,
    ),
  localTime: (instant, timeZone) => micros(`(to_timestamp(${instant} / 1000000.0) AT TIME ZONE ${timeZone})`),
  eventParameter: null,
  ending: "",
};
