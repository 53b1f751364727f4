import { productError, sumError } from "./error-free.ts";
import { logGammaIncrement } from "./log-gamma-increment.ts";
import { logGammaOnePlus } from "./log-gamma.ts";
import { log1pmx } from "./log1pmx.ts";
import { stirlingError } from "./stirling-error.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

// A point of (0, 1) is carried as the pair x, y = 1 − x, so that neither is recovered by subtraction. The smaller of
// the two is taken at its word; the other may be rounded.

/** a − (a + b) x in doubled precision: how far the mean of Beta(a, b) lies above x, times a + b. */
export function betaDeviation(x: number, y: number, a: number, b: number): number {
  return x <= y ? deviation(x, a, b) : -deviation(y, b, a);
}

function deviation(x: number, a: number, b: number): number {
  const ax = a * x;
  const bx = b * x;
  const first = a - ax;
  const second = first - bx;
  const lost = sumError(a, -ax, first) + sumError(first, -bx, second);
  return second + (lost - productError(a, x, ax) - productError(b, x, bx));
}

/** ln [x^a y^b / B(a, b)] for 0 < x, y < 1; `lambda` is betaDeviation(x, y, a, b). */
export function logBetaPrefix(x: number, y: number, a: number, b: number, lambda: number): number {
  if (a < 1) return logPrefixOfSmallShape(x, y, a, b);
  if (b < 1) return logPrefixOfSmallShape(y, x, b, a);
  // Loader's saddle-point form (2000): deviances and Stirling errors, none of them a difference of large logs.
  const total = a + b;
  const deviance = shapeDeviance(x, a, total, lambda) + shapeDeviance(y, b, total, -lambda);
  const stirling = stirlingError(total) - stirlingError(a) - stirlingError(b);
  return deviance + stirling + 0.5 * ln(((a / total) * b) / (2 * Math.PI));
}

/** a ln(total · x / a) + lambda, where lambda = a − total · x: never above 0. */
function shapeDeviance(x: number, a: number, total: number, lambda: number): number {
  const relative = lambda / a;
  return Math.abs(relative) < 0.3 ? a * log1pmx(-relative) : a * ln((total / a) * x) + lambda;
}

function logPrefixOfSmallShape(x: number, y: number, a: number, b: number): number {
  const logY = x < y ? log1p(-x) : ln(y);
  return ln(a) + a * ln(x) + b * logY + logPowerConstant(a, b);
}

/** −ln [a B(a, b)]: the lower tail of Beta(a, b) starts as x^a times the exponential of this. */
export function logPowerConstant(a: number, b: number): number {
  return logGammaIncrement(b, a) - logGammaOnePlus(a);
}
