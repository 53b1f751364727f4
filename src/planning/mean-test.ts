import { checkBetween, checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { EffectSearch } from "./detectable-effect.ts";
import { type NormalTest, plannedNormalTest, requiredDistance } from "./normal-test.ts";
import type { PlannedTest } from "./planned-test.ts";
import { POWER_ASSUMPTIONS } from "./planning-cautions.ts";
import { type ErrorEstimate, plannedTTest, requiredNoncentrality } from "./t-test.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/**
 * The test that a plan on means is for: `t` (Student's, with one variance for all arms), `welch` (with a variance for
 * each arm), or `z` (normal, with known standard deviations).
 */
export type MeanTest = "t" | "welch" | "z";

/** The spread of the metric between units, the same in both arms or one number per arm. */
export type StandardDeviations = number | ArmDeviations;

/** The standard deviation between units, for each arm. */
export interface ArmDeviations {
  readonly control: number;
  readonly treatment: number;
}

/** How much the metric varies, and the test that will be run. */
export interface MeanTestOptions {
  /** Standard deviation of the metric between units, above 0; one number, or `{ control, treatment }`. */
  readonly standardDeviation: StandardDeviations;
  /** Unless said `t` with one standard deviation, and `welch` with one for each arm. */
  readonly test?: MeanTest | undefined;
}

const MEAN_TESTS: readonly MeanTest[] = ["t", "welch", "z"];

const ASSUMPTIONS: Readonly<Record<MeanTest, readonly string[]>> = {
  t: ["The standard deviation is the same in all arms, and estimated from all of them."],
  welch: [
    "The degrees of freedom are those of Satterthwaite at the planned deviations, and the power is that of the noncentral t distribution with them.",
  ],
  z: [
    "The standard deviations are known; a t-test of equal arms needs about z²/4 more units per arm, z being its critical value: one unit at alpha = 0.05.",
  ],
};

/** What a power calculation on means rests on. */
export function meanAssumptions(test: MeanTest): string[] {
  return [...POWER_ASSUMPTIONS, "The means are close to normal.", ...ASSUMPTIONS[test]];
}

/** A test of means, with what it knows of the spread between units. */
export interface MeanSpread {
  readonly test: MeanTest;
  readonly deviations: ArmDeviations;
}

/** The test asked for, with one standard deviation per arm, checked. */
export function checkedMeanSpread({ test, standardDeviation }: MeanTestOptions): MeanSpread {
  const deviations = checkedDeviations(standardDeviation);
  if (test === undefined) return { test: typeof standardDeviation === "number" ? "t" : "welch", deviations };
  checkOneOf("test", test, MEAN_TESTS);
  if (test === "t" && deviations.control !== deviations.treatment) {
    throw new DomainError("test", test, 'must be "welch" or "z" where the standard deviations differ');
  }
  return { test, deviations };
}

/** One standard deviation per arm, checked. */
export function checkedDeviations(value: StandardDeviations): ArmDeviations {
  if (typeof value === "number") {
    checkDeviation("standardDeviation", value);
    return { control: value, treatment: value };
  }
  checkObject("standardDeviation", value);
  checkDeviation("standardDeviation.control", value.control);
  checkDeviation("standardDeviation.treatment", value.treatment);
  return value;
}

// Spreads of no metric lie outside; inside, no product or ratio with a level or an allocation overflows.
const SMALLEST_DEVIATION = 1e-100;
const LARGEST_DEVIATION = 1e200;

/** Whether a computed deviation is of a size with a meaning. */
export function isDeviation(value: number): boolean {
  return value >= SMALLEST_DEVIATION && value <= LARGEST_DEVIATION;
}

function checkDeviation(field: string, value: number): void {
  checkBetween(field, value, SMALLEST_DEVIATION, LARGEST_DEVIATION);
}

/** √n times the standard error of the difference of means, n being the units of the control arm. */
export function deviationOfDifference({ control, treatment }: ArmDeviations, allocation: number): number {
  return hypot(control, treatment / Math.sqrt(allocation));
}

/** A test of two means, ready to be planned. */
export function plannedMeanTest(difference: number, spread: MeanSpread, allocation: number): PlannedTest {
  const effect = difference / deviationOfDifference(spread.deviations, allocation);
  return standardisedTest(effect, spread, allocation);
}

/** A test of means whose effect is told in units of √n times its own standard error. */
export function standardisedTest(effect: number, spread: MeanSpread, allocation: number): PlannedTest {
  const estimate = errorEstimate(spread, allocation);
  return estimate === null ? plannedNormalTest({ ...STANDARDISED, effect }) : plannedTTest(estimate, effect);
}

/** The smallest difference of means that is detected with the power asked for; null for none. */
export function smallestDifference(
  spread: MeanSpread,
  { n, allocation, design, power }: EffectSearch,
): number | null {
  const estimate = errorEstimate(spread, allocation);
  const distance =
    estimate === null
      ? requiredDistance(STANDARDISED, design, power)
      : requiredNoncentrality(estimate, design, n, power);
  return distance === null
    ? null
    : (distance / Math.sqrt(n)) * deviationOfDifference(spread.deviations, allocation);
}

/** A difference that is measured in units of its own deviation, the same under H0 and H1. */
const STANDARDISED: Omit<NormalTest, "effect"> = { nullDeviation: 1, deviation: 1, correction: 0 };

/** How the t-tests know the standard error; null where it needs no estimate. */
export function errorEstimate({ test, deviations }: MeanSpread, allocation: number): ErrorEstimate | null {
  if (test === "z") return null;
  if (test === "t") {
    return {
      // The control has n units, and each of the other arms n · allocation.
      degreesOfFreedom: (n, treatments) => n - 1 + treatments * (n * allocation - 1),
      fewestUnits: (treatments) => (2 + treatments) / (1 + treatments * allocation),
      isShared: true,
    };
  }
  const whole = deviationOfDifference(deviations, allocation);
  // Shares of the variance of the difference: Satterthwaite (1946).
  const share = (deviations.control / whole) ** 2;
  const rest = (deviations.treatment / Math.sqrt(allocation) / whole) ** 2;
  return {
    degreesOfFreedom: (n) => 1 / ((share * share) / (n - 1) + (rest * rest) / (n * allocation - 1)),
    fewestUnits: () => Math.max(2, 2 / allocation),
    isShared: false,
  };
}
