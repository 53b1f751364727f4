import type { Estimate } from "../core/estimate.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { type JointCounts, jointN } from "../summaries/joint-counts.ts";
import { cellCovariance, type CellScores } from "./cell-covariance.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { tanh } from "../numerics/elementary/hyperbolic.ts";
import { atanh } from "../numerics/elementary/inverse-hyperbolic.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** The two arms of an experiment, pooled or apart. */
export interface ArmTables {
  readonly control: JointCounts;
  readonly treatment: JointCounts;
}

/** Scores of the units of each arm: an estimate moves by the mean of these when the tables do. */
export interface ArmScores {
  readonly control: CellScores;
  readonly treatment: CellScores;
}

/** The same score wherever a unit is, each arm weighing by its units: for a measure of the pooled table. */
export function pooledScores({ control, treatment }: ArmTables, scores: CellScores): ArmScores {
  const [a, b] = [jointN(control), jointN(treatment)];
  return { control: scaled(scores, a / (a + b)), treatment: scaled(scores, b / (a + b)) };
}

/** 1 for the units with a micro conversion, and for those with a macro one. */
export const MICRO_SCORES: CellScores = { neither: 0, macroOnly: 0, microOnly: 1, both: 1 };
const MACRO_SCORES: CellScores = { neither: 0, macroOnly: 1, microOnly: 0, both: 1 };

/** The scores behind the effects on the two rates, treatment − control. */
export const MICRO_EFFECT: ArmScores = { control: scaled(MICRO_SCORES, -1), treatment: MICRO_SCORES };
export const MACRO_EFFECT: ArmScores = { control: scaled(MACRO_SCORES, -1), treatment: MACRO_SCORES };

/** Sampling covariance of two estimates by their scores. */
export function scoreCovariance(tables: ArmTables, first: ArmScores, second: ArmScores): number {
  return (
    cellCovariance(tables.control, first.control, second.control) +
    cellCovariance(tables.treatment, first.treatment, second.treatment)
  );
}

/** A scale on which an estimate is more nearly normal: there and back, and the derivative there. */
export interface EstimateScale {
  readonly to: (value: number) => number;
  readonly from: (value: number) => number;
  readonly slope: (value: number) => number;
}

export const PLAIN: EstimateScale = { to: (x) => x, from: (x) => x, slope: () => 1 };
/** For correlations and differences of rates, in (−1, 1). */
export const FISHER: EstimateScale = {
  to: atanh,
  from: tanh,
  slope: (x) => 1 / ((1 - x) * (1 + x)),
};
/** For 1 − ratio, below 1. */
export const LOG_COMPLEMENT: EstimateScale = {
  to: (x) => -log1p(-x),
  from: (x) => -expm1(-x),
  slope: (x) => 1 / (1 - x),
};

/** The ends of what an estimate can be. */
export interface EstimateRange {
  readonly lower: number;
  readonly upper: number;
}

/**
 * An estimate with its delta-method error and an interval that is symmetric on a scale; undetermined where the tables
 * leave no value, and with the whole range as its interval where they leave it no error.
 */
export function scoredEstimate(
  value: number | null,
  variance: number,
  scale: EstimateScale,
  range: EstimateRange,
  confidenceLevel: number,
): Estimate {
  const common = { confidenceLevel, method: "delta", dualToTest: false, excluded: null };
  const slope = value === null ? Infinity : scale.slope(value);
  // Without a variance the delta method knows nothing of what else could have been.
  if (value === null || !(variance > 0 && slope < Infinity)) {
    return makeEstimate(value, null, { ...range, ...common }, "two-sided");
  }
  const standardError = Math.sqrt(variance);
  const centre = scale.to(value);
  const reach = normalUpperQuantile((1 - confidenceLevel) / 2) * slope * standardError;
  return makeEstimate(
    value,
    standardError,
    { lower: scale.from(centre - reach), upper: scale.from(centre + reach), ...common },
    "two-sided",
  );
}

function scaled(scores: CellScores, factor: number): CellScores {
  return {
    neither: factor * scores.neither,
    macroOnly: factor * scores.macroOnly,
    microOnly: factor * scores.microOnly,
    both: factor * scores.both,
  };
}
