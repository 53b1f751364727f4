import { type BetaDensity, logDensity } from "../numerics/beta-density.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** A factor of a product, by a coordinate in which its density is smooth on the whole real line and peaks near 0. */
export interface Factor {
  readonly width: number;
  /** ln of the density of the coordinate. */
  logWeight(coordinate: number): number;
  /** ln of the factor over its central value. */
  logFactor(coordinate: number): number;
}

/** Beyond these log-odds from the mean all that varies is a pure power. */
const FARTHEST = 600;

/** A Beta distributed rate over its mean, by its log-odds less those of the mean. */
export function rateFactor(density: BetaDensity): Factor {
  const { a, b, total } = density;
  const mean = a / total;
  const rest = b / total;
  const logWeightWithin = (distance: number): number => {
    const excess = expm1(-distance);
    const scale = 1 + rest * excess;
    return logDensity(density, mean / scale, (rest * exp(-distance)) / scale, (a * rest * excess) / scale);
  };
  const logFactorWithin = (distance: number): number => -log1p(rest * expm1(-distance));
  return {
    width: Math.sqrt(1 / a + 1 / b),
    logWeight(distance) {
      if (distance < -FARTHEST) return logWeightWithin(-FARTHEST) + a * (distance + FARTHEST);
      if (distance > FARTHEST) return logWeightWithin(FARTHEST) - b * (distance - FARTHEST);
      return logWeightWithin(distance);
    },
    logFactor(distance) {
      if (distance < -FARTHEST) return logFactorWithin(-FARTHEST) + (distance + FARTHEST);
      return logFactorWithin(distance);
    },
  };
}
