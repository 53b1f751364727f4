import type { ConfidenceOptions } from "../core/confidence.ts";
import type { Arm, ArmsTest } from "../inference/arm-family.ts";
import { type CompareCountsOptions, compareCounts } from "../inference/compare-counts.ts";
import { type CompareMeansOptions, compareMeans } from "../inference/compare-means.ts";
import { type CompareProportionsOptions, compareProportions } from "../inference/compare-proportions.ts";
import { type CompareRatiosOptions, compareRatios } from "../inference/compare-ratios.ts";
import type { TwoArms } from "../summaries/two-arms.ts";

/** Two arms of any kind, by the default test of their kind. Both are summaries of the same kind. */
export function compareSummaries(
  { control, treatment }: TwoArms<Arm>,
  { alternative, confidenceLevel }: ConfidenceOptions,
): ArmsTest {
  // Field by field: in documents of many metrics and segments copies of objects take as long as the tests.
  const options = { control, treatment, alternative, confidenceLevel };
  if ("conversions" in control) return compareProportions(options as CompareProportionsOptions);
  if ("mean" in control) return compareMeans(options as CompareMeansOptions);
  if ("numerator" in control) return compareRatios(options as CompareRatiosOptions);
  return compareCounts(options as CompareCountsOptions);
}
