import { checkOneOf } from "../core/checks.ts";
import { criticalCounts, type RejectionSides, type TabledTest } from "../models/critical-counts.ts";
import { rejectionProbability, totalsThatMatter } from "../models/rejection-probability.ts";
import { POWER_ASSUMPTIONS } from "./planning-cautions.ts";
import type { ProportionEffect } from "./proportion-effect.ts";
import type { ArmUnits } from "./sizes.ts";
import type { TestDesign } from "./test-design.ts";

/**
 * The test whose rejections are enumerated: `score`, `yates` and `wald` as normal statistics, `fisher` and `mid-p` with
 * two-sided p-values by minimum likelihood.
 */
export type ExactProportionTest = TabledTest;

const EXACT_TESTS: readonly ExactProportionTest[] = ["score", "yates", "wald", "fisher", "mid-p"];

/** The test asked for, `score` unless said. */
export function checkedExactTest(test: ExactProportionTest = "score"): ExactProportionTest {
  checkOneOf("test", test, EXACT_TESTS);
  return test;
}

/** What enumeration assumes, and no more. */
export const ENUMERATED =
  "Conversions are binomial, and a test rejects at p <= alpha; nothing is approximated.";

/** What an enumerated power rests on. */
export const EXACT_POWER_ASSUMPTIONS: readonly string[] = [...POWER_ASSUMPTIONS, ENUMERATED];

/** What a test really does at given sizes. */
export interface ExactRejections {
  /** Probability of rejecting on the side of the effect (two-sided) or of the alternative (one-sided). */
  readonly power: number;
  /** Probability of rejecting on the other side; 0 for a one-sided test. */
  readonly farTail: number;
  /** Type I error at the baseline: the probability of rejecting, on either side, where both rates are the baseline. */
  readonly typeIError: number;
}

/** The level of one treatment's test, both tails of it. */
export function levelOf({ alternative, tailAlpha }: TestDesign): number {
  return alternative === "two-sided" ? 2 * tailAlpha : tailAlpha;
}

/** What a reader sees is right in its deepest tails. */
const NEGLIGIBLE = 1e-300;
/** A power that is only held against the one asked for need not be. */
const NEGLIGIBLE_IN_POWER = 1e-20;

/** What a test does at a pair of rates: the sum of the binomial probabilities of the tables that it rejects. */
export function exactRejections(
  test: ExactProportionTest,
  effect: ProportionEffect,
  sizes: ArmUnits,
  design: TestDesign,
): ExactRejections {
  const { baseline, treatmentRate } = effect;
  const sides = rejectionSides(test, effect, sizes, design, NEGLIGIBLE);
  const above = probabilityAbove(sides, baseline, treatmentRate, NEGLIGIBLE);
  const below = probabilityBelow(sides, baseline, treatmentRate, NEGLIGIBLE);
  const [power, farTail] = looksDown(effect, design) ? [below, above] : [above, below];
  const falselyAbove = probabilityAbove(sides, baseline, baseline, NEGLIGIBLE);
  return {
    power,
    farTail,
    typeIError: falselyAbove + probabilityBelow(sides, baseline, baseline, NEGLIGIBLE),
  };
}

/** The power alone, to fifteen decimals and in a fraction of the time. */
export function exactPower(
  test: ExactProportionTest,
  effect: ProportionEffect,
  sizes: ArmUnits,
  design: TestDesign,
): number {
  const sides = rejectionSides(test, effect, sizes, design, NEGLIGIBLE_IN_POWER);
  const probability = looksDown(effect, design) ? probabilityBelow : probabilityAbove;
  return probability(sides, effect.baseline, effect.treatmentRate, NEGLIGIBLE_IN_POWER);
}

function looksDown({ difference }: ProportionEffect, { alternative }: TestDesign): boolean {
  return alternative === "less" || (alternative === "two-sided" && difference < 0);
}

function rejectionSides(
  test: ExactProportionTest,
  { baseline, treatmentRate }: ProportionEffect,
  { control, treatment }: ArmUnits,
  design: TestDesign,
  negligible: number,
): RejectionSides {
  const lowest = Math.min(baseline, treatmentRate);
  const highest = Math.max(baseline, treatmentRate);
  const totals = totalsThatMatter(control, treatment, lowest, highest, negligible);
  const rule = { level: levelOf(design), alternative: design.alternative };
  return criticalCounts(test, control, treatment, rule, totals);
}

function probabilityAbove({ above }: RejectionSides, p1: number, p2: number, negligible: number): number {
  return above === null ? 0 : rejectionProbability(above, p1, p2, negligible);
}

function probabilityBelow({ below }: RejectionSides, p1: number, p2: number, negligible: number): number {
  return below === null ? 0 : rejectionProbability(below, p2, p1, negligible);
}
