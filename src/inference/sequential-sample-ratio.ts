import { checkCount, checkObject, checkOpenUnit, checkPositive } from "../core/checks.ts";
import { DEFAULT_ALARM_THRESHOLD } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import { log1pmx } from "../numerics/log1pmx.ts";
import { stirlingError } from "../numerics/stirling-error.ts";
import { type PlannedSplit, plannedSplit, splitCautions } from "./planned-split.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

export interface SequentialSampleRatioOptions {
  /** Units seen in each arm since the start, at least two arms. */
  readonly observed: readonly number[];
  /** Planned weights in the same order, on any scale. */
  readonly expected: readonly number[];
  /** What the last look returned; nothing at the first. */
  readonly previous?: { readonly units: number; readonly logPValue: number } | undefined;
  /** How close to the plan a broken split is thought to be, in units; 10,000 unless said. */
  readonly concentration?: number | undefined;
  /** The p-value below which `mismatch` is true, in (0, 1); 0.001 unless said. */
  readonly threshold?: number | undefined;
}

/** Whether the arms' sizes fit the planned split, at any number of looks. */
export interface SequentialSampleRatioCheck extends Result<"sequential-sample-ratio-check"> {
  readonly method: "dirichlet-multinomial";
  readonly units: number;
  /** How much likelier the counts of this look are under some other split than under the plan. */
  readonly bayesFactor: number;
  readonly logBayesFactor: number;
  /** Always valid: the smallest 1 / Bayes factor so far, at most 1. */
  readonly pValue: number;
  /** Natural log of the p-value, finite far below 1e-308. */
  readonly logPValue: number;
  readonly expectedCounts: readonly number[];
  /** The p-value below which `mismatch` is true. */
  readonly threshold: number;
  readonly mismatch: boolean;
}

/** As in Optimizely's ssrm-test; deviations of one in a hundred, 1/√10,000, are what it looks for first. */
const DEFAULT_CONCENTRATION = 10_000;

/**
 * Checks while units still arrive whether they are split as planned, as often as one likes.
 *
 * H0: each unit falls into the arms with the planned probabilities. H1: it does not. One call for each look, with the
 * counts since the start and what the last look returned. Under H0 the chance that the p-value ever falls below a
 * threshold is at most that threshold, whenever and however often one looks: the Bayes factor of a split drawn from a
 * Dirichlet distribution around the plan against the plan itself is a martingale. A larger `concentration` finds small
 * deviations sooner and large ones later; it must be fixed before the first look.
 *
 * @param options.observed - units seen in each arm since the start, at least two arms
 * @param options.expected - planned weights at or above 0, in the same order, on any scale
 * @param options.previous - what the last look returned; nothing at the first
 * @param options.concentration - sum of the Dirichlet parameters, above 0; 10,000 unless said
 * @param options.threshold - in (0, 1); 0.001 unless said
 * @returns Bayes factor and always-valid p-value, and `mismatch` where that is below the threshold
 * @throws {DomainError} for counts that are no whole numbers or fewer than before, or weights that do not fit
 * @example
 * ```ts
 * import { sequentialSampleRatio } from "microlift";
 * const monday = sequentialSampleRatio({ observed: [10_100, 9_900], expected: [1, 1] });
 * const tuesday = sequentialSampleRatio({ observed: [20_450, 19_550], expected: [1, 1], previous: monday });
 * tuesday.pValue; // 0.000678
 * ```
 * Lindon and Malek (2022), "Anytime-valid inference for multinomial count data".
 */
export function sequentialSampleRatio(options: SequentialSampleRatioOptions): SequentialSampleRatioCheck {
  checkObject("options", options);
  const {
    observed,
    expected,
    previous,
    concentration = DEFAULT_CONCENTRATION,
    threshold = DEFAULT_ALARM_THRESHOLD,
  } = options;
  const split = plannedSplit(observed, expected);
  checkPositive("concentration", concentration);
  checkOpenUnit("threshold", threshold);
  if (previous !== undefined) {
    checkObject("previous", previous);
    checkPrevious(previous, split.units);
  }
  const logBayesFactor = split.isImpossible ? Infinity : dirichletMultinomial(split, concentration);
  const logPValue = Math.min(previous?.logPValue ?? 0, 0 - logBayesFactor);
  const pValue = exp(logPValue);
  return {
    kind: "sequential-sample-ratio-check",
    method: "dirichlet-multinomial",
    units: split.units,
    bayesFactor: exp(logBayesFactor),
    logBayesFactor,
    pValue,
    logPValue,
    expectedCounts: split.expectedCounts,
    threshold,
    mismatch: pValue < threshold,
    warnings: splitCautions(split),
    assumptions: [
      "Units are assigned independently of each other, and each is counted once.",
      "The concentration was fixed before the first look.",
    ],
  };
}

function checkPrevious({ units, logPValue }: { units: number; logPValue: number }, now: number): void {
  checkCount("previous.units", units, 1);
  if (units > now) {
    throw new DomainError(
      "previous.units",
      units,
      `must be at most the ${now} units of now: counts are those since the start`,
    );
  }
  if (!(typeof logPValue === "number" && logPValue <= 0)) {
    throw new DomainError("previous.logPValue", logPValue, "must be at or below 0");
  }
}

/**
 * ln of the Dirichlet–multinomial over the multinomial probability of the counts.
 *
 * Stirling's formula, term by term: of its large parts only the deviations from the plan are left, so that counts of
 * 1e15 keep their digits.
 */
function dirichletMultinomial(
  { observed, shares, deviations, units }: PlannedSplit,
  concentration: number,
): number {
  const total = concentration + units;
  let log = 0.5 * log1p(units / concentration) - (stirlingError(total) - stirlingError(concentration));
  observed.forEach((count, arm) => {
    const prior = concentration * shares[arm]!;
    if (prior === 0) return;
    const posterior = prior + count;
    log -= posterior * log1pmx(-deviations[arm]! / posterior);
    log += stirlingError(posterior) - stirlingError(prior) - 0.5 * log1p(count / prior);
  });
  return log;
}
