import { checkFinite, checkOneOf, checkOpenUnit, checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";

/** A metric that is watched, and what the treatment truly does to it. */
export interface MonitoredMetric {
  /** Rate of the control arm, in (0, 1); with `standardDeviation` its mean, above 0. */
  readonly baseline: number;
  /** True treatment value / control value − 1; 0 for an experiment without effect. */
  readonly lift: number;
  /** Of a unit, in both arms, above 0: says that the metric is a mean and not a rate. */
  readonly standardDeviation?: number | undefined;
}

/** How the z of the data so far is standardized: `score` by the pooled rate, `wald` by a rate for each arm. */
export type MonitoredTest = "score" | "wald";

const MONITORED_TESTS: readonly MonitoredTest[] = ["score", "wald"];

/** The test of a rate, `fallback` unless said; a mean has but one, so that none is to be named. */
export function checkedMonitoredTest(
  test: MonitoredTest | undefined,
  { standardDeviation }: Pick<MonitoredMetric, "standardDeviation">,
  fallback: MonitoredTest = "score",
): MonitoredTest {
  if (test === undefined) return fallback;
  checkOneOf("test", test, MONITORED_TESTS);
  if (standardDeviation !== undefined) {
    throw new DomainError("test", test, "must be left out for a mean, given by standardDeviation");
  }
  return test;
}

/** The metric as its test sees it; deviations are those of the difference for one control unit, n of them √n less. */
export interface MetricModel {
  readonly isMean: boolean;
  readonly control: number;
  readonly treatment: number;
  readonly difference: number;
  /** The true one. */
  readonly deviation: number;
  /** The one that the difference is divided by. */
  readonly testDeviation: number;
}

/** A difference of so many deviations overflows nothing that is made of it. */
const LARGEST_SIGNAL = 1e100;

/** The metric checked, as it is where the treatment has its effect. */
export function metricModel(
  { baseline, lift, standardDeviation }: MonitoredMetric,
  test: MonitoredTest,
  allocation: number,
): MetricModel {
  checkFinite("lift", lift);
  if (standardDeviation !== undefined) return meanModel(baseline, lift, standardDeviation, allocation);
  checkOpenUnit("baseline", baseline);
  const treatment = baseline * (1 + lift);
  if (!(treatment > 0 && treatment < 1)) {
    throw new DomainError(
      "lift",
      lift,
      `must leave the treatment rate strictly between 0 and 1, not at ${treatment}`,
    );
  }
  const deviation = Math.sqrt(baseline * (1 - baseline) + (treatment * (1 - treatment)) / allocation);
  const pooled = (baseline + allocation * treatment) / (1 + allocation);
  return {
    isMean: false,
    control: baseline,
    treatment,
    difference: baseline * lift,
    deviation,
    testDeviation: test === "score" ? Math.sqrt(pooled * (1 - pooled) * (1 + 1 / allocation)) : deviation,
  };
}

function meanModel(
  baseline: number,
  lift: number,
  standardDeviation: number,
  allocation: number,
): MetricModel {
  checkPositive("baseline", baseline);
  checkPositive("standardDeviation", standardDeviation);
  const difference = baseline * lift;
  const deviation = standardDeviation * Math.sqrt(1 + 1 / allocation);
  if (!(Math.abs(difference) / deviation <= LARGEST_SIGNAL && deviation < Infinity)) {
    throw new DomainError(
      "standardDeviation",
      standardDeviation,
      `must be of a size that fits the difference ${difference}`,
    );
  }
  return {
    isMean: true,
    control: baseline,
    treatment: baseline + difference,
    difference,
    deviation,
    testDeviation: deviation,
  };
}
