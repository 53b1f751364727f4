import type { Interval } from "../core/interval.ts";
import { comparePolicies } from "./compare-policies.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { effectMoments } from "./effect-moments.ts";
import { macroEquivalentN } from "./macro-equivalent-n.ts";
import { posteriorInterval } from "./posterior-interval.ts";
import type { DiscretePosterior } from "./probability-highest.ts";
import type { DecisionRule } from "./decision-rule.ts";
import {
  type GainCounting,
  plannedTest,
  policyOutcome,
  type ProgrammeSetting,
  testsCounted,
} from "./programme-policy.ts";
import { nodeGain, type ShippingRule } from "./shipping-rule.ts";

/** What one candidate is worth as the proxy that decides alone. */
export interface CandidateReading {
  /** Correlation of the proxy's estimate at n with the true macro effect; below 0 for a proxy of the wrong sign. */
  readonly proxyQuality: number;
  readonly proxyQualityInterval: Interval | null;
  readonly gainPerTest: number;
  readonly gainPerYear: number;
  readonly gainWithinYear: number;
  /** Of the year's gain as it is counted, over the posterior; null without one. */
  readonly gainInterval: Interval | null;
  /** The year's gain over that of waiting for sales at n; null where waiting gains nothing. */
  readonly ratioToWaiting: number | null;
  /** Posterior probability that it gains more than waiting for sales at n does; 0 or 1 without a posterior. */
  readonly probabilityGainsMore: number;
  /** Units at which sales show a typical change over those at which the proxy does: k_y / k_s. It says nothing of worth. */
  readonly detectionSpeedup: number;
  /** Macro units that one proxy unit is worth for the decision at n; 0 for a proxy of the wrong sign. */
  readonly decisionSpeedup: number;
  /** Days after the last unit entered until it is known. */
  readonly delayDays: number;
  /** Days from the start of a test to its decision. */
  readonly decisionDays: number;
  /** Tests of a year, as the counting goes. */
  readonly testsCounted: number;
}

/** A reading, with what the ranking needs of each node. */
export interface ReadCandidate {
  readonly reading: CandidateReading;
  /** The counted gain of a year in each node, over that of perfect knowledge of one test. */
  readonly shares: DiscretePosterior;
  /** Posterior standard deviation of the proxy quality; 0 without a posterior. */
  readonly qualityDeviation: number;
}

/** Reads a candidate at n. */
export function readCandidate(
  setting: ProgrammeSetting & { readonly rule: DecisionRule },
  n: number,
  counting: GainCounting,
  confidenceLevel: number | null,
): ReadCandidate {
  const { nodes, sampling, rule, calendar } = setting;
  const test = plannedTest("trust-the-proxy", setting, n);
  const waiting = plannedTest("wait-for-sales", setting, n);
  const { gainPerTest, gainPerYear, gainWithinYear, decisionDays } = policyOutcome(setting, test);
  const tests = testsCounted(test, counting);
  const { ratio, probabilityGainsMore } = comparePolicies(
    nodes,
    "trust-the-proxy",
    test,
    waiting,
    counting,
    null,
  );
  const moments = effectMoments(nodes);
  const qualityOf = ({ rho, tauProxy }: Pick<CompleteEffectNode, "rho" | "tauProxy">): number =>
    rho / Math.sqrt(1 + sampling.proxy / tauProxy ** 2 / n);
  const weights = nodes.map(({ weight }) => weight);
  const gains = nodes.map((node) => nodeGain(node, test.rule) * tests);
  const qualities = nodes.map(qualityOf);
  const interval = (values: readonly number[]): Interval | null =>
    confidenceLevel === null ? null : posteriorInterval(nodes, values, confidenceLevel);
  const equivalent =
    moments.rho > 0 || rule.kind === "posterior-mean"
      ? macroEquivalentN({ nodes, sampling, rule }, test.rule, rule.kind !== "significance")
      : 0;
  return {
    reading: {
      proxyQuality: qualityOf(moments),
      proxyQualityInterval: interval(qualities),
      gainPerTest,
      gainPerYear,
      gainWithinYear,
      gainInterval: interval(gains),
      ratioToWaiting: ratio,
      probabilityGainsMore,
      detectionSpeedup: (sampling.macro / moments.tauMacro ** 2) * (moments.tauProxy ** 2 / sampling.proxy),
      decisionSpeedup: equivalent / n,
      delayDays: calendar.proxyDelayDays,
      decisionDays,
      testsCounted: tests,
    },
    shares: {
      values: nodes.map((node, i) => shareOf(gains[i]!, nodeGain(node, PERFECT))),
      weights,
    },
    qualityDeviation: deviation(qualities, weights),
  };
}

/** Ship every change that gains, and no other. */
const PERFECT: ShippingRule = { proxy: 0, macro: 1, threshold: 0, noise: 0 };

/** Where nothing can be gained, to the last digit, nothing is what the best proxy gains. */
function shareOf(gain: number, perfect: number): number {
  if (perfect > 0) return gain / perfect;
  return gain < 0 ? -Infinity : 0;
}

function deviation(values: readonly number[], weights: readonly number[]): number {
  const mean = values.reduce((sum, value, i) => sum + weights[i]! * value, 0);
  return Math.sqrt(values.reduce((sum, value, i) => sum + weights[i]! * (value - mean) ** 2, 0));
}
