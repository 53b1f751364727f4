import { gammaCdf, gammaLogCdf, gammaLogSf, gammaSf } from "./gamma.ts";
import { logGammaPrefix } from "./gamma-prefix.ts";
import { ln } from "./elementary/ln.ts";

// For the inside of the library: nothing is checked. K counts events where `mean` are expected. P(K <= k) is the upper
// tail of the gamma distribution of shape k + 1 at the mean (Abramowitz and Stegun 1964, 26.4.21).

/** ln P(K = k), by Loader's saddle-point form (2000). */
export function poissonLogPmf(k: number, mean: number): number {
  if (k === 0) return 0 - mean;
  return mean === 0 ? -Infinity : logGammaPrefix(mean, k, mean - k) - ln(k);
}

/** P(K <= k). */
export function poissonCdf(k: number, mean: number): number {
  return k < 0 ? 0 : gammaSf(mean, k + 1);
}

/** P(K > k), computed as a tail of its own. */
export function poissonSf(k: number, mean: number): number {
  return k < 0 ? 1 : gammaCdf(mean, k + 1);
}

/** ln P(K <= k). */
export function poissonLogCdf(k: number, mean: number): number {
  return k < 0 ? -Infinity : gammaLogSf(mean, k + 1);
}

/** ln P(K > k). */
export function poissonLogSf(k: number, mean: number): number {
  return k < 0 ? 0 : gammaLogCdf(mean, k + 1);
}
