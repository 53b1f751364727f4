import type { Alternative } from "../core/alternative.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { normalLogSf, normalSf } from "../numerics/normal.ts";

/** p-value of a statistic that is standard normal under H0. */
export function normalPValue(z: number, alternative: Alternative): number {
  if (alternative === "two-sided") return 2 * normalSf(Math.abs(z));
  return normalSf(alternative === "greater" ? z : -z);
}

/** Below it a p-value may have lost digits to the end of the doubles. */
const WHOLE_DIGITS = 1e-300;

/** The log of a p-value that is known already: from itself, where that holds all of its digits. */
export function normalLogOf(pValue: number, z: number, alternative: Alternative): number {
  return pValue > WHOLE_DIGITS && pValue < 0.5 ? ln(pValue) : normalLogPValue(z, alternative);
}

/** Its natural log, finite far below where the p-value underflows. */
export function normalLogPValue(z: number, alternative: Alternative): number {
  if (alternative === "two-sided") return Math.LN2 + normalLogSf(Math.abs(z));
  return normalLogSf(alternative === "greater" ? z : -z);
}
