import type { Interval } from "../core/interval.ts";
import { type FiellerSet, fiellerSet } from "../models/fieller-set.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Confidence } from "./confidence.ts";
import type { Welch } from "./welch.ts";

/**
 * The lifts that Welch's test does not reject, by Fieller (1954) with Welch's degrees of freedom; `isDetermined` false
 * gives the whole line, which makes no claim.
 */
export function meanLiftInterval(
  control: Mean,
  treatment: Mean,
  { controlError, treatmentError, standardError }: Welch,
  critical: number,
  { alternative, confidenceLevel }: Confidence,
  isDetermined: boolean,
): Interval {
  // A power of two, which changes no digit, keeps squares within the range of doubles.
  const largest = Math.max(Math.abs(control.mean), Math.abs(treatment.mean), controlError, treatmentError);
  const scale = 2 ** Math.floor(Math.log2(largest));
  const set: FiellerSet = isDetermined
    ? fiellerSet(
        {
          control: control.mean / scale,
          treatment: treatment.mean / scale,
          difference: treatment.mean / scale - control.mean / scale,
          controlVariance: (controlError / scale) ** 2,
          treatmentVariance: (treatmentError / scale) ** 2,
        },
        Math.abs(critical),
      )
    : { shape: "all", lower: -Infinity, upper: Infinity };
  // A one-sided level below one half leaves no set that an interval could hold beside a control mean like 0, or where
  // nothing varies.
  const isDual = isDetermined && (critical >= 0 || (standardError > 0 && set.shape === "between"));
  const ends = { confidenceLevel, method: "fieller", dualToTest: isDual, excluded: null };
  if (set.shape === "between") {
    const [lower, upper] = critical < 0 ? [set.upper, set.lower] : [set.lower, set.upper];
    return {
      lower: alternative === "less" ? -Infinity : lower,
      upper: alternative === "greater" ? Infinity : upper,
      ...ends,
    };
  }
  // The gap lies on the side of the treatment's sign, and a one-sided test rejects on one side only.
  const isRejected =
    alternative === "two-sided" || (alternative === "greater" ? treatment.mean > 0 : treatment.mean < 0);
  if (!isDual || set.shape === "all" || !isRejected) return { lower: -Infinity, upper: Infinity, ...ends };
  if (set.lower === -Infinity) return { lower: set.upper, upper: Infinity, ...ends };
  if (set.upper === Infinity) return { lower: -Infinity, upper: set.lower, ...ends };
  return { lower: -Infinity, upper: Infinity, ...ends, excluded: { lower: set.lower, upper: set.upper } };
}
