import { dot } from "../numerics/matrix.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";

/** How far what surrogates stand for may differ in this experiment before the sign of the foretold effect is wrong. */
export interface SurrogateResilience {
  /** Every cell's expected outcome may be off by this much, in the worst direction; Infinity where no cell moved. */
  readonly worstShift: number;
  /** The same as a share of each cell's expected outcome. */
  readonly worstRelativeShift: number;
  /**
   * Standard deviation of independent shifts of every cell in each arm at which the sign is wrong with probability
   * (1 − confidenceLevel)/2.
   */
  readonly randomShift: number;
  /** Effect past the surrogates that would cancel the one foretold. */
  readonly directEffect: number;
}

/**
 * With cell means h and shares p₀, p₁ the effect is Σ h (p₁ − p₀). Shifting every h by at most d moves it by at most
 * d Σ|p₁ − p₀|; independent shifts of standard deviation s in each arm by s √Σ(p₁² + p₀²). Resilience to random shifts
 * after Hsiao, Tian and Parast (2025), for discrete surrogates.
 */
export function surrogateResilience(
  index: readonly number[],
  control: readonly number[],
  treatment: readonly number[],
  confidenceLevel: number,
): SurrogateResilience {
  const pull = treatment.map((share, j) => share - control[j]!);
  const effect = dot(index, pull);
  const size = Math.abs(effect);
  const over = (most: number): number => (most === 0 ? Infinity : size / most);
  const absolute = (values: readonly number[]): number => values.reduce((sum, x) => sum + Math.abs(x), 0);
  return {
    worstShift: over(absolute(pull)),
    worstRelativeShift: over(absolute(pull.map((shift, j) => shift * index[j]!))),
    randomShift:
      over(Math.sqrt(dot(control, control) + dot(treatment, treatment))) /
      normalUpperQuantile((1 - confidenceLevel) / 2),
    directEffect: 0 - effect,
  };
}
