import type { Interval } from "../core/interval.ts";
import type { Contrast } from "./contrast.ts";
import { highestDensity } from "./highest-density.ts";
import type { Marginal } from "./marginal.ts";
import { quantileCurve } from "./quantile-curve.ts";

/** Values farther than this on a log axis, or on another one, are none that a double holds. */
const FARTHEST_LOG = 600;
const FARTHEST = 8e307;

/** The shortest interval of one arm's parameter, whose density has its peak inside. */
export function highestDensityOfMarginal(
  marginal: Pick<Marginal, "axis" | "center" | "width" | "logDensity" | "logTails">,
  confidenceLevel: number,
): Interval {
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
