import { type Alternative, checkAlternative } from "../core/alternative.ts";
import { checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA, DEFAULT_POWER } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";

/** The level of the planned test. */
export interface TestDesignOptions {
  /** Type I error of the test, in (0, 1); 0.05 unless said. A two-sided test spends half of it in either tail. */
  readonly alpha?: number;
  /** Alternative hypothesis, about treatment against control; two-sided unless said. */
  readonly alternative?: Alternative;
}

export interface TestDesign {
  readonly alpha: number;
  readonly alternative: Alternative;
  /** Type I error in the tail of the effect. */
  readonly tailAlpha: number;
  /** The standard normal quantile that leaves `tailAlpha` above it. */
  readonly criticalValue: number;
}

export function testDesign(options: TestDesignOptions): TestDesign {
  const { alpha = DEFAULT_ALPHA, alternative = "two-sided" } = options;
  checkOpenUnit("alpha", alpha);
  checkAlternative("alternative", alternative);
  const tailAlpha = alternative === "two-sided" ? alpha / 2 : alpha;
  if (tailAlpha === 0)
    throw new DomainError("alpha", alpha, "must be large enough that half of it is above 0");
  return { alpha, alternative, tailAlpha, criticalValue: normalUpperQuantile(tailAlpha) };
}

/** The power asked for: above the false positives that the tail has without any effect, or nothing is asked. */
export function targetPower(power: number = DEFAULT_POWER, { tailAlpha }: TestDesign): number {
  checkOpenUnit("power", power);
  if (!(power > tailAlpha)) {
    throw new DomainError("power", power, `must be above ${tailAlpha}, the type I error in that tail`);
  }
  return power;
}

/** The effect as the test looks for it: positive on the side of the alternative. */
export function effectSought(effect: number, alternative: Alternative): number {
  if (alternative === "two-sided") return Math.abs(effect);
  return alternative === "greater" ? effect : -effect;
}
