import { flagByText } from "../flag-by-text.ts";
import type { Syntax } from "../syntax.ts";

const micros = (expression: string, timeZone: string | null): string =>
  `UNIX_MICROS(TIMESTAMP(${expression}${timeZone === null ? "" : `, ${timeZone}`}))`;

export const bigquery: Syntax = {
  dialect: "bigquery",
  textType: "STRING",
  integerType: "INT64",
  doubleType: "FLOAT64",
  byBytes: "",
  sumOfDoubles: "SUM",
  flag: (expression) => flagByText(expression, "STRING", "FLOAT64"),
  instant: micros,
  // A text with an offset is no DATETIME; one without is read as UTC.
  instantOfText: (expression, timeZone) => {
    const moment = `UNIX_MICROS(SAFE_CAST(${expression} AS TIMESTAMP))`;
    if (timeZone === null) return moment;
    return `COALESCE(${micros(`SAFE_CAST(${expression} AS DATETIME)`, timeZone)}, ${moment})`;
  },
  localTime: (instant, timeZone) =>
    `UNIX_MICROS(TIMESTAMP(DATETIME(TIMESTAMP_MICROS(${instant}), ${timeZone})))`,
  eventParameter: (table, key, type) => {
    const value =
      type === "text"
        ? "COALESCE(p.value.string_value, CAST(p.value.int_value AS STRING))"
        : "COALESCE(CAST(p.value.int_value AS FLOAT64), p.value.float_value, p.value.double_value)";
    return `(SELECT MAX(${value}) FROM UNNEST(${table}.\`event_params\`) AS p WHERE p.key = ${key})`;
  },
  ending: "",
};
