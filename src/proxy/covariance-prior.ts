import { logBeta } from "../numerics/log-beta.ts";
import { logAdd } from "../numerics/log-sum.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/**
 * What is believed about an effect covariance before any past experiment is seen.
 *
 * Standard deviations of true effects: half-Cauchy, each at the size of a typical effect. Means: normal around 0, with
 * a spread in proportion to the effects themselves.
 *
 * Correlations: a proxy is either as good as unrelated to the macro metric or it is not, and nobody can tell before
 * looking. With probability `unrelatedShare` the density of rho is proportional to (1 − rho²)^(unrelatedLkj − 1), close
 * around 0; otherwise to (1 − rho²)^(lkj − 1) (1 + rho)^positiveTilt, wide and leaning to proxies that are chosen for a
 * reason. One such density for all proxies (LKJ alone) must either believe in vanity metrics or miss good ones: of
 * shapes 2 and 4 the one loses 5 % of the gain of waiting in a world of vanity metrics after 100 experiments, and the
 * other a third of the gain of a good proxy after 20, where the mixture loses 3 % and a sixth (docs/methods/proxy-worlds.md).
 */
export interface CovariancePrior {
  /** Scale of the half-Cauchy of tauProxy, on the scale of the effects; 0.05 on log-lift (5 % of the baseline). */
  readonly typicalProxyEffect: number;
  /** The same for tauMacro. */
  readonly typicalMacroEffect: number;
  /** Probability, in [0, 1], that the proxy's effects are as good as unrelated to the macro metric's; 0.6. */
  readonly unrelatedShare: number;
  /** How closely rho then keeps to 0, above 0: its standard deviation is 1/√(2 unrelatedLkj + 1), .16 at 20. */
  readonly unrelatedLkj: number;
  /** Shape of the LKJ prior of the correlation otherwise, above 0: 1 is uniform, larger pulls towards 0. */
  readonly lkj: number;
  /** How the correlation then leans to the positive side, at or above 0: 0 not at all, 1 with a density ∝ 1 + rho. */
  readonly positiveTilt: number;
  /** Means of the true effects are N(0, meanRatio² × their covariance); 0 takes them as 0, Infinity is flat. */
  readonly meanRatio: number;
}

/**
 * The parts of the default prior that have no scale. Of the mixtures that keep .95 of the gain of waiting with vanity
 * metrics after 20 experiments of 20,000 units an arm, this one, in round numbers, keeps most of a good proxy's. Means
 * that may be larger than 0.15 of the effects cost more than 1 % where they are 0.
 */
export const DEFAULT_PRIOR: Omit<CovariancePrior, "typicalProxyEffect" | "typicalMacroEffect"> = {
  unrelatedShare: 0.6,
  unrelatedLkj: 20,
  lkj: 1,
  positiveTilt: 1,
  meanRatio: 0.15,
};

/**
 * ln of a prior density of (tauProxy, tauMacro, rho), up to a constant, at 0 < tau and any atanh rho: near a perfect
 * correlation rho itself has no digits left.
 */
export type LogCovariancePrior = (tauProxy: number, tauMacro: number, atanhRho: number) => number;

/** Prepares the density for many values. */
export function logCovariancePrior(prior: CovariancePrior): LogCovariancePrior {
  const { typicalProxyEffect, typicalMacroEffect } = prior;
  const logCorrelation = logCorrelationPrior(prior);
  return (tauProxy, tauMacro, atanhRho) =>
    logCorrelation(atanhRho) -
    log1p((tauProxy / typicalProxyEffect) ** 2) -
    log1p((tauMacro / typicalMacroEffect) ** 2);
}

/** ln of the density of rho, up to a constant: (1 + rho)/2 is a mixture of two Beta variables. */
export function logCorrelationPrior(
  prior: Pick<CovariancePrior, "unrelatedShare" | "unrelatedLkj" | "lkj" | "positiveTilt">,
): (atanhRho: number) => number {
  const { unrelatedShare, unrelatedLkj, lkj, positiveTilt } = prior;
  const logUnrelated = ln(unrelatedShare) - logBeta(unrelatedLkj, unrelatedLkj);
  const logRelated = log1p(-unrelatedShare) - logBeta(lkj + positiveTilt, lkj);
  return (atanhRho) => {
    const above = logLogistic(2 * atanhRho);
    const below = logLogistic(-2 * atanhRho);
    return logAdd(
      logUnrelated + (unrelatedLkj - 1) * (above + below),
      logRelated + (lkj + positiveTilt - 1) * above + (lkj - 1) * below,
    );
  };
}

/** ln 1/(1 + e^−x); of 2 atanh r, it is ln (1 + r)/2. */
function logLogistic(x: number): number {
  return Math.min(0, x) - log1p(exp(-Math.abs(x)));
}
