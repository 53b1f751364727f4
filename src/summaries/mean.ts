import { checkBetween, checkCount, checkFinite, checkNonNegative, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkMeanCaps, checkSameCaps, type Caps } from "./caps.ts";
import { mergeParts } from "./merge-parts.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** Mean and sample variance of a metric over an arm's units. */
export interface Mean {
  /** Units of the arm, a whole number of at least 1. */
  readonly n: number;
  readonly mean: number;
  /** Sample variance between units, with n − 1 in the denominator; 0 for a single unit. */
  readonly variance: number;
  /**
   * Skewness of the units if known: third central moment over the 3/2-th power of the second, both with n in the
   * denominator, as `scipy.stats.skew` has it; 0 where nothing varies.
   */
  readonly skewness?: number | undefined;
  /** Instead of the skewness: third central moment of the units, Σ(x − mean)³ / n. */
  readonly thirdMoment?: number | undefined;
  /** The values at which the metric was capped before mean and variance were taken, if it was. */
  readonly winsorized?: Caps | undefined;
}

/**
 * Checks a mean where it enters a public function.
 *
 * @param field - path of the argument as the caller wrote it, such as `control`
 * @throws {DomainError} for an empty arm, a mean that is not finite or beyond the caps, a negative variance, a variance
 * of one unit, a skewness that no n units have, or both a skewness and a third moment
 */
export function checkMean(field: string, value: Mean): void {
  checkObject(field, value);
  checkCount(`${field}.n`, value.n, 1);
  checkFinite(`${field}.mean`, value.mean);
  checkNonNegative(`${field}.variance`, value.variance);
  if (value.n === 1 && value.variance !== 0) {
    throw new DomainError(
      `${field}.variance`,
      value.variance,
      "must be 0 where n = 1: one unit has no variance",
    );
  }
  if (value.skewness !== undefined) {
    const largest = largestSkewness(value);
    checkBetween(`${field}.skewness`, value.skewness, -largest, largest);
  }
  if (value.thirdMoment !== undefined) checkThirdMoment(`${field}.thirdMoment`, value, value.thirdMoment);
  if (value.winsorized !== undefined) checkMeanCaps(`${field}.winsorized`, value.winsorized, value.mean);
}

function checkThirdMoment(field: string, mean: Mean, thirdMoment: number): void {
  if (mean.skewness !== undefined) {
    throw new DomainError(field, thirdMoment, "must not be given beside a skewness, which says the same");
  }
  checkFinite(field, thirdMoment);
  const largest = largestSkewness(mean);
  if (!(Math.abs(unitSkewness(mean)!) <= largest)) {
    throw new DomainError(
      field,
      thirdMoment,
      `must be that of n = ${mean.n} units: a skewness of at most ${largest} in size`,
    );
  }
}

/** Skewness of the units, as it was given or from the third moment; undefined where neither is known. */
export function unitSkewness(mean: Mean): number | undefined {
  if (mean.thirdMoment === undefined) return mean.skewness;
  if (mean.thirdMoment === 0) return 0;
  const deviation = unitDeviation(mean);
  return mean.thirdMoment / deviation / deviation / deviation;
}

/** Standard deviation with n in the denominator; roots before products, so that nothing underflows. */
function unitDeviation({ n, variance }: Mean): number {
  return Math.sqrt(variance) * Math.sqrt((n - 1) / n);
}

/** No n numbers are more skewed than this, by any of the usual definitions; without variance there is no skewness. */
function largestSkewness({ n, variance }: Mean): number {
  return variance > 0 ? Math.sqrt(n) : 0;
}

/**
 * Merges means of disjoint groups of units into one, without losing digits to the subtraction of large sums.
 *
 * The skewness is merged too, exactly, and is left out where one part does not have it. Winsorised parts must all have
 * the same caps.
 *
 * @param parts - at least one mean; no unit may be in two of them
 * @returns the mean, the sample variance and, if known, the skewness of all units together
 * @throws {DomainError} for an empty list, a broken mean, caps that differ, or a total n above 2^53 − 1
 * @example
 * ```ts
 * import { mergeMeans } from "microlift";
 * mergeMeans([{ n: 2, mean: 1, variance: 2 }, { n: 2, mean: 5, variance: 2 }]); // { n: 4, mean: 3, variance: 6.67 }
 * ```
 * Chan, Golub and LeVeque (1979), pairwise update of the sum of squares; Pébay (2008), eq. 2.1, of that of cubes.
 */
export function mergeMeans(parts: readonly Mean[]): Mean {
  return mergeParts("mean", parts, checkMean, mergeTwo);
}

function mergeTwo(a: Mean, b: Mean): Mean {
  checkSameCaps("parts[0].winsorized", a.winsorized, "a later part's winsorized", b.winsorized);
  const n = a.n + b.n;
  const step = b.mean - a.mean;
  const squares = a.variance * (a.n - 1) + b.variance * (b.n - 1) + step * step * (a.n / n) * b.n;
  const variance = squares / (n - 1);
  const skewness = mergedSkewness(a, b, variance);
  const merged: { -readonly [Key in keyof Mean]: Mean[Key] } = {
    n,
    mean: a.mean + step * (b.n / n),
    variance,
  };
  if (skewness !== undefined) merged.skewness = skewness;
  if (a.winsorized !== undefined) merged.winsorized = a.winsorized;
  return merged;
}

/** In units of the deviation of all, so that no cube over- or underflows. */
function mergedSkewness(a: Mean, b: Mean, variance: number): number | undefined {
  const [ofFirst, ofSecond] = [unitSkewness(a), unitSkewness(b)];
  if (ofFirst === undefined || ofSecond === undefined) return undefined;
  if (variance === 0) return 0;
  const n = a.n + b.n;
  const deviation = unitDeviation({ n, mean: 0, variance });
  const share = a.n / n;
  const rest = b.n / n;
  const step = (b.mean - a.mean) / deviation;
  const first = unitDeviation(a) / deviation;
  const second = unitDeviation(b) / deviation;
  return (
    share * ofFirst * pow(first, 3) +
    rest * ofSecond * pow(second, 3) +
    3 * step * share * rest * (second - first) * (second + first) +
    pow(step, 3) * share * rest * (share - rest)
  );
}
