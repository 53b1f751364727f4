import { checkObject, checkOneOf, checkText } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { METRIC_KINDS, type MetricKind } from "../core/metric-kind.ts";
import { METRIC_ROLES, type MetricRole } from "../core/metric-role.ts";
import type { Result } from "../core/result.ts";
import { checkedAllocation } from "../models/allocation.ts";
import { controlTraffic, type TrafficOptions } from "../models/control-traffic.ts";
import { checkedDelay } from "../models/metric-delay.ts";
import { trafficAssumptions } from "../models/traffic-assumptions.ts";
import { type Traffic, unitsBy } from "../models/traffic.ts";
import { curveDays, curveEnd, curveSizes } from "./curve-grid.ts";
import type { DesignEcho } from "./design-echo.ts";
import {
  checkedDirection,
  type DetectableEffect,
  type DetectableEffectOptions,
  type Direction,
} from "./detectable-effect.ts";
import { minimumDetectableLiftForCounts } from "./minimum-detectable-lift-for-counts.ts";
import { minimumDetectableLiftForMeans } from "./minimum-detectable-lift-for-means.ts";
import { minimumDetectableLiftForRatios } from "./minimum-detectable-lift-for-ratios.ts";
import { minimumDetectableLift } from "./minimum-detectable-lift.ts";
import {
  type CountTableMetric,
  type MeanTableMetric,
  ofMetrics,
  type ProportionTableMetric,
  type RatioTableMetric,
} from "./table-metric.ts";
import { targetPower, testDesign } from "./test-design.ts";
import { withinField } from "./within-field.ts";

/** A metric without its planned effect, which is what is asked for. */
export type DetectableMetric =
  | Omit<ProportionTableMetric, "lift" | "difference">
  | Omit<MeanTableMetric, "lift" | "difference">
  | Omit<RatioTableMetric, "lift" | "difference">
  | Omit<CountTableMetric, "lift" | "difference">;

export interface DetectableLiftCurveOptions
  extends
    TrafficOptions,
    Omit<DetectableEffectOptions, "n" | "control" | "treatment" | "varianceReduction" | "clusters"> {
  /** What is asked about, one curve each. */
  readonly metrics: readonly DetectableMetric[];
  /** Where a traffic is named: the day on which the curves end, at least 1; 56 unless said. */
  readonly upToDays?: number | undefined;
  /** Where none is named: units of the control arm at which the curves end, at least 1. */
  readonly upToN?: number | undefined;
}

/** The smallest effect that is detected at one size. */
export interface DetectableAtSize {
  /** Units of the control arm that are read. */
  readonly n: number;
  /** Days after the start on which they are; null where no traffic is named. */
  readonly day: number | null;
  /** Null where even the largest possible effect is not detected. */
  readonly difference: number | null;
  /** Null there too, and where the metric has no baseline, or none above 0. */
  readonly lift: number | null;
}

/** How the smallest effect that one metric's test detects shrinks. */
export interface MetricDetectableCurve {
  readonly name: string;
  readonly role: MetricRole;
  readonly kind: MetricKind;
  /** The test that is planned. */
  readonly method: string;
  /** In order of size. */
  readonly points: readonly DetectableAtSize[];
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
  const { metrics } = options;
  const allocation = checkedAllocation(options.allocation);
  if (!Array.isArray(metrics) || metrics.length === 0) {
    throw new DomainError("metrics", metrics, "must be an array with at least one metric");
  }
  const design = testDesign(options, allocation);
  const { alpha, alternative, treatments, adjustment, tailAlpha } = design;
  const power = targetPower(options.power, design);
  const direction = checkedDirection(options.direction, design);
  const { traffic, grid } = gridOf(options, 1 + treatments * allocation);
  const read = metrics.map((metric: DetectableMetric, i) => {
    checkObject(`metrics[${i}]`, metric);
    return withinField(`metrics[${i}]`, () => readMetric(metric, options, traffic, grid));
  });
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
    warnings: ofMetrics(read.map(({ curve, last }) => ({ name: curve.name, warnings: last.warnings }))),
    assumptions: [
      ...new Set([
        ...(traffic === null ? [] : trafficAssumptions(traffic)),
        ...read.flatMap(({ last }) => last.assumptions),
      ]),
    ],
  };
}

const TRAFFICS = ["unitsPerDay", "totalUnitsPerDay", "traffic", "totalTraffic"] as const;

/** Days where there is a traffic, which is that of the control arm then; else sizes. */
function gridOf(
  options: DetectableLiftCurveOptions,
  arms: number,
): { readonly traffic: Traffic | null; readonly grid: readonly number[] } {
  const { upToDays, upToN } = options;
  const hasTraffic = TRAFFICS.some((name) => options[name] !== undefined);
  const [field, other] = hasTraffic ? (["upToDays", "upToN"] as const) : (["upToN", "upToDays"] as const);
  if (options[other] !== undefined) {
    throw new DomainError(
      other,
      options[other],
      `must be left out ${hasTraffic ? "where a traffic is given" : "where no traffic is"}`,
    );
  }
  if (hasTraffic) {
    const traffic = controlTraffic(options, arms);
    return { traffic, grid: curveDays(curveEnd(field, upToDays ?? DAYS_SHOWN, [])) };
  }
  if (upToN === undefined) {
    throw new DomainError(field, upToN, "must be given, or a traffic such as totalUnitsPerDay");
  }
  return { traffic: null, grid: curveSizes(curveEnd(field, upToN, [])) };
}

interface ReadMetric {
  readonly curve: MetricDetectableCurve;
  /** What is found at the end of the curve. */
  readonly last: AnyDetectable;
}

function readMetric(
  metric: DetectableMetric,
  options: DetectableLiftCurveOptions,
  traffic: Traffic | null,
  grid: readonly number[],
): ReadMetric {
  const { name, role = "macro", kind } = metric;
  checkText("name", name);
  checkOneOf("role", role, METRIC_ROLES);
  checkOneOf("kind", kind, METRIC_KINDS);
  const delay = checkedDelay(metric);
  if (!("attributionDays" in delay)) {
    throw new DomainError(
      "conversionDelay",
      delay,
      "must have attributionDays: units are read when they are mature",
    );
  }
  const detect = (n: number): AnyDetectable => detectable(metric, options, n);
  const points: DetectableAtSize[] = [];
  let last: AnyDetectable | null = null;
  for (const at of grid) {
    const n = traffic === null ? at : unitsBy(traffic, Math.max(0, at - delay.attributionDays));
    const day = traffic === null ? null : at;
    if (n > 0) {
      last = detect(n);
      points.push({ n, day, difference: last.difference, lift: last.lift });
    } else points.push({ n, day, difference: null, lift: null });
  }
  if (last === null) {
    throw new DomainError(
      "attributionDays",
      delay.attributionDays,
      "must leave some units to be read by the last day",
    );
  }
  return { curve: { name, role, kind, method: last.method, points }, last };
}

type AnyDetectable = DetectableEffect<string>;

function detectable(metric: DetectableMetric, options: DetectableLiftCurveOptions, n: number): AnyDetectable {
  const { alpha, power, alternative, direction, allocation, treatments, adjustment } = options;
  const shared = { n, alpha, power, alternative, direction, allocation, treatments, adjustment };
  switch (metric.kind) {
    case "proportion":
      return minimumDetectableLift({ ...metric, ...shared });
    case "mean":
      return minimumDetectableLiftForMeans({ ...metric, ...shared });
    case "ratio":
      return minimumDetectableLiftForRatios({ ...metric, ...shared });
    case "count":
      return minimumDetectableLiftForCounts({ ...metric, ...shared });
  }
}
