import { ConvergenceError, MOST_ROUNDS } from "../core/convergence-error.ts";
import { smallestTrue } from "../numerics/smallest-true.ts";

/** By which factor so many units would have to grow to be enough; 1 or less if they are. */
export type Growth = (n: number) => number;

/** So that a search does not start with sizes that are far too large. */
const LARGEST_STRIDE = 100;

/**
 * The smallest number of units that are enough, from 1: follows the growth asked for to within a unit, and then looks at the
 * neighbours. Costs about five evaluations.
 */
export function smallestEnough(growthAt: Growth, start: number): number {
  const known = new Map<number, number>();
  const growth = (n: number): number => {
    const found = known.get(n) ?? growthAt(n);
    known.set(n, found);
    return found;
  };
  return smallestTrue((n) => growth(n) <= 1, followed(growth, start), 1, Number.MAX_SAFE_INTEGER);
}

/** Where following the growth ends: near the size at which it is 1. */
export function followed(growthAt: Growth, start: number): number {
  let n = start;
  let lastStep = Infinity;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const growth = Math.min(growthAt(n), LARGEST_STRIDE);
    const next = Math.min(Number.MAX_SAFE_INTEGER, Math.max(1, Math.ceil(n * growth)));
    const step = Math.abs(next - n);
    // Growing by the largest stride is no sign of going astray.
    if (step <= 1 || (step >= lastStep && growth < LARGEST_STRIDE)) return next;
    [n, lastStep] = [next, growth < LARGEST_STRIDE ? step : Infinity];
  }
  throw new ConvergenceError("the smallest size that is enough", MOST_ROUNDS);
}
