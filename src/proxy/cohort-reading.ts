import { DomainError } from "../core/domain-error.ts";
import type { ConversionDelay } from "../models/conversion-delay.ts";
import { delayCurve } from "../models/delay-curve.ts";
import { observedShare } from "../models/observed-share.ts";
import type { EffectScale } from "./effect-covariance.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/** How the sales of a cohort are read at one age. */
export interface CohortReading {
  /** Which entry of the cohort's `macro` counts; null while its sales are not read at all. */
  readonly count: number | null;
  /** Share of the cohort's eventual sales in that count, in (0, 1] where it is read. */
  readonly share: number;
  /**
   * Variance of one unit's sale that its micro conversion does not tell, in parts of the macro variance: 1 − r² once
   * all is known, more while sales are still to come, Infinity while none is read.
   */
  readonly restVariance: number;
}

/**
 * How cohorts are read by their age in whole days, from 0 at the end of the day on which they entered: mature ones only,
 * or all of them along the curve of their delay.
 *
 * A sale that is seen with chance g, over g, has the variance of a sale plus c (1/g − 1), and still the covariance
 * q − m c with the micro conversion: over the macro variance c (1 − c) that adds (1/g − 1) / (1 − c).
 */
export function cohortReadings(
  delay: ConversionDelay,
  ages: number,
  sampling: UnitCovariance,
  scale: EffectScale,
): CohortReading[] {
  const known = (1 - sampling.correlation) * (1 + sampling.correlation);
  if ("attributionDays" in delay) {
    const matureAge = Math.ceil(delay.attributionDays);
    const mature: CohortReading = { count: matureAge, share: 1, restVariance: known };
    return Array.from({ length: ages }, (_, age) => (age < matureAge ? UNREAD : mature));
  }
  const curve = delayCurve(delay);
  const rare = nonBuyers(sampling.macro, scale);
  return Array.from({ length: ages }, (_, age) => {
    // Units enter evenly within their day.
    const share = observedShare(curve, { unitsPerDay: 1 }, age + 1, 1);
    return share > 0 ? { count: age, share, restVariance: known + (1 / share - 1) / rare } : UNREAD;
  });
}

const UNREAD: CohortReading = { count: null, share: 0, restVariance: Infinity };

/** 1 − c, from the variance of two arms at the rate c: 2 c (1 − c), or 2 (1 − c) / c on the log-lift scale. */
function nonBuyers(unitVariance: number, scale: EffectScale): number {
  if (scale === "log-lift") return unitVariance / (2 + unitVariance);
  if (unitVariance > 1 / 2) {
    throw new DomainError(
      "sampling.macro",
      unitVariance,
      "must be at most 0.5, twice the variance of a rate",
    );
  }
  return 0.5 * (1 + Math.sqrt(1 - 2 * unitVariance));
}
