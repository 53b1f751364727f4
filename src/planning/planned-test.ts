import { normalCdf, normalQuantile } from "../numerics/normal.ts";
import { effectSought, type TestDesign } from "./test-design.ts";

// Every test planned here rejects when estimate / (nullDeviation / √n) passes the critical value, where the estimate
// is normal around the effect with the standard deviation deviation / √n, and n counts the units of the control arm.
// The allocation is part of the deviations.

export interface PlannedTest {
  /** Treatment against control on the scale of the test, with its sign. */
  readonly effect: number;
  /** √n times the standard error that the test computes. */
  readonly nullDeviation: number;
  /** √n times the standard error that the estimate has under the planned effect. */
  readonly deviation: number;
}

/** Units of control at which the near tail holds the power asked for; Infinity where no number does. */
export function requiredUnits(test: PlannedTest, design: TestDesign, power: number): number {
  const sought = effectSought(test.effect, design.alternative);
  if (!(sought > 0)) return Infinity;
  return (requiredDistance(test, design, power) / sought) ** 2;
}

/** √n times the effect that is detected with the power asked for; 0 where the test rejects that often anyway. */
export function requiredDistance(test: PlannedTest, design: TestDesign, power: number): number {
  return Math.max(0, design.criticalValue * test.nullDeviation + normalQuantile(power) * test.deviation);
}

/** Probability of rejecting on the side of the effect (two-sided) or of the alternative (one-sided). */
export function nearTailPower(test: PlannedTest, design: TestDesign, n: number): number {
  return tailPower(test, design, n, effectSought(test.effect, design.alternative));
}

/** Probability of rejecting on the wrong side: 0 for a one-sided test, which has no such side. */
export function farTailPower(test: PlannedTest, design: TestDesign, n: number): number {
  return design.alternative === "two-sided" ? tailPower(test, design, n, -Math.abs(test.effect)) : 0;
}

function tailPower(test: PlannedTest, design: TestDesign, n: number, effect: number): number {
  // Without an effect no number of units moves the statistic, not even an infinite one.
  const drift = effect === 0 ? 0 : effect * Math.sqrt(n);
  return normalCdf((drift - design.criticalValue * test.nullDeviation) / test.deviation);
}
