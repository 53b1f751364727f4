import { checkCount, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { MetricKind } from "../core/metric-kind.ts";
import { type Arm, armFamily } from "../inference/arm-family.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import type { DayBasis } from "./day-series.ts";
import { hasEnoughUnits } from "./enough-units.ts";
import { summaryKind } from "./summary-kind.ts";

/** Both arms on one day; an arm may be empty: n = 0. */
export interface DayArms extends TwoArms<Arm> {
  /** A whole number from 1. */
  readonly day: number;
}

/** A hundred years: a larger number is a date, and no number of a day. */
export const LATEST_DAY = 36_525;
const ARMS = ["control", "treatment"] as const;

/**
 * Checks days where they enter: in their order, of one kind of metric, and, by day of exposure, of units that get fewer.
 *
 * @returns the kind; null where no day has units enough to tell
 */
export function checkDays(days: readonly DayArms[], by: DayBasis): MetricKind | null {
  if (!Array.isArray(days) || days.length === 0) {
    throw new DomainError("days", days, "must be a list of at least one day");
  }
  const arms: Arm[] = [];
  const fields: string[] = [];
  days.forEach((day: DayArms, i) => {
    checkObject(`days[${i}]`, day);
    checkCount(`days[${i}].day`, day.day, 1);
    if (day.day > LATEST_DAY) {
      throw new DomainError(`days[${i}].day`, day.day, `must be at most ${LATEST_DAY}`);
    }
    if (i > 0 && day.day <= days[i - 1]!.day) {
      throw new DomainError(`days[${i}].day`, day.day, `must be above that of the day before it`);
    }
    for (const name of ARMS) {
      const field = `days[${i}].${name}`;
      checkObject(field, day[name]);
      checkCount(`${field}.n`, day[name].n);
      if (!hasEnoughUnits(day[name])) continue;
      arms.push(day[name]);
      fields.push(field);
    }
  });
  if (arms.length > 0) armFamily(arms, fields, {});
  if (by === "day-of-exposure") checkExposure(days);
  return arms.length > 0 ? summaryKind(fields, arms) : null;
}

/** Day k + 1 is known of fewer units than day k: some have not been there so long, and of first conversions some are done. */
function checkExposure(days: readonly DayArms[]): void {
  for (let i = 1; i < days.length; i++) {
    for (const name of ARMS) {
      const before = days[i - 1]![name];
      const converted = "conversions" in before && before.n > 0 ? before.conversions : 0;
      const left = before.n - converted;
      const { n } = days[i]![name];
      if (n <= left) continue;
      const reason =
        converted > 0
          ? `the ${before.n} of the day before less their ${converted} conversions: by day of exposure a proportion is the first conversions of the units that had none; give repeated ones as means or counts`
          : `the n of the day before: by day of exposure a day is known of the units that have been in the test so long, active or not`;
      throw new DomainError(`days[${i}].${name}.n`, n, `must be at most ${left}, ${reason}`);
    }
  }
}
