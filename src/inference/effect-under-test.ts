import { checkObject, checkOneOf } from "../core/checks.ts";
import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Warning } from "../core/warning.ts";
import { type Levels, pooledLevels, welchLevels } from "../models/levels.ts";
import { checkMarginAlpha } from "../models/margin.ts";
import { COMPARISON_SCALES, type ComparisonScale } from "../models/restricted-rates.ts";
import { scoreAt } from "../models/score-at.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { compareMeans, MEAN_TESTS, type MeanTestName } from "./compare-means.ts";
import { compareProportions } from "./compare-proportions.ts";

/** Tests at a null value other than no effect: `score` and `miettinen-nurminen` of proportions, the others of means. */
export type MarginTestName = "score" | "miettinen-nurminen" | MeanTestName;

/** Two arms of a proportion, with `conversions`, or of a mean, with `mean`. */
export type MetricArms = TwoArms<Proportion> | TwoArms<Mean>;

/** What non-inferiority, superiority and equivalence tests have in common. */
export interface EffectOptions {
  /** `difference` unless said; `odds-ratio` is for proportions. */
  readonly scale?: ComparisonScale | undefined;
  /** One-sided type I error, in (0, 0.5); 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** `score` for proportions and `welch` for means unless said. */
  readonly test?: MarginTestName | undefined;
}

/** An effect that can be tested at any null value, with its interval at 1 − 2 alpha. */
export interface EffectUnderTest {
  readonly arms: MetricArms;
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

const PROPORTION_TESTS = ["score", "miettinen-nurminen"] as const;
const MEAN_SCALES: readonly ComparisonScale[] = ["difference", "lift"];

/** Reads and checks what is the same in all tests against a margin. */
export function effectUnderTest(options: MetricArms & EffectOptions): EffectUnderTest {
  checkObject("options", options);
  checkObject("control", options.control);
  const { scale = "difference", alpha = DEFAULT_ALPHA, test } = options;
  checkMarginAlpha(alpha);
  if ("conversions" in options.control) {
    return ratesUnderTest(
      options as TwoArms<Proportion>,
      scale,
      alpha,
      test as (typeof PROPORTION_TESTS)[number],
    );
  }
  if ("mean" in options.control) {
    return meansUnderTest(options as TwoArms<Mean>, scale, alpha, test as MeanTestName);
  }
  throw new DomainError("control", options.control, "must hold conversions, for a proportion, or a mean");
}

function ratesUnderTest(
  { control, treatment }: TwoArms<Proportion>,
  scale: ComparisonScale,
  alpha: number,
  test: (typeof PROPORTION_TESTS)[number] = "score",
): EffectUnderTest {
  checkOneOf("scale", scale, COMPARISON_SCALES);
  checkOneOf("test", test, PROPORTION_TESTS);
  const comparison = compareProportions({ control, treatment, test, confidenceLevel: 1 - 2 * alpha });
  const total = control.n + treatment.n;
  const narrowing = test === "score" ? 1 : Math.sqrt((total - 1) / total);
  const { difference, lift, oddsRatio, warnings, assumptions } = comparison;
  return {
    arms: {
      control: { n: control.n, conversions: control.conversions },
      treatment: { n: treatment.n, conversions: treatment.conversions },
    },
    method: test,
    scale,
    alpha,
    effect: { difference, lift, "odds-ratio": oddsRatio }[scale],
    degreesOfFreedom: Infinity,
    statisticAt: (nullValue) => narrowing * scoreAt(scale, control, treatment, nullValue),
    warnings: relevant(warnings, scale),
    assumptions,
  };
}

function meansUnderTest(
  { control, treatment }: TwoArms<Mean>,
  scale: ComparisonScale,
  alpha: number,
  test: MeanTestName = "welch",
): EffectUnderTest {
  checkOneOf("scale", scale, MEAN_SCALES);
  checkOneOf("test", test, MEAN_TESTS);
  const comparison = compareMeans({ control, treatment, test, confidenceLevel: 1 - 2 * alpha });
  const levels = (test === "welch" ? welchLevels : pooledLevels)(control, treatment);
  const effect = scale === "lift" ? comparison.lift : comparison.difference;
  return {
    arms: { control: comparison.control, treatment: comparison.treatment },
    method: test,
    scale,
    alpha,
    // Without variance there is no test that the interval could invert.
    effect: levels.standardError > 0 ? effect : withoutTest(effect),
    degreesOfFreedom: comparison.degreesOfFreedom,
    statisticAt: (nullValue) => contrastAt(levels, scale, nullValue),
    warnings: relevant(comparison.warnings, scale),
    assumptions: comparison.assumptions,
  };
}

/** t of m₂ − m₁ − δ, or of the contrast m₂ − R m₁ (Fieller 1954), which says what the lift is where m₁ is above 0. */
function contrastAt(levels: Levels, scale: ComparisonScale, nullValue: number): number | null {
  const { control, difference, controlError, treatmentError, standardError } = levels;
  if (standardError === 0 || (scale === "lift" && control <= 0)) return null;
  if (scale === "difference") return (difference - nullValue) / standardError;
  // A power of two, which changes no digit, keeps products within the range of doubles.
  const unit = 2 ** Math.floor(Math.log2(1 + Math.abs(nullValue)));
  const beyond = difference / unit - (nullValue / unit) * control;
  return beyond / Math.hypot(treatmentError / unit, ((1 + nullValue) / unit) * controlError);
}

function withoutTest(effect: Estimate): Estimate {
  return { ...effect, interval: { ...effect.interval, dualToTest: false } };
}

// Cautions of a comparison that concern a scale which is not looked at.
const ABOUT_THE_LIFT = ["ZERO_CONTROL_RATE", "UNDETERMINED_LIFT", "UNBOUNDED_LIFT"];
const ELSEWHERE: Readonly<Record<ComparisonScale, readonly string[]>> = {
  difference: /* @__PURE__ */ ABOUT_THE_LIFT.concat("UNDETERMINED_ODDS_RATIO"),
  lift: ["UNDETERMINED_ODDS_RATIO"],
  "odds-ratio": [],
};

function relevant(warnings: readonly Warning[], scale: ComparisonScale): readonly Warning[] {
  return warnings.filter(({ code }) => !ELSEWHERE[scale].includes(code));
}
