import type { Alternative } from "../core/alternative.ts";
import { studentTLogSf, studentTSf } from "../numerics/student-t.ts";

// p-values of a t statistic that is positive where the treatment is larger; infinite degrees of freedom are normal.

export function tPValue(t: number, df: number, alternative: Alternative): number {
  if (alternative === "two-sided") return 2 * studentTSf(Math.abs(t), df);
  return studentTSf(alternative === "greater" ? t : -t, df);
}

export function tLogPValue(t: number, df: number, alternative: Alternative): number {
  if (alternative === "two-sided") return Math.LN2 + studentTLogSf(Math.abs(t), df);
  return studentTLogSf(alternative === "greater" ? t : -t, df);
}
