import { normalLogCdf } from "./normal.ts";
import { CENTRE, normalCentre, scaledNormalTail } from "./normal-tail.ts";

/**
 * ln[2 e^(y²/2) Φ(y)], which rises from −∞ through 0 at y = 0: the log of the mean of e^(yx − …) over a half-normal x,
 * without the cancellation of y²/2 and ln Φ(y) far below 0.
 */
export function logHalfNormalMixture(y: number): number {
  if (Math.abs(y) <= CENTRE) return 0.5 * y * y + Math.log1p(2 * normalCentre(y));
  if (y < 0) return Math.log(2 * scaledNormalTail(-y));
  return 0.5 * y * y + Math.LN2 + normalLogCdf(y);
}

/** The slope of the same at y >= 0: y + φ(y)/Φ(y). */
export function halfNormalMixtureSlope(y: number): number {
  return y + Math.sqrt(2 / Math.PI) * Math.exp(-logHalfNormalMixture(y));
}
