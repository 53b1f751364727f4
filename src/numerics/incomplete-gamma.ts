import { ConvergenceError, MOST_ROUNDS } from "../core/convergence-error.ts";
import { logGammaPowerConstant, logGammaPrefix } from "./gamma-prefix.ts";
import { gammaTailIntegral } from "./gamma-tail-integral.ts";
import { log1mexp } from "./log1mexp.ts";
import type { Tails } from "./tails.ts";
import { exp } from "./elementary/exp.ts";
import { expm1 } from "./elementary/expm1.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/** From here on the integral takes less time than series and fraction near the mean. */
const INTEGRAL_FROM = 100;

/** Up to here the expansion at 0 gives both tails of a shape below 1 without much cancellation. */
const POWER_RANGE = 1.1;

/**
 * Both tails of the gamma distribution of shape a and rate 1 at x, each right to its own last digits. Nothing is
 * checked: x >= 0, shapes from 1e-300 to 1e300.
 *
 * @param deviation x − a, where the caller knows it better than the difference of two doubles
 */
export function incompleteGamma(x: number, a: number, deviation: number = x - a): Tails {
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  if (a < 1 && x < POWER_RANGE) {
    const { log, excess } = powerExpansion(x, a);
    const leading = exp(log);
    return { lower: leading * (1 + excess), upper: -expm1(log) - leading * excess };
  }
  // A tail on its own side of the mean is never close to 1, so its complement keeps all its digits.
  const tail = exp(logOuterTail(x, a, deviation));
  return isBelow(a, deviation) ? { lower: tail, upper: 1 - tail } : { lower: 1 - tail, upper: tail };
}

/** The natural logs of both tails, finite where the tails themselves underflow. */
export function logIncompleteGamma(x: number, a: number, deviation: number = x - a): Tails {
  if (x === 0) return { lower: -Infinity, upper: 0 };
  if (x === Infinity) return { lower: 0, upper: -Infinity };
  if (a < 1 && x < POWER_RANGE) {
    const { log, excess } = powerExpansion(x, a);
    const lower = log + log1p(excess);
    const upper = -expm1(log) - exp(log) * excess;
    return { lower, upper: upper < 0.5 ? ln(upper) : log1p(0 - exp(lower)) };
  }
  const tail = logOuterTail(x, a, deviation);
  const complement = log1mexp(tail);
  return isBelow(a, deviation) ? { lower: tail, upper: complement } : { lower: complement, upper: tail };
}

function isBelow(a: number, deviation: number): boolean {
  return a >= 1 && deviation < 0;
}

/** The log of the tail that leads from x away from the mean. */
function logOuterTail(x: number, a: number, deviation: number): number {
  const prefix = logGammaPrefix(x, a, deviation);
  if (a >= INTEGRAL_FROM) return prefix + ln(gammaTailIntegral(a, deviation));
  return prefix + ln(isBelow(a, deviation) ? lowerSeries(x, a) : upperFraction(x, a));
}

/** P(X <= x) over x^a e^(−x) / Γ(a), for x below a: Σ xⁿ / (a (a + 1) … (a + n)) (Abramowitz & Stegun 6.5.29). */
function lowerSeries(x: number, a: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/**
 * P(X > x) over x^a e^(−x) / Γ(a), for x above a: the continued fraction of Legendre (Abramowitz & Stegun 6.5.31, its
 * even part), evaluated as a sum of its steps (Gautschi 1979, ACM TOMS algorithm 542).
 */
function upperFraction(x: number, a: number): number {
  let p = 0;
  let q = (x - 1 - a) * (x + 1 - a);
  let r = 4 * (x + 1 - a);
  let s = 1 - a;
  let rho = 0;
  let term = 1;
  let sum = 1;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (Math.abs(term) <= 1e-17 * sum) return sum / (x + 1 - a);
    p += s;
    q += r;
    r += 8;
    s += 2;
    const t = p * (1 + rho);
    rho = t / (q - t);
    term *= rho;
    sum += term;
  }
  throw new ConvergenceError(`the upper tail of Gamma(${a}) at ${x}`, MOST_ROUNDS);
}

/**
 * P(X <= x) as exp(log) · (1 + excess), with the leading power x^a / Γ(1 + a) and
 * excess = a Σ (−x)ⁿ / (n! (a + n)), n >= 1 (Abramowitz & Stegun 6.5.29).
 */
function powerExpansion(x: number, a: number): { log: number; excess: number } {
  let power = 1;
  let excess = 0;
  for (let n = 1; Math.abs(power) > 1e-18; n++) {
    power *= -x / n;
    excess += (a * power) / (a + n);
  }
  return { log: a * ln(x) + logGammaPowerConstant(a), excess };
}
