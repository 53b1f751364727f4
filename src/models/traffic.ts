import { findRoot } from "../numerics/find-root.ts";
import { trafficGrowth } from "./traffic-growth.ts";
import type { Weekday } from "./weekday.ts";

export { checkTraffic } from "./check-traffic.ts";

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

/** From a day on, a further share of the traffic is let in. */
export interface Opening {
  readonly day: number;
  /** What is added to the share let in before; below 0 where less is let in. */
  readonly added: number;
  /** The share let in from here on. */
  readonly share: number;
}

const ALL_AT_ONCE: readonly Opening[] = [{ day: 0, added: 1, share: 1 }];

export function trafficOpenings({ rampUp }: Traffic): readonly Opening[] {
  if (rampUp === undefined) return ALL_AT_ONCE;
  const openings: Opening[] = [];
  let day = 0;
  for (const { days, share } of [...rampUp, { days: Infinity, share: 1 }]) {
    if (days > 0) {
      openings.push({ day, added: share - (openings.at(-1)?.share ?? 0), share });
      day += days;
    }
  }
  return openings;
}

/**
 * Units that have entered by a time: continuous in days, and never falling.
 *
 * @param days - since the start, fractions of a day included
 */
export function unitsBy(traffic: Traffic, days: number): number {
  const growth = trafficGrowth(traffic);
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
