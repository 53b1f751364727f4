import type { BetaBinomialComparison } from "../../bayesian/compare-beta-binomial.ts";
import type { DirichletMultinomialComparison } from "../../bayesian/compare-dirichlet-multinomial.ts";
import { dirichletFinding } from "../describe-several-posteriors.ts";
import { percent } from "../figures.ts";
import { effectAxis } from "./effect-axis.ts";
import { firstRows, forest, type ForestLine } from "./forest.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** Lifts of the shares of categories, or of how far units come in a funnel, by their posteriors. */
export function chartDirichlet(result: DirichletMultinomialComparison): VegaLiteSpec {
  const axis = effectAxis("lift", true);
  const { steps, categories } = result;
  const isFunnel = steps.length > 0;
  const rowOf = (name: string, { lift }: BetaBinomialComparison): ForestLine => ({ name, effect: lift });
  const [lines, leftOut] = firstRows<ForestLine>(
    isFunnel
      ? [
          { heading: "Come this far, of all:" },
          ...steps.map(({ name, reach }) => rowOf(name, reach)),
          { heading: "Of the step before:" },
          ...steps.map(({ name, continuation }) => rowOf(name, continuation)),
        ]
      : categories.map(({ name, share }) => rowOf(name, share)),
  );
  return forest(
    {
      finding: dirichletFinding(result),
      detail: `Lift of each ${isFunnel ? "rate" : "share"} by its posterior, with ${percent(result.confidenceLevel)} intervals.${leftOut}`,
    },
    lines,
    axis,
  );
}
