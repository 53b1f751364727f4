import { checkCount, checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { binomialQuantile } from "../numerics/binomial-quantile.ts";

export interface QuantileRanksOptions {
  /** Units of the arm, a whole number of at least 1. */
  readonly n: number;
  /** Which quantile, in (0, 1): 0.5 is the median. */
  readonly probability: number;
  /** Two-sided confidence of the interval between the two ranks; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
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
 * @returns three ranks from 1 to n
 * @throws {DomainError} for a broken count, or a probability or level outside (0, 1)
 * @example
 * ```ts
 * import { quantileRanks } from "microlift";
 * quantileRanks({ n: 10_000, probability: 0.9 }); // { rank: 9000, lowerRank: 8941, upperRank: 9060 }
 * ```
 * Thompson (1936); Woodruff (1952).
 */
export function quantileRanks(options: QuantileRanksOptions): QuantileRanks {
  checkObject("options", options);
  const { n, probability, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = options;
  checkCount("n", n, 1);
  checkOpenUnit("probability", probability);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const tail = (1 - confidenceLevel) / 2;
  const rank = quantileRank(n, probability);
  // The value of rank l lies above the quantile when fewer than l units are at or below it, that of rank u below when
  // u or more are.
  const lowerRank = binomialQuantile(tail, n, probability);
  const upperRank = binomialQuantile(1 - tail, n, probability) + 1;
  return {
    rank,
    lowerRank: Math.min(rank, Math.max(1, lowerRank)),
    upperRank: Math.max(rank, Math.min(n, upperRank)),
  };
}

/** ⌈n p⌉ from 1 to n. A product within its rounding of a whole number is that number: 0.07 of 100 units is the 7th. */
export function quantileRank(n: number, probability: number): number {
  const product = n * probability;
  const whole = Math.round(product);
  const isWhole = Math.abs(product - whole) <= 2 * Number.EPSILON * product;
  return Math.min(n, Math.max(1, isWhole ? whole : Math.ceil(product)));
}
