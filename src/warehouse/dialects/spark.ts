import { type Syntax, TIME_WITHOUT_OFFSET } from "../syntax.ts";

// Timestamps without a time zone, dates and texts without an offset are read in the session's: it must be UTC.
const micros = (moment: string, timeZone: string | null): string =>
  `unix_micros(${timeZone === null ? moment : `to_utc_timestamp(${moment}, ${timeZone})`})`;

export const spark: Syntax = {
  dialect: "spark",
  textType: "STRING",
  integerType: "BIGINT",
  doubleType: "DOUBLE",
  byBytes: "",
  sumOfDoubles: "SUM",
  flag: (expression) => `CAST(${expression} AS DOUBLE)`,
  instant: (expression, timeZone) => micros(`CAST(${expression} AS TIMESTAMP)`, timeZone),
  instantOfText: (expression, timeZone) => {
    const moment = `try_cast(${expression} AS TIMESTAMP)`;
    if (timeZone === null) return micros(moment, null);
    return `CASE WHEN ${expression} RLIKE '${TIME_WITHOUT_OFFSET}' THEN ${micros(moment, timeZone)} ELSE ${micros(moment, null)} END`;
  },
  localTime: (instant, timeZone) =>
    `unix_micros(from_utc_timestamp(timestamp_micros(${instant}), ${timeZone}))`,
  eventParameter: null,
  ending: "",
};
