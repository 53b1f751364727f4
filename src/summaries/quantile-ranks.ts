import { checkCount, checkObject, checkOpenUnit, checkPositive } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { isLowerLimit, isUpperLimit } from "./rank-reach.ts";

export interface QuantileRanksOptions {
  /** Units of the arm, a whole number of at least 1. */
  readonly n: number;
  /** Which quantile, in (0, 1): 0.5 is the median. */
  readonly probability: number;
  /** Two-sided confidence of the interval between the two ranks; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
  /** For events of which a unit may have several, from `quantileDesignEffect`; 1 unless said. `n` then counts events. */
  readonly designEffect?: number | undefined;
}

/** Places in an arm's values sorted upwards, the smallest having rank 1. */
export interface QuantileRanks {
  /** Of the quantile itself. */
  readonly rank: number;
  readonly lowerRank: number;
  readonly upperRank: number;
}

/**
 * The ranks of an arm's sorted values that a warehouse has to look up for a quantile and its interval.
 *
 * The values at `lowerRank` and `upperRank` lie beyond the true quantile with a probability of at most half of
 * 1 − confidenceLevel each, whatever the distribution: the number of units below it is binomial. Where so few units
 * have no such value the rank is that of the smallest or the largest one.
 *
 * @param options.n - units, a whole number of at least 1
 * @param options.probability - which quantile, in (0, 1)
 * @param options.confidenceLevel - of the interval between both ranks, in (0, 1); 0.95 unless said
 * @param options.designEffect - above 0; 1 unless said: one value a unit
 * @returns three ranks from 1 to n
 * @throws {DomainError} for a broken count, a probability or level outside (0, 1), or a design effect not above 0
 * @example
 * ```ts
 * import { quantileRanks } from "microlift";
 * quantileRanks({ n: 10_000, probability: 0.9 }); // { rank: 9000, lowerRank: 8941, upperRank: 9060 }
 * ```
 * Thompson (1936); Woodruff (1952).
 */
export function quantileRanks(options: QuantileRanksOptions): QuantileRanks {
  checkObject("options", options);
  const { n, probability, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL, designEffect = 1 } = options;
  checkCount("n", n, 1);
  checkOpenUnit("probability", probability);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  checkPositive("designEffect", designEffect);
  const tail = (1 - confidenceLevel) / 2;
  const rank = quantileRank(n, probability);
  const values = { n, probability, designEffect };
  return {
    rank,
    lowerRank: lastThat((r) => isLowerLimit(r, values, tail), 1, rank),
    // Counted from the largest value down.
    upperRank: n + 1 - lastThat((r) => isUpperLimit(n + 1 - r, values, tail), 1, n + 1 - rank),
  };
}

/** The last whole number from `first` to `end` of which a condition holds that holds up to there; `first` if it never does. */
function lastThat(holds: (value: number) => boolean, first: number, end: number): number {
  let [low, high] = [first, end + 1];
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** ⌈n p⌉ from 1 to n. A product within its rounding of a whole number is that number: 0.07 of 100 units is the 7th. */
export function quantileRank(n: number, probability: number): number {
  const product = n * probability;
  const whole = Math.round(product);
  const isWhole = Math.abs(product - whole) <= 2 * Number.EPSILON * product;
  return Math.min(n, Math.max(1, isWhole ? whole : Math.ceil(product)));
}
