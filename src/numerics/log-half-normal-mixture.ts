import { normalLogCdf } from "./normal.ts";
import { CENTRE, INVERSE_SQRT_TWO_PI, normalCentre, scaledNormalTail } from "./normal-tail.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/**
 * ln[2 e^(y²/2) Φ(y)], which rises from −∞ through 0 at y = 0: the log of the mean of e^(yx − …) over a half-normal x,
 * without the cancellation of y²/2 and ln Φ(y) far below 0.
 */
export function logHalfNormalMixture(y: number): number {
  if (Math.abs(y) <= CENTRE) return 0.5 * y * y + log1p(2 * normalCentre(y));
  if (y < 0) return ln(2 * scaledNormalTail(-y));
  return 0.5 * y * y + Math.LN2 + normalLogCdf(y);
}

/** The slope of the same at y >= 0, where its value is `log`: y + φ(y)/Φ(y). */
export function halfNormalMixtureSlope(y: number, log: number): number {
  return y + TWICE_DENSITY_AT_ZERO * exp(-log);
}

const TWICE_DENSITY_AT_ZERO = 2 * INVERSE_SQRT_TWO_PI;
