import { integrate } from "../numerics/integrate.ts";
import type { DelayCurve } from "./delay-curve.ts";
import { type TrafficGrowth, trafficGrowth } from "./traffic-growth.ts";
import { trafficOpenings } from "./traffic-openings.ts";
import { type Traffic, unitsBy } from "./traffic.ts";
import { pow } from "../numerics/elementary/pow.ts";

/**
 * The share of the eventual conversions of all units that entered by `enrolmentDays` which a read-out at
 * `observedAtDays` is expected to have seen; 0 where none entered.
 *
 * In closed form where as many units enter every day, day by day where the days differ, by quadrature for visitors that
 * return.
 */
export function observedShare(
  curve: DelayCurve,
  traffic: Traffic,
  observedAtDays: number,
  enrolmentDays: number = observedAtDays,
): number {
  // An earlier read-out has only those who entered by then.
  const until = Math.min(enrolmentDays, observedAtDays);
  const total = unitsBy(traffic, until);
  if (!(total > 0)) return 0;
  const growth = trafficGrowth(traffic);
  let observed = 0;
  for (const { day, added } of trafficOpenings(traffic)) {
    const weight = day < until ? (added * growth.entered(day, until)) / total : 0;
    if (weight !== 0) observed += weight * shareSince(day, until, observedAtDays, curve, traffic, growth);
  }
  return observed;
}

/** The share for those who enter from `from` until `until` while all of the traffic is let in. */
function shareSince(
  from: number,
  until: number,
  at: number,
  curve: DelayCurve,
  traffic: Traffic,
  growth: TrafficGrowth,
): number {
  if ("unitsPerDay" in traffic) return meanShareBetween(curve, at - until, at - from);
  return "firstDayUnits" in traffic
    ? shareOfReturning(curve, traffic.growthExponent, until - from, at - from)
    : shareByDay(curve, growth, from, until, at);
}

/** Ages that differ by less than this part of them are integrated over: a difference of means would lose digits. */
const NARROW = 1 / 8;

/** The mean of the curve over the ages from `youngest` to `oldest`. */
function meanShareBetween(curve: DelayCurve, youngest: number, oldest: number): number {
  if (youngest === 0) return curve.meanShareBy(oldest);
  const width = oldest - youngest;
  if (width >= NARROW * oldest) {
    return (oldest * curve.meanShareBy(oldest) - youngest * curve.meanShareBy(youngest)) / width;
  }
  const cuts = curve.kinks.filter((kink) => kink > youngest && kink < oldest);
  return integrate(curve.shareBy, youngest, oldest, { relativeTolerance: 1e-13, cuts }).value / width;
}

/**
 * Ten years. Units that are older are taken to have entered evenly: their weekdays tell less than a thousandth of
 * the share that is still to come of them.
 */
const LONGEST_DAYS = 3650;

/**
 * Units that enter evenly within each day: the last day first, until all who are left are so old that nothing more
 * comes of them.
 */
function shareByDay(
  curve: DelayCurve,
  growth: TrafficGrowth,
  from: number,
  until: number,
  at: number,
): number {
  const total = growth.entered(from, until);
  const firstDay = growth.countsFromEntry ? from : 0;
  const areaBy = (age: number): number => (age > 0 ? age * curve.meanShareBy(age) : 0);
  let observed = 0;
  let end = Math.min(until, from + growth.lastDay);
  let units = total;
  let area = areaBy(at - end);
  for (let day = Math.ceil(end - firstDay); end > from; day--) {
    const share = curve.shareBy(at - end);
    if (share === curve.largestShare) return observed + (units / total) * share;
    const isOld = at - end > LONGEST_DAYS || day > Number.MAX_SAFE_INTEGER;
    const start = isOld ? from : Math.max(from, firstDay + day - 1);
    // A day that begins where the units end, but for rounding.
    if (start >= end) continue;
    const unitsBefore = growth.entered(from, start);
    const areaBefore = areaBy(at - start);
    observed += (((units - unitsBefore) / total) * (areaBefore - area)) / (end - start);
    end = start;
    units = unitsBefore;
    area = areaBefore;
  }
  return observed;
}

/**
 * Units that enter along a power of time over `width` days, the first of them `oldest` days ago: the integral over v,
 * the part of the units that came earlier.
 */
function shareOfReturning(curve: DelayCurve, exponent: number, width: number, oldest: number): number {
  const youngest = oldest - width;
  const ages = [...curve.kinks];
  // The curve may rise within any few days: cuts at ages that fall by steps of 8, as long as there are such units.
  for (let age = oldest / 8; age > Math.max(youngest, Number.EPSILON * oldest); age /= 8) ages.push(age);
  const cuts = ages
    .filter((age) => age > youngest && age < oldest)
    .map((age) => pow((oldest - age) / width, exponent))
    .toSorted((a, b) => a - b)
    .filter((v, i, all) => v > 0 && v < 1 && v !== all[i - 1]);
  const shareOf = (v: number): number => curve.shareBy(oldest - width * pow(v, 1 / exponent));
  return integrate(shareOf, 0, 1, { relativeTolerance: 1e-13, cuts }).value;
}
