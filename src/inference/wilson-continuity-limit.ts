import type { Proportion } from "../summaries/proportion.ts";
import { wilsonLimit } from "./wilson-limit.ts";

/**
 * Wilson's limit with the continuity correction of R's `prop.test`: the lower one (z < 0) from half a conversion fewer,
 * the upper one from half a conversion more, but never across one half, so that at 50 % there is no correction.
 */
export function wilsonContinuityLimit({ n, conversions }: Proportion, z: number, side: -1 | 1): number {
  const correction = Math.min(0.5, Math.abs(conversions - n / 2));
  const shifted = conversions + side * correction;
  // With none or all converted the correction would leave [0, 1], where the limit is the end itself.
  if (shifted <= 0) return 0;
  return shifted >= n ? 1 : wilsonLimit({ n, conversions: shifted }, z);
}
