import { checkOneOf, checkText } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { METRIC_KINDS, type MetricKind } from "../core/metric-kind.ts";
import { METRIC_ROLES, type MetricRole } from "../core/metric-role.ts";
import { checkedDelay } from "../models/metric-delay.ts";
import { type Traffic, unitsBy } from "../models/traffic.ts";
import type { DetectableEffect, DetectableEffectOptions } from "./detectable-effect.ts";
import { minimumDetectableLiftForCounts } from "./minimum-detectable-lift-for-counts.ts";
import { minimumDetectableLiftForMeans } from "./minimum-detectable-lift-for-means.ts";
import { minimumDetectableLiftForRatios } from "./minimum-detectable-lift-for-ratios.ts";
import { minimumDetectableLift } from "./minimum-detectable-lift.ts";
import type {
  CountTableMetric,
  MeanTableMetric,
  ProportionTableMetric,
  RatioTableMetric,
} from "./table-metric.ts";

/** A metric without its planned effect, which is what is asked for. */
export type DetectableMetric =
  | Omit<ProportionTableMetric, "lift" | "difference">
  | Omit<MeanTableMetric, "lift" | "difference">
  | Omit<RatioTableMetric, "lift" | "difference">
  | Omit<CountTableMetric, "lift" | "difference">;

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

/** The errors of the tests and their arms, the same for all metrics and at all sizes. */
export type DetectableDesign = Omit<
  DetectableEffectOptions,
  "n" | "control" | "treatment" | "varianceReduction" | "clusters"
>;

/** Where the points of a curve are. */
export interface CurveGrid {
  /** Of the control arm; null where the points are sizes. */
  readonly traffic: Traffic | null;
  /** Days, or units of the control arm where there is no traffic. */
  readonly at: readonly number[];
}

/** The curve of one metric, and all of what is found at its end. */
export function detectableCurve(
  metric: DetectableMetric,
  design: DetectableDesign,
  { traffic, at }: CurveGrid,
): { readonly curve: MetricDetectableCurve; readonly last: DetectableEffect<string> } {
  const { name, role = "macro", kind } = metric;
  checkText("name", name);
  checkOneOf("role", role, METRIC_ROLES);
  checkOneOf("kind", kind, METRIC_KINDS);
  const wait = checkedWait(metric);
  let last: DetectableEffect<string> | null = null;
  const points: DetectableAtSize[] = [];
  for (const place of at) {
    const [n, day] = traffic === null ? [place, null] : [unitsBy(traffic, Math.max(0, place - wait)), place];
    if (n > 0) last = detectableEffect(metric, design, n);
    points.push({ n, day, difference: last?.difference ?? null, lift: last?.lift ?? null });
  }
  if (last === null) {
    throw new DomainError("attributionDays", wait, "must leave some units to be read by the last day");
  }
  return { curve: { name, role, kind, method: last.method, points }, last };
}

/** Days until a unit is read. */
function checkedWait(metric: DetectableMetric): number {
  const delay = checkedDelay(metric);
  if ("attributionDays" in delay) return delay.attributionDays;
  throw new DomainError(
    "conversionDelay",
    delay,
    "must have attributionDays: units are read when they are mature",
  );
}

function detectableEffect(
  metric: DetectableMetric,
  { alpha, power, alternative, direction, allocation, treatments, adjustment }: DetectableDesign,
  n: number,
): DetectableEffect<string> {
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
