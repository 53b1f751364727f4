import { sumOf } from "../numerics/sum.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { crossProduct } from "./proportion-effects.ts";

/** What strata of two proportions say together, by the weights of Mantel and Haenszel (1959). */
export interface MantelHaenszel {
  /** Conversions of the treatment beyond those expected under equal rates, summed over the strata. */
  readonly excess: number;
  /** Variance of the excess, given the margins of each stratum. */
  readonly excessVariance: number;
  /** n₁n₂/N of each stratum: its weight in the difference. */
  readonly weights: readonly number[];
  readonly difference: number;
  /** By Sato, Greenland and Robins (1989), right for few large and for many small strata. */
  readonly differenceError: number;
  readonly ratio: RatioOfSums;
  readonly oddsRatio: RatioOfSums;
}

/** A ratio of two sums over strata, with the standard error of its log; Infinity where a sum is 0. */
export interface RatioOfSums {
  readonly above: number;
  readonly below: number;
  readonly logError: number;
}

/** Pools strata whose arms all have units. */
export function mantelHaenszel(strata: readonly TwoArms<Proportion>[]): MantelHaenszel {
  const weights = strata.map(({ control, treatment }) => {
    return (control.n / (control.n + treatment.n)) * treatment.n;
  });
  const totalWeight = sumOf(weights);
  const excesses = strata.map(({ control, treatment }) => {
    return crossProduct(control, treatment) / (control.n + treatment.n);
  });
  const excess = sumOf(excesses);
  const difference = excess / totalWeight;
  return {
    excess,
    excessVariance: sumOf(strata.map(hypergeometricVariance)),
    weights,
    difference,
    differenceError: differenceError(strata, difference, totalWeight),
    ratio: riskRatio(strata),
    oddsRatio: commonOddsRatio(strata),
  };
}

/** The ratio itself; Infinity over 0, and null for 0 over 0. */
export function ratioOfSums({ above, below }: RatioOfSums): number | null {
  return above === 0 && below === 0 ? null : above / below;
}

/** Variance of the treatment's conversions given all margins. */
export function hypergeometricVariance({ control, treatment }: TwoArms<Proportion>): number {
  const total = control.n + treatment.n;
  const converted = control.conversions + treatment.conversions;
  return (control.n / total) * (treatment.n / total) * converted * ((total - converted) / (total - 1));
}

function differenceError(
  strata: readonly TwoArms<Proportion>[],
  difference: number,
  totalWeight: number,
): number {
  const variance = sumOf(
    strata.map(({ control, treatment }) => {
      const total = control.n + treatment.n;
      const weight = (control.n / total) * treatment.n;
      const p1 = control.conversions / control.n;
      const q1 = (control.n - control.conversions) / control.n;
      const p2 = treatment.conversions / treatment.n;
      const q2 = (treatment.n - treatment.conversions) / treatment.n;
      const lean = (control.n / total) * (q2 - p2) - (treatment.n / total) * (q1 - p1);
      return 0.5 * weight * (p1 * q2 + p2 * q1 + difference * lean);
    }),
  );
  // 0 where no arm varies, but for rounding.
  return Math.sqrt(Math.max(0, variance)) / totalWeight;
}

/** Greenland and Robins (1985), equation 13. */
function riskRatio(strata: readonly TwoArms<Proportion>[]): RatioOfSums {
  const terms = strata.map(({ control, treatment }) => {
    const total = control.n + treatment.n;
    const shareOfControl = control.n / total;
    const shareOfTreatment = treatment.n / total;
    const converted = treatment.conversions * shareOfControl;
    const expected = control.conversions * shareOfTreatment;
    return {
      above: converted,
      below: expected,
      // (mn₁n₂ − x₁x₂N) / N² with m = x₁ + x₂, as two terms that cannot cancel.
      variance:
        shareOfTreatment * treatment.conversions * ((control.n - control.conversions) / total) +
        shareOfControl * control.conversions * ((treatment.n - treatment.conversions) / total),
    };
  });
  const above = sumOf(terms.map((term) => term.above));
  const below = sumOf(terms.map((term) => term.below));
  const variance = sumOf(terms.map((term) => term.variance));
  return {
    above,
    below,
    logError: above > 0 && below > 0 ? Math.sqrt(variance / above / below) : Infinity,
  };
}

/** Robins, Breslow and Greenland (1986). */
function commonOddsRatio(strata: readonly TwoArms<Proportion>[]): RatioOfSums {
  const terms = strata.map(({ control, treatment }) => {
    const total = control.n + treatment.n;
    const y1 = control.n - control.conversions;
    const y2 = treatment.n - treatment.conversions;
    return {
      above: (treatment.conversions / total) * y1,
      below: (control.conversions / total) * y2,
      concordant: (treatment.conversions + y1) / total,
      discordant: (control.conversions + y2) / total,
    };
  });
  const above = sumOf(terms.map((term) => term.above));
  const below = sumOf(terms.map((term) => term.below));
  if (above === 0 || below === 0) return { above, below, logError: Infinity };
  const variance = sumOf(
    terms.map(({ concordant, discordant, ...term }) => {
      const shareAbove = term.above / above;
      const shareBelow = term.below / below;
      return (
        concordant * (shareAbove / above + shareBelow / above) +
        discordant * (shareAbove / below + shareBelow / below)
      );
    }),
  );
  return { above, below, logError: Math.sqrt(0.5 * variance) };
}
