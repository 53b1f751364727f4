import { findPeak, logPeakIntegral } from "../numerics/peak-integral.ts";
import type { EachArm } from "./each-arm.ts";
import type { ArmEvidence, RatePair } from "./rate-pair.ts";
import type { RateSlice } from "./rate-slices.ts";

/** What is known about two rates together. */
export interface RatePlane {
  readonly arms: EachArm<ArmEvidence>;
  /** ln of a multiple of the density in the plane of both log-odds. */
  logDensity(pair: RatePair): number;
}

/** ln of the density of an effect, up to the constant of the plane: the integral along the pairs that have it. */
export function logSliceIntegral({ arms, logDensity }: RatePlane, slice: RateSlice): number {
  const log = (distance: number): number => {
    const pair = slice.pair(distance);
    return logDensity(pair) + slice.logArea(pair);
  };
  const width = 1 / Math.sqrt(arms.control.information + arms.treatment.information);
  // Where no pair is possible any more a double cannot hold one of the rates.
  if (log(0) === -Infinity) return -Infinity;
  return logPeakIntegral(log, findPeak(log, 0, width));
}
