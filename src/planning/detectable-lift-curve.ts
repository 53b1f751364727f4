import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import { checkedAllocation } from "../models/allocation.ts";
import { controlTraffic, type TrafficOptions } from "../models/control-traffic.ts";
import { trafficAssumptions } from "../models/traffic-assumptions.ts";
import { curveDays, curveEnd, curveSizes } from "./curve-grid.ts";
import type { DesignEcho } from "./design-echo.ts";
import {
  type CurveGrid,
  type DetectableDesign,
  type DetectableMetric,
  detectableCurve,
  type MetricDetectableCurve,
} from "./detectable-curve.ts";
import { checkedDirection, type Direction } from "./detectable-effect.ts";
import { eachMetric, metricWarnings } from "./each-metric.ts";
import { targetPower, testDesign } from "./test-design.ts";

export interface DetectableLiftCurveOptions extends TrafficOptions, DetectableDesign {
  /** What is asked about, one curve each. */
  readonly metrics: readonly DetectableMetric[];
  /** Where a traffic is named: the day on which the curves end, at least 1; 56 unless said. */
  readonly upToDays?: number | undefined;
  /** Where none is named: units of the control arm at which the curves end, at least 1. */
  readonly upToN?: number | undefined;
}

/** The smallest detectable effect against the size of the test, or against days. */
export interface DetectableLiftCurve
  extends Result<"detectable-lift-curve">, Omit<DesignEcho, "varianceFactor"> {
  readonly method: "point-by-point";
  readonly curves: readonly MetricDetectableCurve[];
  readonly direction: Direction;
  readonly targetPower: number;
  readonly allocation: number;
}

/** Eight weeks: longer tests are seldom run. */
const DAYS_SHOWN = 56;

/**
 * How the smallest lift that a test detects shrinks as the test grows, for several metrics: by days where a traffic is
 * named, and by size otherwise.
 *
 * H0 of each test: both arms are equal. H1: they differ by the lift at that point. Each point is what
 * `minimumDetectableLift`, or the function of that name for means, ratios or counts, says at that size. By day, a unit is
 * read once its `attributionDays` are over.
 *
 * @param options.metrics - each with `name`, `role` (`macro` unless said) and `kind`: a `proportion` with `baseline`, a
 *   `mean` with `standardDeviation` beside it, a `ratio` or a `count` as for `sampleSizeForRatios` and
 *   `sampleSizeForCounts`; each with its own `attributionDays`, `varianceReduction`, `clusters` and (but for ratios) `test`
 * @param options.unitsPerDay - new units per day in the control arm, at or above 0; at most one of the four traffics
 * @param options.totalUnitsPerDay - new units per day in all arms together
 * @param options.traffic - of the control arm, as for `durationDays`
 * @param options.totalTraffic - the same for all arms together
 * @param options.upToDays - with a traffic: the day on which the curves end, from 1 to 1e15; 56 unless said
 * @param options.upToN - without one: units of the control arm at which the curves end, from 1 to 1e15
 * @param options.alpha - type I error, in (0, 1); 0.05 unless said
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect; 0.8 unless said
 * @param options.alternative - two-sided unless said
 * @param options.direction - `up` or `down`; unless said, the side of the alternative, and `up` where it has none
 * @param options.allocation - treatment n over control n, above 0; 1 unless said
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @returns some forty points for each metric, at whole days or sizes; null where nothing is detected yet
 * @throws {DomainError} naming the metric's field, such as `metrics[1].baseline`; for a conversion delay with a curve; or
 *   where neither a traffic nor `upToN` is given, or both are
 * @example
 * ```ts
 * import { detectableLiftCurve } from "microlift";
 * const { curves } = detectableLiftCurve({
 *   metrics: [
 *     { name: "order", kind: "proportion", baseline: 0.02, attributionDays: 7 },
 *     { name: "add to cart", role: "proxy", kind: "proportion", baseline: 0.1 },
 *   ],
 *   totalUnitsPerDay: 4000, upToDays: 28,
 * });
 * curves.map(({ points }) => points.at(-1).lift); // [0.13988, 0.05079]
 * ```
 * Source: as the smallest detectable effects.
 */
export function detectableLiftCurve(options: DetectableLiftCurveOptions): DetectableLiftCurve {
  checkObject("options", options);
  const allocation = checkedAllocation(options.allocation);
  const design = testDesign(options, allocation);
  const { alpha, alternative, treatments, adjustment, tailAlpha } = design;
  const power = targetPower(options.power, design);
  const direction = checkedDirection(options.direction, design);
  const grid = gridOf(options, 1 + treatments * allocation);
  const read = eachMetric(options.metrics, (metric) => detectableCurve(metric, options, grid));
  return {
    kind: "detectable-lift-curve",
    method: "point-by-point",
    curves: read.map(({ curve }) => curve),
    direction,
    targetPower: power,
    allocation,
    alpha,
    alternative,
    treatments,
    adjustment,
    tailAlpha,
    warnings: metricWarnings(read.map(({ curve, last }) => ({ name: curve.name, warnings: last.warnings }))),
    assumptions: [
      ...new Set([
        ...(grid.traffic === null ? [] : trafficAssumptions(grid.traffic)),
        ...read.flatMap(({ last }) => last.assumptions),
      ]),
    ],
  };
}

const TRAFFICS = ["unitsPerDay", "totalUnitsPerDay", "traffic", "totalTraffic"] as const;

/** Days where there is a traffic, which is that of the control arm then; else sizes. */
function gridOf(options: DetectableLiftCurveOptions, arms: number): CurveGrid {
  const { upToDays, upToN } = options;
  const hasTraffic = TRAFFICS.some((name) => options[name] !== undefined);
  const other = hasTraffic ? "upToN" : "upToDays";
  if (options[other] !== undefined) {
    const where = hasTraffic ? "a traffic is given" : "no traffic is";
    throw new DomainError(other, options[other], `must be left out where ${where}`);
  }
  if (hasTraffic) {
    const traffic = controlTraffic(options, arms);
    return { traffic, at: curveDays(curveEnd("upToDays", upToDays ?? DAYS_SHOWN, [])) };
  }
  if (upToN === undefined) {
    throw new DomainError("upToN", upToN, "must be given, or a traffic such as totalUnitsPerDay");
  }
  return { traffic: null, at: curveSizes(curveEnd("upToN", upToN, [])) };
}
