import { studentizedRangeLogSf, studentizedRangeUpperQuantile } from "../numerics/studentized-range.ts";
import type { ArmsAdjustment } from "./arms-adjustment.ts";
import { jointScore, levelOfScore } from "./joint-score.ts";
import { exp } from "../numerics/elementary/exp.ts";

/**
 * The test of Tukey (1953) and Kramer (1956) for all pairs of arms: the largest of all their t statistics is the
 * studentized range over √2. Exact for arms of equal variance and size, and conservative for unequal ones (Hayter 1984).
 */
export const TUKEY: ArmsAdjustment = {
  adjust(family) {
    const { errors, jointDegreesOfFreedom } = family.arms;
    return family.tests.map((test) => {
      // A test without an answer lies nowhere: its score is −Infinity.
      const range = Math.SQRT2 * Math.max(0, jointScore(test, family));
      const logPValue = studentizedRangeLogSf(range, errors.length, jointDegreesOfFreedom);
      return { pValue: exp(logPValue), logPValue };
    });
  },
  level(family) {
    const { arms, confidence } = family;
    const alpha = 1 - confidence.confidenceLevel;
    const range = studentizedRangeUpperQuantile(alpha, arms.errors.length, arms.jointDegreesOfFreedom);
    return levelOfScore(range / Math.SQRT2, family);
  },
  assumptions: ["No unit is in two arms, and the arms vary alike or were as large as each other."],
};
