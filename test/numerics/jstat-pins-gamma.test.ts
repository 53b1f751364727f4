import jstat from "jstat";
import { describe, expect, it } from "vitest";
import { chiSquared } from "../../src/numerics/chi-squared.ts";
import { gamma } from "../../src/numerics/gamma.ts";
import { relativeError } from "../support/relative-error.ts";

// Where jstat 1.9.6 is wrong: should a later jstat get these right, the reason for a kernel of our own goes.
describe("jstat's gamma family is wrong where ours is right (mpmath, 1e-13)", () => {
  it("upper tail of chi-squared", () => {
    expect(1 - jstat["chisquare"]!.cdf(100, 1)).toBe(0);
    expect(relativeError(chiSquared.sf(100, 1), 1.523970604832105e-23)).toBeLessThan(1e-13);
  });

  it("lower quantile of gamma", () => {
    expect(jstat["gamma"]!.inv(1e-20, 10, 1)).toBeCloseTo(0.011122, 6);
    expect(relativeError(gamma.quantile(1e-20, 10), 0.045474863161247166)).toBeLessThan(1e-13);
  });

  it("Poisson cdf, which is a gamma tail: P(N <= 1000) = P(G > 1000) for shape 1001", () => {
    expect(jstat["poisson"]!.cdf(1000, 1000)).toBeNaN();
    expect(relativeError(gamma.sf(1000, 1001), 0.508409367168506)).toBeLessThan(1e-13);
  });
});
