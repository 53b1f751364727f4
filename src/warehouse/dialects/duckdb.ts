import type { Syntax } from "../syntax.ts";

export const duckdb: Syntax = {
  dialect: "duckdb",
  textType: "VARCHAR",
  integerType: "BIGINT",
  doubleType: "DOUBLE",
  sumOfDoubles: "fsum",
  instant: (expression, timeZone) =>
    timeZone === null ? `epoch_us(${expression})` : `epoch_us(timezone(${timeZone}, ${expression}))`,
  instantOfText: (expression, timeZone) =>
    timeZone === null
      ? `epoch_us(TRY_CAST(${expression} AS TIMESTAMPTZ))`
      : `epoch_us(timezone(${timeZone}, TRY_CAST(${expression} AS TIMESTAMP)))`,
  localTime: (instant, timeZone) => `epoch_us(timezone(${timeZone}, make_timestamptz(${instant})))`,
  eventParameter: (table, key, type) => {
    const value =
      type === "text"
        ? "p.value.string_value"
        : "COALESCE(CAST(p.value.int_value AS DOUBLE), p.value.float_value, p.value.double_value)";
    return `(SELECT ${value} FROM (SELECT UNNEST(${table}."event_params") AS p) WHERE p.key = ${key} LIMIT 1)`;
  },
  ending: "",
};
