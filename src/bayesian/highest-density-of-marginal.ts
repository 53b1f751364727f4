import type { Interval } from "../core/interval.ts";
import type { Contrast } from "./contrast.ts";
import { highestDensity } from "./highest-density.ts";
import type { Marginal } from "./marginal.ts";
import { quantileCurve } from "./quantile-curve.ts";

/** Quantiles of shapes near 0 lie so far out on a log axis; values on another one are doubles. */
const FARTHEST_LOG = 1e5;
const FARTHEST = 8e307;

/** The shortest interval of one arm's parameter, whose density has its peak inside. */
export function highestDensityOfMarginal(marginal: Marginal, confidenceLevel: number): Interval {
  return highestDensity(quantileCurve(marginalContrast(marginal)), marginal.axis, confidenceLevel);
}

/** The coordinate of one arm as if it were an effect. */
export function marginalContrast({ axis, center, width, logDensity, logTails }: Marginal): Contrast {
  const end = axis.kind === "identity" ? FARTHEST : FARTHEST_LOG;
  return {
    beside: (u, side) => ({ logProbability: logTails(u)[side], logDensity: logDensity(u) }),
    // Nothing lies beyond, but the ends are not those of the parameter.
    quantileBeyond: () => null,
    lowest: -end,
    highest: end,
    cumulants: { mean: center, variance: width ** 2, third: 0, fourth: 0 },
  };
}
