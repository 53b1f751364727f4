import { logAdd } from "../numerics/log-sum.ts";
import { findPeak, logPeakIntegral, type Peak } from "../numerics/peak-integral.ts";
import { logPeaksIntegrals } from "../numerics/peaks-integrals.ts";
import type { EachArm } from "./each-arm.ts";
import type { ArmEvidence, RatePair } from "./rate-pair.ts";
import type { RateSlice } from "./rate-slices.ts";

/** What is known about two rates together. */
export interface RatePlane {
  readonly arms: EachArm<ArmEvidence>;
  /** ln of a multiple of the density in the plane of both log-odds. */
  logDensity(pair: RatePair): number;
}

/** In logs: next to a peak so much higher a valley counts for nothing. */
const DEEP = 45;
/** Towards a peak, as a share of how far it may be. */
const FIRST_STEP = 0.25;

/** ln of the density of an effect, up to the constant of the plane: the integral along the pairs that have it. */
export function logSliceIntegral({ arms, logDensity }: RatePlane, slice: RateSlice): number {
  const log = (distance: number): number => {
    const pair = slice.pair(distance);
    const value = logDensity(pair) + slice.logArea(pair);
    return Number.isNaN(value) ? -Infinity : value; // where a double cannot hold one of the rates
  };
  const width = 1 / Math.sqrt(arms.control.information + arms.treatment.information);
  if (log(0) === -Infinity) return -Infinity;
  if (slice.sides === undefined) return logPeakIntegral(log, findPeak(log, 0, width));
  const peaks = peaksBeside(log, slice.sides);
  const [first, second] = peaks;
  if (first === undefined) return logPeakIntegral(log, findPeak(log, slice.sides.middle, width));
  if (second === undefined) return logPeakIntegral(log, first);
  const valley = log(slice.sides.middle);
  if (peaks.every(({ at }) => log(at) - valley > DEEP)) {
    return logAdd(logPeakIntegral(log, first), logPeakIntegral(log, second));
  }
  return logPeaksIntegrals((x) => [log(x)], [first.at, second.at])[0]!;
}

/** The peaks to both sides of a middle, of which there may be two, one, or one at the middle itself. */
function peaksBeside(
  log: (distance: number) => number,
  { middle, reach }: NonNullable<RateSlice["sides"]>,
): readonly Peak[] {
  return [-1, 1]
    .map((sign) => {
      // Folded at the middle, so that the way up never leads across.
      const folded = (distance: number): number => log(middle + sign * Math.abs(distance));
      let start = reach;
      while (folded(start) === -Infinity && start > 1) start *= 0.5;
      if (folded(start) === -Infinity) return { at: middle, width: Infinity };
      const { at, width } = findPeak(folded, start, FIRST_STEP * start);
      return { at: middle + sign * Math.abs(at), width };
    })
    .filter(({ at, width }) => Math.abs(at - middle) > width);
}
