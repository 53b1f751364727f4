import type { Traffic } from "../models/traffic.ts";
import { DAYS_PER_WEEK, type Weekday, WEEKDAYS } from "../models/weekday.ts";
import { wholeUnits } from "../models/whole-units.ts";

/** A duration, unrounded and on the calendar. */
export interface CalendarDays {
  /** Unrounded. */
  readonly days: number;
  /** `days`, rounded up. */
  readonly wholeDays: number;
  /** The weekday of the last of them; null where the traffic does not tell weekdays apart, or it never ends. */
  readonly lastWeekday: Weekday | null;
  /** `days` in weeks, rounded up: whole weeks see each weekday equally often. */
  readonly wholeWeeks: number;
  /** The days in `wholeWeeks`. */
  readonly wholeWeeksDays: number;
}

export function calendarDays(days: number, traffic: Traffic): CalendarDays {
  const wholeDays = wholeUnits(days);
  const wholeWeeks = wholeUnits(days / DAYS_PER_WEEK);
  return {
    days,
    wholeDays,
    lastWeekday: lastWeekday(wholeDays, traffic),
    wholeWeeks,
    wholeWeeksDays: wholeWeeks * DAYS_PER_WEEK,
  };
}

function lastWeekday(wholeDays: number, traffic: Traffic): Weekday | null {
  if (!("unitsPerWeekday" in traffic) || wholeDays === Infinity) return null;
  const first = WEEKDAYS.indexOf(traffic.startWeekday ?? WEEKDAYS[0]!);
  return WEEKDAYS[(first + wholeDays - 1) % DAYS_PER_WEEK]!;
}
