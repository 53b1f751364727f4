import { analyzeSegments, type Segment } from "./analyze-segments.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { partSummaries, summaryOf } from "./arm-results.ts";
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
  return segmentations.map((segmentation) => {
    const { name, segments } = segmentation;
    const isPlanned = terms.plan?.segmentations?.includes(name) === true;
    const parts = segments.map((segment) => ({
      name: segment.name,
      control: partSummaries(segment.arms, terms.control.name, terms.index),
      treatment: partSummaries(segment.arms, arm.name, terms.index),
    }));
    const held = terms.metrics.filter((metric) => parts[0]!.control.has(metric.name));
    return {
      name,
      isPlanned,
      metrics: held.map((metric) => {
        const of = parts.map((part) => ({
          name: part.name,
          control: part.control.get(metric.name)!,
          treatment: part.treatment.get(metric.name)!,
        }));
        return { name: metric.name, analysis: analyze(of, metric, { segmentation, isPlanned }, terms, arm) };
      }),
    };
  });
}

function analyze(
  segments: readonly Segment[],
  metric: MetricDefinition,
  { segmentation, isPlanned }: { readonly segmentation: SegmentationData; readonly isPlanned: boolean },
  { control, alpha, multiplicity }: AnalysisTerms,
  arm: ArmData,
): SegmentAnalysis {
  return analyzeSegments({
    segmentation: segmentation.name,
    measured: segmentation.measured,
    basedOn: segmentation.basedOn,
    segments,
    overall: { control: summaryOf(control, metric), treatment: summaryOf(arm, metric) },
    plannedSegmentation: isPlanned,
    adjustment: multiplicity.segments,
    improvesWhen: metric.improvesWhen,
    confidenceLevel: 1 - alpha,
  });
}
