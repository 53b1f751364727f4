import { describe, expect, it } from "vitest";
import { rateLogMarginal } from "../../src/bayesian/rate-log-marginal.ts";
import { betaLogCdf, betaLogPdf, betaLogSf } from "../../src/numerics/beta.ts";
import { betaDensity } from "../../src/numerics/beta-density.ts";

const logError = (actual: number, expected: number): number =>
  actual === expected ? 0 : Math.abs(actual - expected) / Math.max(1, Math.abs(expected));

describe("a rate along the log of the rate over its mean", () => {
  it.each([
    [3, 2],
    [40, 1],
    [0.6, 3],
    [12, 700],
  ])("has density and tails of Beta(%d, %d), up to the end where the rate is 1 and beyond", (a, b) => {
    const marginal = rateLogMarginal(betaDensity(a, b), Math.sqrt(b / a / (a + b + 1)));
    const mean = a / (a + b);
    const end = -Math.log(mean);
    // The last ones share a panel of the table with the end.
    for (const y of [end - 6, -1, -0.2, 0.01, 0.3, 0.9, end - 0.05, end - 1e-3, end - 1e-6]) {
      if (y >= end) continue;
      const rate = mean * Math.exp(y);
      // dx = x dy; near 1 the rate itself has lost digits of what is left.
      const tolerance = end - y < 0.01 ? 1e-8 : 1e-11;
      expect(logError(marginal.logDensity(y), betaLogPdf(rate, a, b) + Math.log(rate))).toBeLessThan(
        tolerance,
      );
      const { lower, upper } = marginal.logTails(y);
      expect(logError(lower, betaLogCdf(rate, a, b))).toBeLessThan(tolerance);
      expect(logError(upper, betaLogSf(rate, a, b))).toBeLessThan(tolerance);
    }
    for (const y of [end + 1e-9, end + 0.5, end + 40]) {
      expect(marginal.logDensity(y)).toBe(-Infinity);
      expect(marginal.logTails(y)).toEqual({ lower: 0, upper: -Infinity });
    }
  });
});
