import { checkCount, checkNonNegative, checkNumber, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { checkedAllocation } from "./arm-sizes.ts";
import { checkExactlyOne } from "./check-exactly-one.ts";
import { wholeUnits } from "./whole-units.ts";

export interface DurationOptions {
  /** Units that the control arm needs, above 0; Infinity is legal. */
  readonly n: number;
  /** New units per day that enter the control arm, at or above 0. */
  readonly unitsPerDay?: number;
  /** New units per day that enter all arms together, at or above 0; instead of `unitsPerDay`. */
  readonly totalUnitsPerDay?: number;
  /** n of each treatment arm over control n, above 0; 1 unless said. */
  readonly allocation?: number;
  /** Number of treatment arms; 1 unless said. */
  readonly treatments?: number;
  /** Days that each unit is followed after it entered, at or above 0; 0 unless said. */
  readonly attributionDays?: number;
}

/** How long an experiment runs. */
export interface Duration extends Result<"duration"> {
  /** `unbounded` where it never ends: then the days are Infinity, and a warning says why. */
  readonly status: Status;
  /** Enrolment and attribution together, unrounded. */
  readonly days: number;
  readonly enrolmentDays: number;
  readonly attributionDays: number;
  /** `days`, rounded up. */
  readonly wholeDays: number;
  /** `days` in weeks, rounded up: whole weeks see each weekday equally often. */
  readonly wholeWeeks: number;
  /** The days in `wholeWeeks`. */
  readonly wholeWeeksDays: number;
  readonly n: number;
  /** Units of all arms. */
  readonly total: number;
  /** Units per day of the control arm. */
  readonly unitsPerDay: number;
  readonly totalUnitsPerDay: number;
  readonly allocation: number;
  readonly treatments: number;
}

const DAYS_PER_WEEK = 7;

/**
 * How many days an experiment takes: enrolment at constant traffic, then the attribution window of the last unit.
 *
 * @param options.n - units that the control arm needs, above 0; Infinity gives Infinity
 * @param options.unitsPerDay - new units per day in the control arm, at or above 0; or `totalUnitsPerDay`
 * @param options.totalUnitsPerDay - new units per day in all arms together; exactly one of the two
 * @param options.allocation - n of each treatment arm over control n, above 0; 1 unless said
 * @param options.treatments - number of treatment arms, a whole number of at least 1; 1 unless said
 * @param options.attributionDays - days that each unit is followed, at or above 0; 0 unless said
 * @returns days, unrounded and in whole days and weeks; Infinity with a warning where no traffic comes
 * @throws {DomainError} for a negative number, or for both or neither of the two units per day
 * @example
 * ```ts
 * import { durationDays } from "microlift";
 * const plan = durationDays({ n: 8158, totalUnitsPerDay: 1000, attributionDays: 3 });
 * plan.days; // 19.316
 * plan.wholeWeeks; // 3
 * ```
 */
export function durationDays(options: DurationOptions): Duration {
  checkObject("options", options);
  const { n, treatments = 1, attributionDays = 0 } = options;
  checkNumber("n", n);
  if (!(typeof n === "number" && n > 0)) throw new DomainError("n", n, "must be a number above 0");
  const allocation = checkedAllocation(options.allocation);
  checkCount("treatments", treatments, 1);
  checkNonNegative("attributionDays", attributionDays);
  const treatmentsPerControl = treatments * allocation;
  const traffic = checkedTraffic(options, treatmentsPerControl);

  const enrolmentDays = n / traffic.unitsPerDay;
  const days = enrolmentDays + attributionDays;
  const wholeWeeks = wholeUnits(days / DAYS_PER_WEEK);
  return {
    kind: "duration",
    method: "constant-traffic",
    status: days < Infinity ? "ok" : "unbounded",
    days,
    enrolmentDays,
    attributionDays,
    wholeDays: wholeUnits(days),
    wholeWeeks,
    wholeWeeksDays: wholeWeeks * DAYS_PER_WEEK,
    n,
    total: n + n * treatmentsPerControl,
    ...traffic,
    allocation,
    treatments,
    warnings: days < Infinity ? [] : [endless(traffic.unitsPerDay)],
    assumptions: ["Traffic is the same every day, and each unit counts once, on the day it first enters."],
  };
}

function checkedTraffic(
  { unitsPerDay, totalUnitsPerDay }: DurationOptions,
  treatmentsPerControl: number,
): Pick<Duration, "unitsPerDay" | "totalUnitsPerDay"> {
  checkExactlyOne("unitsPerDay", unitsPerDay, "totalUnitsPerDay", totalUnitsPerDay);
  if (unitsPerDay !== undefined) {
    checkNonNegative("unitsPerDay", unitsPerDay);
    return { unitsPerDay, totalUnitsPerDay: unitsPerDay + unitsPerDay * treatmentsPerControl };
  }
  const total = totalUnitsPerDay as number;
  checkNonNegative("totalUnitsPerDay", total);
  return { unitsPerDay: total / (1 + treatmentsPerControl), totalUnitsPerDay: total };
}

function endless(unitsPerDay: number): Warning {
  if (unitsPerDay === 0) {
    return { code: "NO_TRAFFIC", message: "No units enter the experiment, so it never reaches its size." };
  }
  return { code: "UNREACHABLE", message: "The size asked for is out of reach of any traffic." };
}
