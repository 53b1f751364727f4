import { log1pmx } from "./log1pmx.ts";
import { LOG_SQRT_TWO_PI } from "./normal-tail.ts";
import { findPeak, logPeakIntegral } from "./peak-integral.ts";
import { stirlingError } from "./stirling-error.ts";
import { exp } from "./elementary/exp.ts";
import { expm1 } from "./elementary/expm1.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/**
 * ln E g(U), where U = ln S and df · S² is chi-squared with df degrees of freedom: what turns a normal probability into
 * that of a variable divided by an estimated standard deviation.
 *
 * The density of U times g must have one peak.
 *
 * @param logG ln g
 * @param start a guess of the peak
 */
export function logChiMixture(logG: (u: number) => number, df: number, start: number): number {
  const log = (u: number): number => logChiKernel(u, df) + logG(u);
  const peak = findPeak(log, start, 1 / Math.sqrt(2 * df + 2));
  // With few degrees of freedom the integrand falls slowly to the left: in v it falls faster than exponentially.
  const inV = (v: number): number => log(peak.at + v - expm1(-v)) + log1p(exp(-v));
  return logChiConstant(df) + logPeakIntegral(inV, { at: 0, width: 0.5 * peak.width });
}

/** ln of the density of U at u, without the constant below. */
export function logChiKernel(u: number, df: number): number {
  const excess = expm1(2 * u);
  // 1 + 2u − e^2u, without the cancellation near 0.
  return 0.5 * df * (Math.abs(u) < 0.125 ? log1pmx(excess) : 2 * u - excess);
}

/** ln of the density of U at 0. */
export function logChiConstant(df: number): number {
  return Math.LN2 + 0.5 * ln(0.5 * df) - stirlingError(0.5 * df) - LOG_SQRT_TWO_PI;
}
