import { bivariateNormalSf } from "../numerics/bivariate-normal.ts";
import { normalPdf, normalSf } from "../numerics/normal.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/** Integrals over effect and estimate where the estimate is significant, in the direction of that significance. */
export interface Selection {
  /** P(significant). */
  readonly probability: number;
  /** E[estimate; significant]. */
  readonly estimate: number;
  /** E[effect; significant]. */
  readonly effect: number;
  /** E[|effect|; significant]. */
  readonly effectSize: number;
  /** P(effect < 0, significant). */
  readonly wrongSign: number;
  /** P(effect = 0, significant). */
  readonly none: number;
}

export const NOTHING_SELECTED: Selection = {
  probability: 0,
  estimate: 0,
  effect: 0,
  effectSize: 0,
  wrongSign: 0,
  none: 0,
};

/**
 * Of an effect that is normal (a point where its standard deviation is 0) and an estimate that is normal around it,
 * where the estimate is above `critical` standard errors (Tallis 1961).
 */
export function significantAbove(
  mean: number,
  standardDeviation: number,
  standardError: number,
  critical: number,
): Selection {
  const total = hypot(standardDeviation, standardError);
  const k = critical * (standardError / total) - mean / total;
  const probability = normalSf(k);
  const density = normalPdf(k);
  const estimate = mean * probability + total * density;
  if (standardDeviation === 0) {
    return {
      probability,
      estimate,
      effect: mean * probability,
      effectSize: Math.abs(mean) * probability,
      wrongSign: mean < 0 ? probability : 0,
      none: mean === 0 ? probability : 0,
    };
  }
  const correlation = standardDeviation / total;
  const rest = standardError / total;
  const effect = mean * probability + standardDeviation * correlation * density;
  const h = mean / standardDeviation;
  const wrongSign = bivariateNormalSf(h, k, -correlation);
  const pull =
    normalPdf(h) * normalSf((k + correlation * h) / rest) -
    correlation * density * normalSf((h + correlation * k) / rest);
  const harm = Math.max(0, standardDeviation * pull - mean * wrongSign);
  return { probability, estimate, effect, effectSize: effect + 2 * harm, wrongSign, none: 0 };
}

/** The weighted sum, over the parts of a mixture or over both directions. */
export function sumOfSelections(
  parts: readonly { readonly weight: number; readonly selection: Selection }[],
): Selection {
  const sum = (name: keyof Selection): number =>
    parts.reduce((total, { weight, selection }) => total + weight * selection[name], 0);
  return {
    probability: sum("probability"),
    estimate: sum("estimate"),
    effect: sum("effect"),
    effectSize: sum("effectSize"),
    wrongSign: sum("wrongSign"),
    none: sum("none"),
  };
}
