import { checkAlternative } from "../core/alternative.ts";
import { checkOpenUnit } from "../core/checks.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { findRoot } from "../numerics/find-root.ts";
import { type ArmSizes, armSizes } from "./arm-sizes.ts";
import { type DesignEcho, designEcho } from "./design-echo.ts";
import type { PlannedTest } from "./planned-test.ts";
import type { PowerOptions } from "./power.ts";
import { effectSought, testDesign } from "./test-design.ts";
import { varianceFactor } from "./variance-factor.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** The level at which a test of given size detects a given effect with the power asked for. */
export interface RequiredAlpha<Kind extends string>
  extends Result<Kind>, ArmSizes, Omit<DesignEcho, "alpha" | "tailAlpha"> {
  /** `undetermined` where no level does: then alpha is null, and a warning says why. */
  readonly status: Status;
  /** Type I error of the test; over all treatments, where there are several and it is adjusted for them. */
  readonly alpha: number | null;
  /** Type I error of one treatment's test in the tail of the effect. */
  readonly tailAlpha: number | null;
  readonly targetPower: number;
}

/** ln of the levels between which one is looked for: no test is held to smaller ones, and 1 is none. */
const LOWEST = -690;
const HIGHEST: number = -(2 ** -53);

/** The common part of a level that was solved for. */
export type SolvedAlpha = Omit<RequiredAlpha<string>, Exclude<keyof Result, "warnings">>;

/** Solves for the level at which the near tail holds the power asked for: a looser test detects more. */
export function solveAlpha(
  plannedTest: (allocation: number) => PlannedTest,
  effect: number,
  power: number,
  options: PowerOptions,
): SolvedAlpha {
  checkOpenUnit("power", power);
  const { alternative = "two-sided" } = options;
  checkAlternative("alternative", alternative);
  const sizes = armSizes(options);
  const factor = varianceFactor(options);
  const test = plannedTest(sizes.allocation);
  const designAt = (log: number): ReturnType<typeof testDesign> =>
    testDesign({ ...options, alpha: exp(log) }, sizes.allocation);
  const excess = (log: number): number => test.nearTailPower(designAt(log), sizes.control / factor) - power;
  const { alpha: _, tailAlpha: __, ...echo } = designEcho(designAt(HIGHEST), factor);
  const common = { ...sizes, ...echo, targetPower: power };
  const isSought = effectSought(effect, alternative) > 0;
  if (!(isSought && excess(LOWEST) < 0 && excess(HIGHEST) > 0)) {
    const warnings = [noLevel(isSought, isSought && excess(LOWEST) >= 0)];
    return { ...common, status: "undetermined", alpha: null, tailAlpha: null, warnings };
  }
  const { alpha, tailAlpha } = designAt(findRoot(excess, LOWEST, HIGHEST, { tolerance: 1e-15 }));
  return { ...common, status: "ok", alpha, tailAlpha, warnings: [] };
}

function noLevel(isSought: boolean, isAlwaysReached: boolean): Warning {
  if (!isSought) {
    return {
      code: "WRONG_SIDE",
      message: "The alternative does not look for an effect of this sign, or there is none.",
    };
  }
  return isAlwaysReached
    ? {
        code: "NO_SOLUTION",
        message: "At every level that a test is held to the power is higher than asked for.",
      }
    : { code: "NO_SOLUTION", message: "Too few units: the power asked for is not reached at any level." };
}
