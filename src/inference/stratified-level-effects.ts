import { inverseVariance } from "../models/inverse-variance.ts";
import { compareLevels } from "./compare-levels.ts";
import type { Confidence } from "../core/confidence.ts";
import type { Levels } from "../models/levels.ts";
import type { StratifiedEffects } from "./stratified-effects.ts";
import { stratifiedLevels, type StratumLevels, stratumError } from "./stratified-levels.ts";
import { undeterminedEstimate } from "../core/whole-line.ts";

/** The difference and lift of both arms' levels in one mix of the strata, tested by their standard error. */
export function levelEffects(
  levels: Levels,
  weights: readonly number[],
  confidence: Confidence,
  method: string,
): StratifiedEffects {
  const comparison = compareLevels(levels, confidence, method, "fieller");
  return {
    statistic: comparison.statistic,
    degreesOfFreedom: comparison.degreesOfFreedom,
    pValue: comparison.pValue,
    logPValue: comparison.logPValue,
    difference: comparison.difference,
    lift: comparison.lift,
    oddsRatio: null,
    status: comparison.status,
    controlMean: levels.control,
    treatmentMean: levels.treatment,
    weights,
    warnings: comparison.warnings,
  };
}

/**
 * The same with the weights that make the variance of the difference smallest, one over each stratum's own.
 *
 * A stratum without variance would get all the weight, so then nothing is determined.
 */
export function inverseVarianceEffects(
  strata: readonly { readonly name: string }[],
  levels: readonly StratumLevels[],
  confidence: Confidence,
): StratifiedEffects {
  const errors = levels.map(stratumError);
  const still = strata.filter((_, i) => errors[i] === 0);
  if (still.length > 0) return undeterminedEffects(still, confidence);
  const { weights } = inverseVariance(
    levels.map(({ difference }) => difference),
    errors,
  );
  return levelEffects(stratifiedLevels(levels, weights), weights, confidence, "inverse-variance");
}

function undeterminedEffects(
  still: readonly { readonly name: string }[],
  confidence: Confidence,
): StratifiedEffects {
  const unknown = undeterminedEstimate("inverse-variance", confidence);
  return {
    statistic: null,
    degreesOfFreedom: Infinity,
    pValue: null,
    logPValue: null,
    difference: unknown,
    lift: unknown,
    oddsRatio: null,
    status: "undetermined",
    controlMean: null,
    treatmentMean: null,
    weights: null,
    warnings: [
      {
        code: "NO_VARIANCE",
        message: `No unit differs from its arm's mean in ${still.map(({ name }) => name).join(", ")}, so the weight of one over the variance has no end there; another method has an answer.`,
      },
    ],
  };
}
