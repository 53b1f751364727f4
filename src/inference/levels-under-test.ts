import { checkOneOf } from "../core/checks.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Result } from "../core/result.ts";
import { LEVEL_SCALES, type LevelScale } from "../models/level-scale.ts";
import { type Levels, pooledLevels, welchLevels } from "../models/levels.ts";
import { ratioLevels } from "../models/ratio-levels.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Ratio } from "../summaries/ratio.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { compareMeans, MEAN_TESTS, type MeanTestName } from "./compare-means.ts";
import { compareRatios } from "./compare-ratios.ts";
import { type EffectUnderTest, relevant, type TestRequest, withoutTest } from "./tested-effect.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { log2 } from "../numerics/elementary/log2.ts";

/** Two means, by Welch's or Student's t. */
export function meansUnderTest(
  { control, treatment }: TwoArms<Mean>,
  { scale, alpha, test: asked = "welch" }: TestRequest,
): EffectUnderTest {
  checkOneOf("scale", scale, LEVEL_SCALES);
  checkOneOf("test", asked, MEAN_TESTS);
  const test = asked as MeanTestName;
  const comparison = compareMeans({ control, treatment, test, confidenceLevel: 1 - 2 * alpha });
  const levels = (test === "welch" ? welchLevels : pooledLevels)(control, treatment);
  return {
    metric: "mean",
    control: comparison.control,
    treatment: comparison.treatment,
    method: test,
    alpha,
    ...contrastOf(levels, comparison, scale as LevelScale),
  };
}

/** Two ratios of means, by the delta method. */
export function ratiosUnderTest(
  { control, treatment }: TwoArms<Ratio>,
  { scale, alpha, test = "delta" }: TestRequest,
): EffectUnderTest {
  checkOneOf("scale", scale, LEVEL_SCALES);
  checkOneOf("test", test, ["delta"]);
  const comparison = compareRatios({ control, treatment, confidenceLevel: 1 - 2 * alpha });
  const levels = ratioLevels(comparison.control, comparison.treatment);
  return {
    metric: "ratio",
    control: comparison.control,
    treatment: comparison.treatment,
    method: test,
    alpha,
    ...contrastOf(levels, comparison, scale as LevelScale),
  };
}

interface ComparedLevels extends Pick<Result<string>, "warnings" | "assumptions"> {
  readonly degreesOfFreedom: number;
  readonly difference: Estimate;
  readonly lift: Estimate;
}

/** @param levels - null where an arm has none */
function contrastOf(
  levels: Levels | null,
  { difference, lift, degreesOfFreedom, warnings, assumptions }: ComparedLevels,
  scale: LevelScale,
): Pick<
  EffectUnderTest,
  "scale" | "effect" | "degreesOfFreedom" | "statisticAt" | "warnings" | "assumptions"
> {
  const effect = scale === "lift" ? lift : difference;
  const isJudged = levels !== null && levels.standardError > 0;
  return {
    scale,
    // Without variance there is no test that the interval could invert.
    effect: isJudged ? effect : withoutTest(effect),
    degreesOfFreedom,
    statisticAt: (nullValue) => (isJudged ? contrastAt(levels, scale, nullValue) : null),
    warnings: relevant(warnings, scale),
    assumptions,
  };
}

/** t of m₂ − m₁ − δ, or of the contrast m₂ − R m₁ (Fieller 1954), which says what the lift is where m₁ is above 0. */
function contrastAt(levels: Levels, scale: LevelScale, nullValue: number): number | null {
  const { control, difference, controlError, treatmentError, standardError } = levels;
  if (scale === "difference") return (difference - nullValue) / standardError;
  if (control <= 0) return null;
  // A power of two, which changes no digit, keeps products within the range of doubles.
  const unit = 2 ** Math.floor(log2(1 + Math.abs(nullValue)));
  const beyond = difference / unit - (nullValue / unit) * control;
  return beyond / hypot(treatmentError / unit, ((1 + nullValue) / unit) * controlError);
}
