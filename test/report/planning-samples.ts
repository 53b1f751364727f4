import { assuranceForProportions } from "../../src/planning/assurance-for-proportions.ts";
import { durationDays } from "../../src/planning/duration-days.ts";
import { detectableLiftCurve } from "../../src/planning/detectable-lift-curve.ts";
import { powerCurveByDay } from "../../src/planning/power-curve-by-day.ts";
import { powerCurve } from "../../src/planning/power-curve.ts";
import { durationTable } from "../../src/planning/duration-table.ts";
import { exactPowerForProportions } from "../../src/planning/exact-power-for-proportions.ts";
import { exactSampleSizeForProportions } from "../../src/planning/exact-sample-size-for-proportions.ts";
import { exactTypeIErrorForProportions } from "../../src/planning/exact-type-i-error-for-proportions.ts";
import { minimumDetectableLiftForCounts } from "../../src/planning/minimum-detectable-lift-for-counts.ts";
import { minimumDetectableLiftForMeans } from "../../src/planning/minimum-detectable-lift-for-means.ts";
import { minimumDetectableLiftForRatios } from "../../src/planning/minimum-detectable-lift-for-ratios.ts";
import { minimumDetectableLift } from "../../src/planning/minimum-detectable-lift.ts";
import { powerAnalysisForMeans } from "../../src/planning/power-analysis-for-means.ts";
import { powerAnalysisForProportions } from "../../src/planning/power-analysis-for-proportions.ts";
import { powerForCounts } from "../../src/planning/power-for-counts.ts";
import { powerForEquivalence } from "../../src/planning/power-for-equivalence.ts";
import { powerForMeans } from "../../src/planning/power-for-means.ts";
import { powerForNonInferiority } from "../../src/planning/power-for-non-inferiority.ts";
import { powerForProportions } from "../../src/planning/power-for-proportions.ts";
import { powerForRatios } from "../../src/planning/power-for-ratios.ts";
import { powerForSuperiority } from "../../src/planning/power-for-superiority.ts";
import { sampleSizeForAssurance } from "../../src/planning/sample-size-for-assurance.ts";
import { sampleSizeForCounts } from "../../src/planning/sample-size-for-counts.ts";
import { sampleSizeForEquivalence } from "../../src/planning/sample-size-for-equivalence.ts";
import { sampleSizeForMeans } from "../../src/planning/sample-size-for-means.ts";
import { sampleSizeForNonInferiority } from "../../src/planning/sample-size-for-non-inferiority.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import { sampleSizeForRatios } from "../../src/planning/sample-size-for-ratios.ts";
import { sampleSizeForSuperiority } from "../../src/planning/sample-size-for-superiority.ts";
import type { AnyResult } from "../../src/report/any-result.ts";

const ORDERS = { baseline: 1.2, exposure: 4, dispersion: 1.8 };
const BASKET = { baseline: 3.1, standardDeviation: 4.2 };
const PAST = { n: 20_000, conversions: 400 };

const SIDE_BY_SIDE = {
  metrics: [
    { name: "order", kind: "proportion", baseline: 0.02, lift: 0.1, attributionDays: 7 },
    { name: "add to cart", role: "proxy", kind: "proportion", baseline: 0.1, lift: 0.1 },
    { name: "revenue", role: "secondary", kind: "mean", baseline: 1.3, standardDeviation: 11, lift: 0.1 },
  ],
  totalUnitsPerDay: 4000,
} as const;

export const planningSamples: Readonly<Record<string, AnyResult>> = {
  "proportion-sample-size": sampleSizeForProportions({ baseline: 0.02, lift: 0.1 }),
  "proportion-sample-size unequal": sampleSizeForProportions({ baseline: 0.05, lift: 0.2, allocation: 0.5 }),
  "proportion-sample-size without effect": sampleSizeForProportions({ baseline: 0.05, lift: 0 }),
  "proportion-sample-size several treatments": sampleSizeForProportions({
    baseline: 0.02,
    lift: 0.1,
    treatments: 3,
    adjustment: "dunnett",
    allocation: "optimal",
    varianceReduction: { covariateCorrelation: 0.5 },
  }),
  "mean-sample-size": sampleSizeForMeans({ baseline: 20, standardDeviation: 30, lift: 0.05 }),
  "ratio-sample-size": sampleSizeForRatios({ ...BASKET, lift: 0.03 }),
  "count-sample-size": sampleSizeForCounts({ ...ORDERS, lift: 0.05 }),
  "non-inferiority-sample-size": sampleSizeForNonInferiority({ baseline: 0.6, margin: 0.02, scale: "lift" }),
  "superiority-sample-size": sampleSizeForSuperiority({ baseline: 0.05, margin: 0.002, lift: 0.2 }),
  "equivalence-sample-size": sampleSizeForEquivalence({ baseline: 0.05, margin: 0.05, scale: "lift" }),
  "proportion-exact-sample-size": exactSampleSizeForProportions({ baseline: 0.05, lift: 4, test: "fisher" }),
  "proportion-assurance-sample-size": sampleSizeForAssurance({ baseline: PAST, lift: 0.1 }),
  "proportion-power": powerForProportions({ baseline: 0.05, lift: 0.2, n: 8000 }),
  "mean-power": powerForMeans({ difference: 1, standardDeviation: 30, n: 10_000 }),
  "ratio-power": powerForRatios({ ...BASKET, lift: 0.03, n: 30_000 }),
  "count-power": powerForCounts({ ...ORDERS, lift: 0.05, n: 2000 }),
  "non-inferiority-power": powerForNonInferiority({
    baseline: 2.1,
    standardDeviation: 1.4,
    margin: 0.05,
    improvesWhen: "decrease",
    n: 9000,
  }),
  "superiority-power": powerForSuperiority({ baseline: 0.05, margin: 0.002, lift: 0.2, n: 20_000 }),
  "equivalence-power": powerForEquivalence({ baseline: 0.05, margin: 0.2, scale: "odds-ratio", n: 10_000 }),
  "proportion-exact-power": exactPowerForProportions({ baseline: 0.05, lift: 4, n: 40 }),
  "proportion-exact-type-i-error": exactTypeIErrorForProportions({ n: 20 }),
  "proportion-assurance": assuranceForProportions({ baseline: PAST, lift: 0.1, n: 80_000 }),
  "proportion-minimum-detectable-effect": minimumDetectableLift({ baseline: 0.05, n: 10_000 }),
  "proportion-minimum-detectable-effect undetermined": minimumDetectableLift({
    baseline: 0.05,
    n: 10,
    direction: "down",
  }),
  "mean-minimum-detectable-effect": minimumDetectableLiftForMeans({
    baseline: 20,
    standardDeviation: 30,
    n: 14_128,
  }),
  "ratio-minimum-detectable-effect": minimumDetectableLiftForRatios({ ...BASKET, n: 30_000 }),
  "count-minimum-detectable-effect": minimumDetectableLiftForCounts({ ...ORDERS, n: 2000 }),
  "proportion-required-alpha": powerAnalysisForProportions({
    baseline: 0.05,
    lift: 0.1,
    n: 20_000,
    power: 0.8,
  }) as AnyResult,
  "mean-required-alpha": powerAnalysisForMeans({
    baseline: 20,
    standardDeviation: 30,
    lift: 0.03,
    n: 20_000,
    power: 0.8,
  }) as AnyResult,
  "proportion-required-baseline": powerAnalysisForProportions({
    lift: 0.1,
    n: 20_000,
    power: 0.8,
    alpha: 0.05,
  }) as AnyResult,
  duration: durationDays({ n: 8158, totalUnitsPerDay: 1000, attributionDays: 3 }),
  "duration without traffic": durationDays({ n: 8158, totalUnitsPerDay: 0 }),
  "duration on weekdays with late conversions": durationDays({
    n: 8158,
    totalTraffic: {
      unitsPerWeekday: [900, 1000, 1000, 1000, 900, 300, 300],
      startWeekday: "wednesday",
      rampUp: [{ days: 3, share: 0.1 }],
    },
    conversionDelay: { meanDays: 4 },
    baseline: 0.05,
    lift: 0.2,
  }),
  "duration-table": durationTable(SIDE_BY_SIDE),
  "power-curve": powerCurve({
    metrics: [0.05, 0.1, 0.2].map((lift) => ({
      name: "order",
      kind: "proportion",
      baseline: 0.05,
      lift,
    })),
    upToN: 60_000,
  }),
  "power-curve without an effect": powerCurve({
    metrics: [{ name: "order", kind: "proportion", baseline: 0.05, lift: 0 }],
    upToN: 60_000,
  }),
  "power-curve-by-day": powerCurveByDay(SIDE_BY_SIDE),
  "detectable-lift-curve": detectableLiftCurve({
    metrics: SIDE_BY_SIDE.metrics,
    totalUnitsPerDay: 4000,
  }),
  "detectable-lift-curve by size": detectableLiftCurve({
    metrics: [{ name: "order", kind: "proportion", baseline: 0.02 }],
    upToN: 100_000,
    direction: "down",
  }),
};
