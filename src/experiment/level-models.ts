import { betterArm } from "../bayesian/better-arm.ts";
import { betterMean } from "../bayesian/better-mean.ts";
import type { BetaPriorChoice } from "../bayesian/beta-prior.ts";
import { compareBetaBinomial } from "../bayesian/compare-beta-binomial.ts";
import { compareGammaPoisson } from "../bayesian/compare-gamma-poisson.ts";
import { compareNormal } from "../bayesian/compare-normal.ts";
import { countsCompared } from "../bayesian/counts-compared.ts";
import type { EachArm } from "../bayesian/each-arm.ts";
import { betterGamma } from "../bayesian/gamma-effects.ts";
import type { GammaPriorChoice } from "../bayesian/gamma-prior.ts";
import { meansCompared } from "../bayesian/means-compared.ts";
import type { NormalInverseGammaPriorChoice } from "../bayesian/normal-inverse-gamma-prior.ts";
import { ratesCompared } from "../bayesian/rates-compared.ts";
import type { Count } from "../summaries/count.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { type ChanceBasis, metricChance } from "./metric-chance.ts";
import type { PosteriorModel } from "./posterior-model.ts";

// Models with a prior on the level of each arm, the same for both.

export function rateModel(
  arms: EachArm<Proportion>,
  prior: BetaPriorChoice | undefined,
  confidenceLevel: number,
): PosteriorModel {
  const compared = ratesCompared({ ...arms, prior });
  return {
    chance: metricChance(basisOf("beta-binomial", compared), betterArm(compared.control, compared.treatment)),
    posterior: () => compareBetaBinomial({ ...arms, prior, confidenceLevel }),
  };
}

/** Null where the reference prior finds no variance to judge by, beyond the rounding of the mean. */
export function meanModel(
  arms: EachArm<Mean>,
  prior: NormalInverseGammaPriorChoice | undefined,
  confidenceLevel: number,
): PosteriorModel | null {
  if ((prior ?? "reference") === "reference" && !(varies(arms.control) && varies(arms.treatment)))
    return null;
  const compared = meansCompared({ ...arms, prior });
  return {
    chance: metricChance(
      basisOf("normal-inverse-gamma", compared),
      betterMean(compared.control, compared.treatment),
    ),
    posterior: () => compareNormal({ ...arms, prior, confidenceLevel }),
  };
}

/**
 * As the test beside it: with the variance between units where both arms have one, else as Poisson counts. A prior on
 * the rate of events makes them Poisson too.
 */
export function countModel(
  arms: EachArm<Count>,
  prior: GammaPriorChoice | undefined,
  confidenceLevel: number,
): PosteriorModel {
  const means = { control: eventsPerUnit(arms.control), treatment: eventsPerUnit(arms.treatment) };
  if (prior === undefined && isVaried(means)) return meanModel(means, undefined, confidenceLevel)!;
  const compared = countsCompared({ ...arms, prior });
  return {
    chance: metricChance(
      basisOf("gamma-poisson", compared),
      betterGamma(compared.control, compared.treatment),
    ),
    posterior: () => compareGammaPoisson({ ...arms, prior, confidenceLevel }),
  };
}

function eventsPerUnit({ n, events, variance }: Count): Mean | null {
  return variance === undefined ? null : { n, mean: events / n, variance };
}

/** Whether both arms tell enough of the variance for the reference prior. */
function isVaried(means: EachArm<Mean | null>): means is EachArm<Mean> {
  return [means.control, means.treatment].every((mean) => mean !== null && varies(mean));
}

/** With less, all that differs between units is the rounding of their mean. */
function varies({ n, mean, variance }: Mean): boolean {
  return n > 1 && Math.sqrt(variance) > Number.EPSILON * Math.abs(mean);
}

function basisOf(
  method: ChanceBasis["method"],
  compared: Pick<ChanceBasis, "warnings" | "assumptions"> & {
    readonly prior: EachArm<NonNullable<ChanceBasis["prior"]>>;
  },
): ChanceBasis {
  const { prior, warnings, assumptions } = compared;
  return { method, prior: prior.control, effectPrior: null, warnings, assumptions };
}
