import { type FiellerSet, fiellerSet } from "./fieller-set.ts";
import type { Levels } from "./levels.ts";
import { log2 } from "../numerics/elementary/log2.ts";

/** Fieller's set after a division by a power of two, which changes no digit and keeps squares within range. */
export function levelFiellerSet(
  { control, treatment, difference, controlError, treatmentError, correlation }: Levels,
  critical: number,
): FiellerSet {
  const largest = Math.max(Math.abs(control), Math.abs(treatment), controlError, treatmentError);
  const scale = 2 ** Math.floor(log2(largest));
  return fiellerSet(
    {
      control: control / scale,
      treatment: treatment / scale,
      // Levels of both signs near the largest double have a difference beyond it.
      difference: Number.isFinite(difference) ? difference / scale : treatment / scale - control / scale,
      controlVariance: (controlError / scale) ** 2,
      treatmentVariance: (treatmentError / scale) ** 2,
      covariance: correlation * (controlError / scale) * (treatmentError / scale),
    },
    critical,
  );
}
