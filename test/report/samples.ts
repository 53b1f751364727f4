import type { AnyResult } from "../../src/report/any-result.ts";
import { compareBetaBinomial } from "../../src/bayesian/compare-beta-binomial.ts";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { DataQualityCount } from "../../src/experiment/data-quality.ts";
import type { ExperimentData } from "../../src/experiment/experiment-data.ts";
import { planExperiment } from "../../src/experiment/plan-experiment.ts";
import { aaUniformity } from "../../src/inference/aa-uniformity.ts";
import { compareAllPairs } from "../../src/inference/compare-all-pairs.ts";
import { compareArms } from "../../src/inference/compare-arms.ts";
import { compareClusters } from "../../src/inference/compare-clusters.ts";
import { compareCounts } from "../../src/inference/compare-counts.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { compareQuantiles } from "../../src/inference/compare-quantiles.ts";
import { compareRatios } from "../../src/inference/compare-ratios.ts";
import { compareStratified } from "../../src/inference/compare-stratified.ts";
import { compareTriggered } from "../../src/inference/compare-triggered.ts";
import { compareWithCovariates } from "../../src/inference/compare-with-covariates.ts";
import { falsePositiveRisk } from "../../src/inference/false-positive-risk.ts";
import { gatekeeping } from "../../src/inference/gatekeeping.ts";
import { graphicalProcedure } from "../../src/inference/graphical-procedure.ts";
import { maxZ } from "../../src/inference/max-z.ts";
import { minimumBayesFactor } from "../../src/inference/minimum-bayes-factor.ts";
import { sampleRatioBySegment } from "../../src/inference/sample-ratio-by-segment.ts";
import { sampleRatioMismatch } from "../../src/inference/sample-ratio-mismatch.ts";
import { sequentialSampleRatio } from "../../src/inference/sequential-sample-ratio.ts";
import { testEquivalence } from "../../src/inference/test-equivalence.ts";
import { testNonInferiority } from "../../src/inference/test-non-inferiority.ts";
import { testSuperiority } from "../../src/inference/test-superiority.ts";
import { twymanCheck } from "../../src/inference/twyman-check.ts";
import { typeSAndM } from "../../src/inference/type-s-and-m.ts";
import { assessProxy } from "../../src/proxy/assess-proxy.ts";
import { calendarSpeedup } from "../../src/proxy/calendar-speedup.ts";
import { decisionSpeedup } from "../../src/proxy/decision-speedup.ts";
import { detectionSpeedup } from "../../src/proxy/detection-speedup.ts";
import type { EffectCovariance } from "../../src/proxy/effect-covariance.ts";
import { elicitEffectCovariance } from "../../src/proxy/elicit-effect-covariance.ts";
import { observedSpeedup } from "../../src/proxy/observed-speedup.ts";
import { paradoxRisk } from "../../src/proxy/paradox-risk.ts";
import { planningSpeedup } from "../../src/proxy/planning-speedup.ts";
import { predictMacro } from "../../src/proxy/predict-macro.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import { surrogateThresholdEffect } from "../../src/proxy/surrogate-threshold-effect.ts";
import { surrogateThresholdFromLine } from "../../src/proxy/surrogate-threshold-from-line.ts";
import { transmitLift } from "../../src/proxy/transmit-lift.ts";
import { unitCovariance } from "../../src/proxy/unit-covariance.ts";
import { bayesianSamples } from "./bayesian-samples.ts";
import { planningSamples } from "./planning-samples.ts";
import { proxySamples } from "./proxy-samples.ts";
import { sequentialSamples } from "./sequential-samples.ts";
import { EXPERIMENT_SAMPLES } from "./experiment-samples.ts";
import { WATCHED_LOOKS, WATCHED_READOUTS } from "./watched-readouts.ts";

// One result of every kind, and of the endings that read differently. The real figures are of Hillstrom's e-mail test
// (2008): men's e-mail against none, 21,306 and 21,307 customers.

/** Every buyer visited. */
export const HILLSTROM = {
  control: { neither: 19_044, macroOnly: 0, microOnly: 2140, both: 122 },
  treatment: { neither: 17_413, macroOnly: 0, microOnly: 3627, both: 267 },
} as const;

/** The worked example of the method: 10 % micro, 2 % macro, true effects that correlate at 0.8. */
const KNOWN: EffectCovariance = { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8, scale: "difference" };
const SAMPLING = { scale: "difference", proxy: 0.18, macro: 0.0392, correlation: 3 / 7 } as const;
const LEARNED: EffectCovariance = {
  ...KNOWN,
  source: "learned",
  posterior: [
    { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8, weight: 5 },
    { tauProxy: 0.0045, tauMacro: 0.0007, rho: 0.5, weight: 3 },
    { tauProxy: 0.0035, tauMacro: 0.0009, rho: 0.1, weight: 2 },
  ],
};
const ELICITED = elicitEffectCovariance({ elasticity: 0.5, tauProxy: 0.06, directEffectSd: 0.03 });
const RATES = { microRate: 0.1, macroRate: 0.02, nested: true } as const;
const SAME_LIFTS = { ...RATES, microLift: 0.1, macroLift: 0.1 };

const PLAN = planExperiment({
  name: "Green button",
  control: "grey",
  treatments: ["green"],
  totalUnitsPerDay: 4000,
  metrics: [
    { name: "order", role: "macro", kind: "proportion", baseline: 0.02, lift: 0.1, attributionDays: 7 },
    { name: "add to cart", role: "proxy", kind: "proportion", baseline: 0.1, lift: 0.1, nested: true },
    { name: "page view", role: "guardrail", kind: "proportion", baseline: 0.6, margin: 0.02 },
    { name: "revenue", role: "secondary", kind: "mean", baseline: 1.3, standardDeviation: 12, lift: 0.2 },
  ],
});

/** Men's e-mail against none, as it was mailed out for two weeks. */
const HILLSTROM_DATA: ExperimentData = {
  name: "Men's e-mail",
  control: "none",
  plannedN: 20_000,
  days: 14,
  metrics: [
    { name: "conversion", role: "macro", kind: "proportion" },
    {
      name: "visit",
      role: "proxy",
      kind: "proportion",
      nested: true,
      effects: { elasticity: 0.8, tauProxy: 0.1, directEffectSd: 0.05 },
    },
    { name: "spend", role: "secondary", kind: "mean" },
  ],
  arms: [
    {
      name: "none",
      n: 21_306,
      results: [
        { metric: "conversion", conversions: 122 },
        { metric: "visit", conversions: 2262 },
        { metric: "spend", mean: 0.6527893551112361, variance: 134.28637185302162 },
      ],
    },
    {
      name: "e-mail",
      n: 21_307,
      results: [
        { metric: "conversion", conversions: 267 },
        { metric: "visit", conversions: 3894 },
        { metric: "spend", mean: 1.422616511005773, variance: 315.21179886555484 },
      ],
    },
  ],
};
const NONE = HILLSTROM_DATA.arms[0]!;
const EMAIL = HILLSTROM_DATA.arms[1]!;
const CONVERSION = HILLSTROM_DATA.metrics![0]!;

/** Every check, with something found by each of them. */
const DIRTY_ROWS: readonly DataQualityCount[] = [
  { check: "exposures", count: 52_000 },
  { check: "events", count: 9000 },
  { check: "metric-events", metric: "conversion", count: 1200 },
  { check: "metric-events", metric: "spend", count: 7800 },
  { check: "metric-events", metric: "refund", count: 0 },
  { check: "duplicate-exposures", count: 5214 },
  { check: "units-in-several-arms", count: 640 },
  { check: "exposures-without-unit", count: 901 },
  { check: "exposures-without-arm", count: 700 },
  { check: "exposures-without-time", count: 600 },
  { check: "exposures-in-other-arms", count: 12 },
  { check: "exposures-after-reading", count: 310 },
  { check: "events-without-unit", count: 40 },
  { check: "events-without-time", count: 3 },
  { check: "events-of-others", count: 4000 },
  { check: "events-before-exposure", count: 330 },
  { check: "events-after-reading", count: 21 },
  { check: "events-after-window", metric: "conversion", count: 88 },
  { check: "values-missing", metric: "spend", count: 150 },
  { check: "values-capped", metric: "spend", count: 42 },
  { check: "immature-units", metric: "conversion", count: 1000 },
];

/** Counts in which the proxy moved by 8 % and sales by 3 %, of which only the former is clear. */
const MICRO_ONLY = {
  control: { neither: 18_000, macroOnly: 0, microOnly: 1600, both: 400 },
  treatment: { neither: 17_840, macroOnly: 0, microOnly: 1748, both: 412 },
} as const;
const LEARNED_LIFTS: EffectCovariance = {
  tauProxy: 0.05,
  tauMacro: 0.05,
  rho: 0.9,
  source: "learned",
  posterior: [
    { tauProxy: 0.05, tauMacro: 0.05, rho: 0.9, weight: 6 },
    { tauProxy: 0.06, tauMacro: 0.05, rho: 0.8, weight: 4 },
  ],
};

/** Ratios and counts, priors, the Bayesian view, and a lift that is too good to be true. */
const EVERY_KIND: ExperimentData = {
  name: "Four kinds of metrics",
  control: "old",
  plannedN: 5000,
  views: ["frequentist", "bayesian"],
  metrics: [
    {
      name: "order",
      role: "macro",
      kind: "proportion",
      effectPrior: { mean: 0, standardDeviation: 0.05 },
      prior: { alpha: 10, beta: 190 },
    },
    { name: "revenue", role: "secondary", kind: "mean", worthwhileLift: 0.05 },
    { name: "items per order", role: "secondary", kind: "ratio" },
    { name: "refunds", role: "guardrail", kind: "count", margin: 0.2, improvesWhen: "decrease" },
  ],
  arms: [
    {
      name: "old",
      n: 5000,
      results: [
        { metric: "order", conversions: 250 },
        { metric: "revenue", mean: 4.1, variance: 310 },
        {
          metric: "items per order",
          numerator: { mean: 0.11, variance: 0.6 },
          denominator: { mean: 0.05, variance: 0.05 },
          covariance: 0.12,
        },
        { metric: "refunds", events: 60, variance: 0.014 },
      ],
    },
    {
      name: "new",
      n: 5010,
      results: [
        { metric: "order", conversions: 361 },
        { metric: "revenue", mean: 6.2, variance: 520 },
        {
          metric: "items per order",
          numerator: { mean: 0.15, variance: 0.8 },
          denominator: { mean: 0.072, variance: 0.07 },
          covariance: 0.16,
        },
        { metric: "refunds", events: 58, variance: 0.013 },
      ],
    },
  ],
};

export const samples: Readonly<Record<string, AnyResult>> = {
  "proportion-comparison": compareProportions({
    control: { n: 21_306, conversions: 122 },
    treatment: { n: 21_307, conversions: 267 },
  }),
  "proportion-comparison unclear": compareProportions({
    control: { n: 1000, conversions: 50 },
    treatment: { n: 1000, conversions: 55 },
  }),
  "proportion-comparison one-sided": compareProportions({
    control: { n: 1000, conversions: 50 },
    treatment: { n: 1000, conversions: 75 },
    alternative: "greater",
  }),
  "proportion-comparison without conversions": compareProportions({
    control: { n: 100, conversions: 0 },
    treatment: { n: 100, conversions: 0 },
  }),
  "proportion-comparison without conversions in control": compareProportions({
    control: { n: 100, conversions: 0 },
    treatment: { n: 100, conversions: 12 },
  }),
  "proportion-comparison undetermined": compareProportions({
    control: { n: 10, conversions: 0 },
    treatment: { n: 10, conversions: 10 },
    test: "wald",
  }),
  "mean-comparison": compareMeans({
    control: { n: 21_306, mean: 0.652789, variance: 134.283 },
    treatment: { n: 21_307, mean: 1.422617, variance: 314.973 },
  }),
  "mean-comparison set that is no interval": compareMeans({
    control: { n: 20, mean: 0.1, variance: 1 },
    treatment: { n: 20, mean: 2, variance: 1 },
  }),
  "ratio-comparison": compareRatios({
    control: {
      n: 10_000,
      numerator: { mean: 2.1, variance: 6.4 },
      denominator: { mean: 5.3, variance: 20.2 },
      covariance: 7.7,
    },
    treatment: {
      n: 10_100,
      numerator: { mean: 2.25, variance: 6.9 },
      denominator: { mean: 5.25, variance: 19.8 },
      covariance: 7.9,
    },
  }),
  "count-comparison": compareCounts({
    control: { n: 4000, events: 9120, variance: 5.1 },
    treatment: { n: 4100, events: 9710, variance: 5.4 },
  }),
  "quantile-comparison": compareQuantiles({
    control: {
      n: 10_000,
      probability: 0.9,
      value: 912,
      lower: { rank: 8941, value: 901 },
      upper: { rank: 9060, value: 923 },
    },
    treatment: {
      n: 10_000,
      probability: 0.9,
      value: 880,
      lower: { rank: 8941, value: 870 },
      upper: { rank: 9060, value: 891 },
    },
  }),
  "cluster-comparison": compareClusters({
    control: {
      clusters: [
        { n: 120, total: 372.0, variance: 4 },
        { n: 80, total: 216.0, variance: 3 },
        { n: 95, total: 323.0, variance: 5 },
        { n: 130, total: 377.0, variance: 4 },
      ],
    },
    treatment: {
      clusters: [
        { n: 110, total: 396.0, variance: 4 },
        { n: 90, total: 288.0, variance: 4 },
        { n: 100, total: 390.0, variance: 5 },
        { n: 125, total: 412.5, variance: 4 },
      ],
    },
  }),
  "stratified-comparison": compareStratified({
    strata: [
      {
        name: "desktop",
        control: { n: 1000, conversions: 50 },
        treatment: { n: 1000, conversions: 60 },
      },
      { name: "mobile", control: { n: 500, conversions: 30 }, treatment: { n: 520, conversions: 45 } },
    ],
  }),
  "stratified-comparison Simpson": compareStratified({
    strata: [
      { name: "new", control: { n: 900, conversions: 90 }, treatment: { n: 100, conversions: 8 } },
      { name: "old", control: { n: 100, conversions: 50 }, treatment: { n: 900, conversions: 430 } },
    ],
  }),
  "triggered-comparison": compareTriggered({
    triggered: { control: { n: 4010, conversions: 401 }, treatment: { n: 3985, conversions: 478 } },
    untriggered: { control: { n: 16_020, conversions: 320 }, treatment: { n: 16_005, conversions: 331 } },
  }),
  "arms-comparison": compareArms({
    control: { n: 21_306, conversions: 122 },
    treatments: [
      { name: "Men's e-mail", n: 21_307, conversions: 267 },
      { name: "Women's e-mail", n: 21_387, conversions: 189 },
    ],
  }),
  "arms-comparison Dunnett": compareArms({
    control: { n: 1000, conversions: 50 },
    treatments: [
      { name: "green", n: 1000, conversions: 55 },
      { name: "blue", n: 1000, conversions: 61 },
    ],
    adjustment: "dunnett",
  }),
  "pairs-comparison": compareAllPairs({
    arms: [
      { name: "blue", n: 20, mean: 10.1, variance: 4 },
      { name: "green", n: 22, mean: 11.9, variance: 5 },
      { name: "red", n: 18, mean: 10.4, variance: 4.5 },
    ],
  }),
  "non-inferiority-test": testNonInferiority({
    control: { n: 20_000, conversions: 1000 },
    treatment: { n: 20_000, conversions: 990 },
    margin: 0.005,
  }),
  "non-inferiority-test not shown": testNonInferiority({
    control: { n: 500, mean: 812, variance: 90_000 },
    treatment: { n: 510, mean: 830, variance: 95_000 },
    margin: 0.05,
    scale: "lift",
    improvesWhen: "decrease",
  }),
  "superiority-test": testSuperiority({
    control: { n: 21_306, conversions: 122 },
    treatment: { n: 21_307, conversions: 267 },
    margin: 0.2,
    scale: "lift",
  }),
  "equivalence-test": testEquivalence({
    control: { n: 20_000, conversions: 1000 },
    treatment: { n: 20_000, conversions: 990 },
    lower: 0.8,
    upper: 1.25,
    scale: "odds-ratio",
  }),
  "covariate-comparison": compareWithCovariates({
    control: {
      n: 1000,
      metrics: ["orders", "before"],
      mean: [10.2, 9.8],
      covariance: [
        [16.8, 11],
        [11, 15.9],
      ],
    },
    treatment: {
      n: 1020,
      metrics: ["orders", "before"],
      mean: [10.6, 9.9],
      covariance: [
        [17.5, 11.5],
        [11.5, 16.2],
      ],
    },
    covariates: [{ name: "before", measured: "before" }],
  }),
  "proportion-comparison Boschloo": compareProportions({
    control: { n: 20, conversions: 2 },
    treatment: { n: 20, conversions: 9 },
    test: "boschloo",
  }),
  gatekeeping: gatekeeping({
    families: [{ pValues: [0.01, 0.02] }, { pValues: [0.001, 0.08] }, { pValues: [0.01] }],
  }),
  "graphical-procedure": graphicalProcedure({
    pValues: [0.01, 0.03, 0.2],
    weights: [0.6, 0.3, 0.1],
    transitions: [
      [0, 1, 0],
      [0, 0, 1],
      [0, 0, 0],
    ],
  }),
  "max-z": maxZ({
    z: [2.3, 1.9],
    correlation: [
      [1, 0.8],
      [0.8, 1],
    ],
  }),
  "false-positive-risk": falsePositiveRisk({ priorProbability: 0.1, pValue: 0.04 }),
  "false-positive-risk of a programme": falsePositiveRisk({ priorProbability: 0.2 }),
  "minimum-bayes-factor": minimumBayesFactor({ pValue: 0.05 }),
  "type-s-and-m": typeSAndM({ effect: 0.1, standardError: 3.28 }),
  "aa-uniformity": aaUniformity({ pValues: [0.02, 0.21, 0.35, 0.48, 0.77, 0.93] }),
  "twyman-check": twymanCheck({ estimate: 0.3, standardError: 0.05, priorStandardDeviation: 0.03 }),
  "sample-ratio-by-segment": sampleRatioBySegment({
    segments: [
      { name: "desktop", observed: [5012, 4987] },
      { name: "mobile", observed: [8210, 7705] },
    ],
    expected: [1, 1],
  }),
  "sequential-sample-ratio-check": sequentialSampleRatio({ observed: [5012, 4987], expected: [1, 1] }),
  "sequential-sample-ratio-check mismatch": sequentialSampleRatio({
    observed: [8210, 7605],
    expected: [1, 1],
  }),
  "sample-ratio-check": sampleRatioMismatch({ observed: [21_306, 21_307], expected: [1, 1] }),
  "sample-ratio-check mismatch": sampleRatioMismatch({ observed: [821_588, 815_482], expected: [1, 1] }),
  "sample-ratio-check impossible": sampleRatioMismatch({ observed: [100, 100, 3], expected: [1, 1, 0] }),
  ...planningSamples,
  ...proxySamples,
  ...bayesianSamples,
  ...sequentialSamples,
  "unit-covariance": unitCovariance({ ...RATES }),
  "unit-covariance unknown correlation": unitCovariance({ microRate: 0.1, macroRate: 0.02 }),
  "effect-covariance": ELICITED,
  "lift-transmission": transmitLift({ microLift: 0.2, elasticity: 0.75 }),
  "detection-speedup": detectionSpeedup(SAME_LIFTS),
  "detection-speedup with effects": detectionSpeedup({ ...SAME_LIFTS, effects: ELICITED }),
  "detection-speedup that only detects": detectionSpeedup({
    ...SAME_LIFTS,
    macroLift: 0.02,
    effects: elicitEffectCovariance({ elasticity: 0.2, tauProxy: 0.1, directEffectSd: 0.1 }),
  }),
  "detection-speedup vanity": detectionSpeedup({ ...SAME_LIFTS, macroLift: 0 }),
  "detection-speedup wrong sign": detectionSpeedup({ ...SAME_LIFTS, macroLift: -0.1 }),
  "planning-speedup": planningSpeedup({ control: HILLSTROM.control }),
  "observed-speedup": observedSpeedup(HILLSTROM),
  "observed-speedup unbounded": observedSpeedup({ zMicro: 4, zMacro: 0.5, correlation: 0.4 }),
  "calendar-speedup": calendarSpeedup({
    ...SAME_LIFTS,
    unitsPerDay: 2000,
    macroDelay: { attributionDays: 7 },
    effects: ELICITED,
  }),
  "decision-speedup": decisionSpeedup({ effects: KNOWN, sampling: SAMPLING, n: 20_000 }),
  "decision-speedup learned": decisionSpeedup({
    effects: LEARNED,
    sampling: SAMPLING,
    targetAccuracy: 0.9,
    n: 100_000,
    macroEffect: 0.001,
  }),
  "decision-speedup wrong sign": decisionSpeedup({
    effects: { ...KNOWN, rho: -0.5 },
    sampling: SAMPLING,
    n: 20_000,
  }),
  "proxy-assisted": proxyAssisted({
    effects: LEARNED,
    sampling: SAMPLING,
    nProxy: 20_000,
    nMacro: 8000,
    proxyEffect: 0.006,
    macroEffect: 0.001,
  }),
  "proxy-assisted plan": proxyAssisted({ effects: KNOWN, sampling: SAMPLING, nProxy: 20_000, nMacro: 0 }),
  "macro-prediction": predictMacro({ effects: KNOWN, sampling: SAMPLING, n: 20_000, proxyEffect: 0.006 }),
  "paradox-risk": paradoxRisk({ effects: LEARNED, sampling: SAMPLING, n: 20_000, proxyEffect: 0.006 }),
  "surrogate-threshold-from-line": surrogateThresholdFromLine({
    line: {
      intercept: -0.44671171,
      slope: 1.1252081,
      interceptVariance: 0.587630419,
      slopeVariance: 0.019308247,
      covariance: 0.016930635,
      residualVariance: 3,
    },
  }),
  "surrogate-threshold-effect": surrogateThresholdEffect({ effects: KNOWN, sampling: SAMPLING, n: 20_000 }),
  "surrogate-threshold-effect without end": surrogateThresholdEffect({
    effects: { ...KNOWN, rho: -0.5 },
    sampling: SAMPLING,
    n: 20_000,
  }),
  "beta-binomial-comparison": compareBetaBinomial({
    control: { n: 21_306, conversions: 122 },
    treatment: { n: 21_307, conversions: 267 },
  }),
  "beta-binomial-comparison without data": compareBetaBinomial({
    control: { n: 1, conversions: 0 },
    treatment: { n: 1, conversions: 0 },
  }),
  "proxy-assessment assumed": assessProxy({ ...HILLSTROM, effects: ELICITED }),
  "proxy-assessment learned": assessProxy({ ...MICRO_ONLY, effects: LEARNED_LIFTS, plannedN: 20_000 }),
  "proxy-assessment wrong sign": assessProxy({
    ...MICRO_ONLY,
    effects: {
      ...LEARNED_LIFTS,
      rho: -0.5,
      posterior: [{ tauProxy: 0.05, tauMacro: 0.05, rho: -0.5, weight: 1 }],
    },
  }),
  "proxy-assessment only detects": assessProxy({
    ...MICRO_ONLY,
    effects: elicitEffectCovariance({ elasticity: 0.1, tauProxy: 0.1, directEffectSd: 0.1 }),
  }),
  "experiment-plan": PLAN,
  "experiment-readout": analyzeExperiment(HILLSTROM_DATA),
  "experiment-readout without effects": analyzeExperiment({
    ...HILLSTROM_DATA,
    metrics: [CONVERSION, { name: "visit", role: "proxy", kind: "proportion", nested: true }],
    arms: HILLSTROM_DATA.arms.map((arm) => ({ ...arm, results: arm.results.slice(0, 2) })),
  }),
  "experiment-readout blocked": analyzeExperiment({
    ...HILLSTROM_DATA,
    arms: [{ ...NONE, n: 25_000 }, EMAIL],
  }),
  "experiment-readout with a funnel": analyzeExperiment({
    ...HILLSTROM_DATA,
    metrics: [
      { ...CONVERSION, previousStep: "visit" },
      { name: "visit", role: "secondary", kind: "proportion" },
    ],
    arms: HILLSTROM_DATA.arms.map((arm) => ({ ...arm, results: arm.results.slice(0, 2) })),
  }),
  "experiment-readout of every kind": analyzeExperiment(EVERY_KIND),
  "experiment-readout running": analyzeExperiment({ ...HILLSTROM_DATA, plannedN: 80_000 }),
  "experiment-readout of dirty rows": analyzeExperiment({
    ...HILLSTROM_DATA,
    metrics: [
      { ...CONVERSION, attributionDays: 7 },
      { name: "spend", role: "secondary", kind: "mean" },
      { name: "refund", role: "secondary", kind: "proportion" },
    ],
    arms: HILLSTROM_DATA.arms.map((arm) => ({
      ...arm,
      results: [
        { ...arm.results[0]!, n: arm.n - 500 },
        arm.results[2]!,
        { metric: "refund", conversions: 0 },
      ],
    })),
    dataQuality: DIRTY_ROWS,
  }),
  "experiment-readout of clean rows": analyzeExperiment({
    ...HILLSTROM_DATA,
    dataQuality: [
      { check: "exposures", count: 42_613 },
      { check: "duplicate-exposures", count: 0 },
    ],
  }),
  ...WATCHED_READOUTS,
  ...WATCHED_LOOKS,
  ...EXPERIMENT_SAMPLES,
  "experiment-readout two treatments": analyzeExperiment({
    ...HILLSTROM_DATA,
    metrics: [CONVERSION, { name: "visit", role: "guardrail", kind: "proportion", margin: 0.02 }],
    arms: [
      { ...NONE, results: NONE.results.slice(0, 2) },
      { ...EMAIL, results: EMAIL.results.slice(0, 2) },
      {
        name: "letter",
        n: 21_310,
        results: [
          { metric: "conversion", conversions: 125 },
          { metric: "visit", conversions: 1900 },
        ],
      },
    ],
  }),
};
