import { BETTER_DIRECTIONS, type BetterDirection } from "../core/better-direction.ts";
import { checkBoolean, checkObject, checkOneOf, checkPositive, checkText } from "../core/checks.ts";
import { checkedConfidence, type ConfidenceOptions } from "../core/confidence.ts";
import { DomainError } from "../core/domain-error.ts";
import { ADJUSTMENT_METHODS, type AdjustmentMethod } from "../inference/adjust-on.ts";
import type { Arm } from "../inference/arm-family.ts";
import { checkEffectScale, type EffectScale } from "../proxy/effect-covariance.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { checkedSegments, type Segment } from "./checked-segments.ts";
import { readSegments } from "./read-segments.ts";
import type { SegmentAnalysis } from "./segment-analysis.ts";

export type { Segment } from "./checked-segments.ts";

/** When a unit's segment was known: before it met the test, or only after. */
export type SegmentMeasurement = "before-exposure" | "after-exposure";

export interface AnalyzeSegmentsOptions extends ConfidenceOptions {
  /** What splits the units, such as `device`. */
  readonly segmentation: string;
  /** `before-exposure`, or the segments are refused: what the treatment itself moves is no segment. */
  readonly measured: SegmentMeasurement;
  /** The micro conversion, or another metric, by which units were put into segments, where one was. */
  readonly basedOn?: string | undefined;
  /** Both arms of each segment, all of one kind; no unit in two segments. */
  readonly segments: readonly Segment[];
  /** Both arms of the whole test, to find units in two segments or in none. */
  readonly overall?: TwoArms<Arm> | undefined;
  /** `log-lift` unless said, and `difference` where a mean or ratio is below 0. */
  readonly scale?: EffectScale | undefined;
  /** How the segments' p-values are adjusted; `holm` unless said. */
  readonly adjustment?: AdjustmentMethod | undefined;
  /** Whether the segments were chosen before the data were seen; false unless said. */
  readonly plannedSegmentation?: boolean | undefined;
  /** The standard deviation of true effects, on the scale, from which on it matters; half the average effect unless said. */
  readonly relevantSpread?: number | undefined;
  /** Whether more of the metric is better; `increase` unless said. */
  readonly improvesWhen?: BetterDirection | undefined;
}

const MEASUREMENTS: readonly SegmentMeasurement[] = ["before-exposure", "after-exposure"];

/**
 * Holds the effects of an experiment in several segments of its units against each other: whether they differ, which
 * segments stand out, and what remains of the best one.
 *
 * H0 of `heterogeneity.cochran`: all segments have one effect on the scale. H0 of `heterogeneity.crossover`: no two
 * segments have effects of opposite signs (Gail and Simon). H0 of each comparison: as in `compareProportions`,
 * `compareMeans`, `compareRatios` and `compareCounts`; its p-value is adjusted for the number of segments.
 *
 * Effects of segments, the best one's above all, are exaggerated by chance. `shrunken` weighs each against the others:
 * θ_k ~ N(μ, τ²) with a flat prior for μ and a half-Cauchy prior for τ whose median is the root mean square of the standard
 * errors, and τ integrated out; whatever the spread, its 95 % intervals cover 92 to 99 % over 2 to 10 segments.
 *
 * Segments must be known before exposure. The treatment moves units between segments that are measured later (those who
 * added to the cart, say), so that within one of them different people are compared: such segments are refused.
 * `analyzeFunnel` follows the steps after exposure; `individualSurrogacy` asks what a step carries.
 *
 * About a fifth of a millisecond for ten segments, and two for a hundred.
 *
 * @param options.segmentation - what splits the units
 * @param options.measured - `before-exposure`; `after-exposure` is refused
 * @param options.basedOn - the micro conversion or metric that makes the segments, where one does
 * @param options.segments - name, control and treatment of each, all of one kind; an arm may be empty (`n: 0`)
 * @param options.overall - both arms of all units
 * @param options.scale - `log-lift` unless said, and `difference` where a mean or ratio is below 0
 * @param options.alternative - of the segments' own tests; `two-sided` unless said
 * @param options.confidenceLevel - of intervals and tests, in (0, 1); 0.95 unless said. Those of shrunken effects have
 *   two ends whatever the alternative
 * @param options.adjustment - `holm` unless said
 * @param options.plannedSegmentation - false unless said: then all is labelled exploratory
 * @param options.relevantSpread - above 0, on the scale; half the size of the average effect unless said
 * @param options.improvesWhen - which segment is the best: `increase` unless said
 * @returns each segment with its shrunken effect, heterogeneity, pooled and crude effects, and what may be said
 * @throws {DomainError} for segments measured after exposure, no segment, names given twice, broken arms or arms of
 *   different kinds, segments that hold more than `overall`, an unknown name, or a level outside (0, 1)
 * @example
 * ```ts
 * import { analyzeSegments } from "microlift";
 * const analysis = analyzeSegments({
 *   segmentation: "device",
 *   measured: "before-exposure",
 *   plannedSegmentation: true,
 *   segments: [
 *     { name: "phone", control: { n: 9000, conversions: 540 }, treatment: { n: 9020, conversions: 652 } },
 *     { name: "tablet", control: { n: 1100, conversions: 70 }, treatment: { n: 1080, conversions: 74 } },
 *     { name: "desktop", control: { n: 5000, conversions: 410 }, treatment: { n: 4990, conversions: 424 } },
 *   ],
 * });
 * analysis.heterogeneity?.cochran.pValue; // 0.2133
 * analysis.finding.effectsDiffer; // "cannot-tell"
 * analysis.segments[0]?.shrunken?.lift?.estimate; // 0.1662
 * ```
 * Cochran (1954); Gail and Simon (1985); Paule and Mandel (1982); Gelman (2006), Bayesian Analysis 1, 515–533; Röver
 * (2020), Journal of Statistical Software 93 (6); of the mix Simpson (1951).
 */
export function analyzeSegments(options: AnalyzeSegmentsOptions): SegmentAnalysis {
  checkObject("options", options);
  const { segmentation, basedOn, segments, overall, scale, relevantSpread } = options;
  const { adjustment = "holm", plannedSegmentation: planned = false, improvesWhen = "increase" } = options;
  checkMeasurement(options);
  const kind = checkedSegments(segments, overall);
  const confidence = checkedConfidence(options.alternative, options.confidenceLevel);
  if (scale !== undefined) checkEffectScale("scale", scale);
  checkOneOf("adjustment", adjustment, ADJUSTMENT_METHODS);
  checkOneOf("improvesWhen", improvesWhen, BETTER_DIRECTIONS);
  checkBoolean("plannedSegmentation", planned);
  if (relevantSpread !== undefined) checkPositive("relevantSpread", relevantSpread);
  return readSegments({
    segmentation,
    basedOn,
    segments,
    overall,
    kind,
    confidence,
    scale,
    adjustment,
    planned,
    relevantSpread,
    improvesWhen,
  });
}

function checkMeasurement({ segmentation, measured, basedOn }: AnalyzeSegmentsOptions): void {
  checkText("segmentation", segmentation);
  if (basedOn !== undefined) checkText("basedOn", basedOn);
  checkOneOf("measured", measured, MEASUREMENTS);
  if (measured === "before-exposure") return;
  throw new DomainError(
    "measured",
    measured,
    `must be "before-exposure": the treatment itself moves units between segments by ${basedOn ?? segmentation} after exposure, so that within one of them different people are compared; analyzeFunnel follows the steps after exposure, and individualSurrogacy asks what such a step carries`,
  );
}
