import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { compareRatios } from "../../src/inference/compare-ratios.ts";
import { compareWithCovariates } from "../../src/inference/compare-with-covariates.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { adjustWithCovariate } from "../../src/summaries/adjust-with-covariate.ts";
import type { Moments } from "../../src/summaries/moments.ts";
import reference from "../reference/inference/cuped.json" with { type: "json" };
import { endError } from "../support/end-error.ts";
import { relativeError } from "../support/relative-error.ts";
import { leavesOut } from "../support/leaves-out.ts";

const codes = ({ warnings }: { readonly warnings: readonly { readonly code: string }[] }): string[] =>
  warnings.map(({ code }) => code);

/** Moments of a table of units, one row a unit. */
function momentsOf(metrics: readonly string[], rows: readonly (readonly number[])[]): Moments {
  const n = rows.length;
  const mean = metrics.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / n);
  const covariance = metrics.map((_row, i) =>
    metrics.map(
      (_column, j) =>
        rows.reduce((sum, row) => sum + (row[i]! - mean[i]!) * (row[j]! - mean[j]!), 0) / (n - 1),
    ),
  );
  return { n, metrics, mean, covariance };
}

describe("compareWithCovariates against mpmath", () => {
  it.each(["within", "total"] as const)("has θ = %s, adjusted arms, test and lift to 1e-12", (theta) => {
    for (const { control, treatment, confidenceLevel, ...row } of reference.cases) {
      const expected = row[theta];
      const result = compareWithCovariates({
        control,
        treatment,
        confidenceLevel,
        theta,
        liftMethod: "delta",
      });
      expect(relativeError(result.theta[0]!, expected.theta)).toBeLessThan(1e-14);
      for (const arm of ["control", "treatment"] as const) {
        expect(relativeError(result[arm].mean, expected[arm].mean_adj)).toBeLessThan(1e-14);
        expect(relativeError(result[arm].variance, expected[arm].var_adj)).toBeLessThan(1e-14);
      }
      expect(relativeError(result.difference.estimate!, expected.diff)).toBeLessThan(1e-13);
      expect(relativeError(result.difference.standardError!, expected.se)).toBeLessThan(1e-14);
      expect(relativeError(result.statistic!, expected.z)).toBeLessThan(1e-13);
      expect(relativeError(result.degreesOfFreedom, expected.welch_df)).toBeLessThan(1e-13);
      // Not in the table where the degrees of freedom were too many for its quadrature.
      if (expected.p_two_t !== null)
        expect(relativeError(result.pValue!, expected.p_two_t)).toBeLessThan(1e-12);
      expect(Math.abs(1 - result.varianceReduction! - expected.variance_ratio)).toBeLessThan(1e-14);
      expect(relativeError(result.lift.estimate!, expected.lift.estimate)).toBeLessThan(1e-13);
      expect(relativeError(result.lift.standardError!, expected.lift.se)).toBeLessThan(1e-13);
    }
  });

  it("has the normal interval of the table where the units are many", () => {
    // Ends by the normal quantile: those by t are the same but for its ratio to the quantile, here to 1e-5.
    const { control, treatment, within } = reference.cases[1]!;
    const { difference, lift } = compareWithCovariates({
      control,
      treatment,
      theta: "within",
      liftMethod: "delta",
    });
    expect(endError(difference.interval, [within.ci_normal[0]!, within.ci_normal[1]!])).toBeLessThan(1e-5);
    expect(endError(lift.interval, [within.lift.ci[0]!, within.lift.ci[1]!])).toBeLessThan(1e-5);
  });
});

const random = createRandom(8);
const unit = (shift: number): number[] => {
  const [a, b] = [random.normal(), random.normal()];
  const sessions = 4 + Math.abs(a) * 2;
  return [
    10 + shift + a + 0.5 * b + random.normal(),
    a + 5,
    2 * b - 1,
    sessions,
    sessions * 0.3 + shift + random.normal(),
  ];
};
const METRICS = ["y", "a", "b", "sessions", "clicks"];
const rows = [0, 0.3].map((shift) => Array.from({ length: 400 }, () => unit(shift)));
const [control, treatment] = rows.map((arm) => momentsOf(METRICS, arm)) as [Moments, Moments];
const before = (...names: string[]) => names.map((name) => ({ name, measured: "before" as const }));

describe("the adjustment", () => {
  it("is what the same arithmetic on every unit gives, for several covariates", () => {
    const { theta, difference, ...arms } = adjustWithCovariate({
      control,
      treatment,
      covariates: before("a", "b"),
    });
    const pooled = [1, 2].map((j) => rows.flat().reduce((sum, row) => sum + row[j]!, 0) / 800);
    const adjusted = rows.map((arm) =>
      momentsOf(
        ["adjusted"],
        arm.map((row) => [row[0]! - theta[0]! * (row[1]! - pooled[0]!) - theta[1]! * (row[2]! - pooled[1]!)]),
      ),
    );
    expect(relativeError(arms.control.mean, adjusted[0]!.mean[0]!)).toBeLessThan(1e-13);
    expect(relativeError(arms.treatment.variance, adjusted[1]!.covariance[0]![0]!)).toBeLessThan(1e-12);
    expect(relativeError(difference, arms.treatment.mean - arms.control.mean)).toBeLessThan(1e-12);
  });

  it("by the minimum-variance θ leaves less variance than any other θ", () => {
    const best = adjustWithCovariate({ control, treatment, covariates: before("a", "b") });
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (first, second) => {
          const other = adjustWithCovariate({
            control,
            treatment,
            covariates: before("a", "b"),
            theta: [first, second],
          });
          expect(other.varianceReduction!).toBeLessThanOrEqual(best.varianceReduction! + 1e-12);
        },
      ),
    );
    for (const theta of ["within", "total"] as const) {
      const other = adjustWithCovariate({ control, treatment, covariates: before("a", "b"), theta });
      expect(other.varianceReduction!).toBeLessThanOrEqual(best.varianceReduction!);
      expect(Math.abs(other.varianceReduction! - best.varianceReduction!)).toBeLessThan(0.001);
    }
  });

  it("does not change where a covariate is given twice, or made from others", () => {
    const doubled = (arm: readonly (readonly number[])[]): Moments =>
      momentsOf(
        ["y", "a", "copy", "b", "sum"],
        arm.map(([y, a, b]) => [y!, a!, 3 * a! - 4, b!, a! + b!]),
      );
    const [first, second] = [doubled(rows[0]!), doubled(rows[1]!)];
    const plain = compareWithCovariates({ control, treatment, covariates: before("a", "b") });
    const twice = compareWithCovariates({ control: first, treatment: second });
    expect(twice.theta.filter((theta) => theta === 0)).toHaveLength(2);
    expect(relativeError(twice.difference.estimate!, plain.difference.estimate!)).toBeLessThan(1e-10);
    expect(relativeError(twice.difference.standardError!, plain.difference.standardError!)).toBeLessThan(
      1e-10,
    );
  });

  it("leaves no variance where a covariate is the metric itself", () => {
    const same = (m: number): Moments => ({
      n: 50,
      metrics: ["y", "x"],
      mean: [m, m],
      covariance: [
        [2, 2],
        [2, 2],
      ],
    });
    const result = compareWithCovariates({ control: same(3), treatment: same(3.5) });
    expect(result).toMatchObject({ theta: [1], varianceReduction: 1, pValue: 1, statistic: 0 });
    expect(result.difference.estimate).toBe(0);
  });

  it("does nothing with a covariate that does not vary, or without any", () => {
    const still: Moments = {
      n: 90,
      metrics: ["y", "x"],
      mean: [3, 1],
      covariance: [
        [2, 0],
        [0, 0],
      ],
    };
    const plain = compareMeans({
      control: { n: 90, mean: 3, variance: 2 },
      treatment: { n: 90, mean: 3, variance: 2 },
    });
    for (const covariates of [undefined, []]) {
      const result = compareWithCovariates({ control: still, treatment: still, covariates });
      expect(result.varianceReduction).toBe(0);
      expect(result.difference).toEqual(plain.difference);
      expect(result.lift).toEqual(plain.lift);
    }
  });

  it("of a ratio without covariates is the comparison of ratios", () => {
    const arm = ({ n, mean, covariance }: Moments) => ({
      n,
      numerator: { mean: mean[4]!, variance: covariance[4]![4]! },
      denominator: { mean: mean[3]!, variance: covariance[3]![3]! },
      covariance: covariance[3]![4]!,
    });
    const metric = { numerator: "clicks", denominator: "sessions" };
    const plain = compareRatios({ control: arm(control), treatment: arm(treatment) });
    const none = compareWithCovariates({ control, treatment, metric, covariates: [] });
    expect(relativeError(none.difference.estimate!, plain.difference.estimate!)).toBeLessThan(1e-12);
    expect(relativeError(none.pValue!, plain.pValue!)).toBeLessThan(1e-10);
    expect(relativeError(none.lift.interval.upper, plain.lift.interval.upper)).toBeLessThan(1e-11);
    const adjusted = compareWithCovariates({ control, treatment, metric, covariates: before("a", "b") });
    expect(adjusted.varianceReduction).toBeGreaterThan(0);
    expect(adjusted.difference.standardError!).toBeLessThan(plain.difference.standardError!);
  });
});

describe("the lift of an adjusted metric", () => {
  const large: Moments = {
    n: 4000,
    metrics: ["y", "x"],
    mean: [2, 5],
    covariance: [
      [4, 3.6],
      [3.6, 4],
    ],
  };
  const doubled = { ...large, mean: [4, 5] };

  it("keeps the covariance of difference and control mean, which a peer leaves out", () => {
    const { control: arm, difference, lift } = compareWithCovariates({ control: large, treatment: doubled });
    const variance = arm.variance / arm.n;
    // The delta method in terms of difference and control mean, whose covariance is −(variance of the control mean).
    const without = (difference.standardError! / 2) ** 2 + ((2 / 4) * Math.sqrt(variance)) ** 2;
    const covariance = (2 * 2 * variance) / 8;
    expect(relativeError(lift.standardError!, Math.sqrt(without + covariance))).toBeLessThan(1e-12);
    // Left out, a fifth of the standard error of this lift of 1 is missing.
    expect(Math.sqrt(without) / lift.standardError!).toBeLessThan(0.8);
  });

  it("varies more where the covariate mean is drawn too, by the square of lift · θ · its error", () => {
    const fixed = compareWithCovariates({ control: large, treatment: doubled });
    const drawn = compareWithCovariates({ control: large, treatment: doubled, covariateMean: "random" });
    const extra = (1 * 0.9 * Math.sqrt(4 / 8000)) / 2;
    expect(
      relativeError(drawn.lift.standardError!, Math.hypot(fixed.lift.standardError!, extra)),
    ).toBeLessThan(1e-12);
    expect(drawn.difference).toEqual(fixed.difference);
    expect(drawn.pValue).toBe(fixed.pValue);
    expect(codes(fixed)).toEqual(["GIVEN_COVARIATES"]);
    expect(codes(drawn)).toEqual([]);
  });

  it("inverts the test by Fieller's set either way", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.9, max: 1.1, noNaN: true }),
        fc.constantFrom("fixed" as const, "random" as const),
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        fc.constantFrom(3, 40, 4000),
        (factor, covariateMean, confidenceLevel, n) => {
          const result = compareWithCovariates({
            control: { ...large, n },
            treatment: { ...large, n: 2 * n, mean: [2 * factor, 5.01] },
            covariateMean,
            confidenceLevel,
          });
          const alpha = 1 - confidenceLevel;
          if (Math.abs(result.pValue! - alpha) <= 1e-8 * alpha) return;
          expect(leavesOut(result.lift.interval, 0)).toBe(result.pValue! < alpha);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("the covariates", () => {
  it("bring a warning where the arms differ in them by more than chance, or units are few", () => {
    const moved = { ...treatment, mean: treatment.mean.map((m, i) => (i === 1 ? m + 1 : m)) };
    expect(codes(compareWithCovariates({ control, treatment: moved, covariates: before("a", "b") }))).toEqual(
      ["UNBALANCED_COVARIATE"],
    );
    expect(codes(compareWithCovariates({ control, treatment, covariates: before("a", "b") }))).toEqual([]);
    const few = { ...control, n: 15 };
    expect(
      codes(compareWithCovariates({ control: few, treatment: few, covariates: before("a", "b") })),
    ).toContain("MANY_COVARIATES");
  });

  it.each([
    [
      { covariates: [{ name: "a", measured: "after" as const }] },
      "covariates[0].measured",
      'must be "before"',
    ],
    [{ covariates: [{ name: "a" } as never] }, "covariates[0].measured", "before"],
    [{ covariates: before("z") }, "covariates[0].name", "must be one of"],
    [{ covariates: before("y") }, "covariates[0].name", "must not be the metric itself"],
    [{ covariates: before("a", "a") }, "covariates", "twice"],
    [{ metric: "z" }, "metric", "must be one of"],
    [{ metric: null as never }, "metric", "must be an object"],
    [{ metric: { numerator: "y", denominator: "z" } }, "metric.denominator", "must be one of"],
    [{ theta: [1, 2] }, "theta", "one entry for each"],
    [{ theta: [1, 2, Number.NaN, 4] }, "theta[2]", "finite"],
    [{ theta: "best" as never }, "theta", "must be one of"],
    [{ covariateMean: "none" as never }, "covariateMean", "must be one of"],
    [
      { treatment: { ...treatment, metrics: ["a", "y", "b", "sessions", "clicks"] } },
      "treatment.metrics",
      "control",
    ],
    [{ control: { ...control, n: 1 } }, "control.n", "at or above 2"],
    [
      { metric: { numerator: "y", denominator: "a" }, control: { ...control, mean: [1, 0, 1, 1, 1] } },
      "control.mean[1]",
      "must not be 0",
    ],
  ] as const)("%j are refused, naming %s", (options, field, expected) => {
    const call = (): unknown => compareWithCovariates({ control, treatment, ...options });
    expect(call).toThrow(DomainError);
    expect(call).toThrow(field);
    expect(call).toThrow(expected);
  });
});
