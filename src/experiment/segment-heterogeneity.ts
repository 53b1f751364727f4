import type { Confidence } from "../core/confidence.ts";
import type { Interval } from "../core/interval.ts";
import { type GroupEffects, groupEffects } from "../bayesian/group-effects.ts";
import type { ObservedEffect } from "../bayesian/observed-effects.ts";
import { type AdjustmentMethod, adjustOn } from "../inference/adjust-on.ts";
import { breslowDay } from "../inference/breslow-day.ts";
import { chiSquaredTest } from "../inference/chi-squared-test.ts";
import { crossoverTest } from "../inference/crossover-test.ts";
import { normalLogPValue, normalPValue } from "../inference/normal-p-value.ts";
import { LOG } from "../inference/p-value-scale.ts";
import { inverseVariance, type PooledEstimate } from "../models/inverse-variance.ts";
import { pauleMandel } from "../models/paule-mandel.ts";
import type { EffectScale } from "../proxy/effect-covariance.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import type { SegmentContrast, SegmentHeterogeneity, ShrunkenSegment } from "./segment-analysis.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";

/** Effects of at least two segments held against each other. */
export interface ComparedEffects {
  readonly heterogeneity: SegmentHeterogeneity;
  /** In the order of the effects. */
  readonly shrunken: readonly ShrunkenSegment[];
  readonly contrasts: readonly SegmentContrast[];
  readonly fixed: PooledEstimate;
  readonly groups: GroupEffects;
}

/**
 * @param tables - of proportions, those of the same segments; null for other kinds
 */
export function compareEffects(
  effects: readonly ObservedEffect[],
  tables: readonly TwoArms<Proportion>[] | null,
  scale: EffectScale,
  adjustment: AdjustmentMethod,
  { confidenceLevel }: Confidence,
): ComparedEffects {
  const estimates = effects.map(({ estimate }) => estimate);
  const errors = effects.map(({ standardError }) => standardError);
  const fixed = inverseVariance(estimates, errors);
  const groups = groupEffects(effects, confidenceLevel);
  const asLift = (interval: Interval): Interval | null =>
    scale === "log-lift" ? intervalOfLift(interval) : null;
  return {
    heterogeneity: {
      cochran: { ...chiSquaredTest(fixed.q, effects.length - 1), iSquared: fixed.iSquared },
      tarone: tables === null ? null : (breslowDay(tables)?.tarone ?? null),
      crossover: crossoverTest(effects.map(({ estimate, standardError }) => estimate / standardError)),
      tau: { pauleMandel: pauleMandel(estimates, errors), ...groups.spread },
      average: groups.average,
      prediction: groups.prediction,
      predictedLift: asLift(groups.prediction),
    },
    shrunken: groups.effects.map(({ estimate, standardError, interval, kept }) => {
      const lift = asLift(interval);
      return {
        estimate,
        standardError,
        interval,
        kept,
        lift: lift === null ? null : { estimate: expm1(estimate), interval: lift },
      };
    }),
    contrasts: contrastsOf(effects, fixed, adjustment),
    fixed,
    groups,
  };
}

function intervalOfLift({ lower, upper, confidenceLevel, method, dualToTest, excluded }: Interval): Interval {
  return {
    lower: expm1(lower),
    upper: expm1(upper),
    confidenceLevel,
    method,
    dualToTest,
    excluded,
  };
}

/** Each effect less the pooled one of all others, whose precision is what their weights leave. */
function contrastsOf(
  effects: readonly ObservedEffect[],
  { estimate: pooled, weights }: PooledEstimate,
  adjustment: AdjustmentMethod,
): SegmentContrast[] {
  const raw = effects.map(({ estimate, standardError }, k) => {
    let rest = 1 - weights[k]!;
    let contrast = (estimate - pooled) / rest;
    if (rest <= 0.5) {
      // Of a segment that outweighs the others little is left of such differences: they are added up.
      rest = 0;
      contrast = 0;
      effects.forEach((other, j) => {
        if (j === k) return;
        rest += weights[j]!;
        contrast += weights[j]! * (estimate - other.estimate);
      });
      contrast /= rest;
    }
    const error = standardError / Math.sqrt(rest);
    const z = contrast / error;
    return {
      estimate: contrast,
      standardError: error,
      pValue: normalPValue(z, "two-sided"),
      logPValue: normalLogPValue(z, "two-sided"),
    };
  });
  const adjusted = adjustOn(
    LOG,
    raw.map(({ logPValue }) => logPValue),
    effects.length === 2 ? "none" : adjustment,
  );
  // Field by field: a copy takes longer than the contrast.
  return raw.map(({ estimate, standardError, pValue, logPValue }, k) => ({
    estimate,
    standardError,
    pValue,
    logPValue,
    adjustedPValue: exp(adjusted[k]!),
  }));
}
