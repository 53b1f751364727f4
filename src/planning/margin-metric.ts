import { checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Warning } from "../core/warning.ts";
import { COMPARISON_SCALES, type ComparisonScale } from "../models/restricted-rates.ts";
import { type MeanEffect, meanEffect } from "./mean-effect.ts";
import {
  checkedMeanSpread,
  meanAssumptions,
  type MeanSpread,
  type MeanTest,
  type StandardDeviations,
} from "./mean-test.ts";
import { PROPORTION_ASSUMPTIONS, smallCounts } from "./planning-cautions.ts";
import { type ProportionEffect, proportionEffect } from "./proportion-effect.ts";
import type { ArmUnits } from "./sizes.ts";

/** Tests at a null value other than no effect: `score` of proportions, the others of means. */
export type MarginMethod = "score" | MeanTest;

/** A metric that is tested against margins: a mean where `standardDeviation` is given, else a proportion. */
export interface MarginMetricOptions {
  /** Rate of the control arm, in (0, 1); or its mean, above 0 where a lift is spoken of, else optional. */
  readonly baseline?: number | undefined;
  /** Standard deviation of a mean's metric between units, above 0; one number, or `{ control, treatment }`. */
  readonly standardDeviation?: StandardDeviations | undefined;
  /** The true effect as treatment / control − 1; no effect unless said. */
  readonly lift?: number | undefined;
  /** The true effect as treatment − control, instead of `lift`. */
  readonly difference?: number | undefined;
  /** Scale of the margin: `difference` unless said; `lift`; `odds-ratio` for proportions. */
  readonly scale?: ComparisonScale | undefined;
  /** `score` for proportions; for means `t` unless said, and `welch` with a deviation for each arm; `z`. */
  readonly test?: MarginMethod | undefined;
}

/** The planned metric and its true effect, as results repeat them. */
export interface MarginMetricEcho {
  readonly metric: "proportion" | "mean";
  readonly scale: ComparisonScale;
  /** Rate or mean of the control arm; null where it was not given. */
  readonly baseline: number | null;
  /** Rate or mean of the treatment arm; null where that of the control was not given. */
  readonly treatmentLevel: number | null;
  readonly difference: number;
  /** Null where the control's mean was not given, or is not above 0. */
  readonly lift: number | null;
}

export type MarginMetric = ProportionMetric | MeanMetric;

export interface ProportionMetric {
  readonly isProportion: true;
  readonly scale: ComparisonScale;
  readonly effect: ProportionEffect;
}

export interface MeanMetric {
  readonly isProportion: false;
  readonly scale: "difference" | "lift";
  readonly effect: MeanEffect;
  readonly spread: MeanSpread;
}

const MEAN_SCALES = ["difference", "lift"] as const;

/** The metric and its true effect, checked. */
export function checkedMarginMetric({
  baseline,
  standardDeviation,
  lift,
  difference = lift === undefined ? 0 : undefined,
  scale = "difference",
  test,
}: MarginMetricOptions): MarginMetric {
  if (standardDeviation === undefined) {
    checkOneOf("scale", scale, COMPARISON_SCALES);
    if (test !== undefined) checkOneOf("test", test, ["score"]);
    const effect = proportionEffect({ baseline: baseline as number, lift, difference });
    return { isProportion: true, scale, effect };
  }
  checkOneOf<ComparisonScale>("scale", scale, MEAN_SCALES);
  const spread = checkedMeanSpread({ standardDeviation, test: test as MeanTest | undefined });
  const effect = meanEffect({ baseline, lift, difference });
  if (scale === "lift" && effect.lift === null) {
    throw new DomainError("baseline", baseline, "must be given and above 0 on the scale of the lift");
  }
  return { isProportion: false, scale: scale as "difference" | "lift", effect, spread };
}

export function marginMethod(metric: MarginMetric): MarginMethod {
  return metric.isProportion ? "score" : metric.spread.test;
}

export function marginAssumptions(metric: MarginMetric): string[] {
  return metric.isProportion ? [...PROPORTION_ASSUMPTIONS] : meanAssumptions(metric.spread.test);
}

export function marginMetricEcho({ isProportion, scale, effect }: MarginMetric): MarginMetricEcho {
  const { baseline, difference, lift } = effect;
  return {
    metric: isProportion ? "proportion" : "mean",
    scale,
    baseline,
    treatmentLevel: isProportion ? effect.treatmentRate : effect.treatmentMean,
    difference,
    lift,
  };
}

/** Warns where rates are planned on few counts. */
export function countCautions(metric: MarginMetric, sizes: ArmUnits): readonly Warning[] {
  return metric.isProportion ? smallCounts(metric.effect, sizes, "") : [];
}
