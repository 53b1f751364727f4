import { describe, expect, it } from "vitest";
import { expectedMaximum } from "../../src/numerics/expected-maximum.ts";
import reference from "../reference/numerics/inner_functions.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

describe("the mean of the largest of k normals", () => {
  it.each(reference.expectedMaximum)("is that of 50 digits for $k", ({ k, mean }) => {
    expect(relativeError(expectedMaximum(k), mean)).toBeLessThan(1e-12);
  });

  it("is the mean of one for one", () => {
    expect(expectedMaximum(1)).toBe(0);
  });
});
