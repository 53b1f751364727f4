import type { Estimate } from "../core/estimate.ts";
import type { MetricKind } from "../core/metric-kind.ts";
import type { Warning } from "../core/warning.ts";
import type { RatioArm } from "../models/ratio-levels.ts";
import type { ComparisonScale } from "../models/restricted-rates.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { CountArm } from "./count-comparison.ts";
import type { MeanTestName } from "./compare-means.ts";

/**
 * Tests at a null value other than no effect: `score` and `miettinen-nurminen` of proportions, `welch` and `pooled` of
 * means, `delta` of ratios, `quasi-poisson` and `score` of counts.
 */
export type MarginTestName = "score" | "miettinen-nurminen" | MeanTestName | "delta" | "quasi-poisson";

/** One arm of a test against a margin, a ratio or a count with its level. */
export type TestedArm = Proportion | Mean | RatioArm | CountArm;

/** An effect that can be tested at any null value, with its interval at 1 − 2 alpha. */
export interface EffectUnderTest {
  readonly metric: MetricKind;
  readonly control: TestedArm;
  readonly treatment: TestedArm;
  readonly method: MarginTestName;
  readonly scale: ComparisonScale;
  readonly alpha: number;
  readonly effect: Estimate;
  /** Infinity for a statistic that is standard normal. */
  readonly degreesOfFreedom: number;
  /** Positive where the effect lies above the null value; null where there is nothing to judge by. */
  readonly statisticAt: (nullValue: number) => number | null;
  readonly warnings: readonly Warning[];
  readonly assumptions: readonly string[];
}

/** What a test against a margin is asked for, not yet checked against the kind of the metric. */
export interface TestRequest {
  readonly scale: ComparisonScale;
  readonly alpha: number;
  readonly test: MarginTestName | undefined;
}

/** An effect whose interval inverts no test, for want of variance. */
export function withoutTest(effect: Estimate): Estimate {
  return { ...effect, interval: { ...effect.interval, dualToTest: false } };
}

// Cautions of a comparison that concern a scale which is not looked at.
const ABOUT_THE_LIFT = ["ZERO_CONTROL_RATE", "UNDETERMINED_LIFT", "UNBOUNDED_LIFT"];
const ELSEWHERE: Readonly<Record<ComparisonScale, readonly string[]>> = {
  difference: /* @__PURE__ */ ABOUT_THE_LIFT.concat("UNDETERMINED_ODDS_RATIO"),
  lift: ["UNDETERMINED_ODDS_RATIO"],
  "odds-ratio": [],
};

/** The cautions that concern a scale. */
export function relevant(warnings: readonly Warning[], scale: ComparisonScale): readonly Warning[] {
  return warnings.filter(({ code }) => !ELSEWHERE[scale].includes(code));
}
