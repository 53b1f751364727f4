import { normalCdf, normalQuantile } from "../numerics/normal.ts";
import type { PlannedTest } from "./planned-test.ts";
import { effectSought, type TestDesign } from "./test-design.ts";

/**
 * A test that rejects when estimate / (nullDeviation / √n) passes the critical value, where the estimate is normal
 * around the effect with the standard deviation deviation / √n, and n counts the units of the control arm. The
 * allocation is part of the deviations.
 */
export interface NormalTest {
  /** Treatment against control on the scale of the test, with its sign. */
  readonly effect: number;
  /** √n times the standard error that the test computes. */
  readonly nullDeviation: number;
  /** √n times the standard error that the estimate has under the planned effect. */
  readonly deviation: number;
}

/** The power of a normal statistic, in closed form. */
export function plannedNormalTest(test: NormalTest): PlannedTest {
  return {
    requiredUnits(design, power) {
      const sought = effectSought(test.effect, design.alternative);
      return sought > 0 ? (requiredDistance(test, design, power) / sought) ** 2 : Infinity;
    },
    nearTailPower: (design, n) => tailPower(test, design, n, effectSought(test.effect, design.alternative)),
    farTailPower: (design, n) =>
      design.alternative === "two-sided" ? tailPower(test, design, n, -Math.abs(test.effect)) : 0,
  };
}

/** √n times the effect that is detected with the power asked for; 0 where the test rejects that often anyway. */
export function requiredDistance(
  { nullDeviation, deviation }: Omit<NormalTest, "effect">,
  { criticalValue }: TestDesign,
  power: number,
): number {
  return Math.max(0, criticalValue * nullDeviation + normalQuantile(power) * deviation);
}

function tailPower(test: NormalTest, design: TestDesign, n: number, effect: number): number {
  // Without an effect no number of units moves the statistic, not even an infinite one.
  const drift = effect === 0 ? 0 : effect * Math.sqrt(n);
  return normalCdf((drift - design.criticalValue * test.nullDeviation) / test.deviation);
}
