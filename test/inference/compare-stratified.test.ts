import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.ts";
import { compareStratified } from "../../src/inference/compare-stratified.ts";
import type { ProportionStratum } from "../../src/inference/stratum.ts";
import conditional from "../reference/inference/stratified-exact.json" with { type: "json" };
import exact from "../reference/inference/stratified-mpmath.json" with { type: "json" };
import reference from "../reference/inference/stratified.json" with { type: "json" };
import { referenceNumber } from "../support/reference-number.ts";
import { relativeError } from "../support/relative-error.ts";

/** Relative to the number itself, or to what it is measured by where it is near 0. */
function error(actual: number | null | undefined, expected: number, scale = 0): number {
  if (actual === null || actual === undefined) return Infinity;
  return Math.abs(actual - expected) / Math.max(Math.abs(expected), scale);
}

const logLimits = ({ interval }: Estimate): number[] => [interval.lower, interval.upper];

describe("compareStratified against R and metafor", () => {
  // Largest errors seen in this table: 1e-13, but for what is said at each.
  it.each(reference.cases.map((row, i) => [i, row] as const))("case %d, Mantel–Haenszel", (_, row) => {
    const { strata } = row;
    const plain = compareStratified({ strata });
    expect(error(plain.statistic! ** 2, row.cmh_chi2, 1e-20)).toBeLessThan(1e-12);
    expect(relativeError(plain.pValue!, row.cmh_p)).toBeLessThan(1e-12);
    const corrected = compareStratified({ strata, method: "mantel-haenszel-continuity" });
    expect(error(corrected.statistic! ** 2, row.cmh_chi2_corrected, 1e-20)).toBeLessThan(1e-12);
    expect(relativeError(corrected.pValue!, row.cmh_p_corrected)).toBeLessThan(1e-12);
    expect(relativeError(plain.oddsRatio!.estimate!, row.mh_odds_ratio)).toBeLessThan(1e-12);
    logLimits(plain.oddsRatio!).forEach((end, i) => {
      expect(relativeError(end, row.mh_or_ci95[i]!)).toBeLessThan(1e-12);
    });
    if ("exact" in row && row.exact !== undefined) {
      const exactly = compareStratified({ strata, method: "exact" });
      // R finds its roots to 1.2e-4 only.
      expect(relativeError(exactly.pValue!, row.exact.p)).toBeLessThan(1e-12);
      expect(relativeError(exactly.oddsRatio!.estimate!, row.exact.conditional_mle_or)).toBeLessThan(1e-4);
      expect(relativeError(exactly.oddsRatio!.interval.lower, row.exact.ci95[0]!)).toBeLessThan(1e-3);
      expect(relativeError(exactly.oddsRatio!.interval.upper, row.exact.ci95[1]!)).toBeLessThan(1e-3);
    }
    const ratio = 1 + plain.lift.estimate!;
    expect(error(Math.log(ratio), row.mh_rr.log_rr, row.mh_rr.se)).toBeLessThan(1e-12);
    expect(relativeError(plain.lift.standardError! / ratio, row.mh_rr.se)).toBeLessThan(1e-12);
    expect(error(plain.difference.estimate, row.mh_rd.rd, row.mh_rd.se)).toBeLessThan(1e-12);
    expect(relativeError(plain.difference.standardError!, row.mh_rd.se)).toBeLessThan(1e-12);
  });

  it.each(reference.cases.map((row, i) => [i, row] as const))(
    "case %d, post-stratification, inverse variance and homogeneity",
    (_, row) => {
      const { strata } = row;
      const post = compareStratified({ strata, method: "post-stratification" });
      expect(error(post.difference.estimate, row.poststratified.diff, row.poststratified.se)).toBeLessThan(
        1e-12,
      );
      expect(relativeError(post.difference.standardError!, row.poststratified.se)).toBeLessThan(1e-12);
      const { homogeneity } = post;
      expect(relativeError(homogeneity.difference!.statistic, row.interaction_rd.chi2)).toBeLessThan(1e-11);
      expect(relativeError(homogeneity.difference!.pValue, row.interaction_rd.p)).toBeLessThan(1e-11);
      expect(homogeneity.breslowDay!.degreesOfFreedom).toBe(row.breslow_day.df);
      // R's own last digits are wrong: 7e-11 off mpmath at counts of 1e6 (p-value 4e-10), which ours are not (below).
      expect(relativeError(homogeneity.breslowDay!.statistic, row.breslow_day.chi2)).toBeLessThan(1e-10);
      expect(relativeError(homogeneity.tarone!.statistic, row.breslow_day.tarone_corrected)).toBeLessThan(
        1e-10,
      );
      expect(relativeError(homogeneity.tarone!.pValue, row.breslow_day.tarone_p)).toBeLessThan(1e-9);
      const woolf = "woolf" in row ? row.woolf : undefined;
      if (woolf === undefined) return;
      const { oddsRatio } = compareStratified({ strata, method: "inverse-variance" });
      expect(error(Math.log(oddsRatio!.estimate!), woolf.pooled_log_or, woolf.se)).toBeLessThan(1e-12);
      expect(relativeError(oddsRatio!.standardError! / oddsRatio!.estimate!, woolf.se)).toBeLessThan(1e-12);
      expect(relativeError(homogeneity.logOddsRatio!.statistic, woolf.chi2)).toBeLessThan(1e-11);
    },
  );
});

describe("compareStratified against mpmath", () => {
  const figures = (strata: readonly ProportionStratum[]): Record<string, [number, number]> => {
    const mh = compareStratified({ strata });
    const inverse = compareStratified({ strata, method: "inverse-variance" });
    const post = compareStratified({ strata, method: "post-stratification" });
    const logError = ({ estimate, standardError }: Estimate, one: number): number =>
      standardError! / (one + estimate!);
    const liftError = logError(mh.lift, 1);
    return {
      z: [mh.statistic!, 1],
      difference: [mh.difference.estimate!, mh.difference.standardError!],
      differenceError: [mh.difference.standardError!, 0],
      lift: [mh.lift.estimate!, mh.lift.standardError!],
      liftLogError: [liftError, 0],
      oddsRatio: [mh.oddsRatio!.estimate!, 0],
      oddsRatioLogError: [logError(mh.oddsRatio!, 0), 0],
      breslowDay: [mh.homogeneity.breslowDay?.statistic ?? 0, 1],
      tarone: [mh.homogeneity.tarone?.statistic ?? 0, 1],
      q: [mh.homogeneity.difference?.statistic ?? 0, 1],
      // Undetermined where a stratum does not vary.
      ...(inverse.status === "ok" && {
        inverseVariance: [inverse.difference.estimate!, inverse.difference.standardError!],
        inverseVarianceError: [inverse.difference.standardError!, 0],
      }),
      postStratified: [post.difference.estimate!, post.difference.standardError!],
      postStratifiedError: [post.difference.standardError!, 0],
      postStratifiedLift: [post.lift.estimate!, post.lift.standardError!],
    };
  };

  it("has every figure to 1e-12, at counts from 3 to 1e12", () => {
    let compared = 0;
    // Largest errors seen: 1e-15, but for the tests of Breslow and Day and of Tarone, 4e-14.
    for (const { strata, expected } of exact.cases) {
      for (const [name, [actual, scale]] of Object.entries(figures(strata))) {
        expect(error(actual, (expected as Record<string, number>)[name]!, scale), `${name}`).toBeLessThan(
          1e-12,
        );
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(14 * exact.cases.length);
  });
});

describe("the exact test of strata", () => {
  it.each(conditional.cases.map((row, i) => [i, row] as const))(
    "has p-values to 1e-12 and the conditional odds ratio to 1e-10, case %d",
    (_, row) => {
      for (const alternative of ["two-sided", "greater", "less"] as const) {
        const { logPValue, pValue } = compareStratified({ strata: row.strata, method: "exact", alternative });
        const log = row.logP[alternative];
        expect(Math.abs(logPValue! - log), `${alternative}`).toBeLessThan(1e-12 * Math.max(1, Math.abs(log)));
        expect(relativeError(pValue!, Math.exp(logPValue!))).toBe(0);
      }
      const { oddsRatio } = compareStratified({ strata: row.strata, method: "exact" });
      expect(relativeError(oddsRatio!.estimate!, referenceNumber(row.oddsRatio))).toBeLessThan(1e-10);
      expect(relativeError(oddsRatio!.interval.lower, row.lower)).toBeLessThan(1e-10);
      expect(relativeError(oddsRatio!.interval.upper, referenceNumber(row.upper))).toBeLessThan(1e-10);
    },
  );
});
