import type { Syntax } from "../syntax.ts";

export const spark: Syntax = {
  dialect: "spark",
  textType: "STRING",
  integerType: "BIGINT",
  doubleType: "DOUBLE",
  byBytes: "",
  sumOfDoubles: "SUM",
  flag: (expression) => `CAST(${expression} AS DOUBLE)`,
  instant: (expression, timeZone) =>
    timeZone === null
      ? `unix_micros(CAST(${expression} AS TIMESTAMP))`
      : `unix_micros(to_utc_timestamp(CAST(${expression} AS TIMESTAMP), ${timeZone}))`,
  instantOfText: (expression, timeZone) =>
    timeZone === null
      ? `unix_micros(try_cast(${expression} AS TIMESTAMP))`
      : `unix_micros(to_utc_timestamp(try_cast(${expression} AS TIMESTAMP), ${timeZone}))`,
  localTime: (instant, timeZone) =>
    `unix_micros(from_utc_timestamp(timestamp_micros(${instant}), ${timeZone}))`,
  eventParameter: null,
  ending: "",
};
