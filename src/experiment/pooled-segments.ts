import type { Confidence } from "../core/confidence.ts";
import type { MetricKind } from "../core/metric-kind.ts";
import type { ArmsTest } from "../inference/arm-family.ts";
import { mantelHaenszelEffects } from "../inference/mantel-haenszel-effects.ts";
import type { StratifiedEffects } from "../inference/stratified-effects.ts";
import { levelEffects } from "../inference/stratified-level-effects.ts";
import { stratifiedLevels } from "../inference/stratified-levels.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { mergeCounts } from "../summaries/count.ts";
import { mergeMeans } from "../summaries/mean.ts";
import { mergeProportions, type Proportion } from "../summaries/proportion.ts";
import { mergeRatios } from "../summaries/ratio.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { compareSummaries } from "./compare-summaries.ts";
import type { FilledSegment } from "./compared-segment.ts";
import type { PooledSegments } from "./segment-analysis.ts";
import type { SegmentLevels } from "./segment-levels.ts";

/**
 * The effect on all units, both arms in one mix of segments: Mantel and Haenszel's for proportions, as `compareStratified`
 * has it; for the others each segment counts by its share of all units (for ratios, of all denominators).
 */
export function pooledSegments(
  segments: readonly FilledSegment[],
  levels: readonly SegmentLevels[],
  kind: MetricKind,
  confidence: Confidence,
): PooledSegments {
  const method = kind === "proportion" ? "mantel-haenszel" : "post-stratification";
  const { statistic, pValue, logPValue, difference, lift, status } =
    kind === "proportion"
      ? mantelHaenszelEffects(
          segments.map(({ segment }) => segment as TwoArms<Proportion>),
          { ...confidence, z: normalUpperQuantile(confidence.tail) },
          0,
        )
      : joined(levels, confidence);
  return { method, statistic, pValue, logPValue, difference, lift, status };
}

function joined(levels: readonly SegmentLevels[], confidence: Confidence): StratifiedEffects {
  const amount = ({ controlAmount, treatmentAmount }: SegmentLevels): number =>
    controlAmount + treatmentAmount;
  const total = levels.reduce((sum, level) => sum + amount(level), 0);
  const weights = levels.map((level) => amount(level) / total);
  return levelEffects(stratifiedLevels(levels, weights), weights, confidence, "post-stratification");
}

/** All units of the segments thrown together, whatever their mix in either arm. */
export function crudeComparison(
  segments: readonly FilledSegment[],
  kind: MetricKind,
  { alternative, confidenceLevel }: Confidence,
): ArmsTest {
  const controls = segments.map(({ segment }) => segment.control);
  const treatments = segments.map(({ segment }) => segment.treatment);
  const merge = MERGERS[kind] as typeof mergeProportions;
  return compareSummaries(
    {
      control: merge(controls as readonly Proportion[]),
      treatment: merge(treatments as readonly Proportion[]),
    },
    { alternative, confidenceLevel },
  );
}

const MERGERS = {
  proportion: mergeProportions,
  mean: mergeMeans,
  ratio: mergeRatios,
  count: mergeCounts,
} as const;
