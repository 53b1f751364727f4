import { checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { METRIC_KINDS, type MetricKind } from "../core/metric-kind.ts";
import type { Warning } from "../core/warning.ts";
import { LEVEL_SCALES, type LevelScale } from "../models/level-scale.ts";
import { COMPARISON_SCALES, type ComparisonScale } from "../models/restricted-rates.ts";
import type { Ratio } from "../summaries/ratio.ts";
import { type CountEffect, countEffect } from "./count-effect.ts";
import { COUNT_ASSUMPTIONS, fewEvents } from "./count-test.ts";
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
import { checkedRatioMetric, RATIO_ASSUMPTIONS } from "./ratio-effect.ts";
import type { ArmUnits } from "./sizes.ts";

/** Tests at a null value other than no effect: `score` of proportions and counts, `delta` of ratios, the others of means. */
export type MarginMethod = "score" | "delta" | MeanTest;

/** A metric that is tested against margins. */
export interface MarginMetricOptions {
  /**
   * Unless said `ratio` where `past` is given, `count` where `dispersion` is, `mean` where `standardDeviation` is, and else
   * `proportion`.
   */
  readonly metric?: MetricKind | undefined;
  /** Of the control arm: rate in (0, 1); events per unit; mean or ratio, above 0 where a lift is spoken of, else optional. */
  readonly baseline?: number | undefined;
  /**
   * Between units, of a mean; of a ratio √n times the standard error of an arm's ratio; above 0. One number, or
   * `{ control, treatment }`.
   */
  readonly standardDeviation?: StandardDeviations | undefined;
  /** Ratios only, instead of `baseline` and `standardDeviation`: past units like those to come. */
  readonly past?: Ratio | undefined;
  /** Counts only: variance of a unit's events over their mean; 1 (Poisson) unless said. */
  readonly dispersion?: number | undefined;
  /** The true effect as treatment / control − 1; no effect unless said. */
  readonly lift?: number | undefined;
  /** The true effect as treatment − control, instead of `lift`. */
  readonly difference?: number | undefined;
  /** Scale of the margin: `difference` unless said; `lift`; `odds-ratio` for proportions. */
  readonly scale?: ComparisonScale | undefined;
  /** For means `t` unless said, and `welch` with a deviation for each arm; `z`. The others have one: `score`, `delta`. */
  readonly test?: MarginMethod | undefined;
}

/** The planned metric and its true effect, as results repeat them. */
export interface MarginMetricEcho {
  readonly metric: MetricKind;
  readonly scale: ComparisonScale;
  /** Level of the control arm; null where it was not given. */
  readonly baseline: number | null;
  /** Level of the treatment arm; null where that of the control was not given. */
  readonly treatmentLevel: number | null;
  readonly difference: number;
  /** Null where the control's level was not given, or is not above 0. */
  readonly lift: number | null;
}

export type MarginMetric = ProportionMetric | LevelMetric | CountsMetric;

export interface ProportionMetric {
  readonly kind: "proportion";
  readonly scale: ComparisonScale;
  readonly effect: ProportionEffect;
}

/** A mean, or a ratio of means. */
export interface LevelMetric {
  readonly kind: "mean" | "ratio";
  readonly scale: LevelScale;
  readonly effect: MeanEffect;
  readonly spread: MeanSpread;
}

export interface CountsMetric {
  readonly kind: "count";
  readonly scale: LevelScale;
  readonly effect: CountEffect;
}

/** The metric and its true effect, checked. */
export function checkedMarginMetric(options: MarginMetricOptions): MarginMetric {
  const { lift, difference = lift === undefined ? 0 : undefined, scale = "difference", test } = options;
  const kind = options.metric ?? impliedKind(options);
  checkOneOf("metric", kind, METRIC_KINDS);
  checkOneOf("scale", scale, kind === "proportion" ? COMPARISON_SCALES : LEVEL_SCALES);
  for (const field of SPREAD_FIELDS) {
    if (options[field] === undefined || SPREADS[kind].includes(field)) continue;
    throw new DomainError(field, options[field], `must be left out for a ${kind}`);
  }
  const baseline = options.baseline as number;
  switch (kind) {
    case "proportion":
      checkOneOf("test", test ?? "score", ["score"]);
      return { kind, scale, effect: proportionEffect({ baseline, lift, difference }) };
    case "count": {
      checkOneOf("test", test ?? "score", ["score"]);
      const effect = countEffect({ baseline, dispersion: options.dispersion, lift, difference });
      return { kind, scale: scale as LevelScale, effect };
    }
    case "ratio": {
      checkOneOf("test", test ?? "delta", ["delta"]);
      const ratio = checkedRatioMetric(options);
      const effect = meanEffect({ baseline: ratio.baseline, lift, difference });
      return levelMetric(kind, scale as LevelScale, effect, ratio.spread);
    }
    case "mean": {
      const standardDeviation = options.standardDeviation as StandardDeviations;
      const spread = checkedMeanSpread({ standardDeviation, test: test as MeanTest | undefined });
      const effect = meanEffect({ baseline: options.baseline, lift, difference });
      return levelMetric(kind, scale as LevelScale, effect, spread);
    }
  }
}

function impliedKind({ past, dispersion, standardDeviation }: MarginMetricOptions): MetricKind {
  if (past !== undefined) return "ratio";
  if (dispersion !== undefined) return "count";
  return standardDeviation === undefined ? "proportion" : "mean";
}

const SPREAD_FIELDS = ["standardDeviation", "past", "dispersion"] as const;
const SPREADS: Readonly<Record<MetricKind, readonly string[]>> = {
  proportion: [],
  mean: ["standardDeviation"],
  ratio: ["standardDeviation", "past"],
  count: ["dispersion"],
};

function levelMetric(
  kind: LevelMetric["kind"],
  scale: LevelScale,
  effect: MeanEffect,
  spread: MeanSpread,
): LevelMetric {
  if (scale === "lift" && effect.lift === null) {
    throw new DomainError(
      "baseline",
      effect.baseline ?? undefined,
      "must be given and above 0 on the scale of the lift",
    );
  }
  return { kind, scale, effect, spread };
}

const METHODS = { proportion: "score", ratio: "delta", count: "score" } as const;

export function marginMethod(metric: MarginMetric): MarginMethod {
  return metric.kind === "mean" ? metric.spread.test : METHODS[metric.kind];
}

export function marginAssumptions(metric: MarginMetric): string[] {
  switch (metric.kind) {
    case "proportion":
      return [...PROPORTION_ASSUMPTIONS];
    case "mean":
      return meanAssumptions(metric.spread.test);
    case "ratio":
      return [...RATIO_ASSUMPTIONS];
    case "count":
      return [...COUNT_ASSUMPTIONS];
  }
}

export function marginMetricEcho({ kind, scale, effect }: MarginMetric): MarginMetricEcho {
  const { baseline, difference, lift } = effect;
  const treatmentLevel = "treatmentMean" in effect ? effect.treatmentMean : effect.treatmentRate;
  return { metric: kind, scale, baseline, treatmentLevel, difference, lift };
}

/** Warns where rates are planned on few conversions or events. */
export function countCautions(metric: MarginMetric, sizes: ArmUnits): readonly Warning[] {
  if (metric.kind === "proportion") return smallCounts(metric.effect, sizes, "");
  return metric.kind === "count" ? fewEvents(metric.effect, sizes) : [];
}
