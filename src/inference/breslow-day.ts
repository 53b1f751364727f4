import { expectedCell } from "../numerics/expected-cell.ts";
import { mantelHaenszel, ratioOfSums } from "../models/mantel-haenszel.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { type ChiSquaredTest, chiSquaredTest } from "./chi-squared-test.ts";

/** Whether all strata share one odds ratio: as Breslow and Day have it, and with Tarone's correction. */
export interface BreslowDay {
  readonly breslowDay: ChiSquaredTest;
  readonly tarone: ChiSquaredTest;
}

/**
 * The tests of Breslow and Day (1980) and of Tarone (1985), at the odds ratio of Mantel and Haenszel.
 *
 * Tarone's is right to the first order; the other a little large. Strata where none or all converted say nothing and
 * are left out.
 *
 * @returns null where the common odds ratio is 0 or infinite, or where fewer than two strata are left
 */
export function breslowDay(strata: readonly TwoArms<Proportion>[]): BreslowDay | null {
  const telling = strata.filter(({ control, treatment }) => {
    const converted = control.conversions + treatment.conversions;
    return converted > 0 && converted < control.n + treatment.n;
  });
  if (telling.length < 2) return null;
  const oddsRatio = ratioOfSums(mantelHaenszel(telling).oddsRatio);
  if (oddsRatio === null || oddsRatio === 0 || oddsRatio === Infinity) return null;
  let statistic = 0;
  let excess = 0;
  let totalVariance = 0;
  for (const stratum of telling) {
    const cells = expectedCells(stratum, oddsRatio);
    const variance = 1 / cells.reduce((sum, cell) => sum + 1 / cell, 0);
    const deviation = stratum.treatment.conversions - cells[0]!;
    statistic += (deviation / variance) * deviation;
    excess += deviation;
    totalVariance += variance;
  }
  const degreesOfFreedom = telling.length - 1;
  return {
    breslowDay: chiSquaredTest(statistic, degreesOfFreedom),
    tarone: chiSquaredTest(Math.max(0, statistic - (excess / totalVariance) * excess), degreesOfFreedom),
  };
}

/**
 * The four cells x₂, y₂, x₁, y₁ that a stratum's margins and an odds ratio ψ imply: each the root of a quadratic in
 * itself, so that none is got by subtraction from a margin.
 */
function expectedCells({ control, treatment }: TwoArms<Proportion>, oddsRatio: number): number[] {
  const converted = control.conversions + treatment.conversions;
  const rest = control.n - control.conversions + (treatment.n - treatment.conversions);
  return [
    expectedCell(treatment.n, converted, control.n + treatment.n, oddsRatio),
    expectedCell(treatment.n, rest, control.n + treatment.n, 1 / oddsRatio),
    expectedCell(control.n, converted, control.n + treatment.n, 1 / oddsRatio),
    expectedCell(control.n, rest, control.n + treatment.n, oddsRatio),
  ];
}
