import { LOG_SQRT_TWO_PI } from "./normal-tail.ts";
import { log1pmx } from "./log1pmx.ts";
import { findPeak, logPeakIntegral } from "./peak-integral.ts";
import { stirlingError } from "./stirling-error.ts";

/**
 * ln E g(u), where u = ln S and df · S² is chi-squared with df degrees of freedom: what turns a normal probability into
 * that of a variable divided by an estimated standard deviation, any of Student's family.
 *
 * The density of u times g must have one peak.
 *
 * @param logG ln g as a function of u
 * @param start a guess of the peak
 */
export function logChiMixture(logG: (u: number) => number, df: number, start: number): number {
  const half = 0.5 * df;
  const log = (u: number): number => half * deviance(2 * u) + logG(u);
  const peak = findPeak(log, start, 1 / Math.sqrt(2 * df + 2));
  // With few degrees of freedom the integrand falls slowly to the left: in v it falls faster than exponentially.
  const inV = (v: number): number => log(peak.at + v - Math.expm1(-v)) + Math.log1p(Math.exp(-v));
  const constant = Math.LN2 + 0.5 * Math.log(half) - stirlingError(half) - LOG_SQRT_TWO_PI;
  return constant + logPeakIntegral(inV, { at: 0, width: 0.5 * peak.width });
}

/** 1 + x − e^x, without the cancellation near 0. */
function deviance(x: number): number {
  const excess = Math.expm1(x);
  return Math.abs(x) < 0.25 ? log1pmx(excess) : x - excess;
}
