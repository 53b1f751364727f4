import { rateLevels, meanLevels, type StratumLevels } from "../inference/stratified-levels.ts";
import { eventRateDifference } from "../models/count-effects.ts";
import { ratioLevels } from "../models/ratio-levels.ts";
import type { Moments1 } from "../summaries/ratio.ts";
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
  if (comparison.kind === "ratio-comparison") {
    const { control, treatment } = comparison;
    const levels = ratioLevels(control, treatment);
    if (levels === null || Math.min(control.denominator.mean, treatment.denominator.mean) < 0) return null;
    return {
      ...levels,
      controlDf: Infinity,
      treatmentDf: Infinity,
      controlAmount: control.n * control.denominator.mean,
      treatmentAmount: treatment.n * treatment.denominator.mean,
      controlSquares: control.n * meanSquare(control.denominator),
      treatmentSquares: treatment.n * meanSquare(treatment.denominator),
    };
  }
  const units = {
    controlAmount: segment.control.n,
    treatmentAmount: segment.treatment.n,
    controlSquares: segment.control.n,
    treatmentSquares: segment.treatment.n,
  };
  switch (comparison.kind) {
    case "proportion-comparison":
      return { ...rateLevels(comparison), ...units };
    case "mean-comparison":
      return { ...meanLevels(comparison), ...units };
    case "count-comparison": {
      const { control, treatment } = comparison;
      // One dispersion for both arms, as in the comparison.
      const scale = comparison.method === "quasi-poisson" ? Math.sqrt(comparison.dispersion ?? 1) : 1;
      return {
        control: control.rate,
        treatment: treatment.rate,
        difference: eventRateDifference(control, treatment),
        controlError: (scale * Math.sqrt(control.events)) / control.n,
        treatmentError: (scale * Math.sqrt(treatment.events)) / treatment.n,
        controlDf: Infinity,
        treatmentDf: Infinity,
        ...units,
      };
    }
  }
}

function meanSquare({ mean, variance }: Moments1): number {
  return variance + mean * mean;
}
