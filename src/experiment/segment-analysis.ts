import type { Alternative } from "../core/alternative.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { GroupEffect, PosteriorFigures } from "../bayesian/group-effects.ts";
import type { AdjustmentMethod } from "../inference/adjust-on.ts";
import type { ArmsTest } from "../inference/arm-family.ts";
import type { ChiSquaredTest } from "../inference/chi-squared-test.ts";
import type { CrossoverTest } from "../inference/crossover-test.ts";
import type { CochranQ } from "../inference/stratified-comparison.ts";
import type { StratifiedEffects } from "../inference/stratified-effects.ts";
import type { EffectScale } from "../proxy/effect-covariance.ts";

/** One segment's effect against that of all the others together. */
export interface SegmentContrast {
  /** On the scale of the analysis. */
  readonly estimate: number;
  readonly standardError: number;
  /** Of H0: the segment's effect is that of the others. Two-sided. */
  readonly pValue: number;
  readonly logPValue: number;
  /** Adjusted over the segments; with two segments both contrasts are one test, and nothing is adjusted. */
  readonly adjustedPValue: number;
}

/** What remains of a segment's effect once it is weighed against those of the others. */
export interface ShrunkenSegment extends GroupEffect {
  /** The same as a lift; null on the scale of the difference. */
  readonly lift: { readonly estimate: number; readonly interval: Interval } | null;
}

/** One segment: its own test, and its effect among those of the others. */
export interface SegmentEffect {
  readonly name: string;
  readonly controlN: number;
  readonly treatmentN: number;
  /** Of the units of all segments. */
  readonly share: number;
  /** The comparison of its own units alone; null where an arm has too few for one. */
  readonly comparison: ArmsTest | null;
  /** The comparison's p-value, adjusted over the segments; null where there is none. */
  readonly adjustedPValue: number | null;
  readonly adjustedLogPValue: number | null;
  /** On the scale of the analysis; null where the segment cannot be weighed on it. */
  readonly effect: { readonly estimate: number; readonly standardError: number } | null;
  /** Null as `effect`, and where no second segment can be weighed. */
  readonly shrunken: ShrunkenSegment | null;
  readonly contrast: SegmentContrast | null;
}

/** Whether the true effects of the segments differ, and by how much. */
export interface SegmentHeterogeneity {
  /** Of H0: all segments have one effect on the scale of the analysis. */
  readonly cochran: CochranQ;
  /** Of H0: all segments have one odds ratio. Proportions only, else null: prefer it where conversions are few. */
  readonly tarone: ChiSquaredTest | null;
  /** Of H0: no two segments have effects of opposite signs. */
  readonly crossover: CrossoverTest;
  /** The standard deviation of the true effects of segments. */
  readonly tau: {
    /** By Paule and Mandel; 0 where the effects vary no more than chance makes them. */
    readonly pauleMandel: number;
    /** Median of the posterior. */
    readonly median: number;
    /** What it lies below with the probability of the confidence level; Infinity at levels above 1 − 1e-6. */
    readonly upper: number;
  };
  /** The average of the true effects of such segments, each counting alike. */
  readonly average: PosteriorFigures;
  /** Where the true effect of a further such segment lies, on the scale of the analysis. */
  readonly prediction: Interval;
  /** The same as a lift; null on the scale of the difference. */
  readonly predictedLift: Interval | null;
}

/** The effect on all units, with each segment in the same mix in both arms. */
export interface PooledSegments extends Pick<
  StratifiedEffects,
  "statistic" | "pValue" | "logPValue" | "difference" | "lift" | "status"
> {
  /** `mantel-haenszel` for proportions, `post-stratification` for the others. */
  readonly method: string;
}

/** The part of the crude difference that comes from arms with different mixes of segments. */
export interface SegmentMix {
  /** Crude difference less the one in a common mix of segments. */
  readonly difference: number;
  /** Where both arms are drawn from one mix. */
  readonly standardError: number;
  /** Of H0: both arms are drawn from one mix of segments, as far as it bears on the metric. */
  readonly pValue: number;
  readonly logPValue: number;
}

/** What may be said of the segments. */
export interface SegmentFinding {
  /**
   * `yes` where Cochran's test rejects one effect for all; `no` where the spread of true effects is below
   * `relevantSpread` with the probability of the confidence level; `cannot-tell` otherwise.
   */
  readonly effectsDiffer: "yes" | "no" | "cannot-tell";
  /** The spread of true effects from which on it matters. */
  readonly relevantSpread: number | null;
  /** The probability that the spread of true effects is larger. */
  readonly probabilityRelevant: number | null;
  /** The spread that Cochran's test would have found with a power of 80 %. */
  readonly detectableSpread: number | null;
  /** Segments whose effect differs from that of the others, after adjustment for their number. */
  readonly standOut: readonly string[];
  /** The segment with the best estimate, which was chosen for it; read its shrunken effect. */
  readonly best: string | null;
}

/** What `analyzeSegments` finds. */
export interface SegmentAnalysis extends Result<"segment-analysis"> {
  readonly segmentation: string;
  readonly basedOn: string | null;
  /** Where effects are held against each other: the log of treatment / control, or treatment − control. */
  readonly scale: EffectScale;
  readonly alternative: Alternative;
  readonly confidenceLevel: number;
  readonly adjustment: AdjustmentMethod;
  /** Whether the segments were chosen before the data were seen. */
  readonly planned: boolean;
  readonly finding: SegmentFinding;
  readonly segments: readonly SegmentEffect[];
  /** Null where fewer than two segments can be weighed. */
  readonly heterogeneity: SegmentHeterogeneity | null;
  /** Null where no segment has both arms. */
  readonly pooled: PooledSegments | null;
  /** The comparison of all units of the same segments thrown together; null as `pooled`. */
  readonly crude: ArmsTest | null;
  /** Null where fewer than two segments have both arms, and where nothing is left to chance. */
  readonly mix: SegmentMix | null;
  /** Test that the segments (and the units without one) have the same shares in both arms; null with a single one. */
  readonly shares: ChiSquaredTest | null;
  /** Units of `overall` that are in no segment; null without `overall`. */
  readonly withoutSegment: { readonly control: number; readonly treatment: number } | null;
  /** `undetermined` where fewer than two segments can be weighed. */
  readonly status: Status;
}
