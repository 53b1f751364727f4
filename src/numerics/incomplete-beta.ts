import { betaFraction } from "./beta-fraction.ts";
import { betaPowerSeries, inPowerRange } from "./beta-power-series.ts";
import { betaDeviation, logBetaPrefix } from "./beta-prefix.ts";
import { betaTailIntegral } from "./beta-tail-integral.ts";
import { log1mexp } from "./log1mexp.ts";
import type { Tails } from "./tails.ts";
import { exp } from "./elementary/exp.ts";
import { expm1 } from "./elementary/expm1.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/** From here on the integral takes less time than the continued fraction near the mean. */
const INTEGRAL_FROM = 50_000;

/**
 * Both tails of Beta(a, b) at the point x, y = 1 − x, each right to its own last digits. Nothing is checked:
 * 0 <= x, y <= 1, shapes from 1e-100 to 1e30.
 *
 * @param lambda a − (a + b) x, where the caller knows it better than x and y do
 */
export function incompleteBeta(
  x: number,
  y: number,
  a: number,
  b: number,
  lambda: number = betaDeviation(x, y, a, b),
): Tails {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (y <= 0) return { lower: 1, upper: 0 };
  if (inPowerRange(x, a, b)) return powerTails(x, a, b);
  if (inPowerRange(y, b, a)) return swap(powerTails(y, b, a));
  if (lambda >= 0) return withComplement(exp(logTailBelowMean(x, y, a, b, lambda)));
  return swap(withComplement(exp(logTailBelowMean(y, x, b, a, -lambda))));
}

/** The natural logs of both tails, finite where the tails themselves underflow. */
export function logIncompleteBeta(
  x: number,
  y: number,
  a: number,
  b: number,
  lambda: number = betaDeviation(x, y, a, b),
): Tails {
  if (x <= 0) return { lower: -Infinity, upper: 0 };
  if (y <= 0) return { lower: 0, upper: -Infinity };
  if (inPowerRange(x, a, b)) return logPowerTails(x, a, b);
  if (inPowerRange(y, b, a)) return swap(logPowerTails(y, b, a));
  if (lambda >= 0) return withLogComplement(logTailBelowMean(x, y, a, b, lambda));
  return swap(withLogComplement(logTailBelowMean(y, x, b, a, -lambda)));
}

function logTailBelowMean(x: number, y: number, a: number, b: number, lambda: number): number {
  const share =
    Math.min(a, b) >= INTEGRAL_FROM ? betaTailIntegral(x, y, a, b, lambda) : betaFraction(x, a, b, lambda);
  return logBetaPrefix(x, y, a, b, lambda) + ln(share);
}

function powerTails(x: number, a: number, b: number): Tails {
  const { log, excess } = betaPowerSeries(x, a, b);
  const leading = exp(log);
  return { lower: leading * (1 + excess), upper: -expm1(log) - leading * excess };
}

function logPowerTails(x: number, a: number, b: number): Tails {
  const { log, excess } = betaPowerSeries(x, a, b);
  const upper = -expm1(log) - exp(log) * excess;
  const lower = log + log1p(excess);
  return { lower, upper: upper < 0.5 ? ln(upper) : log1mexp(lower) };
}

// A tail on its own side of the mean is never close to 1, so its complement keeps all its digits.

function withComplement(lower: number): Tails {
  return { lower, upper: 1 - lower };
}

function withLogComplement(lower: number): Tails {
  return { lower, upper: log1mexp(lower) };
}

function swap(tails: Tails): Tails {
  return { lower: tails.upper, upper: tails.lower };
}
