import type { Estimate } from "../core/estimate.ts";
import { macroProportion, microProportion } from "../summaries/joint-counts.ts";
import type { CellScores } from "./cell-covariance.ts";
import { amongConverters, amongOthers } from "./pooled-table.ts";
import { ratioEstimate } from "./ratio-estimate.ts";
import {
  type ArmScores,
  type ArmTables,
  MACRO_EFFECT,
  MICRO_SCORES,
  PLAIN,
  scoreCovariance,
  scoredEstimate,
} from "./scored-estimate.ts";
import { contrastEstimate, rateDifference } from "./share-estimate.ts";

/** The effect on the macro conversion in two parts: through the micro conversion, and past it. They add up. */
export interface Mediation {
  /** Effect on the macro rate, treatment − control. */
  readonly total: Estimate;
  /** Natural indirect effect: what the shift of the micro rate alone brings, at the treatment's shares. */
  readonly indirect: Estimate;
  /** Natural direct effect: what the change does to the macro rate of units whose micro conversion stays. */
  readonly direct: Estimate;
  /** The direct effect at 1 − 2 alpha: a margin outside it is ruled out by two one-sided tests at alpha. */
  readonly directAtEquivalenceLevel: Estimate;
  /** indirect / total, with Fieller's set; may leave [0, 1]. */
  readonly proportionExplained: Estimate;
  /** Total effect over its standard error; null where it has none. */
  readonly zTotal: number | null;
}

/**
 * Standardised to the control (methods of Pearl 2001): indirect = (q₁₁ − q₁₀)(m₁ − m₀) and direct = Σₛ (q₁ₛ − q₀ₛ)
 * P(S = s | control), with q_zs the macro share of arm z among the units with micro conversion s.
 */
export function mediation(tables: ArmTables, alpha: number): Mediation {
  const { control, treatment } = tables;
  const shift = rateDifference(microProportion(control), microProportion(treatment));
  const effect = rateDifference(macroProportion(control), macroProportion(treatment));
  const link = rateDifference(amongOthers(treatment), amongConverters(treatment));
  const scores = linkScores(tables);
  const total = MACRO_EFFECT;
  const indirect: ArmScores = {
    control: combine([[-link, MICRO_SCORES]]),
    treatment: combine([
      [link, MICRO_SCORES],
      [shift, scores],
    ]),
  };
  const direct: ArmScores = {
    control: combine([
      [1, total.control],
      [-1, indirect.control],
    ]),
    treatment: combine([
      [1, total.treatment],
      [-1, indirect.treatment],
    ]),
  };
  const isKnown = Number.isFinite(link);
  const estimate = (value: number | null, own: ArmScores, level: number): Estimate =>
    scoredEstimate(value, value === null ? 0 : scoreCovariance(tables, own, own), PLAIN, RATES, level);
  const directEffect = isKnown ? effect - link * shift : null;
  const totalVariance = scoreCovariance(tables, total, total);
  return {
    total: contrastEstimate(macroProportion(control), macroProportion(treatment), 1 - alpha),
    indirect: estimate(isKnown ? link * shift : null, indirect, 1 - alpha),
    direct: estimate(directEffect, direct, 1 - alpha),
    directAtEquivalenceLevel: estimate(directEffect, direct, 1 - 2 * alpha),
    proportionExplained: ratioEstimate(
      {
        numerator: isKnown ? link * shift : 0,
        numeratorVariance: isKnown ? scoreCovariance(tables, indirect, indirect) : 0,
        denominator: effect,
        denominatorVariance: totalVariance,
        covariance: isKnown ? scoreCovariance(tables, indirect, total) : 0,
      },
      1 - alpha,
    ),
    zTotal: totalVariance > 0 ? effect / Math.sqrt(totalVariance) : null,
  };
}

const RATES = { lower: -1, upper: 1 };

/** How the treatment's q₁₁ − q₁₀ moves with a unit in each cell. */
function linkScores({ treatment }: ArmTables): CellScores {
  const [converters, others] = [amongConverters(treatment), amongOthers(treatment)];
  const n = converters.n + others.n;
  const q1 = converters.conversions / converters.n;
  const q0 = others.conversions / others.n;
  return {
    neither: (q0 * n) / others.n,
    macroOnly: ((q0 - 1) * n) / others.n,
    microOnly: (-q1 * n) / converters.n,
    both: ((1 - q1) * n) / converters.n,
  };
}

function combine(terms: readonly (readonly [number, CellScores])[]): CellScores {
  const at = (cell: keyof CellScores): number =>
    terms.reduce((sum, [factor, scores]) => sum + factor * scores[cell], 0);
  return { neither: at("neither"), macroOnly: at("macroOnly"), microOnly: at("microOnly"), both: at("both") };
}
