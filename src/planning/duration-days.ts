import { checkCount, checkNumber, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import { checkedAllocation } from "../models/allocation.ts";
import { controlTraffic, type TrafficOptions } from "../models/control-traffic.ts";
import { delayAssumptions } from "../models/conversion-delay.ts";
import { checkedDelay, type ReadingOptions } from "../models/metric-delay.ts";
import { outOfReach } from "../models/out-of-reach.ts";
import { trafficAssumptions } from "../models/traffic-assumptions.ts";
import { trafficGrowth } from "../models/traffic-growth.ts";
import type { Traffic } from "../models/traffic.ts";
import { unitsAtShare } from "../models/units-at-share.ts";
import { type CalendarDays, calendarDays } from "./calendar-days.ts";
import { type Enrolment, enrolmentFor } from "./enrolment.ts";
import { proportionEffect } from "./proportion-effect.ts";
import { type TrafficMethod, trafficMethod } from "./traffic-method.ts";

export interface DurationOptions extends TrafficOptions, ReadingOptions {
  /** Units that the control arm needs when all of their conversions are in, above 0; Infinity is legal. */
  readonly n: number;
  /** n of each treatment arm over control n, above 0; 1 unless said. */
  readonly allocation?: number | undefined;
  /** Number of treatment arms; 1 unless said. */
  readonly treatments?: number | undefined;
  /** Rate of the control arm, in (0, 1): where the delay has a curve, since rare and frequent conversions differ then. */
  readonly baseline?: number | undefined;
  /** Treatment rate / control rate − 1, beside `baseline`; 0 unless said. */
  readonly lift?: number | undefined;
}

/** How long an experiment runs. */
export interface Duration extends Result<"duration">, CalendarDays, Enrolment {
  readonly method: TrafficMethod;
  /** `unbounded` where it never ends: then the days are Infinity, and a warning says why. */
  readonly status: Status;
  /** As given. */
  readonly n: number;
  /** Units that enter all arms. */
  readonly total: number;
  /** Units per day of the control arm, on average over the enrolment, or over all time where that never ends. */
  readonly unitsPerDay: number;
  readonly totalUnitsPerDay: number;
  readonly allocation: number;
  readonly treatments: number;
}

/**
 * How many days an experiment takes: enrolment, then the attribution window of the last unit.
 *
 * Traffic is constant, by weekday, of visitors that return, or a curve, and may be let in step by step. Where the delay
 * of conversions has a curve, the metric is read at once on all who entered, and the enrolment goes on until the
 * conversions so far tell as much as all of those of `n` units do.
 *
 * @param options.n - units that the control arm needs, above 0; Infinity gives Infinity
 * @param options.unitsPerDay - new units per day in the control arm, at or above 0; exactly one of the four traffics
 * @param options.totalUnitsPerDay - new units per day in all arms together
 * @param options.traffic - of the control arm: `{ unitsPerDay }`, `{ unitsPerWeekday, startWeekday }` (Monday first),
 *   `{ firstDayUnits, growthExponent }` (visitors return) or `{ cumulativeUnits }` (by day), with `rampUp` beside it
 * @param options.totalTraffic - the same for all arms together
 * @param options.allocation - n of each treatment arm over control n, above 0; 1 unless said
 * @param options.treatments - number of treatment arms, a whole number of at least 1; 1 unless said
 * @param options.attributionDays - days that each unit is followed, at or above 0; 0 unless said
 * @param options.conversionDelay - instead of it `{ meanDays }` (exponential), `{ shape, scaleDays }` (Weibull),
 *   `{ logMean, logSd }` (log-normal) or `{ days, shares }` (as counted), with `windowDays` beside it
 * @param options.baseline - rate of the control arm, in (0, 1); needed for a delay with a curve
 * @param options.lift - treatment rate / control rate − 1, beside it; 0 unless said
 * @returns days, unrounded and in whole days and weeks; Infinity with a warning where the traffic never suffices
 * @throws {DomainError} for a number out of its range, or unless exactly one traffic and at most one delay is given
 * @example
 * ```ts
 * import { durationDays } from "microlift";
 * const plan = durationDays({ n: 8158, totalUnitsPerDay: 1000, attributionDays: 3 });
 * plan.days; // 19.316
 * plan.wholeWeeks; // 3
 * const weekdays = { unitsPerWeekday: [900, 1000, 1000, 1000, 900, 300, 300], startWeekday: "wednesday" } as const;
 * durationDays({ n: 8158, totalTraffic: weekdays }).lastWeekday; // "wednesday"
 * const delay = { conversionDelay: { meanDays: 4 }, baseline: 0.05, lift: 0.2 };
 * durationDays({ n: 8158, totalUnitsPerDay: 1000, ...delay }).days; // 20.5
 * ```
 * Source: for delays derived for this library.
 */
export function durationDays(options: DurationOptions): Duration {
  checkObject("options", options);
  const { n, treatments = 1 } = options;
  checkNumber("n", n);
  if (!(n > 0)) throw new DomainError("n", n, "must be a number above 0");
  const allocation = checkedAllocation(options.allocation);
  checkCount("treatments", treatments, 1);
  const arms = 1 + treatments * allocation;
  const traffic = controlTraffic(options, arms);
  const delay = checkedDelay(options);
  const relativeSquare = "attributionDays" in delay ? 0 : relativeSquareOfRates(options, allocation);
  const read = enrolmentFor(delay, traffic, (share) => unitsAtShare(n, share, relativeSquare));
  const days = read.enrolmentDays + read.attributionDays;

  const unitsPerDay = meanUnitsPerDay(traffic, read);
  return {
    kind: "duration",
    method: trafficMethod(traffic),
    status: days < Infinity ? "ok" : "unbounded",
    ...calendarDays(days, traffic),
    ...read,
    n,
    total: read.enrolled + read.enrolled * treatments * allocation,
    unitsPerDay,
    totalUnitsPerDay: unitsPerDay + unitsPerDay * treatments * allocation,
    allocation,
    treatments,
    warnings: days < Infinity ? [] : [outOfReach(traffic, n)],
    assumptions: [...trafficAssumptions(traffic), ...delayAssumptions(delay)],
  };
}

/** Squared rates over the variances of single units, each summed over the two arms as their difference has it. */
function relativeSquareOfRates({ baseline, lift = 0 }: DurationOptions, allocation: number): number {
  if (baseline === undefined) {
    throw new DomainError("baseline", baseline, "must be given where conversionDelay has a curve");
  }
  const { treatmentRate } = proportionEffect({ baseline, lift });
  const variances = baseline * (1 - baseline) + (treatmentRate * (1 - treatmentRate)) / allocation;
  return (baseline ** 2 + treatmentRate ** 2 / allocation) / variances;
}

function meanUnitsPerDay(traffic: Traffic, { enrolled, enrolmentDays }: Enrolment): number {
  const isSteady = "unitsPerDay" in traffic && traffic.rampUp === undefined;
  return isSteady || enrolmentDays === Infinity
    ? trafficGrowth(traffic).eventualUnitsPerDay
    : enrolled / enrolmentDays;
}
