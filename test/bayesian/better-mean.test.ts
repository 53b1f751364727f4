import { describe, expect, it } from "vitest";
import { betterMean } from "../../src/bayesian/better-mean.ts";
import type { NormalInverseGammaPrior } from "../../src/bayesian/normal-inverse-gamma-prior.ts";
import { meanMarginal } from "../../src/bayesian/normal-posterior.ts";
import { betterMarginal } from "../../src/bayesian/two-marginals.ts";
import { studentTLogSf } from "../../src/numerics/student-t.ts";
import table from "../reference/bayesian/better-mean.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

/** The posterior under the reference prior. */
function posterior(mu: number, n: number, sd: number): NormalInverseGammaPrior {
  return { mu, kappa: n, alpha: (n - 1) / 2, beta: ((n - 1) * sd * sd) / 2 };
}

const logError = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.max(1, Math.abs(expected));

// Losses of two to four degrees of freedom, which are left to the slower way, are right to 1e-10.
describe("the better of two means", () => {
  const isSlow = ({ n }: { n: number[] }): boolean => Math.min(...n) < 5;

  it.each(table)("is that of 30 digits for $n units, a gap of $gap and deviations of $sd", (row) => {
    const [control, treatment] = [0, 1].map((i) => posterior(row.gap * i, row.n[i]!, row.sd[i]!));
    const ahead = betterMean(control!, treatment!);
    expect(logError(ahead.logProbabilityToLose, row.logProbability)).toBeLessThan(1e-12);
    expect(relativeError(ahead.expectedLoss.treatment, row.loss)).toBeLessThan(isSlow(row) ? 1e-10 : 1e-12);
    expect(relativeError(ahead.expectedLoss.control, row.loss + row.gap)).toBeLessThan(1e-12);
  });

  it("is the same with arms exchanged", () => {
    const [control, treatment] = [posterior(1, 4000, 3), posterior(1.1, 2500, 4)];
    const there = betterMean(control, treatment);
    const back = betterMean(treatment, control);
    expect(back.logProbabilityToBeat).toBe(there.logProbabilityToLose);
    expect(back.logProbabilityToLose).toBe(there.logProbabilityToBeat);
    expect(back.expectedLoss).toEqual({
      control: there.expectedLoss.treatment,
      treatment: there.expectedLoss.control,
    });
  });

  it("is even between equal means", () => {
    const arm = posterior(2, 40_000, 3);
    const { logProbabilityToBeat, logProbabilityToLose, expectedLoss } = betterMean(arm, arm);
    expect(logError(logProbabilityToBeat, -Math.LN2)).toBeLessThan(1e-15);
    expect(logError(logProbabilityToLose, -Math.LN2)).toBeLessThan(1e-15);
    expect(expectedLoss.control).toBe(expectedLoss.treatment);
  });

  it.each([1e2, 1e6, 1e10, 1e12, 1e15, 1e30, 1e150])(
    "is that of the difference of two Cauchy variables, itself one, between pairs of units %d deviations apart",
    (gap) => {
      const { logProbabilityToLose } = betterMean(posterior(0, 2, 1), posterior(gap, 2, 3));
      // A scale of deviation / √2 in each arm; arms of unlike width are added up.
      const exact = Math.log(Math.atan((1 + 3) / Math.SQRT2 / gap) / Math.PI);
      expect(logError(logProbabilityToLose, exact)).toBeLessThan(1e-12);
    },
  );

  it.each([1e9, 1e12, 1e30])(
    "is the sum of both tails %d deviations apart, where one arm alone is all that may have gone astray",
    (gap) => {
      for (const n of [4, 10, 40]) {
        const { logProbabilityToLose, expectedLoss } = betterMean(posterior(0, n, 1), posterior(gap, n, 1));
        const logTail = studentTLogSf(gap * Math.sqrt(n), n - 1);
        expect(logError(logProbabilityToLose, logTail + Math.LN2)).toBeLessThan(1e-12);
        // The tail falls as a power: beyond a gap the mean excess is gap / (df - 1).
        const loss = Math.exp(logTail + Math.log((2 * gap) / (n - 2)));
        expect(relativeError(expectedLoss.treatment, loss)).toBeLessThan(1e-10);
      }
    },
  );

  it("goes on in the slower way without a step, far out and with few degrees of freedom", () => {
    for (const n of [4, 6, 9, 30, 1000, 1e6]) {
      for (const distance of [0.1, 1, 4, 7, 8, 9, 9.4, 10, 20, 37]) {
        const sd = 2;
        const gap = distance * sd * Math.sqrt(2 / n);
        const arms = [posterior(0, n, sd), posterior(gap, n, sd)] as const;
        const slow = betterMarginal(meanMarginal(arms[0]), meanMarginal(arms[1]));
        const fast = betterMean(...arms);
        expect(logError(fast.logProbabilityToLose, slow.logProbabilityToLose)).toBeLessThan(1e-12);
        expect(relativeError(fast.expectedLoss.treatment, slow.expectedLoss.treatment)).toBeLessThan(1e-10);
      }
    }
  });
});
