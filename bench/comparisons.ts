import {
  compareArms,
  compareCounts,
  compareProportions,
  compareQuantiles,
  compareRatios,
  compareStratified,
  compareWithCovariates,
  sampleRatioMismatch,
  testNonInferiority,
} from "microlift";
import type { Row } from "./run.ts";
import { timeInTurns } from "./stopwatch.ts";

const control = { n: 20_000, conversions: 2400 };
const treatment = { n: 20_000, conversions: 2480 };

/** About three times the microseconds that a call takes on a machine with little else to do. */
const LIMITS = {
  compareRatios: 20,
  compareCounts: 30,
  compareQuantiles: 40,
  compareWithCovariates: 150,
  "compareStratified, five strata": 300,
  "compareArms, five treatments, Holm": 150,
  "compareArms, five treatments, Dunnett": 15_000,
  testNonInferiority: 25,
  sampleRatioMismatch: 20,
} as const;

/** What a platform calls for each metric, beside the default test of two proportions. */
export function benchComparisons(): Row[] {
  const arms = {
    control,
    treatments: [2480, 2512, 2390, 2455, 2431].map((conversions, i) => ({
      name: `t${i}`,
      n: 20_000 + i,
      conversions,
    })),
  };
  const strata = ["phone", "desktop", "tablet", "app", "other"].map((name, i) => ({
    name,
    control: { n: 4000 - 700 * i, conversions: 480 - 80 * i },
    treatment: { n: 3900 - 650 * i, conversions: 490 - 75 * i },
  }));
  const { score, ...ns } = timeInTurns({
    score: () => compareProportions({ control, treatment }),
    compareRatios: () => compareRatios(CLICKS_PER_SESSION),
    compareCounts: () =>
      compareCounts({
        control: { n: 4000, events: 9120, variance: 5.1 },
        treatment: { n: 4100, events: 9710, variance: 5.4 },
      }),
    compareQuantiles: () => compareQuantiles(LOAD_TIME),
    compareWithCovariates: () => compareWithCovariates(ORDERS),
    "compareStratified, five strata": () => compareStratified({ strata }),
    "compareArms, five treatments, Holm": () => compareArms(arms),
    "compareArms, five treatments, Dunnett": () => compareArms({ ...arms, adjustment: "dunnett" }),
    testNonInferiority: () => testNonInferiority({ control, treatment, margin: 0.05, scale: "lift" }),
    sampleRatioMismatch: () => sampleRatioMismatch({ observed: [821_588, 815_482], expected: [1, 1] }),
  });
  return Object.entries(LIMITS).map(([what, limit]) => {
    const microseconds = ns[what as keyof typeof ns] / 1000;
    return {
      what,
      figure: `${microseconds.toPrecision(3)} µs`,
      yardstick: `${((1000 * microseconds) / score).toPrecision(3)} × the score test`,
      limit: `${limit} µs`,
      within: microseconds <= limit,
    };
  });
}

const CLICKS_PER_SESSION = {
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
};

const LOAD_TIME = {
  control: {
    n: 10_000,
    probability: 0.9,
    value: 912,
    lower: { rank: 8941, value: 897 },
    upper: { rank: 9060, value: 928 },
  },
  treatment: {
    n: 10_000,
    probability: 0.9,
    value: 881,
    lower: { rank: 8941, value: 866 },
    upper: { rank: 9060, value: 897 },
  },
};

const METRICS = ["orders", "before"];
const ORDERS = {
  control: {
    n: 1000,
    metrics: METRICS,
    mean: [10.2, 9.8],
    covariance: [
      [16.8, 11],
      [11, 15.7],
    ],
  },
  treatment: {
    n: 1020,
    metrics: METRICS,
    mean: [10.6, 9.9],
    covariance: [
      [17.5, 11.5],
      [11.5, 16.1],
    ],
  },
  covariates: [{ name: "before", measured: "before" as const }],
};
