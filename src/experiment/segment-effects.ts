import type { ObservedEffect } from "../bayesian/observed-effects.ts";
import { type AdjustmentMethod, adjustOn } from "../inference/adjust-on.ts";
import { LOG } from "../inference/p-value-scale.ts";
import type { ComparedSegment } from "./compared-segment.ts";
import type { SegmentEffect } from "./segment-analysis.ts";
import type { ComparedEffects } from "./segment-heterogeneity.ts";
import { exp } from "../numerics/elementary/exp.ts";

/**
 * Each segment's own test, adjusted, beside its effect among the others.
 *
 * @param effects - of each segment on the scale; null where it cannot be weighed
 * @param among - of those that can, in their order; null where fewer than two can
 */
export function segmentEffects(
  compared: readonly ComparedSegment[],
  effects: readonly (ObservedEffect | null)[],
  among: ComparedEffects | null,
  adjustment: AdjustmentMethod,
): SegmentEffect[] {
  const logs = compared.map(({ comparison }) => comparison?.logPValue ?? null);
  const adjusted = adjustOn(
    LOG,
    logs.filter((log) => log !== null),
    adjustment,
  ).values();
  const units = compared.reduce(
    (sum, { segment: { control, treatment } }) => sum + control.n + treatment.n,
    0,
  );
  let place = 0;
  return compared.map(({ segment, comparison }, k) => {
    const { name, control, treatment } = segment;
    const log = logs[k] === null ? null : adjusted.next().value!;
    const effect = effects[k]!;
    const isAmong = effect !== null && among !== null;
    const own = isAmong ? place++ : -1;
    return {
      name,
      controlN: control.n,
      treatmentN: treatment.n,
      share: units > 0 ? (control.n + treatment.n) / units : 0,
      comparison,
      adjustedPValue: log === null ? null : exp(log),
      adjustedLogPValue: log,
      effect,
      shrunken: isAmong ? among.shrunken[own]! : null,
      contrast: isAmong ? among.contrasts[own]! : null,
    };
  });
}
