import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mixtureTail } from "../../src/numerics/normal-mixture.ts";
import { normalQuantile } from "../../src/numerics/normal-quantile.ts";
import { momentsOfNormals, normalsQuantile } from "../../src/numerics/normals-quantile.ts";
import { relativeError } from "../support/relative-error.ts";

const columns = fc
  .array(
    fc.tuple(
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: 0.3, max: 2, noNaN: true }),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => {
    const total = parts.reduce((sum, [weight]) => sum + weight, 0);
    return {
      weights: Float64Array.from(parts, ([weight]) => weight / total),
      means: Float64Array.from(parts, ([, mean]) => mean),
      deviations: Float64Array.from(parts, ([, , deviation]) => deviation),
    };
  });

describe("quantiles of many normals in columns", () => {
  it("are where the tails of the mixture say, on both sides", () => {
    fc.assert(
      fc.property(columns, fc.double({ min: 1e-6, max: 0.999, noNaN: true }), (normals, tail) => {
        const mixture = [...normals.weights].map((weight, i) => ({
          logWeight: Math.log(weight),
          mean: normals.means[i]!,
          standardDeviation: normals.deviations[i]!,
        }));
        for (const side of ["lower", "upper"] as const) {
          const value = normalsQuantile(normals, momentsOfNormals(normals), side, tail);
          expect(relativeError(mixtureTail(mixture, value, side), tail)).toBeLessThan(1e-9);
        }
      }),
    );
  });

  it("are those of the one normal where all are alike", () => {
    const alike = {
      weights: Float64Array.of(0.25, 0.75),
      means: Float64Array.of(2, 2),
      deviations: Float64Array.of(3, 3),
    };
    const moments = momentsOfNormals(alike);
    expect(moments).toEqual({ mean: 2, deviation: 3 });
    expect(normalsQuantile(alike, moments, "lower", 0.1)).toBeCloseTo(2 + 3 * normalQuantile(0.1), 12);
    expect(normalsQuantile(alike, moments, "upper", 0.1)).toBeCloseTo(2 - 3 * normalQuantile(0.1), 12);
  });

  it("have the mean of the means, and the variance within plus the variance between", () => {
    const { mean, deviation } = momentsOfNormals({
      weights: Float64Array.of(0.25, 0.75),
      means: Float64Array.of(-1, 3),
      deviations: Float64Array.of(2, 0.5),
    });
    expect(mean).toBe(2);
    expect(relativeError(deviation ** 2, 0.25 * (4 + 9) + 0.75 * (0.25 + 1))).toBeLessThan(1e-14);
  });
});
