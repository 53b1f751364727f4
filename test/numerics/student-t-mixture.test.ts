import { describe, expect, it } from "vitest";
import { studentT } from "../../src/numerics/student-t.ts";
import { studentTMixture } from "../../src/numerics/student-t-mixture.ts";
import { relativeError } from "../support/relative-error.ts";

function densityAt(t: number, { logPrecisions, logWeights }: ReturnType<typeof studentTMixture>): number {
  return logPrecisions.reduce((sum, logPrecision, i) => {
    const exponent = logWeights[i]! + 0.5 * logPrecision - 0.5 * t * t * Math.exp(logPrecision);
    return sum + Math.exp(exponent) / Math.sqrt(2 * Math.PI);
  }, 0);
}

describe("Student's t as a mixture of normals", () => {
  it.each([
    [0.1, 1e6],
    [0.5, 20],
    [1, 1000],
    [3, 1],
    [4, 50],
    [30, 10],
    [1000, 12],
  ])("has its density with %s degrees of freedom up to %s", (df, reach) => {
    const mixture = studentTMixture(df, reach);
    for (const share of [0, 1e-3, 0.1, 0.5, 0.9, 1]) {
      const t = share * reach;
      expect(relativeError(densityAt(t, mixture), studentT.pdf(t, df))).toBeLessThan(1e-13);
    }
    const total = mixture.logWeights.reduce((sum, log) => sum + Math.exp(log), 0);
    // The weights above the reach's own scale are left out only where they carry nothing at t within reach.
    expect(total).toBeLessThan(1 + 1e-12);
  });

  it("takes fewer nodes for fewer digits, and has those", () => {
    const [few, many] = [studentTMixture(5, 20, 12), studentTMixture(5, 20)];
    expect(few.logPrecisions.length).toBeLessThan(0.6 * many.logPrecisions.length);
    for (const t of [0, 1, 6, 20]) {
      expect(relativeError(densityAt(t, few), studentT.pdf(t, 5))).toBeLessThan(2 * Math.exp(-12));
    }
  });

  it("steps evenly down from the largest precision", () => {
    const { logPrecisions } = studentTMixture(4, 50);
    const step = logPrecisions[0]! - logPrecisions[1]!;
    expect(step).toBeGreaterThan(0);
    logPrecisions.slice(1).forEach((log, i) => expect(logPrecisions[i]! - log).toBeCloseTo(step, 12));
  });
});
