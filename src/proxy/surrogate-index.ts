import { checkCount, checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Estimate } from "../core/estimate.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { normalLogPValue, normalPValue } from "../inference/normal-p-value.ts";
import { dot } from "../numerics/matrix.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { checkMean, type Mean } from "../summaries/mean.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";
import { checkEffectSize, checkMagnitudeOrZero } from "./check-magnitude.ts";
import { type CellOutcomes, type SurrogacyChecks, surrogacyChecks } from "./surrogacy-checks.ts";
import { type SurrogateResilience, surrogateResilience } from "./surrogate-resilience.ts";

export interface SurrogateIndexInput {
  /**
   * Past units in each cell of the surrogate, with their macro outcome: conversions, or mean and variance of a value.
   * Several micro conversions make the cells of their cross table.
   */
  readonly history: readonly (Proportion | Mean)[];
  /** Units of the experiment's arms in each cell, in the same order. */
  readonly control: readonly number[];
  readonly treatment: readonly number[];
  /** The experiment's own macro conversions in each cell, of the units that have matured: what the index can be held against. */
  readonly outcomes?: CellOutcomes | undefined;
  /** Coverage of the intervals, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** The effect on the macro metric that the surrogates foretell. */
export interface SurrogateIndex extends Result<"surrogate-index"> {
  readonly method: "surrogate-index";
  /** Difference of the two arms' mean index, treatment − control, on the scale of the macro outcome. */
  readonly effect: Estimate;
  readonly pValue: number | null;
  readonly logPValue: number | null;
  /** Expected macro outcome in each cell, from the past. */
  readonly index: readonly number[];
  /** Where the effect's variance comes from: the units of this experiment, and the past that the index was taken from. */
  readonly variance: { readonly within: number; readonly bridge: number };
  readonly resilience: SurrogateResilience;
  /** Null without outcomes. */
  readonly checks: SurrogacyChecks | null;
}

/** With fewer past conversions in a cell its share of the bridge is no longer near normal. */
const FEW = 5;

/**
 * The effect on a macro outcome that has yet to come, foretold from surrogates: each unit counts as what past units
 * with the same surrogates came to.
 *
 * Right under surrogacy (the change reaches the outcome through these surrogates alone) and comparability (units with
 * the same surrogates come to the same as they did in the past). Neither is shown by the data that the index is made
 * of: give `outcomes` as soon as some units have matured, and learn across experiments.
 *
 * H0: both arms have the same expected index; H1: they differ.
 *
 * @param input - the past by cell, the experiment's units by cell, and what is known of their outcomes
 * @returns the effect with its interval, its variance in two parts, and how far the past may be off before the sign is
 * @throws {DomainError} for cells that do not match, broken counts, a cell without a past, or an empty arm
 * @example
 * ```ts
 * import { surrogateIndex } from "microlift";
 * const { effect } = surrogateIndex({
 *   history: [
 *     { n: 90_000, conversions: 450 },
 *     { n: 8_000, conversions: 480 },
 *     { n: 2_000, conversions: 500 },
 *   ],
 *   control: [18_000, 1_600, 400],
 *   treatment: [17_700, 1_800, 500],
 * });
 * effect.estimate; // 0.001775
 * effect.standardError; // 0.00039162821176468
 * ```
 * Source: Athey, Chetty, Imbens and Kang (2019); the variance of the bridge by the delta method.
 */
export function surrogateIndex(input: SurrogateIndexInput): SurrogateIndex {
  checkObject("input", input);
  const { history, control, treatment, outcomes, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkOpenUnit("confidenceLevel", confidenceLevel);
  checkHistory(history);
  const arms = {
    control: cellShares("control", control, history.length),
    treatment: cellShares("treatment", treatment, history.length),
  };
  const index = history.map((cell) => ("conversions" in cell ? cell.conversions / cell.n : cell.mean));
  const pull = arms.treatment.shares.map((share, j) => share - arms.control.shares[j]!);
  const estimate = dot(index, pull);
  const variance = {
    within: withinVariance(arms.control, index) + withinVariance(arms.treatment, index),
    bridge: pull.reduce((sum, shift, j) => sum + shift ** 2 * errorSquared(history[j]!), 0),
  };
  const standardError = Math.sqrt(variance.within + variance.bridge);
  const z = standardError > 0 ? estimate / standardError : null;
  const reach = normalUpperQuantile((1 - confidenceLevel) / 2) * standardError;
  return {
    kind: "surrogate-index",
    method: "surrogate-index",
    effect: makeEstimate(
      estimate,
      standardError,
      {
        lower: z === null ? -Infinity : estimate - reach,
        upper: z === null ? Infinity : estimate + reach,
        confidenceLevel,
        method: "normal",
        dualToTest: z !== null,
        excluded: null,
      },
      "two-sided",
    ),
    pValue: z === null ? null : normalPValue(z, "two-sided"),
    logPValue: z === null ? null : normalLogPValue(z, "two-sided"),
    index,
    variance,
    resilience: surrogateResilience(index, arms.control.shares, arms.treatment.shares, confidenceLevel),
    checks: outcomes === undefined ? null : surrogacyChecks(outcomes, history, estimate, confidenceLevel),
    warnings: warnings(history, z),
    assumptions: [
      "Surrogacy: the change reaches the macro outcome through these surrogates alone.",
      "Comparability: units with the same surrogates come to the same as they did in the past.",
    ],
  };
}

function checkHistory(history: SurrogateIndexInput["history"]): void {
  if (!Array.isArray(history) || history.length < 2) {
    throw new DomainError("history", history, "must be a list of two cells or more");
  }
  history.forEach((cell: Proportion | Mean, j) => {
    checkObject(`history[${j}]`, cell);
    if ("conversions" in cell) checkProportion(`history[${j}]`, cell);
    else checkValues(`history[${j}]`, cell);
  });
}

function checkValues(field: string, cell: Mean): void {
  checkMean(field, cell);
  checkEffectSize(`${field}.mean`, cell.mean);
  checkMagnitudeOrZero(`${field}.variance`, cell.variance);
}

interface CellShares {
  readonly n: number;
  readonly shares: readonly number[];
}

function cellShares(field: string, counts: readonly number[], cells: number): CellShares {
  if (!Array.isArray(counts) || counts.length !== cells) {
    throw new DomainError(field, counts, `must count the units of each of the ${cells} cells of history`);
  }
  counts.forEach((count: number, j) => checkCount(`${field}[${j}]`, count));
  const n = counts.reduce((sum: number, count: number) => sum + count, 0);
  checkCount(`${field} (its total)`, n, 1);
  return { n, shares: counts.map((count: number) => count / n) };
}

/** Variance of one arm's mean index, about that mean. */
function withinVariance({ n, shares }: CellShares, index: readonly number[]): number {
  const mean = dot(shares, index);
  return shares.reduce((sum, share, j) => sum + share * (index[j]! - mean) ** 2, 0) / n;
}

/** Squared standard error of a cell's past mean. */
function errorSquared(cell: Proportion | Mean): number {
  if (!("conversions" in cell)) return cell.variance / cell.n;
  return ((cell.conversions / cell.n) * ((cell.n - cell.conversions) / cell.n)) / cell.n;
}

function warnings(history: SurrogateIndexInput["history"], z: number | null): Warning[] {
  const found: Warning[] = [];
  const weak = history.flatMap((cell, j) =>
    "conversions" in cell && Math.min(cell.conversions, cell.n - cell.conversions) < FEW ? [j + 1] : [],
  );
  if (weak.length > 0) {
    found.push({
      code: "FEW_PAST_CONVERSIONS",
      message: `Fewer than ${FEW} past units with or without a conversion in cell ${weak.join(", ")}: what such units come to is hardly known.`,
    });
  }
  if (z === null) {
    found.push({
      code: "NO_VARIATION",
      message: "The index does not vary: this says nothing of the change.",
    });
  }
  return found;
}
