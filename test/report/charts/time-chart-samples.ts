import { type ChartableResult, hasChart } from "../../../src/report/to-vega-lite.ts";
import { planningSamples } from "../planning-samples.ts";
import { sequentialSamples } from "../sequential-samples.ts";
import { WATCHED_LOOKS } from "../watched-readouts.ts";

/** Everything of planning and of watched tests that has a chart. */
export const timeChartSamples: Readonly<Record<string, ChartableResult>> = Object.fromEntries(
  Object.entries({ ...planningSamples, ...sequentialSamples, ...WATCHED_LOOKS }).filter(
    (entry): entry is [string, ChartableResult] => hasChart(entry[1]),
  ),
);
