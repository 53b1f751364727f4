import { log1pmx } from "./log1pmx.ts";
import { newtonRoot } from "./newton-root.ts";

/**
 * −1 − W₋₁(−e^(−1−d)) for d >= 0: how far the lower branch of Lambert's W lies below −1. It is the u >= 0 with
 * u − ln(1 + u) = d, which has no subtraction where d is small and no e^−d that underflows where it is large.
 *
 * The start lies above the root (Chatzigeorgiou 2013, IEEE Communications Letters 17, 1505–1508, theorem 1), and the
 * function is convex, so that Newton's steps go down to it.
 */
export function lambertWBelowMinusOne(d: number): number {
  if (d === 0) return 0;
  const above = Math.sqrt(2 * d) + d;
  return newtonRoot((u) => [-log1pmx(u) - d, u / (1 + u)], 0, 2 * above, above);
}
