import { type ChartableResult, hasChart } from "../../../src/report/to-vega-lite.ts";
import { planExperiment } from "../../../src/experiment/plan-experiment.ts";
import { durationTable } from "../../../src/planning/duration-table.ts";
import { powerCurveByDay } from "../../../src/planning/power-curve-by-day.ts";
import { analyzeGroupSequential } from "../../../src/sequential/analyze-group-sequential.ts";
import { groupSequentialDesign } from "../../../src/sequential/group-sequential-design.ts";
import { planningSamples } from "../planning-samples.ts";
import { sequentialSamples } from "../sequential-samples.ts";
import { WATCHED_LOOKS } from "../watched-readouts.ts";

const TRAFFIC = { totalUnitsPerDay: 4000 } as const;
const MACRO = { name: "NAME order", role: "macro", kind: "proportion", baseline: 0.02, lift: 0.1 } as const;
const PROXY = { name: "add to cart", role: "proxy", kind: "proportion", baseline: 0.1, lift: 0.1 } as const;
const PLAN = { name: "Green button", control: "grey", treatments: ["green"], ...TRAFFIC } as const;

/** Plans whose pictures differ: read once, at planned looks, at any time, and without an end in sight. */
const plans: Readonly<Record<string, ChartableResult>> = {
  "experiment-plan": planExperiment({
    ...PLAN,
    metrics: [
      { ...MACRO, attributionDays: 7 },
      { ...PROXY, nested: true },
      { name: "page view", role: "guardrail", kind: "proportion", baseline: 0.6, margin: 0.02 },
      { name: "revenue", role: "secondary", kind: "mean", baseline: 1.3, standardDeviation: 12, lift: 0.2 },
    ],
  }),
  "experiment-plan with looks": planExperiment({
    ...PLAN,
    metrics: [MACRO, PROXY],
    monitoring: { method: "group-sequential", looks: 5 },
  }),
  "experiment-plan at any time": planExperiment({
    ...PLAN,
    metrics: [MACRO],
    monitoring: { method: "normal-mixture" },
  }),
  "experiment-plan without a calendar": planExperiment({
    name: "Green button",
    control: "grey",
    treatments: ["green"],
    metrics: [MACRO, PROXY],
  }),
};

const tables: Readonly<Record<string, ChartableResult>> = {
  "duration-table with delays": durationTable({
    metrics: [
      { ...MACRO, attributionDays: 14 },
      { ...PROXY, name: "NAME that is so long that it has to be cut somewhere" },
      { ...PROXY, name: "no effect", lift: 0 },
    ],
    ...TRAFFIC,
    powerAtDays: [7, 8, 28, 42],
  }),
  "power-curve-by-day with hostile names": powerCurveByDay({
    metrics: [MACRO, { ...PROXY, name: "NAME" }],
    ...TRAFFIC,
  }),
};

/** Designs whose boundaries are far out, on one side, or many. */
const designs: Readonly<Record<string, ChartableResult>> = {
  "group-sequential-design of many looks": groupSequentialDesign({
    looks: 20,
    futility: { spending: "kim-demets", gamma: 2 },
  }),
  "group-sequential-analysis by z alone": analyzeGroupSequential({
    design: groupSequentialDesign({
      looks: 4,
      alternative: "less",
      futility: {},
      spending: "lan-demets-pocock",
    }),
    looks: [
      { information: 0.2, z: -1.1 },
      { information: 0.5, z: -2.6 },
    ],
  }),
  "group-sequential-design for a decrease": groupSequentialDesign({
    looks: 4,
    alternative: "less",
    futility: {},
  }),
};

/** Everything of planning and of watched tests that has a chart. */
export const timeChartSamples: Readonly<Record<string, ChartableResult>> = Object.fromEntries(
  Object.entries({
    ...planningSamples,
    ...sequentialSamples,
    ...WATCHED_LOOKS,
    ...plans,
    ...tables,
    ...designs,
  }).filter((entry): entry is [string, ChartableResult] => hasChart(entry[1])),
);
