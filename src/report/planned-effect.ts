import { amount, change, percent, points, signed } from "./figures.ts";

/** An effect that a test is planned for, on a rate or on a mean. */
type PlannedEffect =
  | {
      readonly baseline: number;
      readonly treatmentRate: number | null;
      readonly difference: number | null;
      readonly lift: number | null;
    }
  | {
      readonly baseline: number | null;
      readonly treatmentMean: number | null;
      readonly difference: number | null;
      readonly lift: number | null;
    };

/** The effect as part of a sentence: `a lift of +10 %, from 2 % to 2.2 %`. */
export function plannedEffect(effect: PlannedEffect): string {
  const { baseline, lift, difference } = effect;
  const [format, formatDifference, target] = formats(effect);
  const size =
    lift !== null
      ? `a lift of ${change(lift)}`
      : difference !== null
        ? `a difference of ${formatDifference(difference)}`
        : "a change";
  return baseline === null || target === null
    ? size
    : `${size}, from ${format(baseline)} to ${format(target)}`;
}

/** The effect in rows of a table. */
export function plannedEffectDetails(effect: PlannedEffect): [string, string | null][] {
  const { baseline, lift, difference } = effect;
  const [format, formatDifference, target] = formats(effect);
  const what = "treatmentRate" in effect ? "Rate" : "Mean";
  return [
    [`${what} of control`, baseline === null ? null : format(baseline)],
    [`${what} of treatment`, target === null ? null : format(target)],
    ["Lift", lift === null ? null : change(lift)],
    ["Difference", difference === null ? null : formatDifference(difference)],
  ];
}

type Format = (value: number) => string;

function formats(
  effect: PlannedEffect,
): readonly [format: Format, formatDifference: Format, target: number | null] {
  return "treatmentRate" in effect
    ? [percent, points, effect.treatmentRate]
    : [amount, signed, effect.treatmentMean];
}
