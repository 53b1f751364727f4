import { sumOf } from "../numerics/sum.ts";
import type { Traffic } from "./traffic.ts";
import { DAYS_PER_WEEK, WEEKDAYS } from "./weekday.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** How units enter from a day on, where all of the traffic is let in from then on. */
export interface TrafficGrowth {
  /** Units that enter between two days. */
  entered(from: number, to: number): number;
  /** The first day by which so many units, above 0, have entered since `from`; Infinity where never. */
  reached(from: number, units: number): number;
  /**
   * Whether a share of the traffic that is let in later starts its own count, since its first day brings units that
   * were not counted before, as the first day of all did.
   */
  readonly countsFromEntry: boolean;
  /** Days from an entry on after which nobody enters any more. */
  readonly lastDay: number;
  /** New units per day, on average over all time. */
  readonly eventualUnitsPerDay: number;
}

// Sizes carry a few roundings: one that is met but for these at the end of a day is met, and not days later, after a
// weekend without traffic, or never, after the last day of a curve.
const ROUNDING = 8 * Number.EPSILON;

export function trafficGrowth(traffic: Traffic): TrafficGrowth {
  if ("unitsPerDay" in traffic) return constantGrowth(traffic.unitsPerDay);
  if ("unitsPerWeekday" in traffic) {
    const start = WEEKDAYS.indexOf(traffic.startWeekday ?? WEEKDAYS[0]!);
    const { unitsPerWeekday } = traffic;
    return weekdayGrowth([...unitsPerWeekday.slice(start), ...unitsPerWeekday.slice(0, start)]);
  }
  if ("firstDayUnits" in traffic) return powerGrowth(traffic.firstDayUnits, traffic.growthExponent);
  return curveGrowth(traffic.cumulativeUnits);
}

function constantGrowth(unitsPerDay: number): TrafficGrowth {
  return {
    entered: (from, to) => (to - from) * unitsPerDay,
    reached: (from, units) => from + units / unitsPerDay,
    countsFromEntry: false,
    lastDay: Infinity,
    eventualUnitsPerDay: unitsPerDay,
  };
}

/** @param week - units of the first seven days */
function weekdayGrowth(week: readonly number[]): TrafficGrowth {
  const unitsPerWeek = sumOf(week);
  const unitsBy = (days: number): number => {
    if (days === Infinity) return Infinity;
    const weeks = Math.floor(days / DAYS_PER_WEEK);
    let units = weeks * unitsPerWeek;
    let rest = days - weeks * DAYS_PER_WEEK;
    for (let day = 0; rest > 0; day++) {
      units += Math.min(1, rest) * week[day]!;
      rest -= 1;
    }
    return units;
  };
  const lastOpen = week.reduce((last, units, day) => (units > 0 ? day : last), 0);
  const daysUntil = (units: number): number => {
    if (units === Infinity) return Infinity;
    const slack = ROUNDING * units;
    // Every week but the one in which the last unit enters.
    const weeks = Math.max(0, Math.ceil((units - slack) / unitsPerWeek) - 1);
    let missing = units - weeks * unitsPerWeek;
    let day = 0;
    while (day < lastOpen && (week[day] === 0 || missing > week[day]! + slack)) missing -= week[day++]!;
    return weeks * DAYS_PER_WEEK + day + Math.min(1, missing / week[day]!);
  };
  return {
    entered: (from, to) => unitsBy(to) - unitsBy(from),
    reached: (from, units) => Math.max(from, daysUntil(unitsBy(from) + units)),
    countsFromEntry: false,
    lastDay: Infinity,
    eventualUnitsPerDay: unitsPerWeek / DAYS_PER_WEEK,
  };
}

function powerGrowth(firstDayUnits: number, exponent: number): TrafficGrowth {
  return {
    entered: (from, to) => firstDayUnits * pow(to - from, exponent),
    reached: (from, units) => from + pow(units / firstDayUnits, 1 / exponent),
    countsFromEntry: true,
    lastDay: Infinity,
    eventualUnitsPerDay: exponent === 1 ? firstDayUnits : 0,
  };
}

/** Straight within each day, and without a further unit after the last. */
function curveGrowth(cumulativeUnits: readonly number[]): TrafficGrowth {
  const unitsBy = (day: number): number => (day < 0 ? 0 : cumulativeUnits[day]!);
  const lastDay = cumulativeUnits.length - 1;
  return {
    entered: (from, to) => {
      const whole = Math.min(Math.floor(to - from), lastDay + 1);
      const before = unitsBy(whole - 1);
      if (whole > lastDay) return before;
      return before + (to - from - whole) * (unitsBy(whole) - before);
    },
    reached: (from, units) => {
      const enough = units * (1 - ROUNDING);
      if (!(enough <= unitsBy(lastDay))) return Infinity;
      const day = cumulativeUnits.findIndex((sofar) => sofar >= enough);
      const before = unitsBy(day - 1);
      return from + day + Math.min(1, (units - before) / (unitsBy(day) - before));
    },
    countsFromEntry: true,
    lastDay: cumulativeUnits.length,
    eventualUnitsPerDay: 0,
  };
}
