import { checkCount, checkObject, checkProbability, checkText } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { relativeVariance } from "../models/effect-standard-errors.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";

/** How far the units of one arm came. */
export interface FunnelCounts {
  /** Randomised units, a whole number of at least 1. */
  readonly n: number;
  /** For each step, the units that took it and all steps before it: whole numbers that never grow. */
  readonly reached: readonly number[];
}

/** Both arms of a funnel. */
export type FunnelArms = TwoArms<FunnelCounts>;

/** Refuses anything but a list of at least two different names. */
export function checkSteps(field: string, steps: readonly string[]): void {
  if (!Array.isArray(steps) || steps.length < 2) {
    throw new DomainError(field, steps, "must be a list of at least two names");
  }
  const seen = new Set<string>();
  for (let k = 0; k < steps.length; k++) {
    const name = steps[k] as string;
    checkText(`${field}[${k}]`, name);
    if (seen.has(name)) throw new DomainError(`${field}[${k}]`, name, "must differ from all other names");
    seen.add(name);
  }
}

/** Refuses an arm whose counts do not fit the steps, or grow along them. */
export function checkFunnelCounts(field: string, arm: FunnelCounts, steps: number): void {
  checkObject(field, arm);
  const { n, reached } = arm;
  checkCount(`${field}.n`, n, 1);
  checkLength(`${field}.reached`, reached, steps, "count");
  for (let k = 0; k < steps; k++) {
    checkCount(`${field}.reached[${k}]`, reached[k]!);
    const before = k === 0 ? n : reached[k - 1]!;
    if (reached[k]! > before) {
      const name = k === 0 ? "n" : `reached[${k - 1}]`;
      throw new DomainError(`${field}.reached[${k}]`, reached[k], `must be at most ${name} = ${before}`);
    }
  }
}

/** Refuses anything but a rate above 0 for each step. */
export function checkBenchmark(field: string, benchmark: readonly number[], steps: number): void {
  checkLength(field, benchmark, steps, "rate");
  for (let k = 0; k < steps; k++) {
    checkProbability(`${field}[${k}]`, benchmark[k]!);
    if (benchmark[k] === 0) throw new DomainError(`${field}[${k}]`, 0, "must be above 0");
  }
}

function checkLength(field: string, list: readonly number[], steps: number, word: string): void {
  if (!Array.isArray(list) || list.length !== steps) {
    throw new DomainError(field, list, `must be a list of ${steps} numbers, one ${word} for each step`);
  }
}

/** Of all units, those that came as far as step k. */
export function atStep({ n, reached }: FunnelCounts, k: number): Proportion {
  return { n, conversions: reached[k]! };
}

/** Of the units at the step before, those that took step k; `n` may be 0. */
export function pastStep({ n, reached }: FunnelCounts, k: number): Proportion {
  return { n: k === 0 ? n : reached[k - 1]!, conversions: reached[k]! };
}

// The last rate is the product of the conditional rates, so the log of its ratio between the arms is the sum of theirs,
// and so are the variances: 1/x_k − 1/x_{k−1} in each arm, which telescope to 1/x_K − 1/n.

/** Variance of the log of all conditional rates but that of step k. */
export function otherVariance(arm: FunnelCounts, k: number): number {
  const { n, conversions } = pastStep(arm, k);
  return (
    relativeVariance({ n: arm.n, conversions: n }) +
    relativeVariance({ n: conversions, conversions: arm.reached.at(-1)! })
  );
}
