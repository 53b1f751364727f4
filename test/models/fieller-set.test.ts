import { describe, expect, it } from "vitest";
import { fiellerSet } from "../../src/models/fieller-set.ts";
import reference from "../reference/inference/fieller.json" with { type: "json" };
import { endError } from "../support/end-error.ts";

const SHAPES: Readonly<Record<string, string>> = {
  bounded: "between",
  exclusive: "outside",
  unbounded: "all",
};

describe("fiellerSet", () => {
  // Largest error seen: 4e-15 of the width.
  it.each(reference.cases)(
    "is the $fieller.type set of 50 digits, to 1e-13",
    ({ critical, fieller, ...input }) => {
      const set = fiellerSet(
        { ...input, difference: input.treatment - input.control, covariance: 0 },
        critical,
      );
      expect(set.shape).toBe(SHAPES[fieller.type]);
      const ends = fieller.lift_ci ?? fieller.excluded;
      if (ends) expect(endError(set, [ends[0]!, ends[1]!])).toBeLessThan(1e-13);
    },
  );

  const means = {
    control: 2,
    treatment: 3,
    difference: 1,
    controlVariance: 1,
    treatmentVariance: 1,
    covariance: 0,
  };

  it("is a ray where the control mean is exactly z standard errors from 0", () => {
    // (1 − 2λ)² <= 4(2 + 2λ + λ²) leaves λ >= −7/12.
    expect(fiellerSet(means, 2)).toEqual({ shape: "outside", lower: -Infinity, upper: -7 / 12 });
    const set = fiellerSet({ ...means, treatment: -3, difference: -5 }, 2);
    expect(set).toMatchObject({ shape: "outside", upper: Infinity });
  });

  it("is one point where nothing varies, and nothing where the control is surely 0 and the treatment not", () => {
    const still = { controlVariance: 0, treatmentVariance: 0, covariance: 0 };
    expect(fiellerSet({ control: 2, treatment: 2, difference: 0, ...still }, 2)).toEqual({
      shape: "between",
      lower: 0,
      upper: 0,
    });
    expect(fiellerSet({ control: 0, treatment: 2, difference: 2, ...still }, 2)).toEqual({
      shape: "outside",
      lower: -Infinity,
      upper: Infinity,
    });
  });
});
