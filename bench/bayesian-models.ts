import { compareBetaBinomial, compareGammaPoisson, compareNormal, compareRevenue } from "microlift";
import type { Row } from "./run.ts";
import { timeInTurns } from "./stopwatch.ts";

const NANOSECONDS_PER_MILLISECOND = 1e6;

interface Case {
  readonly what: string;
  readonly limitMilliseconds: number;
  readonly compare: () => unknown;
}

const CASES: readonly Case[] = [
  means("100 units", 1.2, 100, 120),
  means("10,000 units", 1.2, 10_000, 10_200),
  means("1e7 units", 1.2, 1e7, 1e7),
  means("100 against 100,000 units", 5, 100, 100_000),
  means("2 degrees of freedom", 10, 3, 3),
  counts("5 events", 1, 100, 5, 100, 9),
  counts("120 events", 1, 1000, 120, 1010, 150),
  counts("1e7 events", 1, 1e7, 1.5e7, 1e7, 1.5003e7),
  counts("no events in one arm", 5, 1000, 0, 1010, 150),
  counts("no events at all", 5, 1000, 0, 1010, 0),
  {
    what: "compareRevenue, gamma values",
    limitMilliseconds: 10,
    compare: () =>
      compareRevenue({
        model: "gamma",
        control: { n: 10_000, conversions: 300, values: { mean: 52, variance: 1900 } },
        treatment: { n: 10_000, conversions: 330, values: { mean: 53, variance: 2100 } },
      }),
  },
  {
    what: "compareRevenue, log-normal values",
    limitMilliseconds: 15,
    compare: () =>
      compareRevenue({
        model: "log-normal",
        control: { n: 10_000, conversions: 300, logValues: { mean: 3, variance: 0.8 } },
        treatment: { n: 10_000, conversions: 330, logValues: { mean: 3.05, variance: 0.8 } },
      }),
  },
];

function means(of: string, limitMilliseconds: number, n: number, other: number): Case {
  return {
    what: `compareNormal, ${of}`,
    limitMilliseconds,
    compare: () =>
      compareNormal({
        control: { n, mean: 10.2, variance: 16.8 },
        treatment: { n: other, mean: 10.2 + 5 / Math.sqrt(n), variance: 17.4 },
      }),
  };
}

function counts(
  of: string,
  limitMilliseconds: number,
  n: number,
  events: number,
  otherN: number,
  otherEvents: number,
): Case {
  return {
    what: `compareGammaPoisson, ${of}`,
    limitMilliseconds,
    compare: () =>
      compareGammaPoisson({
        control: { n, events },
        treatment: { n: otherN, events: otherEvents },
      }),
  };
}

/** Means, counts of events and revenue, with everything, beside two rates with everything. */
export function benchBayesianModels(): Row[] {
  const rates = {
    control: { n: 10_000, conversions: 1000 },
    treatment: { n: 10_000, conversions: 1070 },
  };
  return CASES.map(({ what, limitMilliseconds, compare }) => {
    const ns = timeInTurns({ compare, yardstick: () => compareBetaBinomial(rates) });
    return {
      what,
      figure: `${(ns.compare / NANOSECONDS_PER_MILLISECOND).toPrecision(3)} ms`,
      yardstick: `${(ns.compare / ns.yardstick).toPrecision(2)} × compareBetaBinomial`,
      limit: `${limitMilliseconds} ms`,
      within: ns.compare <= limitMilliseconds * NANOSECONDS_PER_MILLISECOND,
    };
  });
}
