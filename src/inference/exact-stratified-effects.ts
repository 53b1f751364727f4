import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { conditionalStrata, exactCommonLogLimits, exactCommonLogPValue } from "./exact-common-odds-ratio.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { mantelHaenszelEffects } from "./mantel-haenszel-effects.ts";
import type { StratifiedEffects } from "./stratified-effects.ts";
import type { NormalConfidence } from "./two-proportions.ts";
import { exp } from "../numerics/elementary/exp.ts";

/**
 * The exact test given all margins with the odds ratio that goes with it; difference and lift as Mantel and Haenszel have
 * them.
 */
export function exactStratifiedEffects(
  strata: readonly TwoArms<Proportion>[],
  confidence: NormalConfidence,
): StratifiedEffects {
  const { alternative, confidenceLevel } = confidence;
  const conditional = conditionalStrata(strata);
  const logPValue = exactCommonLogPValue(conditional, alternative);
  const limits = exactCommonLogLimits(conditional, confidence);
  const isFixed = conditional.lowest === conditional.highest;
  return {
    ...mantelHaenszelEffects(strata, confidence, 0),
    statistic: null,
    warnings: [],
    pValue: exp(logPValue),
    logPValue,
    oddsRatio: makeEstimate(
      isFixed ? null : exp(conditional.logOdds),
      null,
      {
        lower: alternative === "less" ? 0 : exp(limits.lower),
        upper: alternative === "greater" ? Infinity : exp(limits.upper),
        confidenceLevel,
        method: "exact-conditional",
        // A two-sided test by minimum likelihood rejects other odds ratios than two one-sided ones.
        dualToTest: alternative !== "two-sided",
        excluded: null,
      },
      alternative,
    ),
  };
}
