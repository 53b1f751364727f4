import { type Syntax, TIME_WITHOUT_OFFSET } from "../syntax.ts";

const micros = (expression: string): string =>
  `DATEDIFF(microsecond, TIMESTAMP '1970-01-01 00:00:00', ${expression})`;

const utcOf = (local: string, timeZone: string | null): string =>
  timeZone === null ? local : `CONVERT_TIMEZONE(${timeZone}, 'UTC', ${local})`;

export const redshift: Syntax = {
  dialect: "redshift",
  // Without a length texts are cut off behind 256 bytes.
  textType: "VARCHAR(65535)",
  integerType: "BIGINT",
  doubleType: "DOUBLE PRECISION",
  byBytes: "",
  sumOfDoubles: "SUM",
  flag: (expression) => `CAST(CAST(${expression} AS INTEGER) AS DOUBLE PRECISION)`,
  instant: (expression, timeZone) => micros(utcOf(expression, timeZone)),
  instantOfText: (expression, timeZone) => {
    const text = `NULLIF(TRIM(${expression}), '')`;
    const plain = micros(utcOf(`CAST(${text} AS TIMESTAMP)`, timeZone));
    const withOffset = micros(`CAST(${text} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'`);
    return `CASE WHEN ${text} ~ '${TIME_WITHOUT_OFFSET}' THEN ${plain} ELSE ${withOffset} END`;
  },
  // Seconds do: time zones are whole seconds apart, and intervals hold no fraction of them for sure.
  localTime: (instant, timeZone) => {
    const moment = `TIMESTAMP '1970-01-01 00:00:00' + ${instant} / 1000000 * INTERVAL '1 second'`;
    return micros(`CONVERT_TIMEZONE('UTC', ${timeZone}, ${moment})`);
  },
  eventParameter: null,
  ending: "",
};
