import { bracketRoot } from "../numerics/bracket-root.ts";
import { findRoot } from "../numerics/find-root.ts";
import type { ConversionDelay } from "./conversion-delay.ts";
import { delayCurve } from "./delay-curve.ts";
import { observedShare } from "./observed-share.ts";
import { daysUntil, type Traffic, unitsBy } from "./traffic.ts";

/**
 * Days until the units that entered are enough.
 *
 * @param unitsNeeded - units that are enough while this share of their eventual conversions has been observed, in
 *   (0, 1]; falls with the share
 */
export function readOutDays(
  delay: ConversionDelay,
  traffic: Traffic,
  unitsNeeded: (observedShare: number) => number,
): number {
  const enrolmentDays = daysUntil(traffic, unitsNeeded(1));
  if ("attributionDays" in delay) return enrolmentDays + delay.attributionDays;
  if (!(enrolmentDays > 0 && enrolmentDays < Infinity)) return enrolmentDays;
  const curve = delayCurve(delay);
  const surplus = (days: number): number => {
    const share = observedShare(curve, traffic, days);
    // Nothing observed yet, to the last bit: no number of units is enough.
    return share > 0 ? unitsBy(traffic, days) - unitsNeeded(share) : -Infinity;
  };
  const bracket = bracketRoot(surplus, enrolmentDays, 2 * enrolmentDays, { minimum: enrolmentDays });
  return bracket === null ? Infinity : findRoot(surplus, bracket[0], bracket[1]);
}
