import type { Alternative } from "../core/alternative.ts";
import { checkOneOf } from "../core/checks.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { type ArmSizeOptions, type ArmSizes, armSizes } from "./arm-sizes.ts";
import { type DesignEcho, designEcho } from "./design-echo.ts";
import {
  effectSought,
  targetPower,
  testDesign,
  type TestDesign,
  type TestDesignOptions,
} from "./test-design.ts";
import { varianceFactor, type VarianceOptions } from "./variance-factor.ts";

/** Where the effect is looked for: above the control or below it. */
export type Direction = "up" | "down";

export interface DetectableEffectOptions extends TestDesignOptions, ArmSizeOptions, VarianceOptions {
  /** Probability of detecting the effect, in (0, 1) and above the type I error in its tail; 0.8 unless said. */
  readonly power?: number | undefined;
  /** An increase or a decrease; unless said `up`, and `down` where the alternative is `less`. */
  readonly direction?: Direction | undefined;
}

/** What every minimum detectable effect says, whatever it was computed for. */
export interface DetectableEffect<Kind extends string> extends Result<Kind>, ArmSizes, DesignEcho {
  /** `undetermined` where no effect in that direction is detected: then effects are null, and a warning says why. */
  readonly status: Status;
  readonly difference: number | null;
  readonly lift: number | null;
  readonly direction: Direction;
  readonly targetPower: number;
}

/** The smallest difference found, above 0 in size and with its sign; null where there is none. */
export interface SolvedEffect {
  readonly difference: number | null;
  /** The common part of the result. */
  readonly echo: Omit<DetectableEffect<string>, keyof Result | "difference" | "lift">;
  readonly warnings: readonly Warning[];
}

/** What is looked for, checked. */
export interface EffectSearch {
  /** 1 for an increase, −1 for a decrease. */
  readonly sign: 1 | -1;
  /** Units of the control arm that would do as well without variance reduction and clusters. */
  readonly n: number;
  /** Treatment n over control n. */
  readonly allocation: number;
  readonly design: TestDesign;
  readonly power: number;
}

/**
 * Checks the question, and leaves the answer to `smallestSize`.
 *
 * @param smallestSize the size of the smallest difference that is detected with the power asked for; null for none
 */
export function solveEffect(
  smallestSize: (search: EffectSearch) => number | null,
  options: DetectableEffectOptions,
): SolvedEffect {
  const sizes = armSizes(options);
  const { allocation } = sizes;
  const design = testDesign(options, allocation);
  const factor = varianceFactor(options);
  const power = targetPower(options.power, design);
  const direction = checkedDirection(options.direction, design);
  const sign = direction === "up" ? 1 : -1;
  const isLookedFor = effectSought(sign, design.alternative) > 0;
  const size = isLookedFor
    ? smallestSize({ sign, n: sizes.control / factor, allocation, design, power })
    : null;
  return {
    difference: size === null ? null : sign * size,
    echo: {
      status: size === null ? "undetermined" : "ok",
      ...sizes,
      direction,
      targetPower: power,
      ...designEcho(design, factor),
    },
    warnings: size === null ? [nothingDetected(isLookedFor, direction, design.alternative)] : [],
  };
}

/** The direction asked for: unless said that of the alternative, and up where it has none. */
export function checkedDirection(
  direction: Direction | undefined,
  { alternative }: Pick<TestDesign, "alternative">,
): Direction {
  if (direction === undefined) return alternative === "less" ? "down" : "up";
  checkOneOf("direction", direction, ["up", "down"]);
  return direction;
}

function nothingDetected(isLookedFor: boolean, direction: Direction, alternative: Alternative): Warning {
  if (!isLookedFor) {
    return {
      code: "WRONG_SIDE",
      message: `The alternative "${alternative}" does not look in the direction "${direction}".`,
    };
  }
  return {
    code: "NO_SOLUTION",
    message: `Too few units: in the direction "${direction}" even the largest possible effect is not detected with the power asked for.`,
  };
}
