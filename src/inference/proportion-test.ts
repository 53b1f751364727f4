import type { Alternative } from "../core/alternative.ts";
import type { Interval } from "../core/interval.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { normalLogOf, normalPValue } from "./normal-p-value.ts";
import type { NormalConfidence } from "./two-proportions.ts";
import type { TwoSidedRule } from "./two-sided-rule.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** What a test is asked. */
export interface TestSides {
  readonly alternative: Alternative;
  /** Of exact tests; the others are symmetric. */
  readonly twoSided: TwoSidedRule;
}

/** What a test answers; null where it has no such figure. */
export interface TestOutcome {
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly logPValue: number | null;
}

/** The intervals that a test comes with. */
export interface EffectIntervals {
  readonly difference: Interval;
  readonly lift: Interval;
  readonly oddsRatio: Interval;
}

/** What a test rests on, and so which cautions a reader needs. */
export type TestBasis = "expected-counts" | "unpooled-variance" | "exact";

/** A test of two proportions with the intervals that go with it: one file each. */
export interface ProportionTest {
  readonly basis: TestBasis;
  outcome(control: Proportion, treatment: Proportion, sides: TestSides): TestOutcome;
  intervals(
    control: Proportion,
    treatment: Proportion,
    confidence: NormalConfidence,
    sides: TestSides,
  ): EffectIntervals;
  /** The estimate that its interval of the odds ratio belongs to; the odds ratio of the sample unless given. */
  readonly estimateOddsRatio?: (control: Proportion, treatment: Proportion) => number | null;
}

/** The outcome of a statistic that is standard normal under H0. */
export function normalOutcome(statistic: number, { alternative }: TestSides): TestOutcome {
  const pValue = normalPValue(statistic, alternative);
  return { statistic, pValue, logPValue: normalLogOf(pValue, statistic, alternative) };
}

/** The outcome of an exact test, from the log of its p-value. */
export function exactOutcome(statistic: number | null, logPValue: number): TestOutcome {
  return { statistic, pValue: exp(logPValue), logPValue };
}

/** ln of twice the smaller one-sided p-value, at most 0. */
export function centralLogPValue(
  control: Proportion,
  treatment: Proportion,
  logUpperPValue: (control: Proportion, treatment: Proportion) => number,
): number {
  return Math.min(
    0,
    Math.LN2 + Math.min(logUpperPValue(control, treatment), logUpperPValue(treatment, control)),
  );
}
