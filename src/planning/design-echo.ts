import type { Alternative } from "../core/alternative.ts";
import type { PlannedAdjustment, TestDesign } from "./test-design.ts";

/** The design, as every result of planning repeats it. */
export interface DesignEcho {
  readonly alpha: number;
  readonly alternative: Alternative;
  readonly treatments: number;
  /** How alpha is kept over several treatments. */
  readonly adjustment: PlannedAdjustment;
  /** Type I error of one treatment's test in the tail of the effect. */
  readonly tailAlpha: number;
  /** How many times as many units are needed as without variance reduction and clusters; 1 without both. */
  readonly varianceFactor: number;
}

export function designEcho(
  { alpha, alternative, treatments, adjustment, tailAlpha }: TestDesign,
  varianceFactor: number,
): DesignEcho {
  return { alpha, alternative, treatments, adjustment, tailAlpha, varianceFactor };
}
