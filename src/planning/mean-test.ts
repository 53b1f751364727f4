import { checkObject, checkOneOf, checkPositive } from "../core/checks.ts";
import { type NormalTest, plannedNormalTest } from "./normal-test.ts";
import type { PlannedTest } from "./planned-test.ts";
import { POWER_ASSUMPTIONS } from "./planning-cautions.ts";

/** The test that a plan on means is for: `z`, the normal formula with known standard deviations. */
export type MeanTest = "z";

/** The spread of the metric between units, the same in both arms or one number per arm. */
export type StandardDeviations = number | ArmDeviations;

export interface ArmDeviations {
  readonly control: number;
  readonly treatment: number;
}

export interface MeanTestOptions {
  /** Standard deviation of the metric between units, above 0; one number, or `{ control, treatment }`. */
  readonly standardDeviation: StandardDeviations;
  /** `z`, the only one yet. */
  readonly test?: MeanTest | undefined;
}

/** What a power calculation on means rests on. */
export const MEAN_ASSUMPTIONS: readonly string[] = [
  ...POWER_ASSUMPTIONS,
  "The standard deviations are known and the means close to normal; a t-test of equal arms needs about z²/4 more units per arm, z being its critical value: one unit at alpha = 0.05.",
];

/** The test asked for, `z` unless said. */
export function checkedMeanTest(test: MeanTest = "z"): MeanTest {
  checkOneOf("test", test, ["z"]);
  return test;
}

/** One standard deviation per arm, checked. */
export function checkedDeviations(value: StandardDeviations): ArmDeviations {
  if (typeof value === "number") {
    checkPositive("standardDeviation", value);
    return { control: value, treatment: value };
  }
  checkObject("standardDeviation", value);
  checkPositive("standardDeviation.control", value.control);
  checkPositive("standardDeviation.treatment", value.treatment);
  return value;
}

/** √n times the standard error of the difference of means, n being the units of the control arm. */
export function deviationOfDifference({ control, treatment }: ArmDeviations, allocation: number): number {
  return Math.hypot(control, treatment / Math.sqrt(allocation));
}

/** The deviations of a difference that is measured in units of its own deviation, the same under H0 and H1. */
export const STANDARDISED: Omit<NormalTest, "effect"> = { nullDeviation: 1, deviation: 1, correction: 0 };

/** A test of two means, ready to be planned. */
export function plannedMeanTest(
  difference: number,
  deviations: ArmDeviations,
  allocation: number,
): PlannedTest {
  const effect = difference / deviationOfDifference(deviations, allocation);
  return plannedNormalTest({ ...STANDARDISED, effect });
}
