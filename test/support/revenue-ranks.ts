import { gammaValue } from "../../src/bayesian/gamma-value.ts";
import { logNormalValue } from "../../src/bayesian/log-normal-value.ts";
import { updateNormal } from "../../src/bayesian/normal-posterior.ts";
import type { Marginal } from "../../src/bayesian/marginal.ts";
import { productMarginal } from "../../src/bayesian/product-marginal.ts";
import { marginalLogRatio } from "../../src/bayesian/two-marginals.ts";
import { betaDensity } from "../../src/numerics/beta-density.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";

const RATE = { alpha: 4, beta: 8 };
const UNITS = 60;

interface Drawn {
  /** ln of the true revenue per unit. */
  readonly truth: number;
  readonly posterior: Marginal;
}

/**
 * The posterior probability of a lift below the true one, in so many experiments whose parameters come from the prior:
 * uniform where the posterior is the right one (Talts et al. 2018, simulation-based calibration).
 */
export function revenueRanks(model: "gamma" | "log-normal", experiments: number, seed: number): number[] {
  const random = createRandom(seed);
  const draw = model === "gamma" ? drawGamma : drawLogNormal;
  return Array.from({ length: experiments }, () => {
    const control = draw(random);
    const treatment = draw(random);
    const contrast = marginalLogRatio(control.posterior, treatment.posterior);
    return Math.exp(contrast.beside(treatment.truth - control.truth, "lower").logProbability);
  });
}

function drawRate(random: Random): { rate: number; conversions: number } {
  const rate = random.beta(RATE.alpha, RATE.beta);
  return { rate, conversions: random.binomial(UNITS, rate) };
}

function rateGiven(conversions: number): ReturnType<typeof betaDensity> {
  return betaDensity(RATE.alpha + conversions, RATE.beta + UNITS - conversions);
}

function drawGamma(random: Random): Drawn {
  const { rate, conversions } = drawRate(random);
  const [shape, prior] = [2, { shape: 5, rate: 60 }];
  const ofValues = random.gamma(prior.shape) / prior.rate;
  const sum = conversions === 0 ? 0 : random.gamma(shape * conversions) / ofValues;
  const value = gammaValue(shape, { shape: prior.shape + shape * conversions, rate: prior.rate + sum });
  return {
    truth: Math.log((rate * shape) / ofValues),
    posterior: productMarginal(rateGiven(conversions), value),
  };
}

function drawLogNormal(random: Random): Drawn {
  const { rate, conversions } = drawRate(random);
  const [largest, prior] = [1.5, { mu: 3, kappa: 2, alpha: 3, beta: 2 }];
  let variance = Infinity;
  while (variance > largest ** 2) variance = prior.beta / random.gamma(prior.alpha);
  const mu = prior.mu + Math.sqrt(variance / prior.kappa) * random.normal();
  const logs = Array.from({ length: conversions }, () => mu + Math.sqrt(variance) * random.normal());
  const mean = logs.reduce((sum, log) => sum + log / conversions, 0);
  const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0);
  const summary = { n: conversions, mean, variance: conversions > 1 ? squares / (conversions - 1) : 0 };
  const posterior = conversions === 0 ? prior : updateNormal("values", summary, prior);
  return {
    truth: Math.log(rate) + mu + variance / 2,
    posterior: productMarginal(rateGiven(conversions), logNormalValue(posterior, largest).marginal),
  };
}
