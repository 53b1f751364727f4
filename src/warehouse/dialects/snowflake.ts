import { flagByText } from "../flag-by-text.ts";
import type { Syntax } from "../syntax.ts";

export const snowflake: Syntax = {
  dialect: "snowflake",
  textType: "VARCHAR",
  integerType: "BIGINT",
  doubleType: "DOUBLE",
  byBytes: "",
  sumOfDoubles: "SUM",
  flag: (expression) => flagByText(expression, "VARCHAR", "DOUBLE"),
  instant: (expression, timeZone) =>
    timeZone === null
      ? `DATE_PART(EPOCH_MICROSECOND, ${expression})`
      : `DATE_PART(EPOCH_MICROSECOND, CONVERT_TIMEZONE(${timeZone}, 'UTC', ${expression}))`,
  instantOfText: (expression, timeZone) =>
    timeZone === null
      ? `DATE_PART(EPOCH_MICROSECOND, TRY_TO_TIMESTAMP_TZ(${expression}))`
      : `DATE_PART(EPOCH_MICROSECOND, CONVERT_TIMEZONE(${timeZone}, 'UTC', TRY_TO_TIMESTAMP_NTZ(${expression})))`,
  localTime: (instant, timeZone) =>
    `DATE_PART(EPOCH_MICROSECOND, CONVERT_TIMEZONE('UTC', ${timeZone}, TO_TIMESTAMP_NTZ(${instant}, 6)))`,
  eventParameter: null,
  ending: "",
};
