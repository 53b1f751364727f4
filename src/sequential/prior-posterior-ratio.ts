import type { BetaPrior } from "../models/beta-prior.ts";
import { binomialDeviance } from "../models/binomial-deviance.ts";
import { productDifference } from "../models/product-difference.ts";
import { lowerDevianceLimit, type RateLimit, upperDevianceLimit } from "../models/rate-deviance-limit.ts";
import { betaDeviation, logBetaPrefix } from "../numerics/beta-prefix.ts";
import { logGammaIncrement } from "../numerics/log-gamma-increment.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { ln } from "../numerics/elementary/ln.ts";

/**
 * The rates whose prior density is less than 1/α times the posterior one (Waudby-Smith and Ramdas 2020). The ratio is the
 * likelihood of a rate drawn from the prior over that of the rate itself: a martingale at the true rate.
 */
export function priorPosteriorRatioLimits(
  arm: Proportion,
  prior: BetaPrior,
  alpha: number,
): { readonly lower: RateLimit; readonly upper: RateLimit } {
  // At any rate the log of the ratio is that at the rate seen and half of the deviance.
  const deviance = -2 * (ln(alpha) + logRatioAtRateSeen(arm, prior));
  return { lower: lowerDevianceLimit(arm, deviance), upper: upperDevianceLimit(arm, deviance) };
}

/** ln of the prior over the posterior density at the rate x = 1 − y, strictly between 0 and 1. */
export function logPriorPosteriorRatio(
  { n, conversions }: Proportion,
  { alpha, beta }: BetaPrior,
  x: number,
  y: number,
): number {
  return logPrefix(x, y, alpha, beta) - logPrefix(x, y, alpha + conversions, beta + (n - conversions));
}

/** ln [x^a y^b / B(a, b)]. */
function logPrefix(x: number, y: number, a: number, b: number): number {
  return logBetaPrefix(x, y, a, b, betaDeviation(x, y, a, b));
}

/** Never above 0: no mixture of likelihoods exceeds the largest. A rate of 0 or 1 has a likelihood, and no density. */
function logRatioAtRateSeen(arm: Proportion, prior: BetaPrior): number {
  const { n, conversions } = arm;
  if (conversions === 0) return logChanceOfAll(prior.beta, prior.alpha, n);
  if (conversions === n) return logChanceOfAll(prior.alpha, prior.beta, n);
  // By way of the posterior mean: far from it both densities have logs so large that their difference loses its digits.
  const total = prior.alpha + prior.beta + n;
  const x = (prior.alpha + conversions) / total;
  const y = (prior.beta + (n - conversions)) / total;
  const shift = productDifference(prior.alpha, n - conversions, prior.beta, conversions) / n / total;
  return logPriorPosteriorRatio(arm, prior, x, y) - 0.5 * binomialDeviance(arm, shift, x, y);
}

/** ln [B(a + n, b) / B(a, b)], by the smaller step of the two ways to write it. */
function logChanceOfAll(a: number, b: number, n: number): number {
  return n < b
    ? logGammaIncrement(a, n) - logGammaIncrement(a + b, n)
    : logGammaIncrement(a, b) - logGammaIncrement(a + n, b);
}
