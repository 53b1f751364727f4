import type { Interval } from "../core/interval.ts";
import type { OnEffectScales } from "./group-sequential-analysis.ts";
import type { StandardLook } from "./group-sequential-look.ts";

/** How far z lies above either end of an interval, in standard errors. */
export interface Distances {
  readonly lower: number;
  readonly upper: number;
}

/** The interval whose ends lie so far from z, on every scale. */
export function effectIntervals(
  { information, z, scale }: StandardLook,
  { lower, upper }: Distances,
  confidenceLevel: number,
  method: "repeated" | "stage-wise",
): OnEffectScales<Interval> {
  // Ends that are a rounding apart may come out in either order.
  const between = (below: (distance: number) => number): Interval => ({
    lower: Math.min(below(lower), below(upper)),
    upper: Math.max(below(lower), below(upper)),
    confidenceLevel,
    method,
    dualToTest: true,
    excluded: null,
  });
  return {
    drift: between((distance) => driftBelow(information, z, distance)),
    difference: scale === null ? null : between(scale.difference.below),
    lift: scale === null ? null : between(scale.lift.below),
  };
}

/** The drift above whose mean z lies by so much. */
export function driftBelow(information: number, z: number, distance: number): number {
  return (z - distance) / Math.sqrt(information);
}
