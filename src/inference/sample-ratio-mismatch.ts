import { checkObject, checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALARM_THRESHOLD } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { log1pmx } from "../numerics/log1pmx.ts";
import { chiSquaredTest } from "./chi-squared-test.ts";
import { exactMultinomialLogPValue, exactMultinomialSize } from "./exact-multinomial.ts";
import { type PlannedSplit, plannedSplit, splitCautions } from "./planned-split.ts";
import { SMALLEST_EXPECTED_COUNT } from "./small-counts.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** Tests of the arms' sizes. */
export type SampleRatioMethod = "chi-squared" | "g" | "exact";

export interface SampleRatioOptions {
  /** Units seen in each arm, at least two arms. */
  readonly observed: readonly number[];
  /** Planned weights in the same order, on any scale: `[1, 1]`, `[0.5, 0.5]` and `[50, 50]` are the same. */
  readonly expected: readonly number[];
  /** `auto` unless said. */
  readonly method?: SampleRatioMethod | "auto" | undefined;
  /** The p-value below which `mismatch` is true, in (0, 1); 0.001 unless said. */
  readonly threshold?: number | undefined;
}

/** Whether the arms' sizes fit the planned split. */
export interface SampleRatioCheck extends Result<"sample-ratio-check"> {
  readonly method: SampleRatioMethod;
  /** Pearson's chi-squared, or G for that method; Infinity where an arm planned at weight 0 has units. */
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

const METHODS = ["auto", "chi-squared", "g", "exact"] as const;

/** The exact test goes through at most so many binomial distributions, at some microseconds each. */
const LARGEST_ENUMERATION = 50_000;

/**
 * Checks whether units were split between the arms as planned; if not, no effect of the experiment can be trusted.
 *
 * H0: each unit falls into the arms with the planned probabilities. H1: it does not.
 *
 * - `chi-squared`: Pearson's test of goodness of fit; `g`: the likelihood-ratio test.
 * - `exact`: the probability of all splits that are at most as likely as the one seen, which for two arms is R's
 *   `binom.test`. Two arms can be of any size; with more, small counts only.
 * - `auto`: `exact` where an arm is expected to hold fewer than 5 units and the counts allow it, else `chi-squared`.
 *
 * An arm without units counts like any other. An arm planned at weight 0 is left out while it has no units; with units
 * it cannot happen under the plan, so the statistic is Infinity and the p-value 0.
 *
 * @param options.observed - units seen in each arm, at least two arms and one unit
 * @param options.expected - planned weights at or above 0, in the same order, on any scale
 * @param options.method - `auto` unless said
 * @param options.threshold - in (0, 1); 0.001 unless said
 * @returns the test, the expected counts, and `mismatch` where the p-value is below the threshold
 * @throws {DomainError} for counts that are no whole numbers, no units at all, negative weights, unequal lengths, or an
 * exact test that would have to count too long
 * @example
 * ```ts
 * import { sampleRatioMismatch } from "microlift";
 * sampleRatioMismatch({ observed: [821_588, 815_482], expected: [1, 1] }).mismatch; // true, p = 1.8e-6
 * sampleRatioMismatch({ observed: [1, 9, 2], expected: [1, 1, 1] }).pValue; // 0.0171
 * ```
 * Pearson (1900); Fabijan et al. (2019); Radlow and Alf (1975) for the exact test.
 */
export function sampleRatioMismatch(options: SampleRatioOptions): SampleRatioCheck {
  checkObject("options", options);
  const { observed, expected, method = "auto", threshold = DEFAULT_ALARM_THRESHOLD } = options;
  const split = plannedSplit(observed, expected);
  checkOneOf("method", method, METHODS);
  checkOpenUnit("threshold", threshold);
  return checkSplit(split, chosenMethod(split, method), threshold);
}

/** The check of a split that is laid out already. */
export function checkSplit(
  split: PlannedSplit,
  method: SampleRatioMethod,
  threshold: number,
): SampleRatioCheck {
  const planned = plannedArms(split);
  const { statistic, degreesOfFreedom, ...approximate } = chiSquaredTest(
    split.isImpossible ? Infinity : method === "g" ? logLikelihoodRatio(split) : pearson(split),
    planned.length - 1,
  );
  const { pValue, logPValue } =
    method === "exact" && statistic < Infinity && degreesOfFreedom > 0 ? exactTest(split) : approximate;
  return {
    kind: "sample-ratio-check",
    method,
    statistic,
    degreesOfFreedom,
    pValue,
    logPValue,
    expectedCounts: split.expectedCounts,
    threshold,
    mismatch: pValue < threshold,
    warnings: [...splitCautions(split), ...(method === "exact" ? [] : smallCounts(split))],
    assumptions: ["Units are assigned independently of each other, and each is counted once."],
  };
}

/** `auto` made out, and an exact test refused where it would take too long. */
export function chosenMethod(split: PlannedSplit, method: SampleRatioMethod | "auto"): SampleRatioMethod {
  const canCount = exactMultinomialSize(split.units, plannedArms(split).length) <= LARGEST_ENUMERATION;
  if (method === "auto") return canCount && smallCounts(split).length > 0 ? "exact" : "chi-squared";
  if (method === "exact" && !canCount) {
    throw new DomainError(
      "method",
      method,
      `must be "chi-squared", "g" or "auto" for as many as ${split.units} units in more than two arms`,
    );
  }
  return method;
}

/** Places of the arms that have a weight above 0. */
function plannedArms({ shares }: PlannedSplit): number[] {
  return shares.flatMap((share, arm) => (share > 0 ? [arm] : []));
}

function pearson(split: PlannedSplit): number {
  return plannedArms(split).reduce(
    (sum, arm) => sum + (split.deviations[arm]! / split.expectedCounts[arm]!) * split.deviations[arm]!,
    0,
  );
}

/** 2 Σ observed ln(observed / expected), of terms that are never negative: the deviations sum to 0. */
function logLikelihoodRatio({ observed, deviations, expectedCounts }: PlannedSplit): number {
  return observed.reduce(
    (sum, count, arm) =>
      sum + (count === 0 ? 2 * expectedCounts[arm]! : -2 * count * log1pmx(-deviations[arm]! / count)),
    0,
  );
}

function exactTest(split: PlannedSplit): { pValue: number; logPValue: number } {
  const planned = plannedArms(split);
  const logPValue = exactMultinomialLogPValue(
    planned.map((arm) => split.observed[arm]!),
    planned.map((arm) => split.shares[arm]!),
  );
  return { pValue: exp(logPValue), logPValue };
}

function smallCounts(split: PlannedSplit): Warning[] {
  const counts = plannedArms(split).map((arm) => split.expectedCounts[arm]!);
  if (Math.min(...counts) >= SMALLEST_EXPECTED_COUNT) return [];
  return [
    {
      code: "SMALL_COUNTS",
      message: `An arm is expected to hold fewer than ${SMALLEST_EXPECTED_COUNT} units: the p-value is rough there.`,
    },
  ];
}
