import type { DirichletMultinomialComparison } from "../bayesian/compare-dirichlet-multinomial.ts";
import type { ShrunkenEffect } from "../bayesian/shrink-effect.ts";
import type { ShrunkenEffects } from "../bayesian/shrink-effects.ts";
import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { ExperimentReadout } from "../experiment/analyze-experiment.ts";
import type { SegmentAnalysis } from "../experiment/segment-analysis.ts";
import type { PairsComparison } from "../inference/compare-all-pairs.ts";
import type { ArmsComparison } from "../inference/compare-arms.ts";
import type { AnyResult } from "./any-result.ts";
import { chartArms } from "./charts/chart-arms.ts";
import { chartComparison } from "./charts/chart-comparison.ts";
import { chartDirichlet } from "./charts/chart-dirichlet.ts";
import { chartMarginTest } from "./charts/chart-margin-test.ts";
import { chartReadout } from "./charts/chart-readout.ts";
import { chartSegments } from "./charts/chart-segments.ts";
import { chartShrunkenEffects } from "./charts/chart-shrunken-effects.ts";
import type { VegaLiteSpec } from "./charts/vega-lite-spec.ts";
import type { AnyComparison } from "./comparison-reading.ts";
import type { MarginResult } from "./describe-margin-tests.ts";

/** Every result that has a chart. */
export type ChartableResult =
  | AnyComparison
  | ArmsComparison
  | DirichletMultinomialComparison
  | ExperimentReadout
  | MarginResult
  | PairsComparison
  | SegmentAnalysis
  | ShrunkenEffect
  | ShrunkenEffects;

/** How each kind is drawn. */
const CHARTS: { readonly [Kind in ChartableResult["kind"]]: (result: never) => VegaLiteSpec } = {
  "arms-comparison": chartArms,
  "cluster-comparison": chartComparison,
  "count-comparison": chartComparison,
  "covariate-comparison": chartComparison,
  "dirichlet-multinomial-comparison": chartDirichlet,
  "equivalence-test": chartMarginTest,
  "experiment-readout": chartReadout,
  "mean-comparison": chartComparison,
  "non-inferiority-test": chartMarginTest,
  "pairs-comparison": chartArms,
  "proportion-comparison": chartComparison,
  "quantile-comparison": chartComparison,
  "ratio-comparison": chartComparison,
  "segment-analysis": chartSegments,
  "shrunken-effect": chartShrunkenEffects,
  "shrunken-effects": chartShrunkenEffects,
  "stratified-comparison": chartComparison,
  "superiority-test": chartMarginTest,
  "triggered-comparison": chartComparison,
};

/**
 * Whether a result has a chart.
 *
 * @param result - any result of this library
 * @returns true for the kinds that `toVegaLite` draws
 * @throws {DomainError} for what is no object
 * @example
 * ```ts
 * import { durationDays, hasChart } from "microlift";
 * hasChart(durationDays({ n: 80682, totalUnitsPerDay: 4000 })); // false
 * ```
 */
export function hasChart(result: AnyResult): result is ChartableResult {
  checkObject("result", result);
  return Object.hasOwn(CHARTS, result.kind);
}

/**
 * A result as a chart: Vega-Lite JSON with a title that says the finding and with alternative text, readable in grey.
 *
 * @param result - a result of a kind that has a chart; `hasChart` tells
 * @returns a Vega-Lite specification with its data inside, for any Vega-Lite renderer
 * @throws {DomainError} for a result of a kind that has no chart
 * @example
 * ```ts
 * import { compareProportions, toVegaLite } from "microlift";
 * const control = { n: 21306, conversions: 122 };
 * const chart = toVegaLite(compareProportions({ control, treatment: { n: 21307, conversions: 267 } }));
 * chart.title.text[0]; // "The treatment is higher: 1.25 % in the treatment against 0.573 % in"
 * ```
 */
export function toVegaLite(result: ChartableResult): VegaLiteSpec {
  if (!hasChart(result)) {
    throw new DomainError(
      "result.kind",
      (result as { readonly kind: unknown }).kind,
      `must be a kind that has a chart: ${Object.keys(CHARTS).join(", ")}`,
    );
  }
  return CHARTS[result.kind](result as never);
}
