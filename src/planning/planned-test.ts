import type { TestDesign } from "./test-design.ts";

/**
 * A test at the planned effect, at a given allocation of units to the arms. Units are those of the control arm, and may
 * be fractions.
 */
export interface PlannedTest {
  /** Units at which the near tail holds the power asked for; Infinity where no number does. */
  requiredUnits(design: TestDesign, power: number): number;
  /** Probability of rejecting on the side of the effect (two-sided) or of the alternative (one-sided). */
  nearTailPower(design: TestDesign, n: number): number;
  /** Probability of rejecting on the wrong side: 0 for a one-sided test, which has no such side. */
  farTailPower(design: TestDesign, n: number): number;
}
