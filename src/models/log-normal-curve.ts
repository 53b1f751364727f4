import { integrate } from "../numerics/integrate.ts";
import { CENTRE, halfSquareExp, scaledNormalTail } from "../numerics/normal-tail.ts";
import { normalCdf, normalLogCdf } from "../numerics/normal.ts";
import type { DelayCurve } from "./delay-curve.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Below this spread the two terms of the closed form have too many digits in common. */
const NARROW = 0.05;
/** From here on Φ(z) is 1 to the last digit. */
const CERTAIN = 9;
/** The integrand is dropped where it fell below exp(−40) of its start. */
const CUT = 40;

/**
 * A log-normal delay, F(x) = Φ(z) with z = (ln x − logMean) / logSd.
 *
 * The mean of F up to x is Φ(z) − exp(logSd²/2 − logSd z) Φ(z − logSd), from E[X; X ≤ x].
 */
export function logNormalCurve(logMean: number, logSd: number): DelayCurve {
  const standardized = (age: number): number => (ln(age) - logMean) / logSd;
  return {
    shareBy: (age) => normalCdf(standardized(age)),
    meanShareBy(age) {
      const z = standardized(age);
      if (z > CERTAIN) return -expm1(logSd * (logSd / 2 - z) + normalLogCdf(z - logSd));
      return logSd < NARROW ? narrowMean(z, logSd) : normalCdf(z) - partialMean(z, logSd);
    },
    largestShare: 1,
    kinks: [],
  };
}

/** exp(s²/2 − s z) Φ(z − s), which is φ(z) Φ(z − s) / φ(z − s): a wide spread overflows only in parts of it. */
function partialMean(z: number, s: number): number {
  return s - z >= CENTRE
    ? halfSquareExp(z) * scaledNormalTail(s - z)
    : exp(s * (s / 2 - z)) * normalCdf(z - s);
}

/** The mean of F over ages x exp(−s t), t > 0: all terms are positive. */
function narrowMean(z: number, s: number): number {
  const end = z + Math.sqrt(z * z + 2 * CUT);
  return integrate((t) => s * exp(-s * t) * normalCdf(z - t), 0, end, { relativeTolerance: 1e-14 }).value;
}
