import type { CohortReading } from "./cohort-reading.ts";
import type { EffectScale } from "./effect-covariance.ts";
import type { CohortArm, ExposureDay } from "./exposure-day.ts";
import { rateEffect } from "./rate-effect.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/** The effects that a look shows. */
export interface CohortEffects {
  readonly proxyEffect: number;
  /** On the sales read so far; null while they give none on this scale. */
  readonly macroEffect: number | null;
  /** The same, corrected for how the cohorts read differ from all on the micro conversion. */
  readonly correctedMacroEffect: number | null;
}

/**
 * Estimates both effects at the end of a day. The correction β (ŝ_all − ŝ_read), with β the regression of sales on the
 * micro conversion among users of one arm, has mean 0 whatever the change does: it takes chance out, and no effect.
 *
 * @returns null where a count is missing, or an arm has no micro conversion on the log-lift scale
 */
export function cohortEffects(
  days: readonly ExposureDay[],
  day: number,
  readings: readonly CohortReading[],
  sampling: UnitCovariance,
  scale: EffectScale,
): CohortEffects | null {
  const entered = days.slice(0, day);
  const readingOf = (i: number): CohortReading => readings[day - 1 - i]!;
  if (!entered.every((cohort, i) => isKnown(cohort, readingOf(i)))) return null;
  const [control, treatment] = (["control", "treatment"] as const).map((arm) => {
    const sums = { n: 0, micro: 0, nRead: 0, microRead: 0, macroRead: 0 };
    entered.forEach((cohort, i) => {
      const { n, micro, macro } = cohort[arm];
      const { count, share, restVariance } = readingOf(i);
      sums.n += n;
      sums.micro += micro!;
      if (count === null) return;
      sums.nRead += n / restVariance;
      sums.microRead += micro! / restVariance;
      sums.macroRead += macro![count]! / share / restVariance;
    });
    return sums;
  }) as [ArmSums, ArmSums];
  const effect = (n: "n" | "nRead", conversions: "micro" | "microRead" | "macroRead"): number =>
    rateEffect(
      { n: control[n], conversions: control[conversions] },
      { n: treatment[n], conversions: treatment[conversions] },
      scale,
    );
  const proxyEffect = effect("n", "micro");
  if (!Number.isFinite(proxyEffect)) return null;
  const macroEffect = effect("nRead", "macroRead");
  const slope = sampling.correlation * Math.sqrt(sampling.macro / sampling.proxy);
  const corrected = macroEffect + slope * (proxyEffect - effect("nRead", "microRead"));
  return Number.isFinite(corrected)
    ? { proxyEffect, macroEffect, correctedMacroEffect: corrected }
    : { proxyEffect, macroEffect: null, correctedMacroEffect: null };
}

interface ArmSums {
  readonly n: number;
  readonly micro: number;
  readonly nRead: number;
  readonly microRead: number;
  readonly macroRead: number;
}

/** Whether all that is read of a cohort was counted. */
function isKnown({ control, treatment }: ExposureDay, { count }: CohortReading): boolean {
  const arm = ({ micro, macro }: CohortArm): boolean =>
    micro !== undefined && (count === null || macro?.[count] !== undefined);
  return arm(control) && arm(treatment);
}
