import {
  downwardPath,
  type HypergeometricParameters,
  hypergeometricSupport,
  upwardPath,
} from "./hypergeometric-tails.ts";
import { log1mexp } from "./log1mexp.ts";
import { logGammaIncrement } from "./log-gamma-increment.ts";
import { outwardSums, type TablePath } from "./outward-sums.ts";

// Fisher's noncentral hypergeometric distribution, for the inside of the library: nothing is checked. It is the
// hypergeometric one with P(K = k) weighted by exp(k logOdds): the successes of one of two binomials given their sum,
// where logOdds is the log of the ratio of their odds.

/** ln of P(K > k) and a share, from 0 to 1, of P(K = k); k in the support. */
export function noncentralLogUpperTail(
  k: number,
  parameters: HypergeometricParameters,
  logOdds: number,
  share: number,
): number {
  const mode = noncentralMode(parameters, logOdds);
  const leadsOutward = k >= mode;
  const path = leadsOutward ? upwardPath(k, parameters, logOdds) : downwardPath(k, parameters, logOdds);
  const left = leadsOutward ? 1 - share : share;
  const log = Math.log(outwardSums(path).total - left) - logTotal(k, mode, parameters, logOdds);
  return leadsOutward ? Math.min(0, log) : log1mexp(Math.min(0, log));
}

/** ln of E max(K − k, 0) / E max(k − K, 0): 0 where the mean is k, and rising with logOdds; k inside the support. */
export function noncentralLogBalance(
  k: number,
  parameters: HypergeometricParameters,
  logOdds: number,
): number {
  const above = outwardSums(upwardPath(k, parameters, logOdds)).moment;
  const below = outwardSums(downwardPath(k, parameters, logOdds)).moment;
  return Math.log(above) - Math.log(below);
}

/** ln P(K = k) for k in the support. */
export function noncentralLogPmf(k: number, parameters: HypergeometricParameters, logOdds: number): number {
  return 0 - logTotal(k, noncentralMode(parameters, logOdds), parameters, logOdds);
}

/** ln of the sum of all weights, relative to that of k. */
function logTotal(k: number, mode: number, parameters: HypergeometricParameters, logOdds: number): number {
  const above = outwardSums(upwardPath(mode, parameters, logOdds)).total;
  const below = outwardSums(downwardPath(mode, parameters, logOdds)).total;
  const path = mode >= k ? upwardPath(k, parameters, logOdds) : downwardPath(k, parameters, logOdds);
  return logWeight(path, Math.abs(mode - k)) + Math.log(above + below - 1);
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
  const odds = Math.exp(logOdds);
  const square = -Math.expm1(logOdds);
  const linear = population - successes - draws + odds * (successes + draws + 2);
  const constant = odds * (successes + 1) * (draws + 1);
  const root = Math.sqrt(linear * linear + 4 * square * constant);
  const k = linear > 0 ? (2 * constant) / (linear + root) : (root - linear) / (2 * square);
  const { lowest, highest } = hypergeometricSupport(parameters);
  return Math.min(highest, Math.max(lowest, Math.floor(k)));
}
