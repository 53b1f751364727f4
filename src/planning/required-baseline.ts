import { checkFinite } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { findRoot } from "../numerics/find-root.ts";
import { type ArmSizes, armSizes } from "./arm-sizes.ts";
import { type DesignEcho, designEcho } from "./design-echo.ts";
import { PROPORTION_ASSUMPTIONS, smallCounts } from "./planning-cautions.ts";
import type { PowerOptions } from "./power.ts";
import { effectOfLift } from "./proportion-effect.ts";
import { checkedProportionTest, plannedProportionTest, type ProportionTest } from "./proportion-test.ts";
import { effectSought, targetPower, testDesign } from "./test-design.ts";
import { varianceFactor } from "./variance-factor.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** The smallest rate of the control at which a test of given size detects a given lift. */
export interface RequiredBaseline extends Result<"proportion-required-baseline">, ArmSizes, DesignEcho {
  readonly method: ProportionTest;
  /** `undetermined` where no rate will do: then the rates are null, and a warning says why. */
  readonly status: Status;
  readonly baseline: number | null;
  readonly treatmentRate: number | null;
  readonly difference: number | null;
  readonly lift: number;
  readonly targetPower: number;
}

export interface RequiredBaselineOptions extends PowerOptions {
  readonly lift: number;
  readonly power: number;
  readonly test?: ProportionTest | undefined;
}

/** Log-odds of the smallest rate that is looked at, relative to the largest: 1e-300. */
const LOWEST = -690;
const HIGHEST = 36;

/** Solves for the rate: the same lift of a higher rate is easier to detect. */
export function solveBaseline(options: RequiredBaselineOptions): RequiredBaseline {
  const { lift } = options;
  checkFinite("lift", lift);
  if (!(lift > -1)) throw new DomainError("lift", lift, "must be above -1");
  const method = checkedProportionTest(options.test);
  const sizes = armSizes(options);
  const design = testDesign(options, sizes.allocation);
  const power = targetPower(options.power, design);
  const factor = varianceFactor(options);
  const bound = lift > 0 ? 1 / (1 + lift) : 1;
  const rateAt = (logOdds: number): number => bound / (1 + exp(-logOdds));
  const excess = (logOdds: number): number => {
    const effect = effectOfLift(rateAt(logOdds), lift);
    const test = plannedProportionTest(method, effect, sizes.allocation);
    return test.nearTailPower(design, sizes.control / factor) - power;
  };
  const common = {
    kind: "proportion-required-baseline",
    method,
    ...sizes,
    ...designEcho(design, factor),
    targetPower: power,
    assumptions: [...PROPORTION_ASSUMPTIONS],
  } as const;
  const isSought = effectSought(lift, design.alternative) > 0;
  if (!(isSought && excess(LOWEST) < 0 && excess(HIGHEST) > 0)) {
    const none = { baseline: null, treatmentRate: null, difference: null, lift };
    return { ...common, status: "undetermined", ...none, warnings: [noRate(isSought)] };
  }
  const effect = effectOfLift(rateAt(findRoot(excess, LOWEST, HIGHEST, { tolerance: 1e-15 })), lift);
  return { ...common, status: "ok", ...effect, warnings: smallCounts(effect, sizes) };
}

function noRate(isSought: boolean): Warning {
  return isSought
    ? {
        code: "NO_SOLUTION",
        message: "No rate of the control gives this lift the power asked for, and no more.",
      }
    : {
        code: "WRONG_SIDE",
        message: "The alternative does not look for a lift of this sign, or there is none.",
      };
}
