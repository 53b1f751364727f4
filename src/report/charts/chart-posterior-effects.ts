import type { RevenueComparison } from "../../bayesian/compare-revenue.ts";
import type { EffectPriorComparison } from "../../bayesian/compare-with-effect-prior.ts";
import type { KnownEffectPosterior } from "../../bayesian/effect-posterior.ts";
import { betterSentence } from "../describe-posterior-comparison.ts";
import { percent } from "../figures.ts";
import { effectAxis } from "./effect-axis.ts";
import { forest, type ForestRow, forestInWords } from "./forest.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** The lift by its posterior; of revenue, above it those of its two parts. */
export function chartPosteriorEffects(result: RevenueComparison | EffectPriorComparison): VegaLiteSpec {
  const axis = effectAxis("lift", true);
  const rowOf = (name: string, { median, highestDensityInterval }: KnownEffectPosterior): ForestRow => ({
    name,
    effect: { estimate: median, interval: highestDensityInterval },
  });
  const rows: ForestRow[] =
    result.kind === "revenue-comparison"
      ? [
          rowOf("Conversion rate", result.parts.conversionRate.lift),
          rowOf("Value of a conversion", result.parts.value.lift),
          { ...rowOf("Revenue per unit", result.lift), shape: "whole" },
        ]
      : [rowOf("Conversion rate", result.lift)];
  return forest(
    {
      finding: betterSentence(result),
      detail: `Lift by its posterior: median and shortest ${percent(result.confidenceLevel)} interval.`,
      description: forestInWords(rows, axis),
    },
    rows,
    axis,
  );
}
