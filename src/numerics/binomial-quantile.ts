import { binomialCdf, binomialSf } from "./binomial-tails.ts";
import { normalQuantile } from "./normal-quantile.ts";

/** A cdf that misses the probability by no more than its own rounding counts as having reached it. */
const ROUNDING = 1e-13;

/** The smallest k with P(K <= k) >= probability. */
export function binomialQuantile(probability: number, n: number, p: number): number {
  if (probability === 0 || p === 0) return 0;
  if (probability === 1 || p === 1) return n;
  const reached = (k: number): boolean =>
    probability <= 0.5
      ? binomialCdf(k, n, p) >= probability * (1 - ROUNDING)
      : binomialSf(k, n, p) <= (1 - probability) * (1 + ROUNDING);
  let upper = cornishFisher(probability, n, p);
  let lower = upper;
  // Steps that double find one k that is reached and one, perhaps −1, that is not; halving closes in.
  let step = 1;
  if (reached(upper)) {
    do {
      upper = lower;
      lower = Math.max(-1, lower - step);
      step *= 2;
    } while (lower >= 0 && reached(lower));
  } else {
    do {
      lower = upper;
      upper = Math.min(n, upper + step);
      step *= 2;
    } while (!reached(upper));
  }
  while (upper - lower > 1) {
    const middle = lower + Math.floor((upper - lower) / 2);
    if (reached(middle)) upper = middle;
    else lower = middle;
  }
  return upper;
}

/** The quantile by its normal approximation with the skewness term (Cornish and Fisher 1938), within 0 and n. */
function cornishFisher(probability: number, n: number, p: number): number {
  const z = normalQuantile(probability);
  const sd = Math.sqrt(n * p * (1 - p));
  const guess = Math.floor(n * p + sd * z + ((1 - 2 * p) * (z * z - 1)) / 6);
  return Math.min(n, Math.max(0, guess));
}
