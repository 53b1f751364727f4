import { descendToRoot } from "../models/descend-to-root.ts";
import { halfNormalMixtureSlope, logHalfNormalMixture } from "../numerics/log-half-normal-mixture.ts";
import { newtonRoot } from "../numerics/newton-root.ts";
import type { Mixture } from "./mixture.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** Evidence at whose score Φ is nearer to 1 than to 1/2. */
const NEXT_TO_ONE = 1.5;

/** Effects from a half-normal distribution above the null value: the one-sided normal mixture of Howard et al. (2021), exactly. */
export const ONE_SIDED_MIXTURE: Mixture = {
  evidence: logHalfNormalMixture,
  scoreAt: (evidence) =>
    // Where Φ is next to 1, or from above by Φ >= 1/2; a step from below goes above, since the evidence is convex.
    descendToRoot(Math.sqrt(2 * (evidence > NEXT_TO_ONE ? evidence - Math.LN2 : evidence)), (y) => {
      const log = logHalfNormalMixture(y);
      return (log - evidence) / halfNormalMixtureSlope(y, log);
    }),
  tightestRatio,
};

/**
 * Where the derivative of ln[scoreAt(½ ln(1 + r) − ln α)² (1 + 1/r)] vanishes, r = y × the slope of the evidence at the
 * score y: solved for y.
 */
function tightestRatio(alpha: number): number {
  const logAlpha = ln(alpha);
  const score = newtonRoot(
    (y) => {
      const log = logHalfNormalMixture(y);
      const slope = halfNormalMixtureSlope(y, log);
      const ratio = y * slope;
      // φ/Φ falls by itself times the slope.
      const ratioSlope = slope + y * (1 - (slope - y) * slope);
      return [log + logAlpha - 0.5 * log1p(ratio), slope - (0.5 * ratioSlope) / (1 + ratio)];
    },
    0,
    Infinity,
    Math.sqrt(1 - 2 * logAlpha),
  );
  return score * halfNormalMixtureSlope(score, logHalfNormalMixture(score));
}
