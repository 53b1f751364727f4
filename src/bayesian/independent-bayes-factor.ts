import type { Proportion } from "../summaries/proportion.ts";
import type { BetaPrior } from "../models/beta-prior.ts";
import { betaDensity } from "../numerics/beta-density.ts";
import { betaDeviation, logBetaPrefix } from "../numerics/beta-prefix.ts";
import { differenceContrast } from "./beta-contrasts.ts";
import { betterArm } from "./better-arm.ts";
import type { EachArm } from "./each-arm.ts";
import type { EvidenceOfEffect } from "./evidence-of-effect.ts";
import type { IndependentRatePriors } from "./independent-rate-priors.ts";

/**
 * The evidence under Beta priors. A marginal likelihood is prior density × likelihood / posterior density, at whichever
 * rate; with all of them taken at one and the same, powers and binomial coefficients cancel, and what is left is a sum of
 * log densities in Loader's saddle-point form, whose digits do not depend on the counts.
 */
export function independentEvidence(
  arms: EachArm<Proportion>,
  priors: IndependentRatePriors,
): EvidenceOfEffect {
  const control = updated(priors.control, arms.control);
  const treatment = updated(priors.treatment, arms.treatment);
  const common = updated(updated(priors.null, arms.control), arms.treatment);
  const total = common.alpha + common.beta;
  const [rate, rest] = [common.alpha / total, common.beta / total];
  const logDensityAt = ({ alpha, beta }: BetaPrior): number =>
    logBetaPrefix(rate, rest, alpha, beta, betaDeviation(rate, rest, alpha, beta));
  const logEvidence = (prior: BetaPrior, posterior: BetaPrior): number =>
    logDensityAt(prior) - logDensityAt(posterior);

  return {
    logBayesFactor10:
      logEvidence(priors.control, control) +
      logEvidence(priors.treatment, treatment) -
      logEvidence(priors.null, common),
    logShare: { prior: logShares(priors), posterior: logShares({ control, treatment }) },
    savageDickey: savageDickey(priors, { control, treatment }),
  };
}

function updated({ alpha, beta }: BetaPrior, { n, conversions }: Proportion): BetaPrior {
  return { alpha: alpha + conversions, beta: beta + (n - conversions) };
}

function densities({ control, treatment }: EachArm<BetaPrior>) {
  return [betaDensity(control.alpha, control.beta), betaDensity(treatment.alpha, treatment.beta)] as const;
}

function logShares(rates: EachArm<BetaPrior>): { readonly greater: number; readonly less: number } {
  const { logProbabilityToBeat, logProbabilityToLose } = betterArm(...densities(rates));
  return { greater: logProbabilityToBeat, less: logProbabilityToLose };
}

/** From the densities of the difference of rates at 0, by quadrature; null where the prior's is infinite there. */
function savageDickey(
  priors: EachArm<BetaPrior>,
  posteriors: EachArm<BetaPrior>,
): EvidenceOfEffect["savageDickey"] {
  const { control, treatment } = priors;
  if (control.alpha + treatment.alpha <= 1 || control.beta + treatment.beta <= 1) return null;
  const logDensityAtZero = (rates: EachArm<BetaPrior>): number =>
    differenceContrast(...densities(rates)).beside(0, "upper").logDensity;
  const logPriorDensity = logDensityAtZero(priors);
  const logPosteriorDensity = logDensityAtZero(posteriors);
  return { logPriorDensity, logPosteriorDensity, logBayesFactor10: logPriorDensity - logPosteriorDensity };
}
