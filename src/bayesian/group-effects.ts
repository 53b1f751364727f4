import type { Interval } from "../core/interval.ts";
import {
  momentsOfNormals,
  type NormalColumns,
  type NormalMoments,
  normalsQuantile,
} from "../numerics/normals-quantile.ts";
import type { ObservedEffect } from "./observed-effects.ts";
import { spreadPosterior } from "./spread-posterior.ts";

/** Where a quantity lies by its posterior. */
export interface PosteriorFigures {
  /** The mean. */
  readonly estimate: number;
  readonly interval: Interval;
}

/** The true effect of one group. */
export interface GroupEffect extends PosteriorFigures {
  /** The standard deviation. */
  readonly standardError: number;
  /** The share of its distance from the average of all groups that is kept, in [0, 1]. */
  readonly kept: number;
}

/** The true effects of groups, of their average, and of a group yet unseen. */
export interface GroupEffects {
  /** In the order given. */
  readonly effects: readonly GroupEffect[];
  /** Without a standard deviation, which for two groups is infinite. */
  readonly average: PosteriorFigures;
  /** Where the true effect of a further such group lies. */
  readonly prediction: Interval;
  /** The standard deviation of true effects. */
  readonly spread: { readonly median: number; readonly upper: number };
  /** P(spread > value), within 1e-7. */
  readonly probabilityAbove: (spread: number) => number;
}

/**
 * Shrinks estimates of the effects of groups, such as segments, towards their average, with what is unknown of their
 * spread integrated out: θ_k ~ N(μ, τ²), a flat prior for μ, and for τ a half-Cauchy prior whose median is the root
 * mean square of the standard errors. Intervals that take a fitted spread for known are too short for few groups.
 *
 * Some thirty values of τ, whatever the number of groups up to ten; time grows with their number and its root.
 *
 * Gelman (2006), Bayesian Analysis 1, 515–533; Röver (2020), Journal of Statistical Software 93 (6).
 *
 * @param effects - at least two, with estimates and errors within 1e100 times the smallest error
 */
export function groupEffects(effects: readonly ObservedEffect[], confidenceLevel: number): GroupEffects {
  const posterior = spreadPosterior(effects);
  const { unit, spreads, weights, averages, averageVariances } = posterior;
  const first = effects[0]!.estimate;
  const tail = (1 - confidenceLevel) / 2;
  const means = new Float64Array(weights.length);
  const deviations = new Float64Array(weights.length);
  const mixture: NormalColumns = { weights, means, deviations };
  const interval = (moments: NormalMoments): Interval => ({
    lower: first + unit * normalsQuantile(mixture, moments, "lower", tail),
    upper: first + unit * normalsQuantile(mixture, moments, "upper", tail),
    confidenceLevel,
    method: "equal-tailed",
    dualToTest: false,
    excluded: null,
  });
  const shrunken = effects.map(({ estimate, standardError }): GroupEffect => {
    const own = (estimate - first) / unit;
    const variance = (standardError / unit) ** 2;
    let kept = 0;
    for (let i = 0; i < weights.length; i++) {
      const between = spreads[i]! ** 2;
      const pull = variance / (variance + between);
      const share = between / (variance + between);
      means[i] = own + pull * (averages[i]! - own);
      deviations[i] = Math.sqrt(variance * share + pull * pull * averageVariances[i]!);
      kept += weights[i]! * share;
    }
    const moments = momentsOfNormals(mixture);
    return {
      estimate: first + unit * moments.mean,
      standardError: unit * moments.deviation,
      interval: interval(moments),
      kept,
    };
  });
  for (let i = 0; i < weights.length; i++) {
    means[i] = averages[i]!;
    deviations[i] = Math.sqrt(averageVariances[i]!);
  }
  const moments = momentsOfNormals(mixture);
  const average = { estimate: first + unit * moments.mean, interval: interval(moments) };
  for (let i = 0; i < weights.length; i++) deviations[i] = Math.sqrt(averageVariances[i]! + spreads[i]! ** 2);
  return {
    effects: shrunken,
    average,
    prediction: interval(momentsOfNormals(mixture)),
    spread: {
      median: unit * posterior.upperLimit(0.5),
      upper: unit * posterior.upperLimit(1 - confidenceLevel),
    },
    probabilityAbove: (spread) => posterior.probabilityAbove(spread / unit),
  };
}
