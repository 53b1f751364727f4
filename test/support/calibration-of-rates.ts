import {
  differenceContrast,
  logOddsRatioContrast,
  logRatioContrast,
} from "../../src/bayesian/beta-contrasts.ts";
import type { BetaPrior } from "../../src/models/beta-prior.ts";
import { betaDensity } from "../../src/numerics/beta-density.ts";
import { createRandom } from "../../src/numerics/random.ts";

/** Posterior probabilities below the true effects, for rates drawn from the prior and conversions drawn given them. */
export function calibrationOfRates({
  prior,
  control,
  treatment,
  draws,
  seed,
}: {
  readonly prior: BetaPrior;
  readonly control: number;
  readonly treatment: number;
  readonly draws: number;
  readonly seed: number;
}): { readonly difference: number[]; readonly lift: number[]; readonly oddsRatio: number[] } {
  const random = createRandom(seed);
  const shares = { difference: [] as number[], lift: [] as number[], oddsRatio: [] as number[] };
  for (let i = 0; i < draws; i += 1) {
    const [a, b] = [random.beta(prior.alpha, prior.beta), random.beta(prior.alpha, prior.beta)];
    const [x, y] = [random.binomial(control, a), random.binomial(treatment, b)];
    const ofControl = betaDensity(prior.alpha + x, prior.beta + control - x);
    const ofTreatment = betaDensity(prior.alpha + y, prior.beta + treatment - y);
    const below = (contrast: ReturnType<typeof differenceContrast>, truth: number): number =>
      Math.exp(contrast.beside(truth, "lower").logProbability);
    shares.difference.push(below(differenceContrast(ofControl, ofTreatment), b - a));
    shares.lift.push(below(logRatioContrast(ofControl, ofTreatment), Math.log(b / a)));
    const logOdds = (rate: number): number => Math.log(rate) - Math.log1p(-rate);
    shares.oddsRatio.push(below(logOddsRatioContrast(ofControl, ofTreatment), logOdds(b) - logOdds(a)));
  }
  return shares;
}
