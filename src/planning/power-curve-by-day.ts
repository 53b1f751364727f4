import { checkObject } from "../core/checks.ts";
import { curveDays, curveEnd } from "./curve-grid.ts";
import { type DurationTable, durationTable, type DurationTableOptions } from "./duration-table.ts";

export interface PowerCurveByDayOptions extends Omit<DurationTableOptions, "powerAtDays"> {
  /** The day on which the curves end, at least 1; somewhat beyond the longest duration unless said. */
  readonly upToDays?: number | undefined;
}

/** Power against the day on which several metrics are read. */
export interface PowerCurveByDay extends Omit<DurationTable, "kind"> {
  readonly kind: "power-curve-by-day";
}

/**
 * How the power of a test grows day by day, for several metrics on the same traffic: micro and macro conversions side by
 * side.
 *
 * H0 of each test: both arms are equal. H1: they differ by the planned effect. A `durationTable` at some forty days: each
 * point is the power of a test that is read on that day, once. Looking on all of these days and stopping at the first
 * good one is another test: `sequentialDuration`.
 *
 * @param options.metrics - as for `durationTable`
 * @param options.upToDays - the day on which the curves end, from 1 to 1e15; 1.2 times the longest duration unless said
 * @param options.unitsPerDay - new units per day in the control arm, at or above 0; exactly one of the four traffics
 * @param options.totalUnitsPerDay - new units per day in all arms together
 * @param options.traffic - of the control arm, as for `durationDays`
 * @param options.totalTraffic - the same for all arms together
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect; 0.8 unless said
 * @param options.alternative - two-sided unless said
 * @param options.allocation - treatment n over control n, above 0; 1 unless said
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @returns a row for each metric as in a `durationTable`, its `powerByDay` at whole days up to the last
 * @throws {DomainError} naming the metric's field, such as `metrics[1].baseline`; or `upToDays`, where no metric ever
 *   reaches its power and none is given
 * @example
 * ```ts
 * import { powerCurveByDay } from "microlift";
 * const { rows } = powerCurveByDay({
 *   metrics: [
 *     { name: "order", kind: "proportion", baseline: 0.02, lift: 0.1, attributionDays: 7 },
 *     { name: "add to cart", role: "proxy", kind: "proportion", baseline: 0.1, lift: 0.1 },
 *   ],
 *   totalUnitsPerDay: 4000,
 * });
 * rows[0].powerByDay.at(-1).day; // 57
 * rows.map((row) => row.powerByDay[9].power); // [0.238, 0.979]
 * ```
 * Source: as the sample sizes; for delays derived for this library.
 */
export function powerCurveByDay(options: PowerCurveByDayOptions): PowerCurveByDay {
  checkObject("options", options);
  const { upToDays, ...plan } = options;
  const ends = durationTable({ ...plan, powerAtDays: [] }).rows.map(({ days }) => days);
  const powerAtDays = curveDays(curveEnd("upToDays", upToDays, ends));
  return { ...durationTable({ ...plan, powerAtDays }), kind: "power-curve-by-day" };
}
