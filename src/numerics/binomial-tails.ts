import { betaDeviation, logBetaPrefix } from "./beta-prefix.ts";
import { incompleteBeta, logIncompleteBeta } from "./incomplete-beta.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

// For the inside of the library: nothing is checked. K counts the successes in n trials of probability p; k may be −1.
// P(K > k) is the lower tail of Beta(k + 1, n − k) at p (Abramowitz and Stegun 1964, 26.5.24).

/** ln P(K = k), by Loader's saddle-point form (2000). */
export function binomialLogPmf(k: number, n: number, p: number): number {
  if (k === 0) return n === 0 ? 0 : n * log1p(-p) + 0; // + 0, so that p = 0 gives 0 and not −0
  if (k === n) return n * ln(p);
  if (p === 0 || p === 1) return -Infinity;
  const rest = n - k;
  const q = 1 - p;
  return logBetaPrefix(p, q, k, rest, betaDeviation(p, q, k, rest)) + ln(n / k / rest);
}

/** Where P(K = k) is largest. */
export function binomialMode(n: number, p: number): number {
  return Math.min(n, Math.floor((n + 1) * p));
}

/** P(K <= k). */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : incompleteBeta(p, 1 - p, k + 1, n - k).upper;
}

/** P(K > k), computed as a tail of its own. */
export function binomialSf(k: number, n: number, p: number): number {
  if (k < 0) return 1;
  return k >= n ? 0 : incompleteBeta(p, 1 - p, k + 1, n - k).lower;
}

/** ln P(K <= k). */
export function binomialLogCdf(k: number, n: number, p: number): number {
  if (k < 0) return -Infinity;
  return k >= n ? 0 : logIncompleteBeta(p, 1 - p, k + 1, n - k).upper;
}

/** ln P(K > k). */
export function binomialLogSf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? -Infinity : logIncompleteBeta(p, 1 - p, k + 1, n - k).lower;
}
