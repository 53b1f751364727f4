import { checkObject, checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALARM_THRESHOLD } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { adjustLogPValues } from "./adjust-p-values.ts";
import type { ChiSquaredTest } from "./chi-squared-test.ts";
import { checkArms, plannedSplit } from "./planned-split.ts";
import {
  checkSplit,
  chosenMethod,
  type SampleRatioCheck,
  type SampleRatioMethod,
  sampleRatioMismatch,
} from "./sample-ratio-mismatch.ts";
import { tableHomogeneity } from "./table-homogeneity.ts";
import { exp } from "../numerics/elementary/exp.ts";

export interface SampleRatioBySegmentOptions {
  /** Units seen in each arm, for each segment; no unit in two segments. */
  readonly segments: readonly { readonly name: string; readonly observed: readonly number[] }[];
  /** Planned weights in the order of the arms, on any scale. */
  readonly expected: readonly number[];
  /** How the p-values of the segments are adjusted; `holm` unless said. */
  readonly adjustment?: "holm" | "benjamini-hochberg" | undefined;
  /** `auto` unless said. */
  readonly method?: SampleRatioMethod | "auto" | undefined;
  /** The adjusted p-value below which a segment is named, in (0, 1); 0.001 unless said. */
  readonly threshold?: number | undefined;
}

/** The check of one segment. */
export interface SegmentSampleRatio {
  readonly name: string;
  readonly observed: readonly number[];
  /** Null for a segment without units. */
  readonly check: SampleRatioCheck | null;
  /** Adjusted for the number of segments with units; null for a segment without. */
  readonly adjustedPValue: number | null;
  readonly adjustedLogPValue: number | null;
  /** Whether the adjusted p-value is below the threshold. */
  readonly mismatch: boolean;
}

/** Where the arms' sizes do not fit the planned split. */
export interface SampleRatioBySegment extends Result<"sample-ratio-by-segment"> {
  readonly method: string;
  readonly threshold: number;
  /** All segments together. */
  readonly overall: SampleRatioCheck;
  readonly segments: readonly SegmentSampleRatio[];
  /** Test that all segments are split alike, whatever the plan; null with one segment that has units. */
  readonly homogeneity: ChiSquaredTest | null;
  /** Name of the segment that fits the plan least; null where none is below the threshold. */
  readonly worst: string | null;
}

const ADJUSTMENTS = ["holm", "benjamini-hochberg"] as const;

/**
 * Finds the segments in which units are not split as planned, so that one knows where to look for the fault.
 *
 * H0 of each segment: its units fall into the arms with the planned probabilities. H1: they do not. Segments are tested
 * one by one with p-values adjusted for their number. A mismatch may show in a segment while the whole looks right, and
 * in the whole while no segment shows it alone: then the fault is the same everywhere. `homogeneity` tells both apart.
 *
 * @param options.segments - name and units by arm of each segment, in the order of the weights
 * @param options.expected - planned weights at or above 0, on any scale
 * @param options.adjustment - `holm` unless said, which names a sound segment with a chance of `threshold` at most
 * @param options.method - as in `sampleRatioMismatch`; `auto` unless said
 * @param options.threshold - in (0, 1); 0.001 unless said
 * @returns the check of the whole and of each segment, and the name of the worst
 * @throws {DomainError} for no segment, no units at all, broken counts, or weights that do not fit
 * @example
 * ```ts
 * import { sampleRatioBySegment } from "microlift";
 * const result = sampleRatioBySegment({
 *   segments: [
 *     { name: "Chrome", observed: [50_120, 49_880] },
 *     { name: "Safari", observed: [20_900, 19_700] },
 *   ],
 *   expected: [1, 1],
 * });
 * result.worst; // "Safari"
 * ```
 * Fabijan et al. (2019); Holm (1979).
 */
export function sampleRatioBySegment(options: SampleRatioBySegmentOptions): SampleRatioBySegment {
  checkObject("options", options);
  const {
    segments,
    expected,
    adjustment = "holm",
    method = "auto",
    threshold = DEFAULT_ALARM_THRESHOLD,
  } = options;
  checkSegments(segments, expected);
  checkOneOf("adjustment", adjustment, ADJUSTMENTS);
  checkOpenUnit("threshold", threshold);
  const totals = expected.map((_, arm) => segments.reduce((sum, { observed }) => sum + observed[arm]!, 0));
  const overall = sampleRatioMismatch({ observed: totals, expected, method, threshold });
  const checks = segments.map(({ observed }) => {
    if (isEmpty(observed)) return null;
    const split = plannedSplit(observed, expected);
    return checkSplit(split, chosenMethod(split, method), threshold);
  });
  const judged = judgedSegments(segments, checks, adjustment, threshold);
  const filled = segments.filter(({ observed }) => !isEmpty(observed));
  const homogeneity = filled.length > 1 ? tableHomogeneity(filled.map(({ observed }) => observed)) : null;
  const worst = worstOf(judged);
  return {
    kind: "sample-ratio-by-segment",
    method: adjustment,
    threshold,
    overall,
    segments: judged,
    homogeneity,
    worst: worst?.name ?? null,
    warnings: [
      ...cautions(judged, worst, overall, homogeneity),
      ...overall.warnings.filter(({ code }) => code === "ONE_ARM"),
    ],
    assumptions: overall.assumptions,
  };
}

function checkSegments(segments: SampleRatioBySegmentOptions["segments"], expected: readonly number[]): void {
  if (!Array.isArray(segments) || segments.length === 0) {
    throw new DomainError("segments", segments, "must be a list of at least one segment");
  }
  segments.forEach((segment: { name: string; observed: readonly number[] }, i) => {
    checkObject(`segments[${i}]`, segment);
    if (typeof segment.name !== "string") {
      throw new DomainError(`segments[${i}].name`, segment.name, "must be a text");
    }
    checkArms(`segments[${i}].observed`, segment.observed, expected);
  });
  if (segments.every(({ observed }) => isEmpty(observed))) {
    throw new DomainError("segments", segments, "must count at least one unit");
  }
}

function isEmpty(observed: readonly number[]): boolean {
  return observed.every((count) => count === 0);
}

function judgedSegments(
  segments: SampleRatioBySegmentOptions["segments"],
  checks: readonly (SampleRatioCheck | null)[],
  adjustment: "holm" | "benjamini-hochberg",
  threshold: number,
): SegmentSampleRatio[] {
  const logs = checks.flatMap((check) => (check === null ? [] : [check.logPValue]));
  const adjusted = adjustLogPValues(logs, adjustment).values();
  return segments.map(({ name, observed }, i) => {
    const check = checks[i]!;
    const log = check === null ? null : adjusted.next().value!;
    return {
      name,
      observed: [...observed],
      check,
      adjustedPValue: log === null ? null : exp(log),
      adjustedLogPValue: log,
      mismatch: log !== null && exp(log) < threshold,
    };
  });
}

function worstOf(segments: readonly SegmentSampleRatio[]): SegmentSampleRatio | null {
  return segments
    .filter(({ mismatch }) => mismatch)
    .reduce<SegmentSampleRatio | null>(
      (worst, segment) =>
        worst === null || segment.check!.logPValue < worst.check!.logPValue ? segment : worst,
      null,
    );
}

function cautions(
  segments: readonly SegmentSampleRatio[],
  worst: SegmentSampleRatio | null,
  overall: SampleRatioCheck,
  homogeneity: ChiSquaredTest | null,
): Warning[] {
  const warnings: Warning[] = [];
  const broken = segments.filter(({ mismatch }) => mismatch).map(({ name }) => name);
  if (worst !== null) {
    warnings.push({
      code: "MISMATCH_IN_SEGMENTS",
      message: `The split is broken in ${broken.join(", ")}, and most clearly in ${worst.name}: look there for what sends or counts units differently.`,
    });
  } else if (overall.mismatch) {
    warnings.push({
      code: "MISMATCH_EVERYWHERE",
      message:
        homogeneity !== null && homogeneity.pValue < overall.threshold
          ? "The split is broken as a whole and the segments differ, but none can be named: larger segments may show more."
          : "The split is broken as a whole and alike in all segments: look for a fault that all units pass, or for other segments.",
    });
  }
  const empty = segments.filter(({ check }) => check === null).map(({ name }) => name);
  if (empty.length > 0) {
    warnings.push({
      code: "EMPTY_SEGMENTS",
      message: `No unit was counted in ${empty.join(", ")}, so nothing is known there.`,
    });
  }
  return warnings;
}
