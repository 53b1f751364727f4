import type { ChartableResult } from "../../../src/report/to-vega-lite.ts";
import { effectChartSamples } from "./effect-chart-samples.ts";
import { proxyChartSamples } from "./proxy-chart-samples.ts";
import { timeChartSamples } from "./time-chart-samples.ts";

/** A result of each kind that has a chart, and further ones whose charts look different. */
export const chartSamples: Readonly<Record<string, ChartableResult>> = {
  ...effectChartSamples,
  ...proxyChartSamples,
  ...timeChartSamples,
};
