import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import type { Alternative } from "../../src/core/alternative.ts";
import { noncentralTSf } from "../../src/numerics/noncentral-t.ts";
import { normalUpperQuantile } from "../../src/numerics/normal.ts";
import type { MeanTest } from "../../src/planning/mean-test.ts";
import { minimumDetectableLiftForMeans } from "../../src/planning/minimum-detectable-lift-for-means.ts";
import { powerForMeans } from "../../src/planning/power-for-means.ts";
import { sampleSizeForMeans } from "../../src/planning/sample-size-for-means.ts";
import reference from "../reference/planning/sample-size-for-means.json" with { type: "json" };
import tTests from "../reference/planning/t-tests.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

const planOf = ({ delta, sd, alpha, power, alternative }: (typeof reference.cases)[number]["in"]) => ({
  difference: delta,
  standardDeviation: sd,
  alpha,
  power,
  alternative: alternative === "two.sided" ? ("two-sided" as const) : ("greater" as const),
});

describe("sampleSizeForMeans", () => {
  it("agrees with R's t-test to 3e-11, which is what R's noncentral t is good for", () => {
    for (const { in: given, out } of reference.cases) {
      const plan = sampleSizeForMeans(planOf(given));
      expect(plan.method).toBe("t");
      expect(relativeError(plan.exact.control, out.n)).toBeLessThanOrEqual(3e-11);
    }
  });

  it("agrees with the closed normal formula in R to 1e-12", () => {
    expect(reference.cases).toHaveLength(6);
    for (const { in: given, out } of reference.cases) {
      const { exact } = sampleSizeForMeans({ ...planOf(given), test: "z" });
      expect(relativeError(exact.control, out.n_normal)).toBeLessThanOrEqual(1e-12);
    }
  });

  it("leaves about z²/4 units to the t-test, as its assumption says: within 2 % above 50 units per arm, 30 % below", () => {
    for (const { in: given, out } of reference.cases) {
      const plan = sampleSizeForMeans({ ...planOf(given), test: "z" });
      const z = normalUpperQuantile(plan.alternative === "two-sided" ? plan.alpha / 2 : plan.alpha);
      const tolerance = out.n > 50 ? 0.02 : 0.3;
      expect(relativeError(out.n - plan.exact.control, z ** 2 / 4)).toBeLessThan(tolerance);
    }
  });

  it("takes a spread per arm: the arm with more of it weighs by its share of the units", () => {
    const plan = { difference: 1, standardDeviation: { control: 3, treatment: 4 }, test: "z" } as const;
    const equal = sampleSizeForMeans({ difference: 1, standardDeviation: 5, test: "z" }).exact;
    // 3² + 4² = 5², against 2 · 5² with the same spread in both arms.
    expect(relativeError(sampleSizeForMeans(plan).exact.control, equal.control / 2)).toBeLessThan(1e-14);
    const uneven = sampleSizeForMeans({ ...plan, allocation: 4 }).exact;
    expect(relativeError(uneven.control, (equal.control * 13) / 50)).toBeLessThan(1e-14);
  });

  it("knows lift and difference from each other where the control mean is above 0", () => {
    const byLift = sampleSizeForMeans({ baseline: 20, standardDeviation: 30, lift: 0.05 });
    expect(byLift).toMatchObject({ kind: "mean-sample-size", method: "t", control: 14_129, difference: 1 });
    const byDifference = sampleSizeForMeans({ baseline: 20, standardDeviation: 30, difference: 1 });
    expect(byDifference).toEqual(byLift);
  });

  it("leaves the lift undetermined where the control mean is at or below 0, or not given", () => {
    for (const baseline of [{}, { baseline: 0 }, { baseline: -3 }]) {
      const plan = sampleSizeForMeans({ ...baseline, standardDeviation: 30, difference: 1 });
      expect(plan).toMatchObject({ status: "ok", control: 14_129, lift: null, liftStatus: "undetermined" });
      expect(plan.warnings.map((warning) => warning.code)).toEqual(["UNDETERMINED_LIFT"]);
    }
  });

  it("says why no sample size is enough", () => {
    const none = sampleSizeForMeans({ baseline: 1, standardDeviation: 1, lift: 0 });
    expect(none).toMatchObject({ status: "unbounded", control: Infinity });
    expect(none.warnings[0]!.code).toBe("NO_EFFECT");
    const wrong = sampleSizeForMeans({
      standardDeviation: 1,
      difference: 1,
      alternative: "less",
      baseline: 1,
    });
    expect(wrong.warnings[0]!.code).toBe("WRONG_SIDE");
  });
});

// mpmath at 25 digits: sizes, powers and differences to 1e-12, tails below 1e-3 to 1e-10.
describe("plans for a t-test", () => {
  const rows = tTests.cases.map(({ in: { control, treatment, test, alternative, ...rest }, out }) => {
    const { difference, n, power, ...design } = rest;
    const common = {
      ...design,
      test: test as MeanTest,
      alternative: alternative as Alternative,
      standardDeviation: { control, treatment },
    };
    return { difference, n, power, common, out };
  });

  it("need the sample sizes of 25 digits to 1e-12", () => {
    for (const { difference, power, common, out } of rows) {
      const { exact } = sampleSizeForMeans({ ...common, difference, power });
      expect(relativeError(exact.control, Number(out.control))).toBeLessThanOrEqual(1e-12);
    }
  });

  it("have the powers of 25 digits to 1e-12, and far tails to 1e-10", () => {
    for (const { difference, n, common, out } of rows) {
      const { power, farTail } = powerForMeans({ ...common, difference, n });
      expect(relativeError(power, Number(out.near))).toBeLessThanOrEqual(1e-12);
      expect(relativeError(farTail, Number(out.far))).toBeLessThanOrEqual(1e-10);
    }
  });

  it("detect the differences of 25 digits to 1e-12", () => {
    for (const { n, power, common, out } of rows) {
      const { difference } = minimumDetectableLiftForMeans({ ...common, n, power });
      expect(relativeError(difference!, Number(out.detectable))).toBeLessThanOrEqual(1e-12);
    }
  });
});

describe("the plan for Welch's test", () => {
  it("has the power of the test itself, where the degrees of freedom vary: within 0.01 at 20 units, 1e-5 at 250", () => {
    const exact = tTests.cases.filter(
      ({ out, in: { n, alpha } }) => "near_exact" in out && n >= 20 && alpha > 1e-6,
    );
    expect(exact.length).toBeGreaterThan(3);
    for (const { in: given, out } of exact) {
      const tolerance = given.n < 250 ? 0.01 : 1e-5;
      const { control, treatment, test, alternative, power: _, ...rest } = given;
      const { power } = powerForMeans({
        ...rest,
        test: test as MeanTest,
        alternative: alternative as Alternative,
        standardDeviation: { control, treatment },
      });
      expect(Math.abs(power - out.near_exact!)).toBeLessThan(tolerance);
    }
  });
});

describe("a t-test of several treatments", () => {
  const plan = { difference: 0.9, standardDeviation: 1, treatments: 3 };

  it("shares one variance, so that small arms need less than with a variance for each pair", () => {
    const pooled = sampleSizeForMeans(plan).exact.control;
    const pairs = sampleSizeForMeans({ difference: 0.9, standardDeviation: 1, alpha: 0.05 / 3 }).exact
      .control;
    expect(pooled).toBeLessThan(pairs);
    expect(pooled).toBeGreaterThan(sampleSizeForMeans({ ...plan, test: "z" }).exact.control);
  });

  it("meets Dunnett's critical value with the degrees of freedom of all arms", () => {
    // 2.452 by SciPy's multivariate t with 36 degrees of freedom, to 1e-4.
    const n = 10;
    const { power } = powerForMeans({ ...plan, adjustment: "dunnett", n });
    const noncentrality = 0.9 * Math.sqrt(n / 2);
    expect(relativeError(power, noncentralTSf(2.452, 36, noncentrality))).toBeLessThan(5e-4);
    const [none, bonferroni] = (["none", "bonferroni"] as const).map(
      (adjustment) => powerForMeans({ ...plan, adjustment, n }).power,
    );
    expect(power).toBeLessThan(none!);
    expect(power).toBeGreaterThan(bonferroni!);
  });

  it("is that of a known variance where there are very many units", () => {
    const many = {
      difference: 1e-4,
      standardDeviation: 1,
      treatments: 3,
      adjustment: "dunnett" as const,
      n: 1e9,
    };
    const known = powerForMeans({ ...many, test: "z" }).power;
    expect(relativeError(powerForMeans(many).power, known)).toBeLessThan(1e-8);
  });
});

describe("arms too small for a t-test", () => {
  it("never reject, detect nothing, and are never planned", () => {
    const plan = { standardDeviation: 1, n: 1 };
    expect(powerForMeans({ ...plan, difference: 50 })).toMatchObject({ power: 0, farTail: 0 });
    const found = minimumDetectableLiftForMeans(plan);
    expect(found).toMatchObject({ status: "undetermined", difference: null });
    expect(sampleSizeForMeans({ standardDeviation: 1, difference: 1e6 })).toMatchObject({
      control: 2,
      treatment: 2,
    });
  });

  it("begin where clusters leave too few units that count", () => {
    const clusters = { size: 20, intraclassCorrelation: 1 };
    expect(powerForMeans({ standardDeviation: 1, difference: 9, n: 20, clusters }).power).toBe(0);
    expect(powerForMeans({ standardDeviation: 1, difference: 9, n: 40, clusters }).power).toBeGreaterThan(
      0.5,
    );
  });

  it("have finite answers to the largest effects", () => {
    for (const difference of [1e12, 1e100, 1e200]) {
      for (const alternative of ["two-sided", "less"] as const) {
        const found = powerForMeans({ standardDeviation: 1e-100, difference, n: 3, alternative });
        expect(found).toMatchObject({ power: alternative === "less" ? 0 : 1, farTail: 0 });
      }
    }
  });
});

describe("the three plans for means", () => {
  it("invert each other", () => {
    fc.assert(
      fc.property(
        fc.record({
          baseline: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
          lift: fc.double({ min: -0.9, max: 3, noNaN: true }).filter((x) => Math.abs(x) > 1e-4),
          spread: fc.double({ min: 0.1, max: 10, noNaN: true }),
          alpha: fc.double({ min: 1e-6, max: 0.3, noNaN: true }),
          power: fc.double({ min: 0.3, max: 0.999, noNaN: true }),
          allocation: fc.double({ min: 0.02, max: 50, noNaN: true }),
          test: fc.constantFrom("t" as const, "welch" as const, "z" as const),
        }),
        ({ spread, lift, power, ...options }) => {
          const plan = { ...options, standardDeviation: spread * options.baseline };
          const n = sampleSizeForMeans({ ...plan, lift, power }).exact.control;
          const found1 = powerForMeans({ ...plan, lift, n }).power;
          // The smallest t-test may have more power than was asked for.
          const fewest = { t: 3 / (1 + plan.allocation), welch: Math.max(2, 2 / plan.allocation), z: 0 };
          if (n === fewest[plan.test]) {
            expect(found1).toBeGreaterThanOrEqual(power);
            return;
          }
          expect(relativeError(found1, power)).toBeLessThan(1e-11);
          const direction = lift > 0 ? "up" : "down";
          const found = minimumDetectableLiftForMeans({ ...plan, n, power, direction });
          expect(relativeError(found.lift!, lift)).toBeLessThan(1e-11);
        },
      ),
    );
  });

  it("know the difference but no lift without a control mean", () => {
    const found = minimumDetectableLiftForMeans({ standardDeviation: 1, n: 1e15 });
    expect(found).toMatchObject({
      status: "ok",
      lift: null,
      liftStatus: "undetermined",
      treatmentMean: null,
    });
    expect(found.difference).toBeGreaterThan(0);
    const wrong = minimumDetectableLiftForMeans({
      baseline: 1,
      standardDeviation: 1,
      n: 10,
      alternative: "greater",
      direction: "down",
    });
    expect(wrong).toMatchObject({ status: "undetermined", difference: null, lift: null });
  });

  it("keep a spread whose square no double holds", () => {
    const plan = { baseline: 1e200, standardDeviation: 1e200, lift: 0.1 };
    expect(sampleSizeForMeans(plan).control).toBe(
      sampleSizeForMeans({ ...plan, baseline: 1, standardDeviation: 1 }).control,
    );
  });

  const good = { baseline: 20, standardDeviation: 30, lift: 0.05 };
  it.each([
    ["standardDeviation", { ...good, standardDeviation: 0 }],
    ["standardDeviation", { ...good, standardDeviation: Number.NaN }],
    ["standardDeviation", { ...good, standardDeviation: undefined as unknown as number }],
    ["standardDeviation.treatment", { ...good, standardDeviation: { control: 1, treatment: -1 } }],
    ["baseline", { ...good, baseline: 0 }],
    ["baseline", { standardDeviation: 1, lift: 0.1 }],
    ["baseline", { standardDeviation: 1, difference: 0.1, baseline: Infinity }],
    ["lift", { standardDeviation: 1, baseline: 2 }],
    ["lift", { ...good, lift: Number.NaN }],
    ["lift", { ...good, lift: 1e308 }],
    ["difference", { ...good, difference: 1 }],
    ["difference", { standardDeviation: 1, difference: Infinity }],
    ["test", { ...good, test: "pooled" as "z" }],
    ["test", { ...good, test: "t" as const, standardDeviation: { control: 1, treatment: 2 } }],
  ])("name %s when it is wrong: %j", (field, options) => {
    for (const attempt of [() => sampleSizeForMeans(options), () => powerForMeans({ ...options, n: 10 })]) {
      expect(attempt).toThrow(DomainError);
      expect(attempt).toThrow(new RegExp(`^${field.replace(".", "\\.")} = `));
    }
  });
});
