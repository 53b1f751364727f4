import { checkBetween, checkNonNegative, checkObject, checkOneOf, checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { findRoot } from "../numerics/find-root.ts";
import { sumOf } from "../numerics/sum.ts";
import { checkFamily } from "./check-family.ts";
import { trafficGrowth } from "./traffic-growth.ts";
import { trafficOpenings } from "./traffic-openings.ts";
import { DAYS_PER_WEEK, type Weekday, WEEKDAYS } from "./weekday.ts";

/**
 * How units enter: as many every day, by weekday, as visitors of whom ever more have been here before, or along a
 * curve that was counted. Day 0 is the start of the first day, and units enter evenly within each day (along the power
 * for returning visitors).
 */
export type Traffic = ConstantTraffic | WeekdayTraffic | ReturningTraffic | TrafficCurve;

export interface RampUp {
  /** Shares of the traffic that are let in to begin with, one after the other; afterwards all of it is. */
  readonly rampUp?: readonly RampStep[] | undefined;
}

/** A step of a ramp-up: so many days with so much of the traffic. */
export interface RampStep {
  /** How long, at or above 0. */
  readonly days: number;
  /** Share of the eligible traffic that is let in, in (0, 1]; with visitors that return it may not fall. */
  readonly share: number;
}

/** As many new units every day. */
export interface ConstantTraffic extends RampUp {
  /** Above 0. */
  readonly unitsPerDay: number;
}

/** As many new units every Monday, as many every Tuesday, and so on. */
export interface WeekdayTraffic extends RampUp {
  /** Seven numbers at or above 0, Monday first, not all of them 0. */
  readonly unitsPerWeekday: readonly number[];
  /** The weekday of the first day; Monday unless said. */
  readonly startWeekday?: Weekday | undefined;
}

/** Visitors return and each counts once: firstDayUnits · days^growthExponent of them so far. */
export interface ReturningTraffic extends RampUp {
  /** Units of the first day, above 0. */
  readonly firstDayUnits: number;
  /** In (0, 1], and 1 where nobody returns: twice the days bring 2^growthExponent times the units. */
  readonly growthExponent: number;
}

/** Different units so far, as they were counted in the past. After the last day no further ones are known of. */
export interface TrafficCurve extends RampUp {
  /** By the end of day 1, of day 2, and so on: at or above 0, never falling, and above 0 at last. */
  readonly cumulativeUnits: readonly number[];
}

/**
 * Units that have entered by a time: continuous in days, and never falling.
 *
 * @param days - since the start, fractions of a day included
 */
export function unitsBy(traffic: Traffic, days: number): number {
  const growth = trafficGrowth(traffic);
  if (traffic.rampUp === undefined) return days > 0 ? growth.entered(0, days) : 0;
  let units = 0;
  for (const { day, added } of trafficOpenings(traffic)) {
    if (day < days) units += added * growth.entered(day, days);
  }
  return units;
}

/** The first time by which so many units have entered: Infinity where they never will, 0 where none are asked for. */
export function daysUntil(traffic: Traffic, units: number): number {
  if (units <= 0) return 0;
  const growth = trafficGrowth(traffic);
  if (traffic.rampUp === undefined) return growth.reached(0, units);
  const openings = trafficOpenings(traffic);
  let last = 0;
  while (last + 1 < openings.length && unitsBy(traffic, openings[last + 1]!.day) < units) last++;
  const { day, share } = openings[last]!;
  if (last === 0) return growth.reached(0, units / share);
  if (!growth.countsFromEntry) return growth.reached(day, (units - unitsBy(traffic, day)) / share);
  // Each share counts from its own opening: not sooner than if all had begun at once, nor later than all from here on.
  const lower = Math.max(day, growth.reached(0, units));
  const upper = openings[last + 1]?.day ?? growth.reached(day, units);
  const surplus = (days: number): number => unitsBy(traffic, days) - units;
  if (upper === Infinity || surplus(upper) <= 0) return upper;
  return surplus(lower) >= 0 ? lower : findRoot(surplus, lower, upper);
}

/** Each family of traffic by the field that tells it, with its other fields. */
const FAMILIES = {
  unitsPerDay: ["rampUp"],
  unitsPerWeekday: ["startWeekday", "rampUp"],
  firstDayUnits: ["growthExponent", "rampUp"],
  cumulativeUnits: ["rampUp"],
} as const;

// Products of a few sizes up to this, and of their inverses, stay far inside the range of doubles.
const LARGEST_SIZE = 1e30;
const SMALLEST_SIZE = 1 / LARGEST_SIZE;

/**
 * Checks a traffic where it enters a public function.
 *
 * @param field - the traffic as the caller wrote it
 * @throws {DomainError} naming the part that is wrong, such as `traffic.unitsPerWeekday[3]`
 */
export function checkTraffic(field: string, traffic: Traffic): void {
  checkFamily(field, traffic, FAMILIES);
  if ("unitsPerDay" in traffic) checkSize(`${field}.unitsPerDay`, traffic.unitsPerDay);
  else if ("unitsPerWeekday" in traffic) {
    checkWeek(`${field}.unitsPerWeekday`, traffic.unitsPerWeekday);
    const { startWeekday } = traffic;
    if (startWeekday !== undefined) checkOneOf(`${field}.startWeekday`, startWeekday, WEEKDAYS);
  } else if ("firstDayUnits" in traffic) {
    checkSize(`${field}.firstDayUnits`, traffic.firstDayUnits);
    checkPart(`${field}.growthExponent`, traffic.growthExponent);
  } else checkCurve(`${field}.cumulativeUnits`, traffic.cumulativeUnits);

  if (traffic.rampUp !== undefined) {
    checkRamp(`${field}.rampUp`, traffic.rampUp);
    if ("firstDayUnits" in traffic || "cumulativeUnits" in traffic) {
      checkRising(`${field}.rampUp`, traffic.rampUp);
    }
  }
}

function checkSize(field: string, value: number): void {
  checkPositive(field, value);
  checkBetween(field, value, SMALLEST_SIZE, LARGEST_SIZE);
}

function checkSizes(field: string, values: readonly number[]): void {
  values.forEach((value, i) => {
    checkNonNegative(`${field}[${i}]`, value);
    checkBetween(`${field}[${i}]`, value, 0, LARGEST_SIZE);
  });
}

function checkPart(field: string, part: number): void {
  if (!(Number.isFinite(part) && part >= SMALLEST_SIZE && part <= 1))
    throw new DomainError(field, part, "must be above 0 and at most 1");
}

function checkArray(field: string, value: unknown): void {
  if (!Array.isArray(value)) throw new DomainError(field, value, "must be an array");
}

function checkWeek(field: string, week: readonly number[]): void {
  checkArray(field, week);
  if (week.length !== DAYS_PER_WEEK)
    throw new DomainError(field, week, "must have seven numbers, Monday first");
  checkSizes(field, week);
  if (sumOf(week) < SMALLEST_SIZE)
    throw new DomainError(field, week, "must be above 0 on some day of the week");
}

function checkCurve(field: string, units: readonly number[]): void {
  checkArray(field, units);
  checkSizes(field, units);
  for (let i = 1; i < units.length; i++) {
    if (units[i]! < units[i - 1]!) {
      throw new DomainError(
        `${field}[${i}]`,
        units[i],
        `must be at or above the day before, ${units[i - 1]}`,
      );
    }
  }
  if (!(units.at(-1)! >= SMALLEST_SIZE)) throw new DomainError(field, units, "must end above 0");
}

function checkRamp(field: string, ramp: readonly RampStep[]): void {
  checkArray(field, ramp);
  ramp.forEach((step, i) => {
    checkObject(`${field}[${i}]`, step);
    checkNonNegative(`${field}[${i}].days`, step.days);
    checkPart(`${field}[${i}].share`, step.share);
  });
}

/** Who was let in once and is let in no more goes on being counted: a curve of all does not tell that. */
function checkRising(field: string, ramp: readonly RampStep[]): void {
  for (let i = 1; i < ramp.length; i++) {
    const [before, after] = [ramp[i - 1]!.share, ramp[i]!.share];
    if (after < before) {
      throw new DomainError(
        `${field}[${i}].share`,
        after,
        `must be at or above the share before, ${before}, where visitors return`,
      );
    }
  }
}
