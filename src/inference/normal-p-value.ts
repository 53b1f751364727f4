import type { Alternative } from "../core/alternative.ts";
import { normalLogSf, normalSf } from "../numerics/normal.ts";

/** p-value of a statistic that is standard normal under H0. */
export function normalPValue(z: number, alternative: Alternative): number {
  if (alternative === "two-sided") return 2 * normalSf(Math.abs(z));
  return normalSf(alternative === "greater" ? z : -z);
}

/** Its natural log, finite far below where the p-value underflows. */
export function normalLogPValue(z: number, alternative: Alternative): number {
  if (alternative === "two-sided") return Math.LN2 + normalLogSf(Math.abs(z));
  return normalLogSf(alternative === "greater" ? z : -z);
}
