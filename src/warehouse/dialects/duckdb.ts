import { type Syntax, TIME_WITHOUT_OFFSET } from "../syntax.ts";

export const duckdb: Syntax = {
  dialect: "duckdb",
  textType: "VARCHAR",
  integerType: "BIGINT",
  doubleType: "DOUBLE",
  byBytes: "",
  sumOfDoubles: "fsum",
  flag: (expression) => `CAST(${expression} AS DOUBLE)`,
  instant: (expression, timeZone) =>
    timeZone === null
      ? `epoch_us(${expression})`
      : `CASE WHEN typeof(${expression}) = 'TIMESTAMP WITH TIME ZONE' THEN epoch_us(${expression}) ELSE epoch_us(timezone(${timeZone}, CAST(${expression} AS TIMESTAMP))) END`,
  // Without an offset a text would be read in the time zone of the session.
  instantOfText: (expression, timeZone) =>
    `epoch_us(CASE WHEN regexp_matches(${expression}, '${TIME_WITHOUT_OFFSET}') THEN timezone(${timeZone ?? "'UTC'"}, TRY_CAST(${expression} AS TIMESTAMP)) ELSE TRY_CAST(${expression} AS TIMESTAMPTZ) END)`,
  localTime: (instant, timeZone) => `epoch_us(timezone(${timeZone}, make_timestamptz(${instant})))`,
  eventParameter: (table, key, type) => {
    const value =
      type === "text"
        ? "COALESCE(p.value.string_value, CAST(p.value.int_value AS VARCHAR))"
        : "COALESCE(CAST(p.value.int_value AS DOUBLE), p.value.float_value, p.value.double_value)";
    return `(SELECT MAX(${value}) FROM (SELECT UNNEST(${table}."event_params") AS p) WHERE p.key = ${key})`;
  },
  // While a table of literals is joined, DuckDB says nothing of its progress.
  besideEach: (table, rows) => {
    const records = rows.map((cells) => `{${cells.map(([name, value]) => `${name}: ${value}`).join(", ")}}`);
    return `(SELECT t.*, UNNEST([\n  ${records.join(",\n  ")}\n]) AS l FROM ${table} AS t) AS g`;
  },
  ending: "",
};
