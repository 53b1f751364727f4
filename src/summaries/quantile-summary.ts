import {
  checkBetween,
  checkCount,
  checkFinite,
  checkModerate,
  checkObject,
  checkOpenUnit,
  checkPositive,
} from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { quantileRank, quantileRanks } from "./quantile-ranks.ts";

/** One of an arm's values by its place when they are sorted upwards, the smallest having rank 1. */
export interface OrderStatistic {
  readonly rank: number;
  readonly value: number;
}

/** A quantile of a metric over an arm's units, with two order statistics around it that tell how sure it is. */
export interface QuantileSummary {
  /** Units of the arm, a whole number of at least 1; events, where there is a design effect. */
  readonly n: number;
  /** Which quantile, in (0, 1): 0.5 is the median. */
  readonly probability: number;
  /** The value of rank ⌈n · probability⌉, as SQL's PERCENTILE_DISC and R's `quantile(type = 1)`. */
  readonly value: number;
  /** At or below the quantile; `quantileRanks` says which. */
  readonly lower: OrderStatistic;
  /** At or above the quantile. */
  readonly upper: OrderStatistic;
  /** How far the three values may be from the units' own, as a share of those; 0 unless said. */
  readonly relativeAccuracy?: number | undefined;
  /**
   * How many times the variance of the share of values below the quantile is that of independent ones, from
   * `quantileDesignEffect`; 1 unless said: one value a unit. Otherwise `n` and the ranks count events.
   */
  readonly designEffect?: number | undefined;
}

/** Coarsest and finest sketch: within them bucket numbers stay exact, and a value keeps its sign and scale. */
export const ACCURACY_RANGE: readonly [number, number] = [1e-6, 0.5];

/**
 * Checks a summary of a quantile where it enters a public function.
 *
 * @param field - path of the argument as the caller wrote it with a dot behind it, such as `control.`, or empty
 * @throws {DomainError} for an empty arm, ranks beyond n or on the wrong side, or values in another order than their ranks
 */
export function checkQuantileSummary(field: string, summary: QuantileSummary): void {
  const { n, probability, value, lower, upper, relativeAccuracy = 0, designEffect = 1 } = summary;
  checkCount(`${field}n`, n, 1);
  checkOpenUnit(`${field}probability`, probability);
  checkModerate(`${field}value`, value);
  const rank = quantileRank(n, probability);
  checkOrderStatistic(`${field}lower`, lower, 1, rank);
  checkOrderStatistic(`${field}upper`, upper, rank, n);
  if (lower.value > value) {
    throw new DomainError(`${field}lower.value`, lower.value, `must be at most the quantile's ${value}`);
  }
  if (upper.value < value) {
    throw new DomainError(`${field}upper.value`, upper.value, `must be at least the quantile's ${value}`);
  }
  if (relativeAccuracy !== 0) {
    checkBetween(`${field}relativeAccuracy`, relativeAccuracy, ...ACCURACY_RANGE);
  }
  checkPositive(`${field}designEffect`, designEffect);
}

function checkOrderStatistic(field: string, statistic: OrderStatistic, from: number, to: number): void {
  checkObject(field, statistic);
  checkCount(`${field}.rank`, statistic.rank, 1);
  checkBetween(`${field}.rank`, statistic.rank, from, to);
  checkModerate(`${field}.value`, statistic.value);
}

export interface QuantileSummaryOptions {
  /** Which quantile, in (0, 1): 0.5 is the median. */
  readonly probability: number;
  /** Confidence that the two order statistics around the quantile are chosen for; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
  /** For events of which a unit may have several, from `quantileDesignEffect`; 1 unless said. */
  readonly designEffect?: number | undefined;
}

/**
 * A quantile of a list of values, with the order statistics around it from which its interval is had.
 *
 * The quantile is the inverse of the empirical distribution (Hyndman and Fan's type 1), always one of the values. One
 * value a unit: several events of one unit are not independent, and need a design effect.
 *
 * @param values - one finite value for each unit of the arm, in any order, at least one
 * @param options.probability - which quantile, in (0, 1)
 * @param options.confidenceLevel - what the order statistics are chosen for, in (0, 1); 0.95 unless said
 * @param options.designEffect - above 0; 1 unless said
 * @returns what `quantileInterval` and `compareQuantiles` take
 * @throws {DomainError} for an empty list, a value that is not finite, or a probability or level outside (0, 1)
 * @example
 * ```ts
 * import { quantileSummary } from "microlift";
 * quantileSummary([31, 12, 18, 25, 16, 44, 22], { probability: 0.5 });
 * // { n: 7, probability: 0.5, value: 22, lower: { rank: 1, value: 12 }, upper: { rank: 7, value: 44 } }
 * ```
 * Hyndman and Fan (1996); Woodruff (1952).
 */
export function quantileSummary(values: readonly number[], options: QuantileSummaryOptions): QuantileSummary {
  checkValues(values);
  checkObject("options", options);
  const { probability, confidenceLevel, designEffect } = options;
  const ranks = quantileRanks({ n: values.length, probability, confidenceLevel, designEffect });
  const sorted = Float64Array.from(values).toSorted();
  const at = (rank: number): OrderStatistic => ({ rank, value: sorted[rank - 1]! });
  return {
    n: values.length,
    probability,
    value: at(ranks.rank).value,
    lower: at(ranks.lowerRank),
    upper: at(ranks.upperRank),
    ...(designEffect === undefined ? {} : { designEffect }),
  };
}

/** A list of at least one finite number. */
export function checkValues(values: readonly number[]): void {
  if (!Array.isArray(values) || values.length === 0) {
    throw new DomainError("values", values, "must be a list of at least one number");
  }
  values.forEach((value: number, i) => checkFinite(`values[${i}]`, value));
}
