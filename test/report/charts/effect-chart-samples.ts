import { compareBetaBinomial } from "../../../src/bayesian/compare-beta-binomial.ts";
import { compareNormal } from "../../../src/bayesian/compare-normal.ts";
import { compareAllPairs } from "../../../src/inference/compare-all-pairs.ts";
import { compareProportions } from "../../../src/inference/compare-proportions.ts";
import { compareStratified } from "../../../src/inference/compare-stratified.ts";
import type { ChartableResult } from "../../../src/report/to-vega-lite.ts";
import { samples } from "../samples.ts";

/** Samples of the reports whose charts show effects. */
const REPORTED = [
  "arms-comparison",
  "arms-comparison Dunnett",
  "beta-binomial-comparison",
  "beta-binomial-comparison chosen",
  "beta-binomial-comparison without data",
  "cluster-comparison",
  "count-comparison",
  "covariate-comparison",
  "day-analysis",
  "day-analysis by entry",
  "day-analysis of means",
  "day-analysis that levels off",
  "dirichlet-multinomial-comparison",
  "dirichlet-multinomial-comparison unordered",
  "effect-prior-comparison",
  "equivalence-test",
  "experiment-readout",
  "experiment-readout blocked",
  "experiment-readout of every kind",
  "experiment-readout running",
  "experiment-readout two treatments",
  "funnel-analysis",
  "funnel-analysis nobody bought",
  "funnel-analysis without an effect",
  "gamma-poisson-comparison",
  "mean-comparison",
  "mean-comparison set that is no interval",
  "non-inferiority-test",
  "non-inferiority-test not shown",
  "normal-comparison",
  "pairs-comparison",
  "probability-best",
  "proportion-comparison",
  "proportion-comparison one-sided",
  "proportion-comparison undetermined",
  "quantile-comparison",
  "ratio-comparison",
  "revenue-comparison",
  "segment-analysis",
  "segment-analysis of means",
  "segment-analysis that differs",
  "shrunken-effect",
  "shrunken-effects",
  "stratified-comparison",
  "superiority-test",
  "triggered-comparison",
];

const strata = Array.from({ length: 60 }, (_, k) => ({
  name: `NAME, the ${k + 1}th of sixty strata`,
  control: { n: 4000 + 90 * k, conversions: 150 + 5 * k },
  treatment: { n: 4000 + 90 * k, conversions: 165 + 5 * k + ((k * 7) % 20) },
}));

export const effectChartSamples: Readonly<Record<string, ChartableResult>> = {
  ...Object.fromEntries(REPORTED.map((name) => [name, samples[name] as ChartableResult])),
  "beta-binomial-comparison with a prior": compareBetaBinomial({
    control: { n: 500, conversions: 20 },
    treatment: { n: 500, conversions: 29 },
    prior: { alpha: 50, beta: 950 },
  }),
  "beta-binomial-comparison of a billion": compareBetaBinomial({
    control: { n: 1e9, conversions: 2e7 },
    treatment: { n: 1e9, conversions: 2.4e7 },
  }),
  "normal-comparison about zero": compareNormal({
    control: { n: 10, mean: 0.2, variance: 16.8 },
    treatment: { n: 12, mean: -0.6, variance: 17.4 },
  }),
  "proportion-comparison without an upper limit": compareProportions({
    control: { n: 500, conversions: 0 },
    treatment: { n: 500, conversions: 9 },
  }),
  "proportion-comparison without conversions": compareProportions({
    control: { n: 500, conversions: 0 },
    treatment: { n: 500, conversions: 0 },
  }),
  "stratified-comparison of many": compareStratified({ strata }),
  // One interval that would flatten all others, and one that is out of the picture.
  "stratified-comparison far out": compareStratified({
    strata: [
      ...strata.slice(0, 5),
      { name: "tiny", control: { n: 40, conversions: 2 }, treatment: { n: 40, conversions: 4 } },
      { name: "lucky", control: { n: 4000, conversions: 3 }, treatment: { n: 4000, conversions: 90 } },
    ],
  }),
  "pairs-comparison with long names": compareAllPairs({
    arms: ["NAME", "the same button in another colour", "短い名前の新しいボタンを大きく表示する"].map(
      (name, k) => ({
        name,
        n: 900,
        conversions: 50 + 20 * k,
      }),
    ),
  }),
};
