import { rateLevels, meanLevels, type StratumLevels } from "../inference/stratified-levels.ts";
import type { CountComparison } from "../inference/count-comparison.ts";
import type { RatioComparison } from "../inference/ratio-comparison.ts";
import { eventRateDifference } from "../models/count-effects.ts";
import { ratioLevels } from "../models/ratio-levels.ts";
import type { Moments1 } from "../summaries/ratio.ts";
import type { Segment } from "./checked-segments.ts";
import type { FilledSegment } from "./compared-segment.ts";

/** The levels of one segment, and how much they count for: by its units, or for ratios by their denominators. */
export interface SegmentLevels extends StratumLevels {
  readonly controlAmount: number;
  readonly treatmentAmount: number;
  /** Sums of the squares of what each unit counts for. */
  readonly controlSquares: number;
  readonly treatmentSquares: number;
}

/** Null where an arm's denominators are not above 0 on average, so that it has no ratio or no share in one. */
export function segmentLevels({ segment, comparison }: FilledSegment): SegmentLevels | null {
  switch (comparison.kind) {
    case "proportion-comparison":
      return withUnits(rateLevels(comparison), segment);
    case "mean-comparison":
      return withUnits(meanLevels(comparison), segment);
    case "count-comparison":
      return withUnits(countLevels(comparison), segment);
    case "ratio-comparison":
      return ratioSegmentLevels(comparison);
  }
}

// Field by field, since these are made for every segment of every metric, and copies of objects take longer than the rest.

function withUnits(levels: StratumLevels, { control, treatment }: Segment): SegmentLevels {
  return {
    control: levels.control,
    treatment: levels.treatment,
    difference: levels.difference,
    controlError: levels.controlError,
    treatmentError: levels.treatmentError,
    controlDf: levels.controlDf,
    treatmentDf: levels.treatmentDf,
    controlAmount: control.n,
    treatmentAmount: treatment.n,
    controlSquares: control.n,
    treatmentSquares: treatment.n,
  };
}

function countLevels({ control, treatment, method, dispersion }: CountComparison): StratumLevels {
  // One dispersion for both arms, as in the comparison.
  const scale = method === "quasi-poisson" ? Math.sqrt(dispersion ?? 1) : 1;
  return {
    control: control.rate,
    treatment: treatment.rate,
    difference: eventRateDifference(control, treatment),
    controlError: (scale * Math.sqrt(control.events)) / control.n,
    treatmentError: (scale * Math.sqrt(treatment.events)) / treatment.n,
    controlDf: Infinity,
    treatmentDf: Infinity,
  };
}

function ratioSegmentLevels({ control, treatment }: RatioComparison): SegmentLevels | null {
  const levels = ratioLevels(control, treatment);
  if (levels === null || Math.min(control.denominator.mean, treatment.denominator.mean) < 0) return null;
  return {
    control: levels.control,
    treatment: levels.treatment,
    difference: levels.difference,
    controlError: levels.controlError,
    treatmentError: levels.treatmentError,
    controlDf: Infinity,
    treatmentDf: Infinity,
    controlAmount: control.n * control.denominator.mean,
    treatmentAmount: treatment.n * treatment.denominator.mean,
    controlSquares: control.n * meanSquare(control.denominator),
    treatmentSquares: treatment.n * meanSquare(treatment.denominator),
  };
}

function meanSquare({ mean, variance }: Moments1): number {
  return variance + mean * mean;
}
