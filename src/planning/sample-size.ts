import type { Alternative } from "../core/alternative.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import { checkedAllocation } from "./arm-sizes.ts";
import { nearTailPower, type PlannedTest, requiredUnits } from "./planned-test.ts";
import { targetPower, testDesign, type TestDesign, type TestDesignOptions } from "./test-design.ts";
import { wholeUnits } from "./whole-units.ts";

export interface SampleSizeOptions extends TestDesignOptions {
  /** Probability of detecting the planned effect, in (0, 1) and above the type I error in its tail; 0.8 unless said. */
  readonly power?: number;
  /** Treatment n over control n, above 0; 1 unless said. */
  readonly allocation?: number;
}

/** Units per arm, and all together. */
export interface Sizes {
  readonly control: number;
  readonly treatment: number;
  readonly total: number;
}

/** What every sample size says, whatever it was planned for. */
export interface SampleSize<Kind extends string> extends Result<Kind>, Sizes {
  /** `unbounded` where no sample size is enough: then the sizes are Infinity, and a warning says why. */
  readonly status: Status;
  /** The sizes before rounding up to whole units. */
  readonly exact: Sizes;
  /** Power at whole units: at least the target. */
  readonly power: number;
  readonly targetPower: number;
  readonly alpha: number;
  readonly alternative: Alternative;
  readonly allocation: number;
}

/** The common part of a sample size. */
export type SolvedSizes = Omit<SampleSize<string>, keyof Result>;

/** Solves for the sizes of both arms, and for the power that whole units have. */
export function solveSizes(
  plannedTest: (allocation: number) => PlannedTest,
  options: SampleSizeOptions,
): { readonly sizes: SolvedSizes; readonly design: TestDesign } {
  const design = testDesign(options);
  const power = targetPower(options.power, design);
  const allocation = checkedAllocation(options.allocation);
  const exactControl = requiredUnits(plannedTest(allocation), design, power);
  const exact = withTotal(exactControl, exactControl * allocation);
  const whole = withTotal(wholeUnits(exact.control), wholeUnits(exact.treatment));
  const isBounded = whole.total < Infinity;
  const wholeAllocation = isBounded ? whole.treatment / whole.control : allocation;
  const sizes: SolvedSizes = {
    status: isBounded ? "ok" : "unbounded",
    ...whole,
    exact,
    power: nearTailPower(plannedTest(wholeAllocation), design, whole.control),
    targetPower: power,
    alpha: design.alpha,
    alternative: design.alternative,
    allocation,
  };
  return { sizes, design };
}

function withTotal(control: number, treatment: number): Sizes {
  return { control, treatment, total: control + treatment };
}
