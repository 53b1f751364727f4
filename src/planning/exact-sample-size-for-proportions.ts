import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import { checkedAllocation } from "../models/allocation.ts";
import { wholeUnits } from "../models/whole-units.ts";
import { type DesignEcho, designEcho } from "./design-echo.ts";
import {
  checkedExactTest,
  EXACT_POWER_ASSUMPTIONS,
  exactPower,
  type ExactProportionTest,
  exactRejections,
  type ExactRejections,
  levelOf,
} from "./exact-test.ts";
import { unreachable } from "./planning-cautions.ts";
import {
  type ProportionEffect,
  proportionEffect,
  type ProportionEffectOptions,
} from "./proportion-effect.ts";
import { plannedProportionTest, type ProportionTest } from "./proportion-test.ts";
import { type Sizes, sizesOf } from "./sizes.ts";
import { targetPower, testDesign, type TestDesign, type TestDesignOptions } from "./test-design.ts";

export interface ExactSampleSizeOptions extends ProportionEffectOptions, TestDesignOptions {
  /** The test that will be used; `score` unless said. */
  readonly test?: ExactProportionTest | undefined;
  /** Probability of detecting the planned effect, in (0, 1) and above the type I error in its tail; 0.8 unless said. */
  readonly power?: number | undefined;
  /** Treatment n over control n, above 0; 1 unless said. */
  readonly allocation?: number | undefined;
}

/** How many units each arm needs, table by table. */
export interface ExactProportionSampleSize
  extends Result<"proportion-exact-sample-size">, Sizes, ExactRejections, ProportionEffect, DesignEcho {
  readonly method: ExactProportionTest;
  /** `unbounded` where no sample size is enough: then the sizes are Infinity, and a warning says why. */
  readonly status: Status;
  readonly targetPower: number;
  readonly allocation: number;
  /** The smallest sizes looked at that reach the target, though larger ones may fall below it again. */
  readonly first: Sizes;
  /** Units of the control arm from and up to which every size was looked at. */
  readonly searched: { readonly from: number; readonly to: number };
}

/** The formula that a search starts from. */
const NEIGHBOUR: Readonly<Record<ExactProportionTest, ProportionTest>> = {
  score: "score",
  yates: "yates",
  wald: "wald",
  fisher: "yates",
  "mid-p": "score",
};
/** Beyond, thousands of sizes would have to be enumerated, and the formula is right to a small part of a percent. */
const MOST_UNITS = 20_000;

/**
 * How many units each arm needs to detect an effect on a conversion rate, by adding up the probabilities of all tables
 * that the test rejects: for rates so small, or effects so large, that fewer than about 30 conversions are expected.
 *
 * H0: the two rates are equal. H1: they differ by the planned effect. Exact power is a saw: one unit more may lower it.
 * So this is the smallest size from which on every size has the power asked for, up to the last one searched: a quarter
 * (less where many conversions are expected) and 25 units above the last size that fell short.
 *
 * Time grows with the square of the size: some 10 ms at 200 units per arm and a few seconds at 10,000, for Fisher's test
 * several times that.
 *
 * @param options.baseline - rate of the control arm, in (0, 1)
 * @param options.lift - treatment rate / control rate − 1; or `difference`, and exactly one of the two
 * @param options.difference - treatment rate − control rate, in (−1, 1)
 * @param options.alpha - level of the test, in (0, 1); 0.05 unless said
 * @param options.power - in (0, 1) and above the type I error in the tail of the effect; 0.8 unless said
 * @param options.alternative - two-sided unless said
 * @param options.allocation - treatment n over control n, above 0; 1 unless said
 * @param options.test - `score` (pooled z-test, the default), `yates`, `wald`, `fisher` or `mid-p`
 * @param options.treatments - treatments compared with the one control, a whole number of at least 1; 1 unless said
 * @param options.adjustment - how alpha is kept over them: `bonferroni` unless said, `dunnett` or `none`
 * @returns whole units per arm with their power, the first size that reaches it, and the sizes that were searched
 * @throws {DomainError} for rates outside (0, 1), a bad option, or more than 20,000 units by the normal formula
 * @example
 * ```ts
 * import { exactSampleSizeForProportions } from "microlift";
 * const plan = exactSampleSizeForProportions({ baseline: 0.02, difference: 0.15 });
 * plan.control; // 52
 * plan.first.control; // 48
 * ```
 * Source: Chernick and Liu (2002), The saw-toothed behavior of power versus sample size.
 */
export function exactSampleSizeForProportions(options: ExactSampleSizeOptions): ExactProportionSampleSize {
  checkObject("options", options);
  const effect = proportionEffect(options);
  const method = checkedExactTest(options.test);
  const allocation = checkedAllocation(options.allocation);
  const design = testDesign(options, allocation);
  const power = targetPower(options.power, design);
  const formula = plannedProportionTest(NEIGHBOUR[method], effect, allocation);
  const guess = formula.requiredUnits(design, power);
  const common = {
    kind: "proportion-exact-sample-size",
    method,
    targetPower: power,
    allocation,
    ...effect,
    ...designEcho(design, 1),
    assumptions: [...EXACT_POWER_ASSUMPTIONS],
  } as const;
  if (guess === Infinity) {
    const endless = sizesOf(Infinity, Infinity, design.treatments);
    return {
      ...common,
      ...endless,
      status: "unbounded",
      power: formula.nearTailPower(design, Infinity),
      farTail: formula.farTailPower(design, Infinity),
      typeIError: levelOf(design),
      first: endless,
      searched: { from: Infinity, to: Infinity },
      warnings: [unreachable(effect.difference, design)],
    };
  }
  const largest = guess * Math.max(1, allocation);
  if (largest > MOST_UNITS) {
    const [field, value] =
      options.lift === undefined ? ["difference", effect.difference] : ["lift", effect.lift];
    throw new DomainError(
      field,
      value,
      `must need at most ${MOST_UNITS} units per arm by the normal formula, not ${largest}: sampleSizeForProportions has it`,
    );
  }
  const sizesAt = (n: number): Sizes => sizesOf(n, wholeUnits(n * allocation), design.treatments);
  // Dunnett's critical value goes by the whole units.
  const designAt = (n: number): TestDesign => {
    const ratio = sizesAt(n).treatment / n;
    return ratio === allocation ? design : testDesign(options, ratio);
  };
  const isReached = (n: number): boolean => exactPower(method, effect, sizesAt(n), designAt(n)) >= power;
  const { first, smallest, searched } = search(isReached, guess, effect, allocation);
  return {
    ...common,
    ...sizesAt(smallest),
    status: "ok",
    ...exactRejections(method, effect, sizesAt(smallest), designAt(smallest)),
    first: sizesAt(first),
    searched,
    warnings: [],
  };
}

/** How far from the formula's size the teeth of the saw reach, as a part of it, times √(expected conversions). */
const TEETH = 1.5;
/** Sizes looked at beyond the last that falls short, however few units these are. */
const FEWEST_BEYOND = 25;

/** Looks at one size after another, until all for a good way beyond the last that falls short have been enough. */
function search(
  isEnough: (n: number) => boolean,
  guess: number,
  { baseline, treatmentRate }: ProportionEffect,
  allocation: number,
): { readonly first: number; readonly smallest: number; readonly searched: { from: number; to: number } } {
  // One conversion more or less moves the difference by 1 / √(expected conversions) of its standard error.
  const expected =
    guess * Math.min(baseline * (1 - baseline), allocation * treatmentRate * (1 - treatmentRate));
  const margin = TEETH / Math.sqrt(Math.max(1, expected));
  let from = Math.max(1, Math.floor(guess * (1 - Math.min(0.5, 2 * margin))));
  while (from > 1 && isEnough(from)) from = Math.floor(from / 2);
  let first: number | null = null;
  let short = from - 1;
  let n = from;
  for (; n <= short * (1 + Math.min(0.25, margin)) + FEWEST_BEYOND; n++) {
    if (!isEnough(n)) short = n;
    else first ??= n;
  }
  return { first: first ?? short + 1, smallest: short + 1, searched: { from, to: n - 1 } };
}
