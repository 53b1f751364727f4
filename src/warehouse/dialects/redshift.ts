import type { Syntax } from "../syntax.ts";

const micros = (expression: string): string =>
  `DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', ${expression})`;

export const redshift: Syntax = {
  dialect: "redshift",
  textType: "VARCHAR",
  integerType: "BIGINT",
  doubleType: "DOUBLE PRECISION",
  byBytes: "",
  sumOfDoubles: "SUM",
  flag: (expression) => `CAST(CAST(${expression} AS INTEGER) AS DOUBLE PRECISION)`,
  instant: (expression, timeZone) =>
    micros(timeZone === null ? expression : `CONVERT_TIMEZONE(${timeZone}, 'UTC', ${expression})`),
  instantOfText: (expression, timeZone) =>
    micros(
      timeZone === null
        ? `CAST(CAST(${expression} AS TIMESTAMPTZ) AS TIMESTAMP)`
        : `CONVERT_TIMEZONE(${timeZone}, 'UTC', CAST(${expression} AS TIMESTAMP))`,
    ),
  localTime: (instant, timeZone) =>
    micros(
      `CONVERT_TIMEZONE('UTC', ${timeZone}, DATEADD(microsecond, ${instant}, TIMESTAMP '1970-01-01 00:00:00'))`,
    ),
  eventParameter: null,
  ending: "",
};
