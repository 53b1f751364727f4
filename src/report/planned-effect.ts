import type { MetricKind } from "../core/metric-kind.ts";
import type { ComparisonScale } from "../models/restricted-rates.ts";
import { amount, change, percent, points, signed } from "./figures.ts";

interface EffectFigures {
  readonly baseline: number | null;
  readonly difference: number | null;
  readonly lift: number | null;
}

/** An effect that a test is planned for: on a rate, events per unit, a mean, a ratio, or a level of either kind. */
export type PlannedEffect = EffectFigures &
  (
    | { readonly treatmentRate: number | null; readonly exposure?: number }
    | { readonly treatmentMean: number | null }
    | { readonly treatmentRatio: number | null }
    | { readonly treatmentLevel: number | null; readonly metric: MetricKind }
  );

/** The effect as part of a sentence: `a lift of +10 %, from 2 % to 2.2 %`. */
export function plannedEffect(effect: PlannedEffect): string {
  const { baseline, lift, difference } = effect;
  const { format, formatDifference, target } = level(effect);
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
  const { name, format, formatDifference, target } = level(effect);
  return [
    [`${name} of control`, baseline === null ? null : format(baseline)],
    [`${name} of treatment`, target === null ? null : format(target)],
    ["Lift", lift === null ? null : change(lift)],
    ["Difference", difference === null ? null : formatDifference(difference)],
  ];
}

/** A margin on its scale, in words: `-2 %`, `-0.5 pp`, `an odds ratio of 0.9`. */
export function marginText(
  value: number,
  { scale, metric }: { readonly scale: ComparisonScale; readonly metric: MetricKind },
): string {
  if (scale === "odds-ratio") return `an odds ratio of ${amount(value)}`;
  if (scale === "lift") return change(value);
  return metric === "proportion" ? points(value) : signed(value);
}

type Format = (value: number) => string;

interface Level {
  readonly name: string;
  readonly format: Format;
  readonly formatDifference: Format;
  readonly target: number | null;
}

const LEVEL_NAMES = { mean: "Mean", ratio: "Ratio", count: "Events per unit" } as const;

function level(effect: PlannedEffect): Level {
  const rate = { name: "Rate", format: percent, formatDifference: points };
  const number = { format: amount as Format, formatDifference: signed as Format };
  if ("treatmentRatio" in effect) return { name: "Ratio", ...number, target: effect.treatmentRatio };
  if ("treatmentMean" in effect) return { name: "Mean", ...number, target: effect.treatmentMean };
  if ("treatmentLevel" in effect) {
    const target = effect.treatmentLevel;
    return effect.metric === "proportion"
      ? { ...rate, target }
      : { name: LEVEL_NAMES[effect.metric], ...number, target };
  }
  const target = effect.treatmentRate;
  return effect.exposure === undefined ? { ...rate, target } : { name: "Events per unit", ...number, target };
}
