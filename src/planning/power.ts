import type { Alternative } from "../core/alternative.ts";
import type { Result } from "../core/result.ts";
import { type ArmSizeOptions, type ArmSizes, armSizes } from "./arm-sizes.ts";
import { farTailPower, nearTailPower, type PlannedTest } from "./planned-test.ts";
import { testDesign, type TestDesignOptions } from "./test-design.ts";

export interface PowerOptions extends TestDesignOptions, ArmSizeOptions {}

/** What every power says, whatever it was computed for. */
export interface Power<Kind extends string> extends Result<Kind>, ArmSizes {
  /** Probability of rejecting on the side of the effect (two-sided) or of the alternative (one-sided). */
  readonly power: number;
  /** Probability of rejecting on the other side; 0 for a one-sided test. */
  readonly farTail: number;
  readonly alpha: number;
  readonly alternative: Alternative;
}

/** The common part of a power. */
export type SolvedPower = Omit<Power<string>, keyof Result>;

/** The power of a test at the sizes given. */
export function solvePower(
  plannedTest: (allocation: number) => PlannedTest,
  options: PowerOptions,
): SolvedPower {
  const design = testDesign(options);
  const sizes = armSizes(options);
  const test = plannedTest(sizes.allocation);
  return {
    power: nearTailPower(test, design, sizes.control),
    farTail: farTailPower(test, design, sizes.control),
    ...sizes,
    alpha: design.alpha,
    alternative: design.alternative,
  };
}
