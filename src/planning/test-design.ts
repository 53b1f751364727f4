import { type Alternative, checkAlternative } from "../core/alternative.ts";
import { checkCount, checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA, DEFAULT_POWER } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import { normalSf, normalUpperQuantile } from "../numerics/normal.ts";
import { oneFactorUpperQuantile } from "../numerics/one-factor-normal.ts";

/** The level of the planned test, and how many treatments share it. */
export interface TestDesignOptions {
  /** Type I error of the test, in (0, 1); 0.05 unless said. A two-sided test spends half of it in either tail. */
  readonly alpha?: number | undefined;
  /** Alternative hypothesis, about treatment against control; two-sided unless said. */
  readonly alternative?: Alternative | undefined;
  /** Number of treatments that are compared with the one control; 1 unless said. */
  readonly treatments?: number | undefined;
  /** How alpha is kept over all treatments: `bonferroni` unless said (Holm's first step is the same). */
  readonly adjustment?: PlannedAdjustment | undefined;
}

/**
 * How a plan keeps alpha over several treatments: each test at alpha over their number, at Dunnett's critical value,
 * which knows the control that they share, or each at alpha itself.
 */
export type PlannedAdjustment = "bonferroni" | "dunnett" | "none";

export interface TestDesign {
  readonly alpha: number;
  readonly alternative: Alternative;
  readonly treatments: number;
  readonly adjustment: PlannedAdjustment;
  /** Treatment n over control n: Dunnett's critical value depends on it. */
  readonly allocation: number;
  /** Type I error of one treatment's test in the tail of the effect. */
  readonly tailAlpha: number;
  /** What a normal statistic has to pass. */
  readonly criticalValue: number;
}

const ADJUSTMENTS: readonly PlannedAdjustment[] = ["bonferroni", "dunnett", "none"];
/** Far more than any experiment has. */
const MOST_TREATMENTS = 1000;

/** Below it the tails that make up Dunnett's have few digits left. */
const SMALLEST_DUNNETT_ALPHA = 1e-300;

export function testDesign(options: TestDesignOptions, allocation: number): TestDesign {
  const { alpha = DEFAULT_ALPHA, alternative = "two-sided", treatments = 1 } = options;
  const { adjustment = "bonferroni" } = options;
  checkOpenUnit("alpha", alpha);
  checkAlternative("alternative", alternative);
  checkCount("treatments", treatments, 1);
  if (treatments > MOST_TREATMENTS) {
    throw new DomainError("treatments", treatments, `must be at most ${MOST_TREATMENTS}`);
  }
  checkOneOf("adjustment", adjustment, ADJUSTMENTS);
  const common = { alpha, alternative, treatments, adjustment, allocation };
  const sides = alternative === "two-sided" ? 2 : 1;
  const tailAlpha = alpha / (adjustment === "none" ? sides : sides * treatments);
  if (tailAlpha === 0) {
    throw new DomainError("alpha", alpha, "must be large enough that each test's share of it is above 0");
  }
  // Below, named properties come first: a literal that begins with a spread takes five times as long.
  if (adjustment === "dunnett" && treatments > 1) {
    if (alpha < SMALLEST_DUNNETT_ALPHA) {
      throw new DomainError("alpha", alpha, `must be at least ${SMALLEST_DUNNETT_ALPHA} for Dunnett's test`);
    }
    const criticalValue = dunnettCriticalValue(common, Infinity);
    return { tailAlpha: normalSf(criticalValue), criticalValue, ...common };
  }
  return { tailAlpha, criticalValue: normalUpperQuantile(tailAlpha), ...common };
}

/** Dunnett's critical value, where the variance is estimated with `df` degrees of freedom or known (Infinity). */
export function dunnettCriticalValue(
  { alpha, alternative, treatments, allocation }: Omit<TestDesign, "tailAlpha" | "criticalValue">,
  df: number,
): number {
  // The control's part of the variance of each difference.
  const loading = Math.sqrt(allocation / (1 + allocation));
  return oneFactorUpperQuantile(alpha, {
    loadings: Array.from({ length: treatments }, () => loading),
    df,
    isTwoSided: alternative === "two-sided",
  });
}

/** The power asked for: above the false positives that the tail has without any effect, or nothing is asked. */
export function targetPower(
  power: number = DEFAULT_POWER,
  { tailAlpha }: TestDesign,
  field = "power",
): number {
  checkOpenUnit(field, power);
  if (!(power > tailAlpha)) {
    throw new DomainError(field, power, `must be above ${tailAlpha}, the type I error in that tail`);
  }
  return power;
}

/** The effect as the test looks for it: positive on the side of the alternative. */
export function effectSought(effect: number, alternative: Alternative): number {
  if (alternative === "two-sided") return Math.abs(effect);
  return alternative === "greater" ? effect : -effect;
}
