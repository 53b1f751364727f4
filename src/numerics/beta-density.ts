import { logPowerConstant } from "./beta-prefix.ts";
import { log1pmx } from "./log1pmx.ts";
import { stirlingError } from "./stirling-error.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/** Beta(a, b) with what every evaluation of its density needs. */
export interface BetaDensity {
  readonly a: number;
  readonly b: number;
  readonly total: number;
  /** What ln [x^a y^b / B(a, b)] has beside the powers (a shape below 1) or the deviances (both at or above 1). */
  readonly logConstant: number;
  /** Standard deviation. */
  readonly deviation: number;
}

export function betaDensity(a: number, b: number): BetaDensity {
  const total = a + b;
  const deviation = Math.sqrt(((a / total) * b) / total / (total + 1));
  return { a, b, total, logConstant: logConstantOf(a, b, total), deviation };
}

/** The density of 1 − X. */
export function mirroredDensity({ a, b, total, logConstant, deviation }: BetaDensity): BetaDensity {
  return { a: b, b: a, total, logConstant, deviation };
}

function logConstantOf(a: number, b: number, total: number): number {
  if (a < 1) return ln(a) + logPowerConstant(a, b);
  if (b < 1) return ln(b) + logPowerConstant(b, a);
  const stirling = stirlingError(total) - stirlingError(a) - stirlingError(b);
  return stirling + 0.5 * ln(((a / total) * b) / (2 * Math.PI));
}

/**
 * ln [x^a y^b / B(a, b)], the log density of the log-odds of a Beta(a, b) variable, at x and y = 1 − x;
 * `lambda` is a − (a + b) x, which carries the digits where x lies near the mean.
 * Source: C. Loader (2000), Fast and accurate computation of binomial probabilities.
 */
export function logDensity(
  { a, b, total, logConstant }: BetaDensity,
  x: number,
  y: number,
  lambda: number,
): number {
  if (a < 1 || b < 1) {
    const logX = y < x ? log1p(-y) : ln(x);
    const logY = x < y ? log1p(-x) : ln(y);
    return logConstant + a * logX + b * logY;
  }
  return logConstant + deviance(x, a, total, lambda) + deviance(y, b, total, -lambda);
}

/** a ln(total · x / a) + lambda: never above 0. */
function deviance(x: number, a: number, total: number, lambda: number): number {
  const relative = lambda / a;
  return Math.abs(relative) < 0.3 ? a * log1pmx(-relative) : a * ln((total / a) * x) + lambda;
}
