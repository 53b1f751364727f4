import type { Warning } from "../core/warning.ts";
import { normalPdf, normalUpperQuantile } from "../numerics/normal.ts";
import { type Mean, unitSkewness } from "../summaries/mean.ts";
import { meanError } from "../models/levels.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { pow } from "../numerics/elementary/pow.ts";

/**
 * How far a tail may be off by skewness, relative to itself. At a fifth a nominal 2.5 % lies between 2 and 3 %, which is
 * the aim of Boos and Hughes-Oliver (2000), and of the rule n > 355 skewness² of Kohavi et al. (2014).
 */
const LARGEST_TAIL_ERROR = 0.2;

/** A warning where n is too small for the skewness of the units, if both arms' are known. */
export function skewnessCaution(
  control: Mean,
  treatment: Mean,
  test: "welch" | "pooled",
  tail: number,
): Warning[] {
  const error = skewnessTailError(control, treatment, test, tail);
  if (error === null || Math.abs(error) <= LARGEST_TAIL_ERROR) return [];
  const times = Math.ceil((error / LARGEST_TAIL_ERROR) ** 2);
  return [
    {
      code: "SKEWED",
      message: `The units are too skewed for their number: a tail of the test is off by about ${Math.round(100 * Math.abs(error))} % of itself. About ${times} times as many units, arms of equal size, or capped values (winsorized) would mend it.`,
    },
  ];
}

/**
 * The error that skewness brings to P(T > t) at its critical value, relative to `tail`, by the first term of Edgeworth's
 * expansion of a studentised difference of means; null where a skewness is unknown or nothing varies.
 *
 * With γ the skewness of the difference of means and c the correlation of that difference with its squared standard error,
 * in the same units, P(T <= t) = Φ(t) + φ(t) [c/2 − (γ − 3c)(t² − 1)/6] (Hall 1992, 2.3 and 2.6). For `welch` c = γ, and
 * the bracket is γ (2t² + 1)/6. Skewness cancels from arms of equal size and skewness, which rules for one arm do not see.
 */
export function skewnessTailError(
  control: Mean,
  treatment: Mean,
  test: "welch" | "pooled",
  tail: number,
): number | null {
  const ofControlUnits = unitSkewness(control);
  const ofTreatmentUnits = unitSkewness(treatment);
  if (ofControlUnits === undefined || ofTreatmentUnits === undefined) return null;
  const first = meanError(control);
  const second = meanError(treatment);
  const error = hypot(first, second);
  if (error === 0) return null;
  // Third central moment of each arm's mean, and of the units, in units of the standard error of the difference.
  const third = (skewness: number, part: number, n: number): number =>
    (skewness / Math.sqrt(n)) * pow(part / error, 3);
  const ofControl = third(ofControlUnits, first, control.n);
  const ofTreatment = third(ofTreatmentUnits, second, treatment.n);
  const skewness = ofTreatment - ofControl;
  const pull =
    test === "welch"
      ? skewness
      : ofTreatment * (treatment.n / control.n) - ofControl * (control.n / treatment.n);
  const z = normalUpperQuantile(tail);
  return (-normalPdf(z) / tail) * (pull / 2 - ((skewness - 3 * pull) * (z * z - 1)) / 6);
}
