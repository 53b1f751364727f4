import { checkCount, checkNonNegative } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Warning } from "../core/warning.ts";
import { productDifference } from "../models/product-difference.ts";
import { sumOf } from "../numerics/sum.ts";
import { log2 } from "../numerics/elementary/log2.ts";

/** How many units each arm has, beside how many it should have. */
export interface PlannedSplit {
  readonly observed: readonly number[];
  readonly units: number;
  /** Planned share of each arm; they sum to 1. */
  readonly shares: readonly number[];
  readonly expectedCounts: readonly number[];
  /** Observed − expected, from exact products: counts of 1e15 agree in most of their digits. */
  readonly deviations: readonly number[];
  /** Units in an arm that is planned at weight 0. */
  readonly isImpossible: boolean;
}

/** As a share of the largest weight. */
export const SMALLEST_WEIGHT = 1e-15;

/** Of a power of two that is a double. */
const LARGEST_EXPONENT = 1023;

/** Checks counts and weights where they enter, and lays them side by side; at least one unit. */
export function plannedSplit(observed: readonly number[], expected: readonly number[]): PlannedSplit {
  checkArms("observed", observed, expected);
  const units = sumOf(observed);
  if (units === 0) throw new DomainError("observed", observed, "must count at least one unit");
  // By a power of two, which changes no digit: sums and products of weights then stay within the range of doubles.
  const scale = 2 ** Math.min(LARGEST_EXPONENT, Math.floor(log2(Math.max(...expected))));
  const weights = expected.map((weight) => weight / scale);
  const totalWeight = sumOf(weights);
  const shares = weights.map((weight) => weight / totalWeight);
  return {
    observed,
    units,
    shares,
    expectedCounts: shares.map((share) => units * share),
    deviations: observed.map(
      (count, arm) =>
        observed.reduce(
          (sum, other, j) => sum + productDifference(count, weights[j]!, other, weights[arm]!),
          0,
        ) / totalWeight,
    ),
    isImpossible: observed.some((count, arm) => count > 0 && weights[arm] === 0),
  };
}

/** Checks one list of counts and the weights beside it; the counts may all be 0. */
export function checkArms(field: string, observed: readonly number[], expected: readonly number[]): void {
  if (!Array.isArray(observed) || observed.length < 2) {
    throw new DomainError(field, observed, "must be a list of at least two counts");
  }
  if (!Array.isArray(expected) || expected.length !== observed.length) {
    throw new DomainError(
      "expected",
      expected,
      `must be a list of ${observed.length} weights, one for each arm`,
    );
  }
  observed.forEach((count: number, arm) => checkCount(`${field}[${arm}]`, count));
  expected.forEach((weight: number, arm) => checkNonNegative(`expected[${arm}]`, weight));
  const largest = Math.max(...expected);
  if (largest === 0) throw new DomainError("expected", expected, "must hold a weight above 0");
  expected.forEach((weight, arm) => {
    if (weight === 0 || weight >= SMALLEST_WEIGHT * largest) return;
    throw new DomainError(
      `expected[${arm}]`,
      weight,
      `must be 0, or at least ${SMALLEST_WEIGHT} of the largest weight: no smaller share gets a unit`,
    );
  });
}

/** What to mind whatever the test. */
export function splitCautions({ observed, shares, isImpossible }: PlannedSplit): Warning[] {
  const warnings: Warning[] = [];
  if (isImpossible) {
    warnings.push({ code: "UNPLANNED_ARM", message: "An arm planned at weight 0 has units." });
  }
  if (observed.some((count, arm) => count === 0 && shares[arm]! > 0)) {
    warnings.push({ code: "EMPTY_ARM", message: "An arm that should have units has none." });
  }
  if (shares.filter((share) => share > 0).length === 1) {
    warnings.push({
      code: "ONE_ARM",
      message: "Only one arm has a weight above 0, so there is no split to check.",
    });
  }
  return warnings;
}
