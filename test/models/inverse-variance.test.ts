import { describe, expect, it } from "vitest";
import { inverseVariance } from "../../src/models/inverse-variance.ts";
import { chiSquaredSf } from "../../src/numerics/chi-squared.ts";
import reference from "../reference/inference/inverse-variance.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

describe("inverseVariance", () => {
  // Largest errors seen: 1e-14.
  it.each(reference.cases.map((row, i) => [i, row] as const))(
    "agrees with metafor's fixed effect, case %d",
    (_, row) => {
      const pooled = inverseVariance(row.estimates, row.standardErrors);
      expect(Math.abs(pooled.estimate - row.est)).toBeLessThan(1e-13 * Math.max(row.se, Math.abs(row.est)));
      expect(relativeError(pooled.standardError, row.se)).toBeLessThan(1e-13);
      expect(Math.abs(pooled.q - row.Q)).toBeLessThan(1e-12 * Math.max(1, row.Q));
      expect(relativeError(chiSquaredSf(pooled.q, row.df), row.p_Q)).toBeLessThan(1e-11);
      expect(Math.abs(100 * pooled.iSquared - row.I2)).toBeLessThan(1e-10);
    },
  );

  it("keeps the digits of small differences, and of errors no double could square", () => {
    const pooled = inverseVariance([1e9, 1e9 + 1, 1e9 + 2], [1, 1, 1]);
    expect(pooled).toMatchObject({ estimate: 1e9 + 1, q: 2 });
    const tiny = inverseVariance([0, 1e-300], [1e-300, 1e-300]);
    expect(relativeError(tiny.standardError, 1e-300 / Math.sqrt(2))).toBeLessThan(1e-15);
    expect(relativeError(tiny.q, 0.5)).toBeLessThan(1e-14);
  });

  it("leaves one estimate alone", () => {
    expect(inverseVariance([0.3], [2])).toEqual({
      estimate: 0.3,
      standardError: 2,
      weights: [1],
      q: 0,
      iSquared: 0,
    });
  });
});
