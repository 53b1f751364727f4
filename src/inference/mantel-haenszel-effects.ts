import type { Estimate } from "../core/estimate.ts";
import { type MantelHaenszel, mantelHaenszel, ratioOfSums } from "../models/mantel-haenszel.ts";
import { sumOf } from "../numerics/sum.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { intervalWithoutTest } from "./interval-without-test.ts";
import { liftOnLogScale, ratioOnLogScale } from "./log-scale-estimate.ts";
import { normalLogPValue, normalPValue } from "./normal-p-value.ts";
import type { StratifiedEffects } from "./stratified-effects.ts";
import { mantelFleissCautions } from "./stratified-rate-cautions.ts";
import type { NormalConfidence } from "./two-proportions.ts";

/**
 * The test of Cochran (1954) and of Mantel and Haenszel (1959) with the effects that have its weights.
 *
 * @param continuity - units by which the excess is drawn towards 0, as in R: not at all where it is smaller
 */
export function mantelHaenszelEffects(
  strata: readonly TwoArms<Proportion>[],
  confidence: NormalConfidence,
  continuity: number,
): StratifiedEffects {
  const pooled = mantelHaenszel(strata);
  const statistic = cochranMantelHaenszel(pooled, continuity);
  const totalWeight = sumOf(pooled.weights);
  const { above, below } = pooled.ratio;
  const lift = above === 0 && below === 0 ? null : below === 0 ? Infinity : pooled.excess / below;
  return {
    statistic,
    degreesOfFreedom: Infinity,
    pValue: normalPValue(statistic, confidence.alternative),
    logPValue: normalLogPValue(statistic, confidence.alternative),
    difference: differenceEstimate(pooled, confidence),
    lift: liftOnLogScale(lift, pooled.ratio.logError, confidence, "greenland-robins"),
    oddsRatio: ratioOnLogScale(
      ratioOfSums(pooled.oddsRatio),
      pooled.oddsRatio.logError,
      confidence,
      "robins-breslow-greenland",
    ),
    status: "ok",
    controlMean: below / totalWeight,
    treatmentMean: above / totalWeight,
    weights: pooled.weights.map((weight) => weight / totalWeight),
    warnings: mantelFleissCautions(strata),
  };
}

/** The signed root of the statistic; 0 where none or all of the units converted in each stratum. */
function cochranMantelHaenszel({ excess, excessVariance }: MantelHaenszel, continuity: number): number {
  if (excess === 0 || excessVariance === 0) return 0;
  const size = Math.abs(excess);
  return (Math.sign(excess) * (size >= continuity ? size - continuity : size)) / Math.sqrt(excessVariance);
}

function differenceEstimate(
  { difference, differenceError }: MantelHaenszel,
  confidence: NormalConfidence,
): Estimate {
  // Without variance nothing can be said about unequal rates: all differences.
  const isDetermined = differenceError > 0 || difference === 0;
  const reach = confidence.z * differenceError;
  const everything = { lower: -1, upper: 1 };
  const limits = isDetermined ? { lower: difference - reach, upper: difference + reach } : everything;
  return {
    estimate: difference,
    standardError: differenceError,
    interval: intervalWithoutTest("sato", confidence, limits, everything),
    status: isDetermined ? "ok" : "undetermined",
  };
}
