import { logIncompleteGamma } from "../numerics/incomplete-gamma.ts";
import { logGammaOnePlus } from "../numerics/log-gamma.ts";
import type { DelayCurve } from "./delay-curve.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { pow } from "../numerics/elementary/pow.ts";

/**
 * Weibull's delay, F(x) = 1 − exp(−(x/scale)^shape): the exponential one where the shape is 1, a start steeper than
 * that and a longer tail below it.
 *
 * With u = (x/scale)^shape and a = 1/shape the mean of F up to x is 1 − Γ(1 + a) u^(−a) P(a, u), P being the lower
 * regularised incomplete gamma function, from the integral of exp(−u t^shape) over t in (0, 1).
 */
export function weibullCurve(shape: number, scaleDays: number): DelayCurve {
  const a = 1 / shape;
  return {
    shareBy: (age) => -expm1(-pow(age / scaleDays, shape)),
    meanShareBy(age) {
      const relativeAge = age / scaleDays;
      const u = pow(relativeAge, shape);
      // Written as −expm1, since with a large shape all three terms are small.
      return u < 1
        ? earlyMean(u, shape)
        : -expm1(logGammaOnePlus(a) - ln(relativeAge) + logIncompleteGamma(u, a).lower);
    },
    largestShare: 1,
    kinks: [],
  };
}

/** The same as a series in u, for little has come in yet and 1 − (1 − little) would lose it. */
function earlyMean(u: number, shape: number): number {
  let power = 1;
  let sum = 0;
  for (let n = 1; Math.abs(power) > 0.1 * Number.EPSILON * u; n++) {
    power *= -u / n;
    sum -= power / (1 + n * shape);
  }
  return sum;
}
