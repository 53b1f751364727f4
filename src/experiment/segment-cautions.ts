import { DEFAULT_ALARM_THRESHOLD } from "../core/defaults.ts";
import type { Warning } from "../core/warning.ts";
import type { ObservedEffect } from "../bayesian/observed-effects.ts";
import type { ArmsTest } from "../inference/arm-family.ts";
import type { ComparedSegment } from "./compared-segment.ts";
import { pFigure, percent, units } from "./figures.ts";
import type { SegmentAnalysis } from "./segment-analysis.ts";

/** What the cautions are about. */
export interface SegmentEvidence extends Pick<
  SegmentAnalysis,
  "segmentation" | "scale" | "planned" | "pooled" | "crude" | "mix" | "shares" | "withoutSegment"
> {
  readonly compared: readonly ComparedSegment[];
  /** On the scale, of each segment; null where it cannot be weighed. */
  readonly effects: readonly (ObservedEffect | null)[];
}

/** What to mind when reading segments. */
export function segmentCautions(evidence: SegmentEvidence): Warning[] {
  return [
    imbalance(evidence),
    simpson(evidence),
    withoutSegment(evidence),
    leftOut(evidence),
    inDoubt(evidence),
    single(evidence),
    exploratory(evidence),
  ].filter((warning) => warning !== null);
}

function imbalance({ segmentation, shares }: SegmentEvidence): Warning | null {
  if (shares === null || shares.pValue >= DEFAULT_ALARM_THRESHOLD) return null;
  return {
    code: "SEGMENT_IMBALANCE",
    message: `The segments have different shares in the two arms (${pFigure(shares.pValue)}), which assignment at random does not do: the assignment or the logging is broken, the split was changed while traffic changed, or ${segmentation} was not fixed before exposure. Find out which before reading any segment.`,
  };
}

function simpson({ pooled, crude, mix, effects }: SegmentEvidence): Warning | null {
  const crudeEffect = crude?.difference.estimate ?? null;
  const pooledEffect = pooled?.difference.estimate ?? null;
  if (crude === null || crudeEffect === null || pooledEffect === null || effects.length < 2) return null;
  const segmentEffects = effects.filter((effect) => effect !== null).map(({ estimate }) => estimate);
  const isOpposite = (effect: number): boolean => crudeEffect * effect < 0;
  const isReversed =
    (isOpposite(pooledEffect) && Math.abs(pooledEffect - crudeEffect) > rounding(crude)) ||
    (segmentEffects.length > 1 && segmentEffects.every(isOpposite));
  const isBeyondChance = mix !== null && mix.pValue < DEFAULT_ALARM_THRESHOLD;
  if (isReversed) {
    return {
      code: "SIMPSON",
      message: `All units thrown together show the opposite of the effect within segments (Simpson's paradox): the arms hold different mixes of segments, ${
        isBeyondChance
          ? `by more than chance (${pFigure(mix.pValue)}). With one split throughout assignment at random hardly does that: look for a split that differed between segments, or was changed while the traffic changed`
          : "though by no more than chance does; both effects are close to 0"
      }. Read the effect over the segments, not the crude one.`,
    };
  }
  if (!isBeyondChance) return null;
  return {
    code: "MIX_MOVES_EFFECT",
    message: `Of the crude difference of ${figure(crudeEffect)}, ${figure(mix.difference)} come from arms with different mixes of segments, more than chance makes (${pFigure(mix.pValue)}): look for a split that differed between segments, or was changed while the traffic changed, and read the effect over the segments.`,
  };
}

/** Within so much of one another two differences are one. */
function rounding({ control, treatment }: ArmsTest): number {
  const size = Math.max(levelOf(control), levelOf(treatment));
  return 8 * Number.EPSILON * size;
}

function levelOf(arm: ArmsTest["control"]): number {
  if ("rate" in arm) return Math.abs(arm.rate);
  return Math.abs("ratio" in arm ? (arm.ratio ?? 0) : arm.mean);
}

function withoutSegment({ withoutSegment: left, compared }: SegmentEvidence): Warning | null {
  if (left === null || left.control + left.treatment === 0) return null;
  const without = left.control + left.treatment;
  const placed = compared.reduce(
    (sum, { segment: { control, treatment } }) => sum + control.n + treatment.n,
    0,
  );
  return {
    code: "UNITS_WITHOUT_SEGMENT",
    message: `${units(left.control)} units of the control and ${units(left.treatment)} of the treatment (${percent(without / (without + placed))} of all) are in no segment, and the segments tell nothing of them.`,
  };
}

function leftOut({ compared, effects, scale }: SegmentEvidence): Warning | null {
  const names = compared.filter((_, k) => effects[k] === null).map(({ segment }) => segment.name);
  if (names.length === 0) return null;
  return {
    code: "SEGMENTS_LEFT_OUT",
    message: `These segments have an empty arm, no variance or no ${scale === "log-lift" ? "level above 0" : "level"} in one, and cannot be held against the others: ${names.join(", ")}.`,
  };
}

/** Cautions of a comparison that put its standard error in doubt. */
const DOUBTS = new Set(["SMALL_COUNTS", "SKEWED", "SMALL_DENOMINATOR", "UNBOUNDED_LIFT"]);

function inDoubt({ compared, effects }: SegmentEvidence): Warning | null {
  const names = compared
    .filter(
      ({ comparison }, k) => effects[k] !== null && comparison!.warnings.some(({ code }) => DOUBTS.has(code)),
    )
    .map(({ segment }) => segment.name);
  if (names.length === 0) return null;
  return {
    code: "SMALL_SEGMENTS",
    message: `Too little was seen in ${names.join(", ")} for normal estimates and their standard errors to be trusted; the tests across segments are rough there. Merge small segments, best before looking.`,
  };
}

function single({ compared }: SegmentEvidence): Warning | null {
  if (compared.length > 1) return null;
  return {
    code: "SINGLE_SEGMENT",
    message: "With one segment there is nothing to hold it against: whether effects differ cannot be told.",
  };
}

function exploratory({ planned, segmentation }: SegmentEvidence): Warning | null {
  if (planned) return null;
  return {
    code: "EXPLORATORY",
    message: `Segments by ${segmentation} were not planned: what stands out here is an idea for the next test, not a finding, however small its p-value. Tests over other segmentations of the same data are not adjusted for.`,
  };
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}
