import { describe, expect, it } from "vitest";
import { ConvergenceError } from "../../src/core/convergence-error.ts";
import { betaExcess } from "../../src/numerics/beta-excess.ts";

describe("the tail of a Beta by its continued fraction", () => {
  it("ends with an error where there is no number to come to, and not never", () => {
    expect(() => betaExcess(NaN, 1, 2, 3, 1)).toThrow(ConvergenceError);
    expect(() => betaExcess(0.1, 0.9, 2, 3, Infinity, NaN)).toThrow(ConvergenceError);
  });
});
