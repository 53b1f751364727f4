import { normalPdf, normalQuantile } from "../numerics/normal.ts";
import type { Side } from "../numerics/beside-line.ts";
import type { Contrast } from "./contrast.ts";
import { cornishFisher } from "./cumulants.ts";

/** Below this error in normal deviates (of second order, after a Newton step) a quantile is good. */
const TOLERANCE = 1e-13;

/** A bracket this narrow, in posterior standard deviations, is a result: shapes near 0 pile up mass at a point. */
const NARROWEST = 1e-14;

/**
 * The value that the contrast stays below (`lower`) or above (`upper`) with probability `tail`, at most one half.
 *
 * Newton's method from the Cornish–Fisher quantile on the standard normal deviate of the tail, which is nearly linear
 * in the parameter; a step that leaves the bracket is replaced by bisection,
 * with strides that grow from the posterior standard deviation, since the first bracket is far wider.
 */
export function contrastQuantile(contrast: Contrast, side: Side, tail: number): number {
  const beyond = contrast.quantileBeyond?.(side, tail) ?? null;
  if (beyond !== null) return beyond;
  const { lowest, highest, cumulants } = contrast;
  const sign = side === "lower" ? 1 : -1;
  const target = normalQuantile(tail);
  const spread = Math.sqrt(cumulants.variance);
  const bend = Math.abs(cumulants.third / spread ** 3) / 6;
  const start = cornishFisher(cumulants, sign * target);
  let [below, above] = [lowest, highest];
  let parameter = [start, cumulants.mean, 0].find((value) => value > below && value < above)!;
  let stride = spread;
  for (;;) {
    const { logProbability, logDensity } = contrast.beside(parameter, side);
    const deviate = normalQuantile(Math.min(1, Math.exp(logProbability)));
    const error = sign * (deviate - target);
    if (error === 0) return parameter;
    if (error > 0) above = parameter;
    else below = parameter;
    const next = parameter - (error * normalPdf(deviate)) / Math.exp(logDensity);
    const isInside = next >= below && next <= above;
    if (isInside && error * error * (bend + Math.abs(error)) < TOLERANCE) return next;
    if (isInside && next !== parameter && next !== lowest && next !== highest) {
      parameter = next;
    } else {
      const middle = below + 0.5 * (above - below);
      if (above - below <= NARROWEST * spread || middle <= below || middle >= above) return middle;
      stride *= 4;
      parameter = Math.min(Math.max(middle, parameter - stride), parameter + stride);
    }
  }
}
