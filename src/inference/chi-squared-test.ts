import { chiSquaredLogSf, chiSquaredSf } from "../numerics/chi-squared.ts";

/** A statistic that is chi-squared under H0, with its p-value. */
export interface ChiSquaredTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  /** Natural log of the p-value, finite far below 1e-308. */
  readonly logPValue: number;
}

/** Judges a chi-squared statistic. Without a degree of freedom it has no choice but 0, and p = 1. */
export function chiSquaredTest(statistic: number, degreesOfFreedom: number): ChiSquaredTest {
  if (statistic === Infinity) return { statistic, degreesOfFreedom, pValue: 0, logPValue: -Infinity };
  if (degreesOfFreedom === 0) return { statistic, degreesOfFreedom, pValue: 1, logPValue: 0 };
  return {
    statistic,
    degreesOfFreedom,
    pValue: chiSquaredSf(statistic, degreesOfFreedom),
    logPValue: chiSquaredLogSf(statistic, degreesOfFreedom),
  };
}
