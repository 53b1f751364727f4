import type { Proportion } from "../summaries/proportion.ts";
import { panelledDensity } from "../numerics/panelled-density.ts";
import { normalLogCdf, normalLogSf } from "../numerics/normal.ts";
import { findPeak, logPeakIntegral } from "../numerics/peak-integral.ts";
import type { DependentRatePriors } from "./dependent-rate-priors.ts";
import type { EachArm } from "./each-arm.ts";
import type { EvidenceOfEffect } from "./evidence-of-effect.ts";
import { type NormalPrior, normalPriorLogDensity } from "./normal-prior.ts";
import { guessLogOddsRatio } from "./guess-log-odds-ratio.ts";
import { armEvidence, logLikelihood, type RatePair } from "./rate-pair.ts";
import { oddsRatioSlice } from "./rate-slices.ts";
import { logSliceIntegral, type RatePlane } from "./slice-integral.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** The Bayes factor of an effect for another width of its prior. */
export interface BayesFactorAtWidth {
  readonly standardDeviation: number;
  readonly logBayesFactor10: number;
}

/** The evidence under normal priors on the mean and the difference of the log-odds. */
export function dependentEvidence(
  { control, treatment }: EachArm<Proportion>,
  { baseline, effect }: DependentRatePriors,
  widths: readonly number[],
): EvidenceOfEffect & { readonly sensitivity: readonly BayesFactorAtWidth[] } {
  const arms = {
    control: armEvidence(control.conversions, control.n - control.conversions),
    treatment: armEvidence(treatment.conversions, treatment.n - treatment.conversions),
  };
  const plane: RatePlane = {
    arms,
    logDensity: (pair) => logLikelihood(arms, pair) + normalPriorLogDensity(meanLogOdds(pair), baseline),
  };
  const logLikelihoodAt = (logOddsRatio: number): number =>
    logSliceIntegral(plane, oddsRatioSlice(arms, logOddsRatio));
  const logAtZero = logLikelihoodAt(0);

  const bayesFactorAt = (standardDeviation: number): BayesFactorAtWidth => {
    const { log, start, width } = posterior({ mean: effect.mean, standardDeviation });
    return {
      standardDeviation,
      logBayesFactor10: logPeakIntegral(log, findPeak(log, start, width)) - logAtZero,
    };
  };
  const posterior = (prior: NormalPrior) => ({
    log: (logOddsRatio: number): number =>
      logLikelihoodAt(logOddsRatio) + normalPriorLogDensity(logOddsRatio, prior),
    ...guessLogOddsRatio(arms, prior),
  });
  const { log, start, width } = posterior(effect);
  const density = panelledDensity(log, { start, width });
  const { mean, standardDeviation } = effect;
  const logPriorDensity = normalPriorLogDensity(0, effect);
  const greater = density.beside(0, "upper");
  return {
    logBayesFactor10: bayesFactorAt(standardDeviation).logBayesFactor10,
    logShare: {
      prior: {
        greater: normalLogCdf(mean / standardDeviation),
        less: normalLogSf(mean / standardDeviation),
      },
      posterior: { greater: greater.logProbability, less: density.beside(0, "lower").logProbability },
    },
    savageDickey: {
      logPriorDensity,
      logPosteriorDensity: greater.logDensity,
      logBayesFactor10: logPriorDensity - greater.logDensity,
    },
    sensitivity: widths.map(bayesFactorAt),
  };
}

function meanLogOdds({ control, treatment }: RatePair): number {
  return 0.5 * ln((control.rate / control.rest) * (treatment.rate / treatment.rest));
}
