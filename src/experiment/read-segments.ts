import type { BetterDirection } from "../core/better-direction.ts";
import type { Confidence } from "../core/confidence.ts";
import type { MetricKind } from "../core/metric-kind.ts";
import type { AdjustmentMethod } from "../inference/adjust-on.ts";
import type { Arm } from "../inference/arm-family.ts";
import { INDEPENDENT_UNITS } from "../models/independent-units.ts";
import type { EffectScale } from "../proxy/effect-covariance.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import type { Segment } from "./checked-segments.ts";
import {
  comparedSegment,
  type ComparedSegment,
  effectOn,
  type FilledSegment,
  isFilled,
  scaleOf,
  weighable,
} from "./compared-segment.ts";
import { crudeComparison, pooledSegments } from "./pooled-segments.ts";
import type { SegmentAnalysis } from "./segment-analysis.ts";
import { segmentCautions } from "./segment-cautions.ts";
import { segmentEffects } from "./segment-effects.ts";
import { NO_FINDING, segmentFinding } from "./segment-finding.ts";
import { compareEffects } from "./segment-heterogeneity.ts";
import { type SegmentLevels, segmentLevels } from "./segment-levels.ts";
import { segmentMix } from "./segment-mix.ts";
import { sharesTest, unitsOf, unitsWithout } from "./segment-units.ts";

/** Segments of one metric, known before exposure and checked. */
export interface SegmentsToRead {
  readonly segmentation: string;
  /** The metric that makes the segments, where one does. */
  readonly basedOn: string | undefined;
  readonly segments: readonly Segment[];
  readonly overall: TwoArms<Arm> | undefined;
  /** Of all summaries. */
  readonly kind: MetricKind;
  readonly confidence: Confidence;
  /** What suits the levels, unless said. */
  readonly scale?: EffectScale | undefined;
  readonly adjustment: AdjustmentMethod;
  readonly planned: boolean;
  readonly relevantSpread?: number | undefined;
  readonly improvesWhen: BetterDirection;
}

/** What `analyzeSegments` finds, without its checks: those of a whole document have been made already. */
export function readSegments({
  segmentation,
  basedOn,
  segments,
  overall,
  kind,
  confidence,
  scale = scaleOf(segments),
  adjustment,
  planned,
  relevantSpread,
  improvesWhen,
}: SegmentsToRead): SegmentAnalysis {
  const compared = segments.map((segment) => comparedSegment(segment, confidence));
  const effects = weighable(
    compared.map(({ comparison }) => (comparison === null ? null : effectOn(scale, comparison))),
  );
  const weighed = compared.filter((_, k) => effects[k] !== null).map(({ segment }) => segment);
  const known = effects.filter((effect) => effect !== null);
  const among =
    known.length < 2
      ? null
      : compareEffects(
          known,
          kind === "proportion" ? (weighed as readonly TwoArms<Proportion>[]) : null,
          scale,
          adjustment,
          confidence,
        );
  const withoutSegment = unitsWithout(unitsOf(segments), overall);
  const parts = {
    segmentation,
    scale,
    planned,
    ...pooledParts(compared, kind, confidence),
    shares: sharesTest(segments, withoutSegment),
    withoutSegment,
  };
  return {
    kind: "segment-analysis",
    method: "half-cauchy",
    basedOn: basedOn ?? null,
    alternative: confidence.alternative,
    confidenceLevel: confidence.confidenceLevel,
    adjustment,
    finding:
      among === null
        ? NO_FINDING
        : segmentFinding(among, {
            names: weighed.map(({ name }) => name),
            effects: known,
            alpha: 1 - confidence.confidenceLevel,
            relevantSpread: relevantSpread ?? null,
            betterSide: improvesWhen === "increase" ? 1 : -1,
          }),
    segments: segmentEffects(compared, effects, among, adjustment),
    heterogeneity: among?.heterogeneity ?? null,
    ...parts,
    status: among === null ? "undetermined" : "ok",
    warnings: segmentCautions({ ...parts, compared, effects }),
    assumptions: [
      INDEPENDENT_UNITS,
      `Units were put into segments by what was known before exposure${basedOn === undefined ? "" : `: by ${basedOn} before it, not by what the treatment may have moved`}.`,
      `The ${scale === "log-lift" ? "log-lift" : "difference"} of each segment is close to normal with the standard error given.`,
      "The segments' true effects are like draws from one normal distribution, whose spread has a half-Cauchy prior.",
    ],
  };
}

/** The effect on all units of the segments that have both arms: in one mix, thrown together, and what the mix does. */
function pooledParts(
  compared: readonly ComparedSegment[],
  kind: MetricKind,
  confidence: Confidence,
): Pick<SegmentAnalysis, "pooled" | "crude" | "mix"> {
  const filled: FilledSegment[] = [];
  const levels: SegmentLevels[] = [];
  for (const segment of compared.filter(isFilled)) {
    const level = segmentLevels(segment);
    if (level === null) continue;
    filled.push(segment);
    levels.push(level);
  }
  if (filled.length === 0) return { pooled: null, crude: null, mix: null };
  return {
    pooled: pooledSegments(filled, levels, kind, confidence),
    crude: crudeComparison(filled, kind, confidence),
    mix: segmentMix(levels),
  };
}
