import type { Confidence } from "../core/confidence.ts";
import type { ObservedEffect } from "../bayesian/observed-effects.ts";
import type { Arm, ArmsTest } from "../inference/arm-family.ts";
import type { EffectScale } from "../proxy/effect-covariance.ts";
import type { Segment } from "./checked-segments.ts";
import { compareSummaries } from "./compare-summaries.ts";
import { differenceOf } from "./difference-of.ts";
import { hasEnoughUnits } from "./enough-units.ts";
import { logLiftOf } from "./log-lift-of.ts";

/** A segment with what its own units say. */
export interface ComparedSegment {
  readonly segment: Segment;
  /** Null where an arm has too few units for one. */
  readonly comparison: ArmsTest | null;
}

/** A segment that has a comparison. */
export interface FilledSegment extends ComparedSegment {
  readonly comparison: ArmsTest;
}

export function comparedSegment(segment: Segment, confidence: Confidence): ComparedSegment {
  const { control, treatment } = segment;
  const { alternative, confidenceLevel } = confidence;
  const comparison =
    hasEnoughUnits(control) && hasEnoughUnits(treatment)
      ? compareSummaries({ control, treatment }, { alternative, confidenceLevel })
      : null;
  return { segment, comparison };
}

export function isFilled(compared: ComparedSegment): compared is FilledSegment {
  return compared.comparison !== null;
}

/**
 * The scale on which segments are held against each other unless said: changes act in proportion to the level, so that
 * log-lifts are what segments of unlike levels share. Levels below 0 have none.
 */
export function scaleOf(segments: readonly Segment[]): EffectScale {
  const isBelow = (arm: Arm): boolean => {
    if (arm.n === 0) return false;
    if ("mean" in arm) return arm.mean < 0;
    return "numerator" in arm && arm.numerator.mean * arm.denominator.mean < 0;
  };
  return segments.some(({ control, treatment }) => isBelow(control) || isBelow(treatment))
    ? "difference"
    : "log-lift";
}

/** A comparison's effect on a scale; null where it is not finite, or has no error. */
export function effectOn(scale: EffectScale, { difference, lift }: ArmsTest): ObservedEffect | null {
  return scale === "log-lift" ? logLiftOf(lift) : differenceOf(difference);
}

/** Beyond so many times the smallest error, squares leave the range of doubles. */
const FARTHEST = 1e100;

/** Leaves out (as null) effects so far from the others that they cannot be reckoned with beside them. */
export function weighable(effects: readonly (ObservedEffect | null)[]): (ObservedEffect | null)[] {
  const unit = effects.reduce(
    (least, effect) => Math.min(least, effect?.standardError ?? Infinity),
    Infinity,
  );
  return effects.map((effect) =>
    effect !== null && Math.max(Math.abs(effect.estimate), effect.standardError) / unit < FARTHEST
      ? effect
      : null,
  );
}
