import { sumOf } from "../numerics/sum.ts";

/**
 * Shares of which none is below a floor: what falls below is raised to it, and all others shrink in proportion. The
 * shares add up to 1, and so many floors add up to no more.
 */
export function sharesWithFloor(shares: readonly number[], floor: number): number[] {
  let isRaised = shares.map(() => false);
  for (;;) {
    const left = 1 - floor * isRaised.filter(Boolean).length;
    const rest = sumOf(shares.filter((_, i) => !isRaised[i]));
    const raised = shares.map((share, i) => (isRaised[i] ? floor : (share / rest) * left));
    // Shrinking can take further shares below the floor.
    const next = raised.map((share, i) => isRaised[i]! || share < floor);
    if (next.every((is, i) => is === isRaised[i])) return raised;
    isRaised = next;
  }
}
