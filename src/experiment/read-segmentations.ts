import type { Arm } from "../inference/arm-family.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { analyzeSegments } from "./analyze-segments.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { partSummaries, summariesOf } from "./arm-results.ts";
import type { ArmData, SegmentationData } from "./experiment-data.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import type { SegmentAnalysis } from "./segment-analysis.ts";

/** What the segments of one segmentation say of one treatment. */
export interface SegmentationReadout {
  readonly name: string;
  /** Whether the plan names it; what others show is exploratory. */
  readonly isPlanned: boolean;
  /** Every metric that the segments hold. */
  readonly metrics: readonly { readonly name: string; readonly analysis: SegmentAnalysis }[];
}

/** Reads every segmentation of a document in one treatment. */
export function readSegmentations(
  segmentations: readonly SegmentationData[],
  terms: AnalysisTerms,
  arm: ArmData,
): SegmentationReadout[] {
  const { index, control, alpha, multiplicity } = terms;
  const whole = { control: summariesOf(control, index), treatment: summariesOf(arm, index) };
  return segmentations.map((segmentation) => {
    const { name, segments } = segmentation;
    const isPlanned = terms.plan?.segmentations?.includes(name) === true;
    const parts = segments.map((segment) => ({
      name: segment.name,
      control: partSummaries(segment.arms, control.name, index),
      treatment: partSummaries(segment.arms, arm.name, index),
    }));
    const held = terms.metrics.filter((metric) => parts[0]!.control.has(metric.name));
    const analyze = (metric: MetricDefinition): SegmentAnalysis =>
      analyzeSegments({
        segmentation: name,
        measured: segmentation.measured,
        basedOn: segmentation.basedOn,
        segments: parts.map((part) => ({ name: part.name, ...armsOf(part, metric) })),
        overall: armsOf(whole, metric),
        plannedSegmentation: isPlanned,
        adjustment: multiplicity.segments,
        improvesWhen: metric.improvesWhen,
        confidenceLevel: 1 - alpha,
      });
    return {
      name,
      isPlanned,
      metrics: held.map((metric) => ({ name: metric.name, analysis: analyze(metric) })),
    };
  });
}

function armsOf(
  { control, treatment }: TwoArms<ReadonlyMap<string, Arm>>,
  { name }: MetricDefinition,
): TwoArms<Arm> {
  return { control: control.get(name)!, treatment: treatment.get(name)! };
}
