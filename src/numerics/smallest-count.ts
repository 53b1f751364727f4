/** A cdf that misses the probability by no more than its own rounding counts as having reached it. */
const ROUNDING = 1e-13;

/** The tails of a count at k, each computed on its own. */
export interface CountTails {
  readonly cdf: (k: number) => number;
  readonly sf: (k: number) => number;
}

/**
 * The smallest k from `lowest` to `highest` with P(K <= k) at or above a probability: the quantile of a count.
 * The closer the guess, the fewer tails it takes.
 */
export function smallestCount(
  probability: number,
  { cdf, sf }: CountTails,
  guess: number,
  lowest: number,
  highest: number,
): number {
  const reached = (k: number): boolean =>
    probability <= 0.5 ? cdf(k) >= probability * (1 - ROUNDING) : sf(k) <= (1 - probability) * (1 + ROUNDING);
  let upper = Math.min(highest, Math.max(lowest, Math.floor(guess)));
  let lower = upper;
  // Steps that double find one k that is reached and one, perhaps below the lowest, that is not; halving closes in.
  let step = 1;
  if (reached(upper)) {
    do {
      upper = lower;
      lower = Math.max(lowest - 1, lower - step);
      step *= 2;
    } while (lower >= lowest && reached(lower));
  } else {
    do {
      lower = upper;
      upper = Math.min(highest, upper + step);
      step *= 2;
    } while (upper < highest && !reached(upper));
  }
  while (upper - lower > 1) {
    const middle = lower + Math.floor((upper - lower) / 2);
    if (reached(middle)) upper = middle;
    else lower = middle;
  }
  return upper;
}

/** The quantile by its normal approximation with the skewness term (Cornish and Fisher 1938). */
export function cornishFisher(z: number, mean: number, sd: number, skewness: number): number {
  return mean + sd * (z + (skewness * (z * z - 1)) / 6);
}
