import { flagByText } from "../flag-by-text.ts";
import { type Syntax, TIME_WITHOUT_OFFSET } from "../syntax.ts";

const micros = (expression: string): string => `DATE_PART(EPOCH_MICROSECOND, ${expression})`;

export const snowflake: Syntax = {
  dialect: "snowflake",
  textType: "VARCHAR",
  integerType: "BIGINT",
  doubleType: "DOUBLE",
  byBytes: "",
  sumOfDoubles: "SUM",
  flag: (expression) => flagByText(expression, "VARCHAR", "DOUBLE"),
  instant: (expression, timeZone) =>
    micros(timeZone === null ? expression : `CONVERT_TIMEZONE(${timeZone}, 'UTC', ${expression})`),
  // Without an offset a text would be read in the time zone of the session.
  instantOfText: (expression, timeZone) => {
    const plain = `CONVERT_TIMEZONE(${timeZone ?? "'UTC'"}, 'UTC', TRY_TO_TIMESTAMP_NTZ(${expression}))`;
    const withOffset = micros(`TRY_TO_TIMESTAMP_TZ(${expression})`);
    return `CASE WHEN REGEXP_LIKE(${expression}, '${TIME_WITHOUT_OFFSET}') THEN ${micros(plain)} ELSE ${withOffset} END`;
  },
  localTime: (instant, timeZone) =>
    micros(`CONVERT_TIMEZONE('UTC', ${timeZone}, TO_TIMESTAMP_NTZ(${instant}, 6))`),
  eventParameter: null,
  ending: "",
};
