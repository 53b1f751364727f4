import { DomainError } from "../../core/domain-error.ts";
import { DAY_MICROS } from "../day-micros.ts";

/** So many days are still a whole number of microseconds that a double holds exactly. */
const MOST_DAYS = 100_000;

/** A length of time above 0, in days. */
export function checkDays(field: string, days: number): void {
  if (!(Number.isFinite(days) && days * DAY_MICROS >= 1 && days <= MOST_DAYS)) {
    throw new DomainError(field, days, `must be a number of days above 0 and at most ${MOST_DAYS}`);
  }
}

// What a text without an offset means depends on where it is read, and runtimes differ in what else they take for a date.
const MOMENT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** A date and time with its offset. */
export function checkMoment(field: string, moment: string): void {
  if (typeof moment !== "string" || !isMoment(moment)) {
    const expected =
      "must be a date and time with its offset: 2026-03-01T00:00:00Z or 2026-03-01T00:00:00+01:00";
    throw new DomainError(field, moment, expected);
  }
}

function isMoment(moment: string): boolean {
  const parts = MOMENT.exec(moment);
  return parts !== null && !Number.isNaN(Date.parse(moment)) && isDate(parts[1]!);
}

/** A day of the calendar. */
export function checkDate(field: string, date: string): void {
  if (typeof date !== "string" || !isDate(date)) {
    throw new DomainError(field, date, "must be a day: 2026-03-01");
  }
}

const DATE = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

function isDate(date: string): boolean {
  const parts = DATE.exec(date);
  if (parts === null) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  // Some runtimes read the 31st of February as a day of March.
  return Date.UTC(year, month - 1, day) < Date.UTC(year, month, 1);
}

// Offsets such as +02:00 are left out: some engines count them eastwards, others westwards.
const ZONE_NAME = /^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/i;

/** A time zone by its name in the IANA database. */
export function checkTimeZone(field: string, timeZone: string): void {
  if (typeof timeZone === "string" && ZONE_NAME.test(timeZone) && isKnownZone(timeZone)) return;
  throw new DomainError(field, timeZone, 'must be the name of a time zone, such as "Europe/Berlin" or "UTC"');
}

function isKnownZone(timeZone: string): boolean {
  try {
    Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}
