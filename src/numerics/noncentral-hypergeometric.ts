import {
  downwardPath,
  type HypergeometricParameters,
  hypergeometricSupport,
  upwardPath,
} from "./hypergeometric-tails.ts";
import { log1mexp } from "./log1mexp.ts";
import { logGammaIncrement } from "./log-gamma-increment.ts";
import { outwardSums, type TablePath } from "./outward-sums.ts";
import { exp } from "./elementary/exp.ts";
import { expm1 } from "./elementary/expm1.ts";
import { ln } from "./elementary/ln.ts";

// Fisher's noncentral hypergeometric distribution, for the inside of the library: nothing is checked. It is the
// hypergeometric one with P(K = k) weighted by exp(k logOdds): the successes of one of two binomials given their sum,
// where logOdds is the log of the ratio of their odds.

/** A function of logOdds with its derivative. */
export type ValueAndSlope = readonly [value: number, slope: number];

/** ln of P(K > k) and a share, from 0 to 1, of P(K = k): concave and rising with logOdds; k in the support. */
export function noncentralLogUpperTail(
  k: number,
  parameters: HypergeometricParameters,
  logOdds: number,
  share: number,
): ValueAndSlope {
  const mode = noncentralMode(parameters, logOdds);
  const leadsOutward = k >= mode;
  const path = leadsOutward ? upwardPath(k, parameters, logOdds) : downwardPath(k, parameters, logOdds);
  const beyond = outwardSums(path);
  const total = beyond.total - (leadsOutward ? 1 - share : share);
  const all = allWeights(mode, parameters, logOdds);
  const log = Math.min(0, ln(total) - logTotal(k, mode, all, parameters, logOdds));
  // By how much the mean of what is summed exceeds the mean of all.
  const excess = k - mode + (leadsOutward ? 1 : -1) * (beyond.moment / total) - all.moment / all.total;
  if (leadsOutward) return [log, excess];
  const upper = log1mexp(log);
  return [upper, -excess * exp(log - upper)];
}

/** ln of E max(K − k, 0) / E max(k − K, 0): 0 where the mean is k, and rising with logOdds; k inside the support. */
export function noncentralLogBalance(
  k: number,
  parameters: HypergeometricParameters,
  logOdds: number,
): ValueAndSlope {
  const above = outwardSums(upwardPath(k, parameters, logOdds));
  const below = outwardSums(downwardPath(k, parameters, logOdds));
  return [ln(above.moment) - ln(below.moment), above.square / above.moment + below.square / below.moment];
}

/** ln P(K = k) for k in the support. */
export function noncentralLogPmf(k: number, parameters: HypergeometricParameters, logOdds: number): number {
  const mode = noncentralMode(parameters, logOdds);
  return 0 - logTotal(k, mode, allWeights(mode, parameters, logOdds), parameters, logOdds);
}

/** Σ weight and Σ (j − mode) · weight over all j, relative to the weight of the mode. */
function allWeights(
  mode: number,
  parameters: HypergeometricParameters,
  logOdds: number,
): { readonly total: number; readonly moment: number } {
  const above = outwardSums(upwardPath(mode, parameters, logOdds));
  const below = outwardSums(downwardPath(mode, parameters, logOdds));
  return { total: above.total + below.total - 1, moment: above.moment - below.moment };
}

/** ln of the sum of all weights, relative to that of k. */
function logTotal(
  k: number,
  mode: number,
  all: { readonly total: number },
  parameters: HypergeometricParameters,
  logOdds: number,
): number {
  const path = mode >= k ? upwardPath(k, parameters, logOdds) : downwardPath(k, parameters, logOdds);
  return logWeight(path, Math.abs(mode - k)) + ln(all.total);
}

/** ln of the weight after some steps, relative to that of the start. What rounding costs it is as a shift of logOdds by 1e-15. */
function logWeight({ growing, shrinking, logOdds }: TablePath, steps: number): number {
  const gained = growing.map((cell) => logGammaIncrement(cell + 1, steps));
  const lost = shrinking.map((cell) => logGammaIncrement(cell - steps + 1, steps));
  return logOdds * steps + (lost[0]! - gained[0]!) + (lost[1]! - gained[1]!);
}

/**
 * Where P(K = k) is largest, within one.
 * Source: J. G. Liao and O. Rosen (2001), The American Statistician 55, 366–369.
 */
function noncentralMode(parameters: HypergeometricParameters, logOdds: number): number {
  const { population, successes, draws } = parameters;
  // Failures in place of successes turn the odds over.
  if (logOdds > 0)
    return draws - noncentralMode({ population, successes: population - successes, draws }, -logOdds);
  const odds = exp(logOdds);
  const square = -expm1(logOdds);
  const linear = population - successes - draws + odds * (successes + draws + 2);
  const constant = odds * (successes + 1) * (draws + 1);
  const root = Math.sqrt(linear * linear + 4 * square * constant);
  const k = linear > 0 ? (2 * constant) / (linear + root) : (root - linear) / (2 * square);
  const { lowest, highest } = hypergeometricSupport(parameters);
  return Math.min(highest, Math.max(lowest, Math.floor(k)));
}
