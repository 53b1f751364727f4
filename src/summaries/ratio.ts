import { checkCount, checkFinite, checkNonNegative, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { mergeParts } from "./merge-parts.ts";

/** Mean and sample variance (n − 1) of one metric over units that are counted elsewhere. */
export interface Moments1 {
  readonly mean: number;
  readonly variance: number;
}

/** Numerator and denominator of a ratio metric, such as clicks and sessions, over an arm's randomised units. */
export interface Ratio {
  /** Randomised units of the arm (users, not sessions), a whole number of at least 1. */
  readonly n: number;
  /** Per unit. */
  readonly numerator: Moments1;
  /** Per unit; without any, the ratio is unknown. */
  readonly denominator: Moments1;
  /** Sample covariance of both between units, with n − 1 in the denominator; 0 for a single unit. */
  readonly covariance: number;
}

// A covariance computed from sums may exceed what both variances allow by rounding; what exceeds this is a mistake.
const ROUNDING = 1e-9;

/**
 * Checks a ratio where it enters a public function.
 *
 * @param field - path of the argument as the caller wrote it, such as `control`
 * @throws {DomainError} for an empty arm, numbers that are not finite, a negative variance, a variance of one unit, or a
 * covariance that both variances do not allow
 */
export function checkRatio(field: string, value: Ratio): void {
  checkObject(field, value);
  checkCount(`${field}.n`, value.n, 1);
  checkMoments1(`${field}.numerator`, value.numerator, value.n);
  checkMoments1(`${field}.denominator`, value.denominator, value.n);
  checkFinite(`${field}.covariance`, value.covariance);
  const largest = largestCovariance(value);
  if (Math.abs(value.covariance) > largest * (1 + ROUNDING)) {
    throw new DomainError(
      `${field}.covariance`,
      value.covariance,
      `must lie within ±${largest}, the product of both standard deviations`,
    );
  }
}

function checkMoments1(field: string, value: Moments1, n: number): void {
  checkObject(field, value);
  checkFinite(`${field}.mean`, value.mean);
  checkNonNegative(`${field}.variance`, value.variance);
  if (n === 1 && value.variance !== 0) {
    throw new DomainError(
      `${field}.variance`,
      value.variance,
      "must be 0 where n = 1: one unit has no variance",
    );
  }
}

/** By the inequality of Cauchy and Schwarz. */
function largestCovariance({ numerator, denominator }: Ratio): number {
  return Math.sqrt(numerator.variance) * Math.sqrt(denominator.variance);
}

/**
 * Merges ratio summaries of disjoint groups of units into one.
 *
 * @param parts - at least one; no unit may be in two of them
 * @returns the summary of all units together
 * @throws {DomainError} for an empty list, a broken summary, or a total n above 2^53 − 1
 * @example
 * ```ts
 * import { mergeRatios } from "microlift";
 * const part = { n: 2, numerator: { mean: 1, variance: 2 }, denominator: { mean: 2, variance: 2 }, covariance: 1 };
 * const later = { n: 2, numerator: { mean: 3, variance: 2 }, denominator: { mean: 4, variance: 2 }, covariance: 1 };
 * mergeRatios([part, later]).covariance; // 2
 * ```
 * Chan, Golub and LeVeque (1979), in the form for covariances.
 */
export function mergeRatios(parts: readonly Ratio[]): Ratio {
  return mergeParts("ratio", parts, checkRatio, mergeTwo);
}

function mergeTwo(a: Ratio, b: Ratio): Ratio {
  const n = a.n + b.n;
  const rise = b.numerator.mean - a.numerator.mean;
  const run = b.denominator.mean - a.denominator.mean;
  const merged = (first: number, second: number, product: number): number =>
    (first * (a.n - 1) + second * (b.n - 1) + product * (a.n / n) * b.n) / (n - 1);
  return {
    n,
    numerator: {
      mean: a.numerator.mean + rise * (b.n / n),
      variance: merged(a.numerator.variance, b.numerator.variance, rise * rise),
    },
    denominator: {
      mean: a.denominator.mean + run * (b.n / n),
      variance: merged(a.denominator.variance, b.denominator.variance, run * run),
    },
    covariance: merged(a.covariance, b.covariance, rise * run),
  };
}

/** Covariance matrix of numerator and denominator. */
export function ratioCovariance({ numerator, denominator, covariance }: Ratio): number[][] {
  return [
    [numerator.variance, covariance],
    [covariance, denominator.variance],
  ];
}
