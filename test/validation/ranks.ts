import { betaDensity } from "../../src/numerics/beta-density.ts";
import { differenceContrast, logRatioContrast } from "../../src/bayesian/beta-contrasts.ts";
import type { BetaBinomialComparison } from "../../src/bayesian/compare-beta-binomial.ts";
import { compareDirichletMultinomial } from "../../src/bayesian/compare-dirichlet-multinomial.ts";
import { gammaDifference, gammaLogRatio } from "../../src/bayesian/gamma-effects.ts";
import { updateGamma } from "../../src/bayesian/gamma-posterior.ts";
import { guessLogOddsRatio } from "../../src/bayesian/guess-log-odds-ratio.ts";
import { normalDifference } from "../../src/bayesian/normal-effects.ts";
import { updateNormal } from "../../src/bayesian/normal-posterior.ts";
import { type CheckedRateEffectPrior, logEffectDensity } from "../../src/bayesian/rate-effect-prior.ts";
import { armEvidence, logLikelihood } from "../../src/bayesian/rate-pair.ts";
import { ratePlanePosterior } from "../../src/bayesian/rate-plane-posterior.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import { drawMean, drawPoisson } from "./draws.ts";

// Parameters from the prior, data given them, and the posterior probability of an effect below the true one.

/** Posterior probabilities below the truth, by what they are of. */
export type Ranks = Readonly<Record<string, readonly number[]>>;

type Contrast = { readonly beside: (value: number, side: "lower") => { readonly logProbability: number } };

export function below(contrast: Contrast, truth: number): number {
  return Math.exp(contrast.beside(truth, "lower").logProbability);
}

/** Ranks of every effect, over so many draws of one. */
function collect(draws: number, one: () => Readonly<Record<string, number>>): Ranks {
  const ranks: Record<string, number[]> = {};
  for (let i = 0; i < draws; i++) {
    for (const [name, rank] of Object.entries(one())) (ranks[name] ??= []).push(rank);
  }
  return ranks;
}

export function gammaPoissonRanks(
  prior: { readonly shape: number; readonly rate: number },
  [first, second]: readonly [number, number],
  draws: number,
  seed: number,
): Ranks {
  const random = createRandom(seed);
  const arm = (n: number): { rate: number; posterior: ReturnType<typeof updateGamma> } => {
    const rate = random.gamma(prior.shape) / prior.rate;
    return { rate, posterior: updateGamma("arm", { n, events: drawPoisson(random, rate * n) }, prior) };
  };
  return collect(draws, () => {
    const [control, treatment] = [arm(first), arm(second)];
    return {
      difference: below(
        gammaDifference(control.posterior, treatment.posterior),
        treatment.rate - control.rate,
      ),
      lift: below(
        gammaLogRatio(control.posterior, treatment.posterior),
        Math.log(treatment.rate / control.rate),
      ),
    };
  });
}

export function normalRanks(
  prior: { readonly mu: number; readonly kappa: number; readonly alpha: number; readonly beta: number },
  [first, second]: readonly [number, number],
  draws: number,
  seed: number,
): Ranks {
  const random = createRandom(seed);
  const arm = (n: number): { truth: number; posterior: ReturnType<typeof updateNormal> } => {
    const variance = prior.beta / random.gamma(prior.alpha);
    const truth = prior.mu + random.normal() * Math.sqrt(variance / prior.kappa);
    return { truth, posterior: updateNormal("arm", drawMean(random, n, truth, Math.sqrt(variance)), prior) };
  };
  return collect(draws, () => {
    const [control, treatment] = [arm(first), arm(second)];
    const { contrast, parameter } = normalDifference(control.posterior, treatment.posterior);
    return { difference: below(contrast, parameter(treatment.truth - control.truth)) };
  });
}

const total = (values: readonly number[], from = 0): number =>
  values.slice(from).reduce((sum, value) => sum + value, 0);

/** Shares of categories in order, and counts given them. */
function drawShares(
  random: Random,
  prior: readonly number[],
  n: number,
): { shares: number[]; counts: number[] } {
  const weights = prior.map((concentration) => random.gamma(concentration));
  const shares = weights.map((weight) => weight / total(weights));
  let left = n;
  const counts = shares.map((_, i) => {
    const count =
      i === shares.length - 1 ? left : random.binomial(left, Math.min(1, weights[i]! / total(weights, i)));
    left -= count;
    return count;
  });
  return { shares, counts };
}

export function dirichletRanks(
  prior: readonly number[],
  n: readonly [number, number],
  draws: number,
  seed: number,
): Ranks {
  const random = createRandom(seed);
  return collect(draws, () => {
    const [control, treatment] = [drawShares(random, prior, n[0]), drawShares(random, prior, n[1])];
    const { categories, steps } = compareDirichletMultinomial({
      control: control.counts,
      treatment: treatment.counts,
      prior,
      ordered: true,
    });
    const densities = ({ posterior }: BetaBinomialComparison) =>
      [
        betaDensity(posterior.control.alpha, posterior.control.beta),
        betaDensity(posterior.treatment.alpha, posterior.treatment.beta),
      ] as const;
    const difference = (comparison: BetaBinomialComparison, of: (shares: number[]) => number): number =>
      below(differenceContrast(...densities(comparison)), of(treatment.shares) - of(control.shares));
    const reach = (shares: number[]): number => total(shares, 2);
    // The second category, the third step, and how it is reached from the second.
    return {
      "a share": difference(categories[1]!.share, (shares) => shares[1]!),
      reach: difference(steps[1]!.reach, reach),
      continuation: difference(steps[1]!.continuation, (shares) => reach(shares) / total(shares, 1)),
      "lift of reach": below(
        logRatioContrast(...densities(steps[1]!.reach)),
        Math.log(reach(treatment.shares) / reach(control.shares)),
      ),
    };
  });
}

const CONTROL_PRIOR = { alpha: 4, beta: 36 };

/** A prior on the effect itself, beside one on the control's rate. */
export function effectPriorRanks(
  prior: CheckedRateEffectPrior,
  n: number,
  draws: number,
  seed: number,
): Ranks {
  const random = createRandom(seed);
  const { alpha, beta } = CONTROL_PRIOR;
  return collect(draws, () => {
    const [p1, p2] = drawRates(random, prior);
    const [x1, x2] = [random.binomial(n, p1), random.binomial(n, p2)];
    const arms = { control: armEvidence(alpha + x1, beta + n - x1), treatment: armEvidence(x2, n - x2) };
    const posterior = ratePlanePosterior(
      { arms, logDensity: (pair) => logLikelihood(arms, pair) + logEffectDensity(prior, pair) },
      guessLogOddsRatio(arms, prior),
    );
    return {
      difference: below(posterior.difference, 2 * Math.atanh(p2 - p1)),
      lift: below(posterior.logRatio, Math.log(p2 / p1)),
      "odds ratio": below(posterior.logOddsRatio, Math.log(p2 / (1 - p2)) - Math.log(p1 / (1 - p1))),
    };
  });
}

function drawRates(
  random: Random,
  { scale, mean, standardDeviation }: CheckedRateEffectPrior,
): readonly [number, number] {
  for (;;) {
    const p1 = random.beta(CONTROL_PRIOR.alpha, CONTROL_PRIOR.beta);
    const effect = mean + standardDeviation * random.normal();
    const odds = (p1 / (1 - p1)) * Math.exp(effect);
    const p2 = scale === "log-odds" ? odds / (1 + odds) : p1 * Math.exp(effect);
    // The prior on the log lift is cut off there.
    if (p2 < 1) return [p1, p2];
  }
}
