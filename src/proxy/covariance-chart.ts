/**
 * Coordinates of (tauProxy, tauMacro, rho) in which posteriors have short tails: about the logs of the standard
 * deviations and the inverse hyperbolic tangent of the correlation, in which tails fall exponentially, but with ends
 * that run away exponentially, so that tails fall doubly so (Takahasi and Mori 1974).
 */
export interface CovarianceChart {
  /** The log of a standard deviation, in typical errors. */
  readonly logTau: (u: number) => number;
  readonly atanhRho: (w: number) => number;
  /** Log of the derivatives of both logs and the inverse hyperbolic tangent. */
  readonly logJacobian: (u: number, v: number, w: number) => number;
  /** The coordinates of a value. */
  readonly fromAtanhRho: (z: number) => number;
}

/** The chart for a number of experiments. */
export function covarianceChart(experiments: number): CovarianceChart {
  // Below it a standard deviation is lost in the noise of all experiments together, and its density is flat.
  const unseen = Math.log(0.5) - 0.25 * Math.log(experiments);
  return {
    logTau: (u) => u - Math.exp(unseen - u),
    atanhRho: Math.sinh,
    logJacobian: (u, v, w) =>
      Math.log((1 + Math.exp(unseen - u)) * (1 + Math.exp(unseen - v)) * Math.cosh(w)),
    fromAtanhRho: Math.asinh,
  };
}
