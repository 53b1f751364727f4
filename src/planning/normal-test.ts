import { normalCdf, normalQuantile } from "../numerics/normal.ts";
import { drift } from "./drift.ts";
import type { PlannedTest } from "./planned-test.ts";
import { effectSought, type TestDesign } from "./test-design.ts";

/**
 * A test that rejects when (|estimate| − correction / n) / (nullDeviation / √n) passes the critical value, where the
 * estimate is normal around the effect with the standard deviation deviation / √n, and n counts the units of the control
 * arm. The allocation is part of the deviations and of the correction.
 */
export interface NormalTest {
  /** Treatment against control on the scale of the test, with its sign. */
  readonly effect: number;
  /** √n times the standard error that the test computes. */
  readonly nullDeviation: number;
  /** √n times the standard error that the estimate has under the planned effect. */
  readonly deviation: number;
  /** n times what a continuity correction takes off the distance from 0; 0 without one. */
  readonly correction: number;
}

/** The power of a normal statistic, in closed form. */
export function plannedNormalTest(test: NormalTest): PlannedTest {
  return {
    requiredUnits(design, power) {
      const sought = effectSought(test.effect, design.alternative);
      return sought > 0 ? requiredUnits(test, design, power, sought) : Infinity;
    },
    nearTailPower: (design, n) => tailPower(test, design, n, effectSought(test.effect, design.alternative)),
    farTailPower: (design, n) =>
      design.alternative === "two-sided" ? tailPower(test, design, n, -Math.abs(test.effect)) : 0,
  };
}

/** √n times the effect that is detected with the power asked for; 0 where the test rejects that often anyway. */
export function requiredDistance(
  test: Pick<NormalTest, "nullDeviation" | "deviation">,
  design: TestDesign,
  power: number,
): number {
  return Math.max(0, signedDistance(test, design, power));
}

/** How far √n times the effect, less the correction, lies beyond what the power asked for needs. */
export function distanceBeyond(test: NormalTest, design: TestDesign, n: number, power: number): number {
  const effect = effectSought(test.effect, design.alternative);
  return effect * Math.sqrt(n) - test.correction / Math.sqrt(n) - signedDistance(test, design, power);
}

function signedDistance(
  { nullDeviation, deviation }: Pick<NormalTest, "nullDeviation" | "deviation">,
  { criticalValue }: TestDesign,
  power: number,
): number {
  return criticalValue * nullDeviation + normalQuantile(power) * deviation;
}

/** Units at which √n · effect − correction / √n is the distance that the power asked for needs. */
function requiredUnits(test: NormalTest, design: TestDesign, power: number, effect: number): number {
  const { correction } = test;
  if (correction === 0) return (requiredDistance(test, design, power) / effect) ** 2;
  const distance = signedDistance(test, design, power);
  const reach = Math.sqrt(distance * distance + 4 * correction * effect);
  // Of the two forms of the root of a quadratic equation the one that does not cancel.
  const root = distance > 0 ? (distance + reach) / (2 * effect) : (2 * correction) / (reach - distance);
  return root ** 2;
}

function tailPower(test: NormalTest, design: TestDesign, n: number, effect: number): number {
  const moved = drift(effect, n);
  const distance = test.correction === 0 ? moved : moved - test.correction / Math.sqrt(n);
  return normalCdf((distance - design.criticalValue * test.nullDeviation) / test.deviation);
}
