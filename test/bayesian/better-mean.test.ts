import { describe, expect, it } from "vitest";
import { betterMean } from "../../src/bayesian/better-mean.ts";
import type { NormalInverseGammaPrior } from "../../src/bayesian/normal-inverse-gamma-prior.ts";
import { meanMarginal } from "../../src/bayesian/normal-posterior.ts";
import { betterMarginal } from "../../src/bayesian/two-marginals.ts";
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
