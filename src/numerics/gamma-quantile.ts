import { ConvergenceError, MOST_ROUNDS } from "../core/convergence-error.ts";
import { logGammaPowerConstant, logGammaPrefix } from "./gamma-prefix.ts";
import { logIncompleteGamma } from "./incomplete-gamma.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { exp } from "./elementary/exp.ts";
import { expm1 } from "./elementary/expm1.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";
import { pow } from "./elementary/pow.ts";

/** Below this error in the log tail, one more step of third order leaves nothing that a double could show. */
const LAST_STEP = 1e-6;

/**
 * The point below which the gamma distribution of shape a and rate 1 has probability p, where q = 1 − p; the smaller of
 * the two is taken at its word.
 *
 * Halley's method in ln x on the log of the smaller tail, which is concave in ln x: a Newton step from beyond the root
 * never comes back across it.
 */
export function gammaQuantilePoint(p: number, q: number, a: number): number {
  if (p === 0) return 0;
  if (q === 0) return Infinity;
  const isLower = p <= q;
  const logLeading = ((isLower ? ln(p) : log1p(-q)) - logGammaPowerConstant(a)) / a;
  // The leading power alone is exact here, and reaches below the smallest x that the tails can be asked about.
  if (logLeading < ln(1e-17)) return exp(logLeading);

  const logTarget = ln(isLower ? p : q);
  const sign = isLower ? 1 : -1;
  let x = startingPoint(isLower, logTarget, logLeading, a);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const tails = logIncompleteGamma(x, a);
    const logTail = isLower ? tails.lower : tails.upper;
    const excess = logTail - logTarget;
    const share = exp(logTail - logGammaPrefix(x, a, x - a)); // 1 over the slope of the log tail, without its sign
    const bend = 1 + (excess * (1 + sign * share * (x - a))) / 2;
    const step = (-sign * excess * share) / (bend > 0.5 ? bend : 1);
    const next = x + x * expm1(step);
    // At a huge shape the neighbouring doubles are farther apart than the last step.
    if (Math.abs(excess) <= LAST_STEP || next === x) return next;
    x = next;
  }
  throw new ConvergenceError(`the quantile of Gamma(${a})`, MOST_ROUNDS);
}

function startingPoint(isLower: boolean, logTarget: number, logLeading: number, a: number): number {
  if (a < 1) {
    // Above, the exponential distribution has the longer tail: a start beyond the root.
    return isLower || logLeading < -1 ? exp(logLeading) : -logTarget;
  }
  // Wilson and Hilferty (1931): the cube root of X is nearly normal, except far down.
  const z = isLower ? normalQuantile(exp(logTarget)) : -normalQuantile(exp(logTarget));
  const root = 1 - 1 / (9 * a) + z / (3 * Math.sqrt(a));
  return root > 0.2 ? a * pow(root, 3) : exp(logLeading);
}
