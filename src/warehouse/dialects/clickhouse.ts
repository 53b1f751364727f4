import type { Syntax } from "../syntax.ts";

export const clickhouse: Syntax = {
  dialect: "clickhouse",
  textType: "Nullable(String)",
  integerType: "Nullable(Int64)",
  doubleType: "Nullable(Float64)",
  byBytes: "",
  sumOfDoubles: "sumKahan",
  flag: (expression) => `CAST(${expression} AS Nullable(Float64))`,
  instant: (expression, timeZone) =>
    timeZone === null
      ? `toUnixTimestamp64Micro(toDateTime64(${expression}, 6, 'UTC'))`
      : `toUnixTimestamp64Micro(toDateTime64(toString(${expression}), 6, ${timeZone}))`,
  instantOfText: (expression, timeZone) =>
    `toUnixTimestamp64Micro(parseDateTime64BestEffortOrNull(${expression}, 6, ${timeZone ?? "'UTC'"}))`,
  localTime: (instant, timeZone) =>
    `(toUnixTimestamp64Micro(toDateTime64(toString(fromUnixTimestamp64Micro(${instant}, ${timeZone})), 6, 'UTC')))`,
  eventParameter: null,
  // Without them unmatched and grouped columns are 0 and "" where all other engines have NULL.
  ending: "SETTINGS join_use_nulls = 1, group_by_use_nulls = 1",
};
