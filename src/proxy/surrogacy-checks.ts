import { DomainError } from "../core/domain-error.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Mean } from "../summaries/mean.ts";
import { checkProportion, type Proportion } from "../summaries/proportion.ts";
import { type LikelihoodRatioTest, testOfStrata } from "./likelihood-ratio-of-strata.ts";
import { contrastEstimate } from "./share-estimate.ts";

/** What the experiment's own matured outcomes say of the assumptions behind a surrogate index. */
export interface SurrogacyChecks {
  /** H0: within each cell both arms convert alike (surrogacy). No rejection is no proof. */
  readonly surrogacy: LikelihoodRatioTest;
  /** H0: within each cell the control converts as the past did (comparability). Null for a past of values. */
  readonly comparability: LikelihoodRatioTest | null;
  /** The effect on the macro rate of the units that have matured. */
  readonly maturedEffect: Estimate;
  /** The foretold effect less the matured one. */
  readonly overstatement: number;
}

/** The outcomes by cell, as a caller gives them. */
export interface CellOutcomes {
  readonly control: readonly Proportion[];
  readonly treatment: readonly Proportion[];
}

export function surrogacyChecks(
  outcomes: CellOutcomes,
  history: readonly (Proportion | Mean)[],
  foretold: number,
  confidenceLevel: number,
): SurrogacyChecks {
  const control = checkedCells("outcomes.control", outcomes.control, history.length);
  const treatment = checkedCells("outcomes.treatment", outcomes.treatment, history.length);
  const past = history.flatMap((cell) => ("conversions" in cell ? [cell] : []));
  const maturedEffect = contrastEstimate(total(control), total(treatment), confidenceLevel);
  return {
    surrogacy: testOfStrata(control.map((cell, j) => [cell, treatment[j]!])),
    comparability:
      past.length < history.length ? null : testOfStrata(past.map((cell, j) => [cell, control[j]!])),
    maturedEffect,
    overstatement: foretold - maturedEffect.estimate!,
  };
}

function checkedCells(field: string, cells: readonly Proportion[], expected: number): readonly Proportion[] {
  if (!Array.isArray(cells) || cells.length !== expected) {
    throw new DomainError(field, cells, `must have each of the ${expected} cells of history`);
  }
  cells.forEach((cell: Proportion, j) => checkProportion(`${field}[${j}]`, cell));
  return cells;
}

function total(cells: readonly Proportion[]): Proportion {
  return cells.reduce(
    (sum, cell) => ({ n: sum.n + cell.n, conversions: sum.conversions + cell.conversions }),
    { n: 0, conversions: 0 },
  );
}
