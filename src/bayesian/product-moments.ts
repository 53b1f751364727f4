import type { EffectMoments } from "./effect-posterior.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/** Moments of a product of two independent positive variables. */
export function productMoments(x: EffectMoments, y: EffectMoments): EffectMoments {
  return {
    mean: x.mean * y.mean,
    standardDeviation: hypot(
      x.standardDeviation * y.mean,
      x.mean * y.standardDeviation,
      x.standardDeviation * y.standardDeviation,
    ),
  };
}
