import { descendToRoot } from "../models/descend-to-root.ts";
import { halfNormalMixtureSlope, logHalfNormalMixture } from "../numerics/log-half-normal-mixture.ts";
import { newtonRoot } from "../numerics/newton-root.ts";
import type { Mixture } from "./mixture.ts";

/** Effects from a half-normal distribution above the null value: the one-sided normal mixture of Howard et al. (2021), exactly. */
export const ONE_SIDED_MIXTURE: Mixture = {
  evidence: logHalfNormalMixture,
  scoreAt: (evidence) =>
    // From above, since Φ is at least one half there; the evidence is convex.
    descendToRoot(
      Math.sqrt(2 * evidence),
      (y) => (logHalfNormalMixture(y) - evidence) / halfNormalMixtureSlope(y),
    ),
  tightestRatio,
};

/**
 * Where the derivative of ln[scoreAt(½ ln(1 + r) − ln α)² (1 + 1/r)] vanishes, r = y × the slope of the evidence at the
 * score y: solved for y.
 */
function tightestRatio(alpha: number): number {
  const ratioAt = (y: number): number => y * halfNormalMixtureSlope(y);
  const logAlpha = Math.log(alpha);
  const score = newtonRoot(
    (y) => {
      const slope = halfNormalMixtureSlope(y);
      // φ/Φ falls by itself times the slope.
      const curvature = slope + y * (1 - (slope - y) * slope);
      const value = logHalfNormalMixture(y) + logAlpha - 0.5 * Math.log1p(ratioAt(y));
      return [value, slope - (0.5 * curvature) / (1 + ratioAt(y))];
    },
    0,
    Infinity,
    Math.sqrt(1 - 2 * logAlpha),
  );
  return ratioAt(score);
}
