import { lambertWBelowMinusOne } from "../numerics/lambert-w.ts";
import type { Mixture } from "./mixture.ts";
import { ln } from "../numerics/elementary/ln.ts";

/**
 * Effects from a normal distribution around the null value (Robbins 1970): the mixture sequential probability ratio test
 * of Johari et al. (2022), the two-sided normal mixture of Howard et al. (2021) and the asymptotic confidence sequence of
 * Waudby-Smith et al. (2024), which differ in what they take for the variance of the estimate and for that of effects.
 */
export const TWO_SIDED_MIXTURE: Mixture = {
  evidence: (score) => 0.5 * score * score,
  scoreAt: (evidence) => Math.sqrt(2 * evidence),
  tightestRatio: (alpha) => lambertWBelowMinusOne(-2 * ln(alpha)),
};
