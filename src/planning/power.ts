import type { Result } from "../core/result.ts";
import { type ArmSizeOptions, type ArmSizes, armSizes } from "./arm-sizes.ts";
import { type DesignEcho, designEcho } from "./design-echo.ts";
import type { PlannedTest } from "./planned-test.ts";
import { testDesign, type TestDesignOptions } from "./test-design.ts";
import { varianceFactor, type VarianceOptions } from "./variance-factor.ts";

export interface PowerOptions extends TestDesignOptions, ArmSizeOptions, VarianceOptions {}

/** What every power says, whatever it was computed for. */
export interface Power<Kind extends string> extends Result<Kind>, ArmSizes, DesignEcho {
  /** Probability that one treatment's test rejects on the side of the effect (two-sided) or of the alternative. */
  readonly power: number;
  /** Probability of rejecting on the other side; 0 for a one-sided test. */
  readonly farTail: number;
}

/** The common part of a power. */
export type SolvedPower = Omit<Power<string>, keyof Result>;

/** The power of a test at the sizes given. */
export function solvePower(
  plannedTest: (allocation: number) => PlannedTest,
  options: PowerOptions,
): SolvedPower {
  const sizes = armSizes(options);
  const design = testDesign(options, sizes.allocation);
  const factor = varianceFactor(options);
  const test = plannedTest(sizes.allocation);
  return {
    power: test.nearTailPower(design, sizes.control / factor),
    farTail: test.farTailPower(design, sizes.control / factor),
    ...sizes,
    ...designEcho(design, factor),
  };
}
