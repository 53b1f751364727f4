import type { ConversionDelay } from "../models/conversion-delay.ts";
import { delayCurve } from "../models/delay-curve.ts";
import { observedShare } from "../models/observed-share.ts";
import { readOutDays } from "../models/read-out-days.ts";
import { daysUntil, type Traffic, unitsBy } from "../models/traffic.ts";

/** How long units enter and are awaited, until a metric is read. */
export interface Enrolment {
  readonly enrolmentDays: number;
  /** Days from the last entry to the read-out; 0 where the conversions so far are read at once. */
  readonly attributionDays: number;
  /** Units that enter the control arm: as many as asked for, or more where not all of their conversions are in. */
  readonly enrolled: number;
  /** Expected share of the conversions of all who entered that the read-out sees; 1 on mature cohorts. */
  readonly observedShare: number;
}

/** @param unitsNeeded - units of control that are enough while this share of their conversions is in */
export function enrolmentFor(
  delay: ConversionDelay,
  traffic: Traffic,
  unitsNeeded: (observedShare: number) => number,
): Enrolment {
  if ("attributionDays" in delay) {
    const enrolled = unitsNeeded(1);
    const { attributionDays } = delay;
    return { enrolmentDays: daysUntil(traffic, enrolled), attributionDays, enrolled, observedShare: 1 };
  }
  const enrolmentDays = readOutDays(delay, traffic, unitsNeeded);
  const curve = delayCurve(delay);
  const isReached = enrolmentDays < Infinity;
  return {
    enrolmentDays,
    attributionDays: 0,
    enrolled: isReached ? unitsBy(traffic, enrolmentDays) : Infinity,
    observedShare: isReached ? observedShare(curve, traffic, enrolmentDays) : curve.largestShare,
  };
}
