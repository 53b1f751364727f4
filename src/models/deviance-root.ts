import { newtonRoot } from "../numerics/newton-root.ts";

/**
 * Where a deviance that rises from 0 reaches chiSquared: by the square roots of both, which are nearly proportional to
 * the multiplier.
 *
 * @param deviance - its value and slope at a multiplier
 * @param lower - where the multiplier begins, and the deviance is 0
 * @param upper - where it ends; Infinity is legal
 * @param start - a first guess; any number will do
 */
export function devianceRoot(
  deviance: (multiplier: number) => readonly [value: number, slope: number],
  chiSquared: number,
  lower: number,
  upper: number,
  start: number,
): number {
  const target = Math.sqrt(chiSquared);
  const within = upper < Infinity ? 0.5 * (lower + upper) : lower + 1;
  return newtonRoot(
    (multiplier) => {
      const [value, slope] = deviance(multiplier);
      const root = Math.sqrt(value);
      // Where a rate of 0 has not left 0 yet there is no slope to follow.
      return [root - target, root > 0 ? slope / (2 * root) : 0];
    },
    lower,
    upper,
    start > lower && start < upper ? start : within,
  );
}
