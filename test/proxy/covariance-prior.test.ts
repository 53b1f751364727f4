import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { integrate } from "../../src/numerics/integrate.ts";
import { type CovariancePrior, DEFAULT_PRIOR, logCovariancePrior } from "../../src/proxy/covariance-prior.ts";

const prior: CovariancePrior = { ...DEFAULT_PRIOR, typicalProxyEffect: 0.05, typicalMacroEffect: 0.05 };
/** Density of rho, up to a constant, at the sizes where those of the standard deviations are 1/2 each. */
const densityOf =
  (own: CovariancePrior) =>
  (rho: number): number =>
    4 * Math.exp(logCovariancePrior(own)(0.05, 0.05, Math.atanh(rho)));
const over = (own: CovariancePrior, lower: number, upper: number): number =>
  integrate(densityOf(own), lower, upper).value;

describe("the prior of an effect covariance", () => {
  it("is a mixture: the unrelated share lies close around 0, and what leans leans by 1 + rho", () => {
    const constant = over(prior, -1, 1);
    // P(rho > 0): one half of the unrelated, three quarters of the others.
    expect(over(prior, 0, 1) / constant).toBeCloseTo(0.6 * 0.5 + 0.4 * 0.75, 10);
    // P(rho > .8): none of the unrelated to speak of, 1 − (1.8/2)² of the others.
    expect(over(prior, 0.8, 1) / constant).toBeCloseTo(0.4 * 0.19, 6);
  });

  it("weighs both parts with their whole mass, whatever their shapes", () => {
    const shape = fc.double({ min: 1, max: 60, noNaN: true });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const tilt = fc.double({ min: 0, max: 5, noNaN: true });
    // Densities of (1 + rho)/2, so that their mass over rho is 2 for any mixture.
    fc.assert(
      fc.property(share, shape, shape, tilt, (unrelatedShare, unrelatedLkj, lkj, positiveTilt) => {
        const own = { ...prior, unrelatedShare, unrelatedLkj, lkj, positiveTilt };
        expect(over(own, -1, 1)).toBeCloseTo(2, 7);
      }),
      { numRuns: 50 },
    );
  });

  it("is LKJ alone without an unrelated share and a lean", () => {
    const own = logCovariancePrior({ ...prior, unrelatedShare: 0, positiveTilt: 0, lkj: 3 });
    for (const z of [-2, -0.3, 0.1, 1.5]) {
      const expected = 2 * Math.log(1 - Math.tanh(z) ** 2);
      expect(own(0.05, 0.05, z) - own(0.05, 0.05, 0)).toBeCloseTo(expected, 12);
    }
  });

  it("has half-Cauchy standard deviations at the size of a typical effect", () => {
    const log = logCovariancePrior(prior);
    expect(log(0.1, 0.05, 0.4) - log(0.05, 0.05, 0.4)).toBeCloseTo(Math.log(2 / 5), 14);
    expect(log(0.05, 1e-9, 0.4) - log(0.05, 0.05, 0.4)).toBeCloseTo(Math.log(2), 14);
  });

  it("has digits at correlations that a double cannot tell from 1", () => {
    const log = logCovariancePrior(prior);
    expect(log(0.05, 0.05, 300)).toBeCloseTo(Math.log(0.4) + Math.log(2) - 2 * Math.LN2, 12);
    // Where 1 + rho is e^(2z) times 2.
    expect(log(0.05, 0.05, -300) - log(0.05, 0.05, -200)).toBeCloseTo(-200, 9);
  });
});
