import { newtonRoot } from "../numerics/newton-root.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { cosh } from "../numerics/elementary/hyperbolic.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/**
 * Coordinates of (tauProxy, tauMacro, rho) in which posteriors have short tails: about the logs of the standard
 * deviations and the inverse hyperbolic tangent of the correlation, in which tails fall exponentially, but with ends
 * that run away exponentially, so that tails fall doubly so (Takahasi and Mori 1974). The coordinate of a correlation is
 * the inverse hyperbolic sine of atanh rho.
 */
export interface CovarianceChart {
  /** The log of a standard deviation, in typical errors. */
  readonly logTau: (u: number) => number;
  /** Its derivative. */
  readonly logTauSlope: (u: number) => number;
  /** The coordinate of a log standard deviation. */
  readonly fromLogTau: (logTau: number) => number;
  /** Log of the derivatives of both logs and of atanh rho. */
  readonly logJacobian: (u: number, v: number, w: number) => number;
}

/** The chart for a number of experiments. */
export function covarianceChart(experiments: number): CovarianceChart {
  // Below it a standard deviation is lost in the noise of all experiments together, and its density is flat.
  const unseen = ln(0.5) - 0.25 * ln(experiments);
  const logTau = (u: number): number => u - exp(unseen - u);
  const logTauSlope = (u: number): number => 1 + exp(unseen - u);
  return {
    logTau,
    logTauSlope,
    // Where the exponential alone matters, u is about unseen − ln(unseen − log).
    fromLogTau: (log) => {
      const upper = Math.max(log, unseen) + 1;
      const start = log > unseen ? log : unseen - log1p(unseen - log);
      return newtonRoot((u) => [logTau(u) - log, logTauSlope(u)], -Infinity, upper, start);
    },
    logJacobian: (u, v, w) => ln(logTauSlope(u) * logTauSlope(v) * cosh(w)),
  };
}
