/**
 * What is believed about an effect covariance before any past experiment is seen.
 *
 * Standard deviations of true effects: half-Cauchy, each at the size of a typical effect. Correlations: LKJ, for one
 * proxy a density proportional to (1 − rho²)^(lkj − 1) on (−1, 1). Means: normal around 0, with a spread in proportion
 * to the effects themselves.
 */
export interface CovariancePrior {
  /** Scale of the half-Cauchy of tauProxy, on the scale of the effects; 0.05 on log-lift (5 % of the baseline). */
  readonly typicalProxyEffect: number;
  /** The same for tauMacro. */
  readonly typicalMacroEffect: number;
  /** Shape of the LKJ prior of the correlations, above 0: 1 is uniform, larger pulls towards 0. */
  readonly lkj: number;
  /** Means of the true effects are N(0, meanRatio² × their covariance); 0 takes them as 0, Infinity is flat. */
  readonly meanRatio: number;
}

/** ln of the prior density of (tauProxy, tauMacro, rho), up to a constant; 0 < tau, −1 < rho < 1. */
export function logCovariancePrior(
  { typicalProxyEffect, typicalMacroEffect, lkj }: CovariancePrior,
  tauProxy: number,
  tauMacro: number,
  rho: number,
): number {
  return (
    (lkj - 1) * Math.log((1 - rho) * (1 + rho)) -
    Math.log1p((tauProxy / typicalProxyEffect) ** 2) -
    Math.log1p((tauMacro / typicalMacroEffect) ** 2)
  );
}
