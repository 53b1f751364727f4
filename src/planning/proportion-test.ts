import { checkOneOf } from "../core/checks.ts";
import { type NormalTest, plannedNormalTest } from "./normal-test.ts";
import type { PlannedTest } from "./planned-test.ts";
import type { ProportionEffect } from "./proportion-effect.ts";
import { atan2 } from "../numerics/elementary/inverse-trigonometric.ts";

/**
 * The test that a plan on rates is for: `score` (pooled z-test), `yates` (the same with a continuity correction, whose
 * power stands for that of Fisher's test), `wald` (unpooled) or `arcsine` (Cohen's h, whose variance does not depend on
 * the rates).
 */
export type ProportionTest = "score" | "yates" | "wald" | "arcsine";

const PROPORTION_TESTS: readonly ProportionTest[] = ["score", "yates", "wald", "arcsine"];

/** The test asked for, `score` unless said. */
export function checkedProportionTest(test: ProportionTest = "score"): ProportionTest {
  checkOneOf("test", test, PROPORTION_TESTS);
  return test;
}

/** A test of two rates, ready to be planned. */
export function plannedProportionTest(
  test: ProportionTest,
  effect: Omit<ProportionEffect, "lift">,
  allocation: number,
): PlannedTest {
  return plannedNormalTest(normalProportionTest(test, effect, allocation));
}

/**
 * Effect and deviations of a test of two rates.
 *
 * The pooled variance is weighted by the allocation: Fleiss, Tytun and Ury (1980). Their continuity correction takes
 * half a conversion of either arm off the difference, as Yates's test does.
 * The difference comes beside the rates, since subtracting them again would lose the digits of a small effect.
 */
export function normalProportionTest(
  test: ProportionTest,
  { baseline: control, treatmentRate: treatment, difference }: Omit<ProportionEffect, "lift">,
  allocation: number,
): NormalTest {
  const controlRest = 1 - control;
  // Not 1 − treatment, which loses digits where both rates are close to 1. At a rate of 1 rounding may fall below 0.
  const treatmentRest = Math.max(0, controlRest - difference);
  if (test === "arcsine") {
    // 2 asin √p₂ − 2 asin √p₁ from the sine and cosine of half of it, without the cancellation.
    const effect =
      2 *
      atan2(
        difference,
        (Math.sqrt(treatment * controlRest) + Math.sqrt(control * treatmentRest)) *
          (Math.sqrt(controlRest * treatmentRest) + Math.sqrt(control * treatment)),
      );
    const deviation = Math.sqrt(1 + 1 / allocation);
    return { effect, nullDeviation: deviation, deviation, correction: 0 };
  }
  const deviation = Math.sqrt(control * controlRest + (treatment * treatmentRest) / allocation);
  if (test === "wald") return { effect: difference, nullDeviation: deviation, deviation, correction: 0 };
  const weight = 1 / (1 + allocation);
  const treatmentWeight = 1 / (1 + 1 / allocation);
  const pooled = control * weight + treatment * treatmentWeight;
  const pooledRest = controlRest * weight + treatmentRest * treatmentWeight;
  return {
    effect: difference,
    nullDeviation: Math.sqrt(pooled * pooledRest * (1 + 1 / allocation)),
    deviation,
    correction: test === "yates" ? 0.5 * (1 + 1 / allocation) : 0,
  };
}
