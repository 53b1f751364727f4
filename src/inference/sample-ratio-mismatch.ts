import { checkCount, checkNonNegative, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { productDifference } from "../models/product-difference.ts";
import { chiSquaredLogSf, chiSquaredSf } from "../numerics/chi-squared.ts";

/** Below this p-value the split is taken for broken: Fabijan et al. (2019), "Diagnosing sample ratio mismatch". */
const MISMATCH_BELOW = 0.001;

export interface SampleRatioOptions {
  /** Units seen in each arm, at least two arms. */
  readonly observed: readonly number[];
  /** Planned weights in the same order, on any scale: `[1, 1]`, `[0.5, 0.5]` and `[50, 50]` are the same. */
  readonly expected: readonly number[];
}

/** Whether the arms' sizes fit the planned split. */
export interface SampleRatioCheck extends Result<"sample-ratio-check"> {
  /** Pearson's chi-squared; Infinity where an arm planned at weight 0 has units. */
  readonly statistic: number;
  /** Arms with a weight above 0, less one. */
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  /** Natural log of the p-value, finite far below 1e-308. */
  readonly logPValue: number;
  /** Units that the plan leads to expect in each arm. */
  readonly expectedCounts: readonly number[];
  /** The p-value below which `mismatch` is true. */
  readonly threshold: number;
  readonly mismatch: boolean;
}

/**
 * Checks whether units were split between the arms as planned; if not, no effect of the experiment can be trusted.
 *
 * H0: each unit falls into the arms with the planned probabilities. H1: it does not. Pearson's chi-squared test of
 * goodness of fit. An arm without units counts like any other. An arm planned at weight 0 is left out while it has no
 * units; with units it cannot happen under the plan, so the statistic is Infinity and the p-value 0.
 *
 * @param options.observed - units seen in each arm, at least two arms and one unit
 * @param options.expected - planned weights at or above 0, in the same order, on any scale
 * @returns the test, the expected counts, and `mismatch` where p < 0.001
 * @throws {DomainError} for counts that are no whole numbers, no units at all, negative weights, or unequal lengths
 * @example
 * ```ts
 * import { sampleRatioMismatch } from "microlift";
 * sampleRatioMismatch({ observed: [821_588, 815_482], expected: [1, 1] }).mismatch; // true, p = 1.8e-6
 * ```
 * Pearson (1900); Fabijan et al. (2019).
 */
export function sampleRatioMismatch(options: SampleRatioOptions): SampleRatioCheck {
  checkObject("options", options);
  const { observed, expected } = options;
  checkArms(observed, expected);
  const units = observed.reduce((sum, count) => sum + count, 0);
  if (units === 0) throw new DomainError("observed", observed, "must count at least one unit");
  const largest = expected.reduce((most, weight) => Math.max(most, weight), 0);
  if (largest === 0) throw new DomainError("expected", expected, "must hold a weight above 0");
  // By a power of two, which changes no digit: sums and products of weights then stay within the range of doubles.
  const scale = 2 ** Math.floor(Math.log2(largest));
  const weights = expected.map((weight) => weight / scale);
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
  const expectedCounts = weights.map((weight) => units * (weight / totalWeight));
  const statistic = observed.reduce(
    (sum, _, arm) => sum + contribution(observed, weights, totalWeight, units, arm),
    0,
  );
  const degreesOfFreedom = weights.filter((weight) => weight > 0).length - 1;
  const { pValue, logPValue } = upperTail(statistic, degreesOfFreedom);
  return {
    kind: "sample-ratio-check",
    method: "chi-squared",
    statistic,
    degreesOfFreedom,
    pValue,
    logPValue,
    expectedCounts,
    threshold: MISMATCH_BELOW,
    mismatch: pValue < MISMATCH_BELOW,
    warnings: cautions(observed, expectedCounts),
    assumptions: ["Units are assigned independently of each other, and each is counted once."],
  };
}

function checkArms(observed: readonly number[], expected: readonly number[]): void {
  if (!Array.isArray(observed) || observed.length < 2) {
    throw new DomainError("observed", observed, "must be a list of at least two counts");
  }
  if (!Array.isArray(expected) || expected.length !== observed.length) {
    throw new DomainError(
      "expected",
      expected,
      `must be a list of ${observed.length} weights, one for each arm`,
    );
  }
  observed.forEach((count: number, arm) => checkCount(`observed[${arm}]`, count));
  expected.forEach((weight: number, arm) => checkNonNegative(`expected[${arm}]`, weight));
}

/** (observed − expected)² / expected of one arm; the deviation from exact products, since counts of 1e15 agree in most digits. */
function contribution(
  observed: readonly number[],
  weights: readonly number[],
  totalWeight: number,
  units: number,
  arm: number,
): number {
  const count = observed[arm]!;
  const weight = weights[arm]!;
  if (weight === 0) return count === 0 ? 0 : Infinity;
  const deviation = observed.reduce(
    (sum, other, j) => sum + productDifference(count, weights[j]!, other, weight),
    0,
  );
  return ((deviation / totalWeight) * (deviation / weight)) / units;
}

/** One arm alone, with no degree of freedom, leaves the statistic no choice but 0. */
function upperTail(statistic: number, degreesOfFreedom: number): { pValue: number; logPValue: number } {
  if (statistic === Infinity) return { pValue: 0, logPValue: -Infinity };
  if (degreesOfFreedom === 0) return { pValue: 1, logPValue: 0 };
  return {
    pValue: chiSquaredSf(statistic, degreesOfFreedom),
    logPValue: chiSquaredLogSf(statistic, degreesOfFreedom),
  };
}

/** Below so many expected units the chi-squared approximation is rough: Cochran (1954). */
const SMALLEST_EXPECTED_COUNT = 5;

function cautions(observed: readonly number[], expectedCounts: readonly number[]): Warning[] {
  const warnings: Warning[] = [];
  const planned = expectedCounts.filter((count) => count > 0);
  if (observed.some((count, arm) => count > 0 && expectedCounts[arm] === 0)) {
    warnings.push({ code: "UNPLANNED_ARM", message: "An arm planned at weight 0 has units." });
  }
  if (observed.some((count, arm) => count === 0 && expectedCounts[arm]! > 0)) {
    warnings.push({ code: "EMPTY_ARM", message: "An arm that should have units has none." });
  }
  if (planned.length === 1) {
    warnings.push({
      code: "ONE_ARM",
      message: "Only one arm has a weight above 0, so there is no split to check.",
    });
  }
  if (Math.min(...planned) < SMALLEST_EXPECTED_COUNT) {
    warnings.push({
      code: "SMALL_COUNTS",
      message: `An arm is expected to hold fewer than ${SMALLEST_EXPECTED_COUNT} units: the p-value is rough there.`,
    });
  }
  return warnings;
}
