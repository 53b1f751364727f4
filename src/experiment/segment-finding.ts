import { DEFAULT_POWER } from "../core/defaults.ts";
import type { ObservedEffect } from "../bayesian/observed-effects.ts";
import { chiSquaredQuantile, chiSquaredUpperQuantile } from "../numerics/chi-squared.ts";
import type { SegmentFinding } from "./segment-analysis.ts";
import type { ComparedEffects } from "./segment-heterogeneity.ts";

/** What was asked of the segments. */
export interface SegmentQuestion {
  readonly names: readonly string[];
  readonly effects: readonly ObservedEffect[];
  readonly alpha: number;
  /** The spread of true effects that matters; null for half of their average. */
  readonly relevantSpread: number | null;
  /** 1 where more is better, −1 where less is. */
  readonly betterSide: 1 | -1;
}

/** At half of the average effect nearly all segments (19 of 20 within two spreads) still share its sign. */
const SHARE_OF_AVERAGE = 0.5;

export function segmentFinding(
  { heterogeneity, contrasts, groups, fixed }: ComparedEffects,
  { names, effects, alpha, relevantSpread, betterSide }: SegmentQuestion,
): SegmentFinding {
  const relevant = relevantSpread ?? SHARE_OF_AVERAGE * Math.abs(heterogeneity.average.estimate);
  const probabilityRelevant = groups.probabilityAbove(relevant);
  const isRejected = heterogeneity.cochran.pValue < alpha;
  let best = 0;
  effects.forEach(({ estimate }, k) => {
    if (betterSide * (estimate - effects[best]!.estimate) > 0) best = k;
  });
  return {
    effectsDiffer: isRejected ? "yes" : probabilityRelevant <= alpha ? "no" : "cannot-tell",
    relevantSpread: relevant,
    probabilityRelevant,
    detectableSpread: detectableSpread(fixed.standardError, fixed.weights, alpha),
    standOut: names.filter((_, k) => contrasts[k]!.adjustedPValue < alpha),
    best: names[best]!,
  };
}

/** What may be said where fewer than two segments can be weighed. */
export const NO_FINDING: SegmentFinding = {
  effectsDiffer: "cannot-tell",
  relevantSpread: null,
  probabilityRelevant: null,
  detectableSpread: null,
  standOut: [],
  best: null,
};

/**
 * The spread at which Q passes its critical value with the power, were all errors the typical one of Higgins and Thompson
 * (2002): then Q is 1 + τ²/se² times chi-squared.
 */
function detectableSpread(fixedError: number, weights: readonly number[], alpha: number): number {
  const df = weights.length - 1;
  const ratio = chiSquaredUpperQuantile(alpha, df) / chiSquaredQuantile(1 - DEFAULT_POWER, df);
  // With weights w that sum to 1, se² = (K − 1) fixedError² / Σ w (1 − w).
  const uneven = weights.reduce((sum, weight) => sum + weight * (1 - weight), 0);
  return fixedError * Math.sqrt((df / uneven) * Math.max(0, ratio - 1));
}
