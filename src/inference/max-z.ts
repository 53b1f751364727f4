import { checkFinite, checkObject, checkOneOf } from "../core/checks.ts";
import type { Alternative } from "../core/alternative.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import type { Integral } from "../numerics/integrate.ts";
import { maxNormalSf, maxNormalUpperQuantile } from "../numerics/multivariate-normal.ts";
import { MOST_VARIABLES } from "../numerics/outside-lattice.ts";
import type { Matrix } from "../numerics/matrix.ts";
import { checkCorrelationMatrix } from "./check-correlation-matrix.ts";
import { checkedConfidence, type ConfidenceOptions } from "../core/confidence.ts";
import { normalPValue } from "./normal-p-value.ts";

/** In a single step, or in steps down. */
export type MaxZProcedure = "single-step" | "step-down";

export interface MaxZOptions extends ConfidenceOptions {
  /** One standard normal statistic for each test, such as that of `compareProportions`; at most 20. */
  readonly z: readonly number[];
  /** The correlation matrix of the statistics under H0. */
  readonly correlation: readonly (readonly number[])[];
  /** `single-step` unless said. */
  readonly procedure?: MaxZProcedure | undefined;
}

/** One test among several that depend on each other. */
export interface MaxZTest {
  readonly z: number;
  /** Of the test by itself. */
  readonly pValue: number;
  readonly adjustedPValue: number;
  /** What the adjusted p-value may be off by, from its integration. */
  readonly error: number;
  /** Whether the adjusted p-value is below alpha = 1 − confidenceLevel. */
  readonly rejected: boolean;
}

/** What `maxZ` finds. */
export interface MaxZ extends Result<"max-z"> {
  readonly method: MaxZProcedure;
  readonly alternative: Alternative;
  readonly confidenceLevel: number;
  /** Beyond it a statistic is significant: estimate ± this many standard errors hold together. Null in steps. */
  readonly criticalValue: { readonly value: number; readonly error: number } | null;
  /** In the order given. */
  readonly tests: readonly MaxZTest[];
}

const PROCEDURES: readonly MaxZProcedure[] = ["single-step", "step-down"];

/**
 * Adjusts several z statistics whose correlations are known, such as those of several metrics of one experiment: each
 * p-value becomes the chance that the largest of all statistics lies as far out.
 *
 * H0 of each test: its effect is 0. H1: as `alternative` says. The family-wise error rate is alpha itself; Bonferroni and
 * Holm leave more of it unused the more the metrics say the same. Up to three tests, and any number against one control,
 * are integrated to 12 digits; others, by a lattice, to about five, with the error beside each figure, in about a tenth
 * of a second a figure. Far below 1e-300 an adjusted p-value is 0.
 *
 * @param options.z - finite numbers, at least one and at most 20
 * @param options.correlation - their correlations under H0: symmetric, with 1 on the diagonal, positive semidefinite;
 *   `unitCovariance` gives that of two metrics, and a sample covariance of the metrics between units that of several
 * @param options.procedure - `single-step` unless said; `step-down` rejects more, and has no critical value
 * @param options.alternative - `two-sided` unless said
 * @param options.confidenceLevel - 1 − alpha, in (0, 1); 0.95 unless said
 * @returns the adjusted p-values with the error of their integration, and the critical value of simultaneous intervals
 * @throws {DomainError} for a list that is empty or too long, or a matrix that is no correlation matrix
 * @example
 * ```ts
 * import { maxZ } from "microlift";
 * const { criticalValue, tests } = maxZ({
 *   z: [2.3, 1.9],
 *   correlation: [
 *     [1, 0.8],
 *     [0.8, 1],
 *   ],
 * });
 * tests[0].adjustedPValue; // 0.035
 * criticalValue.value; // 2.152
 * ```
 * Westfall and Young (1993), 2.3; Hothorn, Bretz and Westfall (2008); Genz (1992).
 */
export function maxZ(options: MaxZOptions): MaxZ {
  checkObject("options", options);
  const { z, correlation, procedure = "single-step" } = options;
  checkStatistics(z);
  checkCorrelationMatrix("correlation", correlation, z.length);
  checkOneOf("procedure", procedure, PROCEDURES);
  const { alternative, confidenceLevel } = checkedConfidence(options.alternative, options.confidenceLevel);
  const isTwoSided = alternative === "two-sided";
  const scores = z.map((value) =>
    isTwoSided ? Math.abs(value) : alternative === "greater" ? value : -value,
  );
  const isSingle = procedure === "single-step";
  const adjusted = (isSingle ? inOneStep : inSteps)(scores, correlation, isTwoSided);
  const alpha = 1 - confidenceLevel;
  const tests = z.map((value, i): MaxZTest => {
    const { value: adjustedPValue, error } = adjusted[i]!;
    const pValue = normalPValue(value, alternative);
    return { z: value, pValue, adjustedPValue, error, rejected: adjustedPValue < alpha };
  });
  return {
    kind: "max-z",
    method: procedure,
    alternative,
    confidenceLevel,
    criticalValue: isSingle ? { ...maxNormalUpperQuantile(alpha, correlation, isTwoSided) } : null,
    tests,
    warnings: tests.some(({ adjustedPValue, error }) => Math.abs(adjustedPValue - alpha) <= error)
      ? [CLOSE]
      : [],
    assumptions: ["The statistics are jointly normal, with the correlations given."],
  };
}

const CLOSE: Warning = {
  code: "NEAR_ALPHA",
  message:
    "An adjusted p-value lies nearer to alpha than the error of its integration: it may fall on either side.",
};

function inOneStep(scores: readonly number[], correlation: Matrix, isTwoSided: boolean): Integral[] {
  return scores.map((score) => someBeyond(score, correlation, isTwoSided));
}

/** Each test beside those that lie no further out, and never below one that lies further out. */
function inSteps(scores: readonly number[], correlation: Matrix, isTwoSided: boolean): Integral[] {
  const order = scores.map((_, i) => i).toSorted((i, j) => scores[j]! - scores[i]!);
  const results: Integral[] = [];
  let last: Integral = { value: 0, error: 0 };
  order.forEach((i, step) => {
    const left = order.slice(step);
    const rows = left.map((j) => left.map((k) => correlation[j]![k]!));
    const next = someBeyond(scores[i]!, rows, isTwoSided);
    last = next.value > last.value ? next : last;
    results[i] = last;
  });
  return results;
}

/** The chance that some statistic lies as far out. */
function someBeyond(score: number, correlation: Matrix, isTwoSided: boolean): Integral {
  const thresholds = correlation.map(() => score);
  return maxNormalSf(thresholds, correlation, isTwoSided);
}

function checkStatistics(z: readonly number[]): void {
  if (!Array.isArray(z) || z.length === 0 || z.length > MOST_VARIABLES) {
    throw new DomainError("z", z, `must be a list of 1 to ${MOST_VARIABLES} statistics`);
  }
  for (let i = 0; i < z.length; i++) checkFinite(`z[${i}]`, z[i] as number);
}
