import { DomainError } from "../core/domain-error.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import type { QuantileSummary } from "../summaries/quantile-summary.ts";
import { chanceAboveQuantile, chanceBelowQuantile } from "../summaries/rank-reach.ts";
import { valueBounds } from "./value-bounds.ts";

/** Tests of two quantiles: with an error for each side of each quantile, or with one for both sides. */
export type QuantileTestName = "mover" | "price-bonett";

/** One end of what is known about a quantile: its value there, and the standard error outwards. */
export interface QuantileEnd {
  readonly value: number;
  /** Infinity where the data do not reach a standard error beyond the quantile. */
  readonly error: number;
}

/** How far a quantile may be from its estimate, downwards and upwards. */
export interface QuantileSpread {
  readonly below: QuantileEnd;
  readonly above: QuantileEnd;
  /** One standard error for both sides. */
  readonly error: number;
}

/** Fewer standard errors than this between quantile and order statistic, and their distance tells nothing. */
const SMALLEST_REACH = 1;

/**
 * The spread of a quantile from its two order statistics. Each lies a known number of standard errors from the true
 * quantile, the normal quantile of its binomial tail. `scale` is applied to all values: the errors of logs come from
 * logs, since the quantile of a log is the log of the quantile.
 */
export function quantileSpread(
  summary: QuantileSummary,
  test: QuantileTestName,
  scale: (value: number) => number = (x) => x,
): QuantileSpread {
  const { value, lower, upper, relativeAccuracy = 0 } = summary;
  const reachBelow = normalUpperQuantile(chanceAboveQuantile(lower.rank, summary));
  const reachAbove = normalUpperQuantile(chanceBelowQuantile(upper.rank, summary));
  const middle = valueBounds(value, relativeAccuracy);
  const low = scale(valueBounds(lower.value, relativeAccuracy).low);
  const high = scale(valueBounds(upper.value, relativeAccuracy).high);
  const below = scale(middle.low);
  const above = scale(middle.high);
  const isReached = reachBelow >= SMALLEST_REACH && reachAbove >= SMALLEST_REACH;
  const error = isReached ? (high - low) / (reachBelow + reachAbove) : Infinity;
  if (test === "price-bonett")
    return { below: { value: below, error }, above: { value: above, error }, error };
  return {
    below: { value: below, error: reachBelow >= SMALLEST_REACH ? (above - low) / reachBelow : Infinity },
    above: { value: above, error: reachAbove >= SMALLEST_REACH ? (high - below) / reachAbove : Infinity },
    error,
  };
}

/**
 * Refuses order statistics so far out that no double holds how unlikely it is for the quantile to lie beyond them.
 *
 * @param field - path of the summary with a dot behind it, such as `control.`
 */
export function checkReach(field: string, summary: QuantileSummary): void {
  const { lower, upper } = summary;
  const expected = "must lie nearer to the quantile's rank; quantileRanks says where";
  if (chanceAboveQuantile(lower.rank, summary) === 0) {
    throw new DomainError(`${field}lower.rank`, lower.rank, expected);
  }
  if (chanceBelowQuantile(upper.rank, summary) === 0) {
    throw new DomainError(`${field}upper.rank`, upper.rank, expected);
  }
}
