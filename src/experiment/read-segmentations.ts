import { checkedConfidence } from "../core/confidence.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { partSummaries, summariesOf } from "./arm-results.ts";
import type { ArmData, SegmentationData } from "./experiment-data.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import { readSegments } from "./read-segments.ts";
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
  const confidence = checkedConfidence("two-sided", 1 - alpha);
  return segmentations.map(({ name, basedOn, segments }) => {
    const planned = terms.plan?.segmentations?.includes(name) === true;
    const parts = segments.map((segment) => ({
      name: segment.name,
      control: partSummaries(segment.arms, control.name, index),
      treatment: partSummaries(segment.arms, arm.name, index),
    }));
    const held = terms.metrics.filter((metric) => parts[0]!.control.has(metric.name));
    const read = ({ name: metric, kind, improvesWhen = "increase" }: MetricDefinition): SegmentAnalysis =>
      readSegments({
        segmentation: name,
        basedOn,
        segments: parts.map((part) => ({
          name: part.name,
          control: part.control.get(metric)!,
          treatment: part.treatment.get(metric)!,
        })),
        overall: { control: whole.control.get(metric)!, treatment: whole.treatment.get(metric)! },
        kind,
        confidence,
        adjustment: multiplicity.segments,
        planned,
        improvesWhen,
      });
    return {
      name,
      isPlanned: planned,
      metrics: held.map((metric) => ({ name: metric.name, analysis: read(metric) })),
    };
  });
}
