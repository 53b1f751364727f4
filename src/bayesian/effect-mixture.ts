import { logSum } from "../numerics/log-sum.ts";
import { mixtureMean, mixtureVariance, type NormalMixture } from "../numerics/normal-mixture.ts";
import { normalLogPdf } from "../numerics/normal.ts";
import { effectComponents } from "./effect-components.ts";
import type { EffectPrior } from "./effect-prior.ts";
import type { ObservedEffect } from "./observed-effects.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** The posterior of one effect under an effect prior, a mixture of normal distributions and points. */
export interface EffectMixture {
  readonly components: NormalMixture;
  /** ln of the density that the prior predicts at the estimate. */
  readonly logEvidence: number;
  readonly mean: number;
  readonly standardDeviation: number;
  /** Weight of the estimate itself in the posterior mean, from 0 to 1; the rest is with the prior. */
  readonly shrinkageFactor: number;
}

/** In standard errors: what the likelihood leaves of an effect so far from its estimate is no double. */
const FARTHEST = 40;

/** The posterior of the effect behind an estimate that is normal around it. */
export function effectMixture(
  prior: EffectPrior,
  { estimate, standardError }: ObservedEffect,
): EffectMixture {
  const reach = Math.abs(estimate - prior.mean) + Math.abs(prior.mean) + FARTHEST * standardError;
  const parts = effectComponents(prior, reach).map(({ logWeight, mean, standardDeviation }) => {
    const total = hypot(standardError, standardDeviation);
    const kept = (standardDeviation / total) ** 2;
    return {
      kept,
      logJoint: logWeight + normalLogPdf((estimate - mean) / total) - ln(total),
      mean: mean + kept * (estimate - mean),
      standardDeviation: standardError * (standardDeviation / total),
    };
  });
  const logEvidence = logSum(parts.map(({ logJoint }) => logJoint));
  const components = parts.map((part) => ({
    logWeight: part.logJoint - logEvidence,
    mean: part.mean,
    standardDeviation: part.standardDeviation,
  }));
  return {
    components,
    logEvidence,
    mean: mixtureMean(components),
    standardDeviation: Math.sqrt(mixtureVariance(components)),
    shrinkageFactor: components.reduce((sum, { logWeight }, k) => sum + exp(logWeight) * parts[k]!.kept, 0),
  };
}
