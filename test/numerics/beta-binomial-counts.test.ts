import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betaBinomialCounts, countsBelow, countsFrom } from "../../src/numerics/beta-binomial-counts.ts";
import { betaBinomialLogPmf, logBetaBinomialTails } from "../../src/numerics/beta-binomial-tails.ts";
import { relativeError } from "../support/relative-error.ts";

// Against the distribution's own tails, an integral: 1e-11 relative, down to 1e-280.

const shape = fc.double({ min: -1.5, max: 4, noNaN: true }).map((digits) => 10 ** digits);

describe("betaBinomialCounts", () => {
  it("lists the probabilities of all counts, with both tails as they are by quadrature", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        shape,
        shape,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, alpha, beta, share) => {
          const counts = betaBinomialCounts(n, alpha, beta, 1e6)!;
          const i = Math.floor(share * (counts.pmf.length - 1));
          const k = counts.first + i;
          expect(relativeError(counts.pmf[i]!, Math.exp(betaBinomialLogPmf(k, n, alpha, beta)))).toBeLessThan(
            1e-11,
          );
          const { lower, upper } = logBetaBinomialTails(k, n, alpha, beta);
          if (lower > -640)
            expect(relativeError(countsBelow(counts)[i + 1]!, Math.exp(lower))).toBeLessThan(1e-11);
          if (upper > -640)
            expect(relativeError(countsFrom(counts)[i + 1]!, Math.exp(upper))).toBeLessThan(1e-11);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("adds up a million equal probabilities without a drift", () => {
    const counts = betaBinomialCounts(1e6, 1, 1, 2e6)!;
    expect(relativeError(countsBelow(counts)[500_001]!, 500_001 / 1_000_001)).toBeLessThan(1e-15);
    expect(relativeError(countsFrom(counts)[0]!, 1)).toBeLessThan(1e-15);
  });

  it("lists what matters of 1e9 trials, and nothing where that is too much", () => {
    const { first, pmf } = betaBinomialCounts(1e9, 5e11, 5e11, 4e6)!;
    expect(first).toBeGreaterThan(4.9e8);
    expect(pmf.length).toBeLessThan(2e6);
    expect(betaBinomialCounts(1e7, 1, 1, 1e6)).toBeNull();
  });

  it("is certain of no trials", () => {
    expect(betaBinomialCounts(0, 3, 4, 10)).toEqual({ first: 0, pmf: new Float64Array([1]) });
  });
});
