import type { ConfidenceOptions } from "../core/confidence.ts";
import type { Arm, ArmsTest } from "../inference/arm-family.ts";
import { compareCounts } from "../inference/compare-counts.ts";
import { compareMeans } from "../inference/compare-means.ts";
import { compareProportions } from "../inference/compare-proportions.ts";
import { compareRatios } from "../inference/compare-ratios.ts";
import type { Count } from "../summaries/count.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { Ratio } from "../summaries/ratio.ts";
import type { TwoArms } from "../summaries/two-arms.ts";

/** Two arms of any kind, by the default test of their kind. Both are summaries of the same kind. */
export function compareSummaries(arms: TwoArms<Arm>, confidence: ConfidenceOptions): ArmsTest {
  const { control } = arms;
  if ("conversions" in control)
    return compareProportions({ ...(arms as TwoArms<Proportion>), ...confidence });
  if ("mean" in control) return compareMeans({ ...(arms as TwoArms<Mean>), ...confidence });
  if ("numerator" in control) return compareRatios({ ...(arms as TwoArms<Ratio>), ...confidence });
  return compareCounts({ ...(arms as TwoArms<Count>), ...confidence });
}
