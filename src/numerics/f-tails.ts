import { logBetaPrefix, logPowerConstant } from "./beta-prefix.ts";
import { betaQuantilePoint } from "./beta-quantile.ts";
import { incompleteBeta, logIncompleteBeta } from "./incomplete-beta.ts";
import { log1mexp } from "./log1mexp.ts";
import type { Tails } from "./tails.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";

// For the inside of the library: nothing is checked. With a = df1/2, b = df2/2 the variable df1 F / (df1 F + df2) has
// the distribution Beta(a, b) (Abramowitz and Stegun 1964, 26.6.2). Its point is carried as x and y = 1 − x, and what
// tells it from the mean, a − (a + b) x, as 2ab (1 − F) / (df1 F + df2), so that near F = 1 no digit is lost.

/** Beyond these odds x or y nears the smallest double, and the leading power of the tail there is exact. */
const POWER_FROM = 1e290;

/** ln P(F <= f) and ln P(F > f). */
export function logFTails(f: number, df1: number, df2: number): Tails {
  const a = 0.5 * df1;
  const b = 0.5 * df2;
  const odds = f * (df1 / df2);
  if (odds < 1 / POWER_FROM) return logTailsAtZero(f, a, b);
  if (odds > POWER_FROM) return swap(logTailsAtZero(1 / f, b, a));
  return logIncompleteBeta(odds / (1 + odds), 1 / (1 + odds), a, b, lambdaOf(f, odds, a));
}

/** P(F <= f) and P(F > f). */
export function fTails(f: number, df1: number, df2: number): Tails {
  const odds = f * (df1 / df2);
  if (odds < 1 / POWER_FROM || odds > POWER_FROM) {
    const { lower, upper } = logFTails(f, df1, df2);
    return { lower: exp(lower), upper: exp(upper) };
  }
  const a = 0.5 * df1;
  return incompleteBeta(odds / (1 + odds), 1 / (1 + odds), a, 0.5 * df2, lambdaOf(f, odds, a));
}

/** ln of the density at f. */
export function fLogPdf(f: number, df1: number, df2: number): number {
  const a = 0.5 * df1;
  const b = 0.5 * df2;
  if (f === 0) return df1 === 2 ? 0 : df1 < 2 ? Infinity : -Infinity;
  if (f === Infinity) return -Infinity;
  const odds = f * (df1 / df2);
  if (odds < 1 / POWER_FROM) return logTailsAtZero(f, a, b).lower + ln(a) - ln(f);
  if (odds > POWER_FROM) return logTailsAtZero(1 / f, b, a).lower + ln(b) - ln(f);
  return logBetaPrefix(odds / (1 + odds), 1 / (1 + odds), a, b, lambdaOf(f, odds, a)) - ln(f);
}

/** The f with P(F <= f) = p. */
export function fQuantile(p: number, df1: number, df2: number): number {
  const a = 0.5 * df1;
  const b = 0.5 * df2;
  const { x, y } = betaQuantilePoint(p, 1 - p, a, b);
  if (x < 1 / POWER_FROM) return quantileAtZero(p, a, b);
  if (y < 1 / POWER_FROM) return 1 / quantileAtZero(1 - p, b, a);
  return (x / y) * (df2 / df1);
}

/** a − (a + b) x at x = odds / (1 + odds). */
function lambdaOf(f: number, odds: number, a: number): number {
  return (a * (1 - f)) / (1 + odds);
}

/** The tails where f a/b is next to 0: P(F <= f) = (f a/b)^a / (a B(a, b)). */
function logTailsAtZero(f: number, a: number, b: number): Tails {
  const lower = f === 0 ? -Infinity : a * (ln(f) + ln(a) - ln(b)) + logPowerConstant(a, b);
  return { lower, upper: log1mexp(lower) };
}

function quantileAtZero(p: number, a: number, b: number): number {
  return p === 0 ? 0 : exp((ln(p) - logPowerConstant(a, b)) / a + ln(b) - ln(a));
}

function swap({ lower, upper }: Tails): Tails {
  return { lower: upper, upper: lower };
}
