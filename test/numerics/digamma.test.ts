import { describe, expect, it } from "vitest";
import { digamma, digammaSeries, trigamma, trigammaSeries } from "../../src/numerics/digamma.ts";
import reference from "../reference/numerics/inner_functions.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

describe("the derivatives of ln Γ", () => {
  it.each(reference.psi)("are those of 50 digits at $x", ({ x, ...expected }) => {
    const error = Math.abs(digamma(x) - expected.digamma);
    expect(error).toBeLessThan(1e-15 * Math.max(4, Math.abs(expected.digamma)));
    expect(relativeError(trigamma(x), expected.trigamma)).toBeLessThan(2e-15);
  });

  it.each(reference.psi.filter(({ x }) => x >= 10 && x < 100))(
    "are their leading terms and the series at $x",
    ({ x, ...expected }) => {
      const logPart = Math.log(x) - 0.5 / x - expected.digamma;
      expect(Math.abs(digammaSeries(x) - logPart)).toBeLessThan(2e-15);
      const inversePart = expected.trigamma - 1 / x - 0.5 / (x * x);
      expect(Math.abs(trigammaSeries(x) - inversePart)).toBeLessThan(1e-16);
    },
  );
});
