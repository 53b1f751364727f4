import { compareProportions } from "../../../src/inference/compare-proportions.ts";
import { type ChartableResult, hasChart } from "../../../src/report/to-vega-lite.ts";
import { samples } from "../samples.ts";

const comparisons = Object.entries(samples).filter(
  (entry): entry is [string, ChartableResult] => hasChart(entry[1]) && entry[0] === entry[1].kind,
);

export const effectChartSamples: Readonly<Record<string, ChartableResult>> = {
  ...Object.fromEntries(comparisons),
  "proportion-comparison without an upper limit": compareProportions({
    control: { n: 500, conversions: 0 },
    treatment: { n: 500, conversions: 9 },
  }),
  "proportion-comparison without conversions": compareProportions({
    control: { n: 500, conversions: 0 },
    treatment: { n: 500, conversions: 0 },
  }),
};
