import type { EffectPosterior } from "../../bayesian/effect-posterior.ts";
import { type AnyPosteriorComparison, betterSentence } from "../describe-posterior-comparison.ts";
import { percent } from "../figures.ts";
import { capital } from "../labels.ts";
import { effectAxis } from "./effect-axis.ts";
import { forest, type ForestRow } from "./forest.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** The effect by its posterior; of revenue, above it those of its two parts. */
export function chartPosteriorEffects(result: AnyPosteriorComparison): VegaLiteSpec {
  const scale = result.lift.median === null ? "difference" : "lift";
  const axis = effectAxis(scale, result.kind === "beta-binomial-comparison");
  const rowOf = (name: string, { median, highestDensityInterval }: EffectPosterior): ForestRow => ({
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
      : [rowOf("Treatment", result[scale])];
  return forest(
    {
      finding: betterSentence(result),
      detail: `${capital(scale)} by its posterior: median and shortest ${percent(result.confidenceLevel)} interval.`,
    },
    rows,
    axis,
  );
}
