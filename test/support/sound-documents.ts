import type { ArmData, ExperimentData } from "../../src/experiment/experiment-data.ts";
import type { ExperimentPlan } from "../../src/experiment/experiment-plan.ts";
import { wholePlan } from "./whole-documents.ts";

// Sound documents in which, together, nearly every field stands somewhere.

// What is learned from past experiments takes its time, and stands in a plan of its own.
const metrics = wholePlan.metrics.filter(({ name }) => name !== "search");

/** Watched at looks. */
export const watchedPlan: ExperimentPlan = {
  ...wholePlan,
  metrics,
  decisionRule: { kind: "macro" },
  multiplicity: { treatments: "bonferroni", secondary: "benjamini-hochberg", segments: "holm" },
};

const effects = { pastExperiments: past(), scale: "log-lift" } as const;

/** Read once, by a proxy whose effects are learned from past experiments. */
export const assistedPlan: ExperimentPlan = {
  name: "assisted",
  control: "old",
  treatments: ["new"],
  metrics: [
    { name: "order", role: "macro", kind: "proportion", baseline: 0.03, lift: 0.1 },
    { name: "cart", role: "proxy", kind: "proportion", baseline: 0.1, lift: 0.1, effects },
  ],
  totalUnitsPerDay: 1000,
  monitoring: { method: "fixed-horizon" },
  decisionRule: { kind: "proxy-assisted", proxy: "cart", threshold: 0.9 },
};

/** Read once, by the posterior of the macro metric. */
export const posteriorPlan: ExperimentPlan = {
  name: "posterior",
  control: "old",
  treatments: ["new"],
  metrics: [{ name: "order", role: "macro", kind: "proportion", baseline: 0.03, lift: 0.1 }],
  decisionRule: { kind: "macro-posterior", threshold: 0.95, thresholdOfCaring: 0.001 },
};

function past(): { proxyEffect: number; macroEffect: number; covariance: number[][]; scale: "log-lift" }[] {
  return [0.08, -0.03, 0.02, 0.05].map((proxyEffect) => ({
    proxyEffect,
    macroEffect: proxyEffect / 2,
    covariance: [
      [0.0004, 0.0002],
      [0.0002, 0.002],
    ],
    scale: "log-lift",
  }));
}

/** An arm, so many of whose units have ordered. */
function arm(name: string, n: number, orders: number): ArmData {
  const carts = 3 * orders;
  return {
    name,
    n,
    share: 1,
    results: [
      { metric: "order", conversions: orders },
      { metric: "cart", conversions: carts },
      { metric: "wishlist", conversions: Math.round(n / 20) },
      { metric: "refund", mean: 1.4, variance: 16 },
      { metric: "visits", events: 2 * n, variance: 3 },
      {
        metric: "order value",
        numerator: { mean: 1.2, variance: 40 },
        denominator: { mean: 0.03, variance: 0.03 },
        covariance: 0.9,
      },
    ],
    jointCounts: [
      { micro: "cart", neither: n - carts, macroOnly: 0, microOnly: carts - orders, both: orders },
    ],
  };
}

/** What two results of an arm's part were. */
function part(name: string, n: number, orders: number): Pick<ArmData, "name" | "n" | "results"> {
  return { name, n, results: arm(name, n, orders).results.slice(0, 2) };
}

const names = ["old", "new"] as const;
const parts = (n: number, orders: number): Pick<ArmData, "name" | "n" | "results">[] =>
  names.map((name, i) => part(name, n, orders + i));

/** Observed in a test that may be looked at at any time, at its last look. */
export const watchedData: ExperimentData = {
  name: "watched",
  plan: {
    ...watchedPlan,
    treatments: ["new"],
    monitoring: { method: "normal-mixture" },
  },
  plannedN: 1000,
  days: 90,
  arms: names.map((name, i) => arm(name, 1000, 30 + 4 * i)),
  segmentations: [
    {
      name: "device",
      measured: "before-exposure",
      segments: [
        { name: "mobile", arms: parts(600, 18) },
        { name: "desktop", arms: parts(350, 9) },
      ],
    },
  ],
  dailySeries: [
    {
      by: "day-of-entry",
      days: [
        { day: 1, arms: parts(300, 9) },
        { day: 3, arms: parts(350, 10) },
      ],
    },
  ],
  views: ["frequentist"],
  registeredFingerprint: "0123456789abcdef",
  earlierLooks: [{ arms: names.map((name, i) => arm(name, 500, 14 + i)) }],
  dataQuality: [
    { check: "exposures", count: 2100 },
    { check: "duplicate-exposures", count: 50 },
    { check: "units-in-several-arms", count: 3 },
    { check: "metric-events", metric: "order", count: 80 },
    { check: "values-missing", metric: "order", count: 0 },
  ],
};
