import type { ExperimentData } from "../../src/experiment/experiment-data.ts";
import type { ExperimentPlan, PlannedMetric } from "../../src/experiment/experiment-plan.ts";

// Documents in which every field stands somewhere, for tests of shapes. They are not meant to be read as experiments.

const metrics: readonly PlannedMetric[] = [
  {
    name: "order",
    role: "macro",
    kind: "proportion",
    conversion: "purchase",
    previousStep: "cart",
    conversionDelay: { shape: 0.8, scaleDays: 3, windowDays: 14 },
    improvesWhen: "increase",
    worthwhileLift: 0.01,
    prior: { alpha: 2, beta: 60 },
    effectPrior: { family: "normal", mean: 0, standardDeviation: 0.05 },
    baseline: 0.03,
    lift: 0.1,
    varianceReduction: { covariateCorrelation: 0.4 },
  },
  {
    name: "cart",
    role: "proxy",
    kind: "proportion",
    conversion: { tier: "micro", stage: "intent", kind: "interaction", path: "process-milestone" },
    attributionDays: 2,
    prior: "jeffreys",
    proxyFor: "order",
    nested: true,
    effects: { elasticity: 0.6, tauProxy: 0.15, directEffectSd: 0.1 },
    baseline: 0.1,
    lift: 0.1,
  },
  {
    name: "wishlist",
    role: "proxy",
    kind: "proportion",
    effects: {
      scale: "log-lift",
      source: "learned",
      tauProxy: 0.1,
      tauMacro: 0.05,
      rho: 0.6,
      meanProxy: 0,
      meanMacro: 0,
      posterior: [{ tauProxy: 0.1, tauMacro: 0.05, rho: 0.6, meanProxy: 0, meanMacro: 0, weight: 1 }],
      largestPastProxyEffect: 0.3,
      population: { family: "student-t", degreesOfFreedom: Infinity },
    },
    baseline: 0.05,
    lift: 0.1,
  },
  {
    name: "search",
    role: "proxy",
    kind: "proportion",
    effects: {
      pastExperiments: [
        {
          name: "first",
          cluster: "2024",
          control: { neither: 900, macroOnly: 0, microOnly: 70, both: 30 },
          treatment: { neither: 890, macroOnly: 0, microOnly: 75, both: 35 },
        },
        {
          proxyEffect: 0.05,
          macroEffect: 0.02,
          covariance: [
            [0.01, 0.004],
            [0.004, 0.02],
          ],
          controlCovariance: [
            [0.005, 0.002],
            [0.002, 0.01],
          ],
          scale: "log-lift",
        },
      ],
      scale: "log-lift",
    },
    baseline: 0.2,
    lift: 0.1,
  },
  {
    name: "refund",
    role: "guardrail",
    kind: "mean",
    improvesWhen: "decrease",
    margin: 0.1,
    prior: { mu: 1, kappa: 1, alpha: 2, beta: 3 },
    baseline: 1.5,
    standardDeviation: 4,
  },
  {
    name: "visits",
    role: "secondary",
    kind: "count",
    prior: { shape: 1, rate: 0.5 },
    baseline: 2,
    dispersion: 1.5,
    lift: 0.1,
  },
  { name: "order value", role: "secondary", kind: "ratio", baseline: 40, standardDeviation: 25, lift: 0.1 },
];

export const wholePlan: ExperimentPlan = {
  $schema: "./experiment-plan.schema.json",
  name: "every field",
  control: "old",
  treatments: ["new", "newer"],
  metrics,
  alpha: 0.05,
  power: 0.8,
  alternative: "two-sided",
  allocation: 1,
  totalTraffic: {
    unitsPerWeekday: [5, 5, 5, 5, 5, 8, 8],
    startWeekday: "monday",
    rampUp: [{ days: 2, share: 0.5 }],
  },
  monitoring: {
    method: "group-sequential",
    informationRates: [0.5, 1],
    spending: "hwang-shih-decani",
    gamma: -4,
    futility: { spending: "hwang-shih-decani", gamma: -4, binding: false },
  },
  n: 1000,
  decisionRule: { kind: "macro-posterior", threshold: 0.95, thresholdOfCaring: 0.001 },
  multiplicity: { treatments: "holm", secondary: "benjamini-hochberg", segments: "holm" },
  segmentations: ["device"],
  views: ["frequentist", "bayesian"],
};

const result = { metric: "order", conversions: 30 };
const arms: ExperimentData["arms"] = [
  {
    name: "old",
    n: 1000,
    share: 1,
    results: [
      { ...result, n: 990 },
      { metric: "refund", mean: 1.4, variance: 16 },
      { metric: "visits", events: 2000, variance: 3 },
      {
        metric: "order value",
        numerator: { mean: 1.2, variance: 40 },
        denominator: { mean: 0.03, variance: 0.03 },
        covariance: 1,
      },
    ],
    jointCounts: [{ micro: "cart", neither: 900, macroOnly: 0, microOnly: 70, both: 30 }],
  },
  { name: "new", n: 1000, results: [result] },
];
const parts = arms.map(({ name, n }) => ({ name, n, results: [result] }));

export const wholeData: ExperimentData = {
  $schema: "./experiment-data.schema.json",
  name: "every field",
  plan: wholePlan,
  control: "old",
  metrics: metrics.map(({ name, role, kind }) => ({ name, role, kind })),
  alpha: 0.05,
  alternative: "greater",
  plannedN: 1000,
  days: 14,
  arms,
  segmentations: [
    {
      name: "device",
      measured: "before-exposure",
      basedOn: "cart",
      segments: [{ name: "mobile", arms: parts }],
    },
  ],
  dailySeries: [{ by: "day-of-entry", days: [{ day: 1, arms: parts }] }],
  views: ["bayesian"],
  registeredFingerprint: "0123456789abcdef",
  earlierLooks: [{ arms }],
  dataQuality: [
    { check: "exposures", count: 2100 },
    { check: "metric-events", metric: "order", count: 80 },
  ],
};
