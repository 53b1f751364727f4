import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import { checkedAllocation } from "../models/allocation.ts";
import { wholeUnits } from "../models/whole-units.ts";
import { type DesignEcho, designEcho } from "./design-echo.ts";
import { optimalAllocation } from "./optimal-allocation.ts";
import type { PlannedTest } from "./planned-test.ts";
import { type Sizes, sizesOf } from "./sizes.ts";
import { targetPower, testDesign, type TestDesign, type TestDesignOptions } from "./test-design.ts";
import { varianceFactor, type VarianceOptions } from "./variance-factor.ts";

export interface SampleSizeOptions extends TestDesignOptions, VarianceOptions {
  /** Probability of detecting the planned effect, in (0, 1) and above the type I error in its tail; 0.8 unless said. */
  readonly power?: number | undefined;
  /** Treatment n over control n, above 0, or `optimal` for the one with the fewest units in all; 1 unless said. */
  readonly allocation?: number | "optimal" | undefined;
}

/** What every sample size says, whatever it was planned for. */
export interface SampleSize<Kind extends string> extends Result<Kind>, Sizes, DesignEcho {
  /** `unbounded` where no sample size is enough: then the sizes are Infinity, and a warning says why. */
  readonly status: Status;
  /** The sizes before rounding up to whole units. */
  readonly exact: Sizes;
  /**
   * Power of each treatment's test at whole units: at least the target. Only a target below one half, or Dunnett's
   * critical value, may fall short by what rounding up does to the split.
   */
  readonly power: number;
  readonly targetPower: number;
  /** Treatment n over control n as asked for or found, before rounding up to whole units. */
  readonly allocation: number;
}

/** The common part of a sample size. */
export type SolvedSizes = Omit<SampleSize<string>, keyof Result>;

/** Solves for the sizes of both arms, and for the power that whole units have, which the caller may call otherwise. */
export function solveSizes(
  plannedTest: (allocation: number) => PlannedTest,
  options: SampleSizeOptions,
  powerField = "power",
): { readonly sizes: SolvedSizes; readonly design: TestDesign } {
  const factor = varianceFactor(options);
  const exactAt = (allocation: number): { exact: Sizes; design: TestDesign; power: number } => {
    const design = testDesign(options, allocation);
    const power = targetPower(options.power, design, powerField);
    const control = plannedTest(allocation).requiredUnits(design, power) * factor;
    return { exact: sizesOf(control, control * allocation, design.treatments), design, power };
  };
  const allocation =
    options.allocation === "optimal"
      ? optimalAllocation((ratio) => exactAt(ratio).exact.total, options.treatments)
      : checkedAllocation(options.allocation);
  const { exact, design, power } = exactAt(allocation);
  const whole = sizesOf(wholeUnits(exact.control), wholeUnits(exact.treatment), design.treatments);
  const isBounded = whole.total < Infinity;
  const wholeAllocation = isBounded ? whole.treatment / whole.control : allocation;
  const wholeDesign = wholeAllocation === allocation ? design : testDesign(options, wholeAllocation);
  const sizes: SolvedSizes = {
    status: isBounded ? "ok" : "unbounded",
    ...whole,
    exact,
    power: plannedTest(wholeAllocation).nearTailPower(wholeDesign, whole.control / factor),
    targetPower: power,
    allocation,
    ...designEcho(design, factor),
  };
  return { sizes, design };
}
