import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeCounts } from "../../src/summaries/count.ts";
import { linearize } from "../../src/summaries/linearize.ts";
import { mergeMeans, unitSkewness, type Mean } from "../../src/summaries/mean.ts";
import { mergeRatios, type Ratio } from "../../src/summaries/ratio.ts";

const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const covarianceOf = (x: readonly number[], y: readonly number[]): number => {
  const [mx, my] = [average(x), average(y)];
  return x.length > 1
    ? x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0) / (x.length - 1)
    : 0;
};
const skewnessOf = (values: readonly number[]): number => {
  const m = average(values);
  const second = average(values.map((x) => (x - m) ** 2));
  return second > 0 ? average(values.map((x) => (x - m) ** 3)) / second ** 1.5 : 0;
};
const close = (actual: number, expected: number, scale = 1): void =>
  expect(Math.abs(actual - expected)).toBeLessThan(1e-9 * Math.max(scale, Math.abs(expected)));

const rows = fc.array(fc.array(fc.integer({ min: -50, max: 200 }), { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 6,
});
const meanOf = (values: readonly number[]): Mean => ({
  n: values.length,
  mean: average(values),
  variance: covarianceOf(values, values),
  skewness: skewnessOf(values),
});

describe("the skewness of means", () => {
  it("may be given as the third central moment", () => {
    // 1, 1, 1, 5: mean 2, squares 12, cubes -3 + 27 = 24, so a third moment of 6 and a skewness of 6 / 3^1.5.
    const values = { n: 4, mean: 2, variance: 4, thirdMoment: 6 };
    close(unitSkewness(values)!, 6 / 3 ** 1.5);
    close(unitSkewness(values)!, skewnessOf([1, 1, 1, 5]));
    const { thirdMoment: _, ...known } = { ...values, skewness: skewnessOf([1, 1, 1, 5]) };
    close(mergeMeans([values, values]).skewness!, mergeMeans([known, known]).skewness!);
    expect(() => mergeMeans([{ ...values, skewness: 1 }])).toThrow(
      "parts[0].thirdMoment = 6, must not be given",
    );
    expect(() => mergeMeans([{ ...values, thirdMoment: 11 }])).toThrow("must be that of n = 4 units");
    expect(() => mergeMeans([{ n: 4, mean: 2, variance: 0, thirdMoment: 1 }])).toThrow("thirdMoment");
    expect(unitSkewness({ n: 1e12, mean: 0, variance: 1e300, thirdMoment: 0 })).toBe(0);
  });

  it("merges to that of all units", () => {
    fc.assert(
      fc.property(rows, (parts) => {
        const all = parts.flat();
        const total = mergeMeans(parts.map(meanOf));
        close(total.mean, average(all));
        close(total.variance, covarianceOf(all, all));
        close(total.skewness!, skewnessOf(all));
      }),
    );
  });

  it("is left out of the total where one part does not have it", () => {
    const part = meanOf([1, 2, 9]);
    expect(mergeMeans([part, { n: 2, mean: 1, variance: 1 }])).not.toHaveProperty("skewness");
    expect(mergeMeans([part])).toEqual(part);
  });

  it("must be one that n units can have", () => {
    expect(() => mergeMeans([{ n: 9, mean: 1, variance: 1, skewness: 3.1 }])).toThrow(
      "parts[0].skewness = 3.1",
    );
    expect(() => mergeMeans([{ n: 9, mean: 1, variance: 0, skewness: 1 }])).toThrow("between 0 and 0");
  });

  it("survives scales at which cubes do not", () => {
    const at = (scale: number): Mean[] => [
      { n: 40, mean: scale, variance: scale * scale, skewness: 2 },
      { n: 90, mean: 3 * scale, variance: 2 * scale * scale, skewness: 1 },
    ];
    const expected = mergeMeans(at(1)).skewness!;
    for (const scale of [1e-140, 1e140]) {
      expect(mergeMeans(at(scale)).skewness).toBeCloseTo(expected, 12);
    }
  });
});

describe("the caps of winsorised means", () => {
  const capped = (winsorized: Mean["winsorized"]): Mean => ({ n: 5, mean: 2, variance: 1, winsorized });

  it("are kept by a merge of equal ones", () => {
    expect(mergeMeans([capped({ lower: 0, upper: 9 }), capped({ lower: 0, upper: 9 })]).winsorized).toEqual({
      lower: 0,
      upper: 9,
    });
  });

  it.each([
    [[capped({ upper: 9 }), capped({ upper: 8 })], "upper 8"],
    [[capped({ upper: 9 }), capped(undefined)], "none"],
    [[capped({ upper: 1.9 })], "parts[0].winsorized.upper"],
    [[capped({ lower: 2.1 })], "parts[0].winsorized.lower"],
    [[capped({})], "must have a lower or an upper cap"],
    [[capped({ upper: Infinity })], "finite"],
    [[capped(5 as never)], "parts[0].winsorized"],
  ] as const)("%j are refused: %s", (parts, message) => {
    expect(() => mergeMeans(parts)).toThrow(message);
  });
});

describe("mergeRatios", () => {
  it("has the moments of all units", () => {
    const pairs = fc.array(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 90 })), {
        minLength: 1,
        maxLength: 9,
      }),
      { minLength: 1, maxLength: 5 },
    );
    const summary = (units: readonly (readonly [number, number])[]): Ratio => {
      const [x, y] = [units.map(([a]) => a), units.map(([, b]) => b)];
      return {
        n: units.length,
        numerator: { mean: average(y), variance: covarianceOf(y, y) },
        denominator: { mean: average(x), variance: covarianceOf(x, x) },
        covariance: covarianceOf(x, y),
      };
    };
    fc.assert(
      fc.property(pairs, (parts) => {
        const [total, expected] = [mergeRatios(parts.map(summary)), summary(parts.flat())];
        close(total.numerator.mean, expected.numerator.mean);
        close(total.denominator.variance, expected.denominator.variance, 100);
        close(total.numerator.variance, expected.numerator.variance, 100);
        close(total.covariance, expected.covariance, 100);
      }),
    );
  });
});

describe("linearize", () => {
  it("has the moments of numerator − R · denominator of every unit", () => {
    const [x, y] = [
      [3, 1, 4, 1, 5, 9],
      [2, 7, 1, 8, 2, 8],
    ];
    const control = {
      n: 6,
      numerator: { mean: average(y), variance: covarianceOf(y, y) },
      denominator: { mean: average(x), variance: covarianceOf(x, x) },
      covariance: covarianceOf(x, y),
    };
    const treatment = { ...control, numerator: { mean: 6, variance: 11 } };
    const arms = linearize({ control, treatment });
    const linearised = y.map((value, i) => value - arms.ratio * x[i]!);
    close(arms.control.variance, covarianceOf(linearised, linearised));
    close(arms.treatment.mean, 6 - arms.ratio * average(x));
    const empty = { ...control, denominator: { mean: 0, variance: 0 }, covariance: 0 };
    expect(() => linearize({ control: empty, treatment })).toThrow("control.denominator.mean = 0");
  });
});

describe("mergeCounts", () => {
  it("adds events, and merges variances where all are known", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(9), { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 5 }),
        (parts) => {
          const summary = (units: readonly number[]) => ({
            n: units.length,
            events: units.reduce((sum, x) => sum + x, 0),
            variance: covarianceOf(units, units),
          });
          const total = mergeCounts(parts.map(summary));
          const expected = summary(parts.flat());
          expect(total.events).toBe(expected.events);
          close(total.variance!, expected.variance);
          expect(mergeCounts([summary(parts[0]!), { n: 3, events: 4 }])).not.toHaveProperty("variance");
        },
      ),
    );
  });
});
