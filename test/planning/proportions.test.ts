import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { minimumDetectableLift } from "../../src/planning/minimum-detectable-lift.ts";
import { powerForProportions } from "../../src/planning/power-for-proportions.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import { relativeError } from "../support/relative-error.ts";

const baseline = fc.double({ min: 1e-6, max: 0.5, noNaN: true });
const lift = fc.oneof(
  fc.double({ min: 1e-4, max: 0.9, noNaN: true }),
  fc.double({ min: -0.9, max: -1e-4, noNaN: true }),
);
const anyPlan = fc.record({
  baseline,
  lift,
  alpha: fc.double({ min: 1e-6, max: 0.3, noNaN: true }),
  power: fc.double({ min: 0.5, max: 0.999, noNaN: true }),
  allocation: fc.double({ min: 0.02, max: 50, noNaN: true }),
  test: fc.constantFrom("score" as const, "yates" as const, "wald" as const, "arcsine" as const),
});

/** All numbers of a result, nothing where the input is refused. */
function numbersOf(attempt: () => object): unknown[] {
  try {
    return Object.values(attempt()).flatMap((value) =>
      typeof value === "object" && value !== null ? Object.values(value) : [value],
    );
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
}

describe("sampleSizeForProportions", () => {
  it("reaches the power asked for at the exact size, and at whole units at least that", () => {
    fc.assert(
      fc.property(anyPlan, (options) => {
        const sized = sampleSizeForProportions(options);
        const { allocation, ...rest } = options;
        const { power } = powerForProportions({ ...rest, n: sized.exact.control, allocation });
        expect(relativeError(power, options.power)).toBeLessThan(1e-11);
        expect(sized.power).toBeGreaterThan(options.power * (1 - 1e-12));
        const { control, treatment } = sized;
        expect(powerForProportions({ ...rest, control, treatment }).power).toBe(sized.power);
      }),
    );
  });

  it("asks for fewer units the larger the lift, the larger alpha and the smaller the power", () => {
    fc.assert(
      fc.property(anyPlan, (options) => {
        const n = sampleSizeForProportions(options).exact.control;
        const larger = { ...options, alpha: options.alpha * 1.01 };
        expect(sampleSizeForProportions(larger).exact.control).toBeLessThan(n);
        const weaker = { ...options, power: options.power - 0.01 };
        expect(sampleSizeForProportions(weaker).exact.control).toBeLessThan(n);
        const farther = { ...options, lift: options.lift * 1.05 };
        expect(sampleSizeForProportions(farther).exact.control).toBeLessThan(n);
      }),
    );
  });

  it("asks the same of a decrease of the complement, with the arms in their places", () => {
    fc.assert(
      fc.property(anyPlan, ({ lift: up, ...options }) => {
        const p1 = Math.max(options.baseline, 1e-3);
        const difference = p1 * up;
        const n = sampleSizeForProportions({ ...options, baseline: p1, difference }).exact.control;
        const mirrored = { ...options, baseline: 1 - p1, difference: -difference };
        expect(relativeError(sampleSizeForProportions(mirrored).exact.control, n)).toBeLessThan(1e-9);
      }),
    );
  });

  it("swaps the sizes when the arms and the allocation are swapped", () => {
    fc.assert(
      fc.property(anyPlan, ({ lift: up, allocation, ...options }) => {
        const difference = options.baseline * up;
        const there = sampleSizeForProportions({ ...options, difference, allocation }).exact;
        const swapped = {
          ...options,
          baseline: options.baseline + difference,
          difference: -difference,
          allocation: 1 / allocation,
        };
        const back = sampleSizeForProportions(swapped).exact;
        expect(relativeError(back.treatment, there.control)).toBeLessThan(1e-11);
        expect(relativeError(back.control, there.treatment)).toBeLessThan(1e-11);
      }),
    );
  });

  it("echoes both names of the effect and what it was planned for", () => {
    expect(sampleSizeForProportions({ baseline: 0.05, lift: 0.2, allocation: 2 })).toMatchObject({
      kind: "proportion-sample-size",
      method: "score",
      status: "ok",
      control: 6187,
      treatment: 12374,
      total: 18561,
      targetPower: 0.8,
      alpha: 0.05,
      alternative: "two-sided",
      allocation: 2,
      baseline: 0.05,
      treatmentRate: 0.06,
      lift: 0.2,
      warnings: [],
    });
  });

  it("takes a whole number that rounding missed as that number", () => {
    // Critical value 0 and Φ(1) as power: n is the variance 0.25 + 0.24 over 0.1², 49 but for rounding.
    const power = 0.8413447460685429;
    const plan = { baseline: 0.5, alpha: 0.5, alternative: "greater", power, test: "wald" } as const;
    const { exact, control } = sampleSizeForProportions({ ...plan, difference: 0.1 });
    expect(exact.control).toBeCloseTo(49, 10);
    expect(control).toBe(49);
  });

  it("says why no sample size is enough", () => {
    const none = sampleSizeForProportions({ baseline: 0.05, lift: 0 });
    expect(none).toMatchObject({ status: "unbounded", control: Infinity, total: Infinity });
    expect(relativeError(none.power, 0.025)).toBeLessThan(1e-14);
    expect(none.warnings[0]!.code).toBe("NO_EFFECT");
    const wrong = sampleSizeForProportions({ baseline: 0.05, lift: -0.1, alternative: "greater" });
    expect(wrong).toMatchObject({ status: "unbounded", treatment: Infinity, power: 0 });
    expect(wrong.warnings[0]!.code).toBe("WRONG_SIDE");
    const tiny = sampleSizeForProportions({ baseline: 0.5, difference: 1e-200 });
    expect(tiny).toMatchObject({ status: "unbounded", control: Infinity });
    expect(tiny.warnings[0]!.code).toBe("UNREACHABLE");
  });

  it("stays finite at the smallest and largest rates, alphas and powers", () => {
    const rare = sampleSizeForProportions({ baseline: 1e-9, lift: 0.01, alpha: 1e-12, power: 0.999999 });
    expect(rare.control).toBeGreaterThan(2 ** 50);
    expect(rare.control).toBeLessThan(Infinity);
    const common = sampleSizeForProportions({ baseline: 1 - 1e-9, difference: -1e-9, power: 0.5 });
    expect(common.control).toBeGreaterThan(1e9);
  });

  it("plans at least one unit per arm, and warns of the rough approximation", () => {
    const plan = sampleSizeForProportions({ baseline: 0.0001, lift: 9998, allocation: 0.01 });
    expect(plan.treatment).toBeGreaterThanOrEqual(1);
    expect(plan.warnings[0]!.code).toBe("SMALL_COUNTS");
  });
});

describe("powerForProportions", () => {
  it("adds up to alpha where there is no effect", () => {
    const { power, farTail } = powerForProportions({ baseline: 0.1, lift: 0, n: 1000, alpha: 0.01 });
    expect(relativeError(power + farTail, 0.01)).toBeLessThan(1e-13);
  });

  it("has no far tail for a one-sided test, and little power on the wrong side", () => {
    const plan = { baseline: 0.1, lift: -0.2, n: 1000, alternative: "greater" } as const;
    const { power, farTail } = powerForProportions(plan);
    expect(farTail).toBe(0);
    expect(power).toBeLessThan(0.05);
    expect(powerForProportions({ ...plan, alternative: "less" }).power).toBeGreaterThan(0.05);
  });

  it("works from one unit per arm to 1e15", () => {
    expect(powerForProportions({ baseline: 0.5, lift: 0.1, n: 1 }).power).toBeGreaterThan(0.02);
    expect(powerForProportions({ baseline: 0.5, lift: 1e-7, n: 1e15 }).power).toBeGreaterThan(0.6);
    expect(powerForProportions({ baseline: 0.05, lift: 0.1, n: 1e15 }).power).toBe(1);
  });
});

describe("minimumDetectableLift", () => {
  it("inverts the sample size, up and down", () => {
    fc.assert(
      fc.property(anyPlan, ({ lift: planned, ...options }) => {
        const n = sampleSizeForProportions({ ...options, lift: planned }).exact.control;
        const direction = planned > 0 ? "up" : "down";
        const found = minimumDetectableLift({ ...options, n, direction });
        expect(relativeError(found.lift!, planned)).toBeLessThan(1e-11);
        expect(found.difference).toBeCloseTo(options.baseline * planned, 12);
      }),
    );
  });

  it("takes both arms by number", () => {
    const common = { baseline: 0.03, power: 0.9 };
    const byNumber = minimumDetectableLift({ ...common, control: 40_000, treatment: 10_000 });
    expect(byNumber).toEqual(minimumDetectableLift({ ...common, n: 40_000, allocation: 0.25 }));
  });

  it("is null, and says so, where even the largest effect is not detected", () => {
    for (const direction of ["up", "down"] as const) {
      const found = minimumDetectableLift({ baseline: 0.5, n: 3, direction });
      expect(found).toMatchObject({
        status: "undetermined",
        lift: null,
        difference: null,
        treatmentRate: null,
      });
      expect(found.warnings[0]!.code).toBe("NO_SOLUTION");
    }
  });

  it("looks in the direction of the alternative", () => {
    const plan = { baseline: 0.1, n: 10_000 };
    expect(minimumDetectableLift({ ...plan, alternative: "less" }).lift).toBeLessThan(0);
    const wrong = minimumDetectableLift({ ...plan, alternative: "greater", direction: "down" });
    expect(wrong).toMatchObject({ status: "undetermined", lift: null });
    expect(wrong.warnings[0]!.code).toBe("WRONG_SIDE");
  });

  it("falls with n, from the smallest size with a solution to 1e15", () => {
    let last = Infinity;
    for (const n of [20, 100, 1e4, 1e6, 1e9, 1e12, 1e15]) {
      const { lift: found } = minimumDetectableLift({ baseline: 0.2, n });
      expect(found!).toBeLessThan(last);
      last = found!;
    }
    expect(last).toBeLessThan(1e-6);
  });

  it("is 0 where the power asked for is the type I error but for rounding", () => {
    const found = minimumDetectableLift({ baseline: 0.2, n: 1000, power: 0.02500000000000001 });
    expect(found.lift).toBeLessThan(1e-12);
  });
});

describe("plans on proportions", () => {
  const good = { baseline: 0.05, lift: 0.1 };

  it.each([
    ["baseline", { ...good, baseline: 0 }],
    ["baseline", { ...good, baseline: 1 }],
    ["baseline", { ...good, baseline: Number.NaN }],
    ["baseline", { ...good, baseline: "0.05" as unknown as number }],
    ["lift", { baseline: 0.05 }],
    ["difference", { ...good, difference: 0.01 }],
    ["lift", { ...good, lift: 19 }],
    ["lift", { ...good, lift: -1 }],
    ["lift", { ...good, lift: Number.NaN }],
    ["lift", { ...good, lift: Infinity }],
    ["difference", { baseline: 0.05, difference: 0.95 }],
    ["difference", { baseline: 0.05, difference: -0.05 }],
    ["difference", { baseline: 0.05, difference: Number.NaN }],
    ["alpha", { ...good, alpha: 0 }],
    ["alpha", { ...good, alpha: 1 }],
    ["power", { ...good, power: 1 }],
    ["power", { ...good, power: 0.02 }],
    ["allocation", { ...good, allocation: 0 }],
    ["allocation", { ...good, allocation: -1 }],
    ["allocation", { ...good, allocation: 1e16 }],
    ["alpha", { ...good, alpha: 5e-324 }],
    ["alternative", { ...good, alternative: "both" as "two-sided" }],
    ["test", { ...good, test: "t" as "score" }],
  ])("name %s when it is wrong: %j", (field, options) => {
    const attempt = () => sampleSizeForProportions(options);
    expect(attempt).toThrow(DomainError);
    expect(attempt).toThrow(new RegExp(`^${field} = `));
  });

  it.each([
    ["n", {}],
    ["n", { n: 0 }],
    ["n", { n: -5 }],
    ["n", { n: Number.NaN }],
    ["n", { n: Infinity }],
    ["control", { n: 10, control: 10, treatment: 10 }],
    ["treatment", { n: 10, treatment: 10 }],
    ["treatment", { control: 10 }],
    ["control", { control: 0, treatment: 10 }],
    ["allocation", { control: 10, treatment: 10, allocation: 1 }],
    ["treatment", { control: 10, treatment: 1e-100 }],
  ])("name %s of the sizes when it is wrong: %j", (field, sizes) => {
    for (const attempt of [
      () => powerForProportions({ ...good, ...sizes }),
      () => minimumDetectableLift({ baseline: 0.05, ...sizes }),
    ]) {
      expect(attempt).toThrow(DomainError);
      expect(attempt).toThrow(new RegExp(`^${field} = `));
    }
  });

  it("name the direction when it is wrong", () => {
    expect(() => minimumDetectableLift({ baseline: 0.1, n: 10, direction: "left" as "up" })).toThrow(
      /^direction = "left"/,
    );
  });

  it("never hold NaN, at any input that is accepted", () => {
    const rate = fc.double({ min: 5e-324, max: 1 - 2 ** -53, noNaN: true });
    const size = fc.double({ min: 5e-324, max: Number.MAX_VALUE, noNaN: true });
    const alternative = fc.constantFrom("two-sided" as const, "greater" as const, "less" as const);
    const test = fc.constantFrom("score" as const, "yates" as const, "wald" as const, "arcsine" as const);
    const wild = fc.record({
      baseline: rate,
      lift: fc.double({ min: -1, max: 2 }),
      alpha: rate,
      power: rate,
    });
    fc.assert(
      fc.property(wild, size, alternative, test, ({ lift: planned, ...rest }, n, side, method) => {
        const options = { ...rest, alternative: side, test: method };
        for (const attempt of [
          () => sampleSizeForProportions({ ...options, lift: planned }),
          () => powerForProportions({ ...options, lift: planned, n }),
          () => minimumDetectableLift({ ...options, n }),
        ]) {
          expect(numbersOf(attempt)).not.toContain(Number.NaN);
        }
      }),
    );
  });

  it("give plain results", () => {
    for (const result of [
      sampleSizeForProportions(good),
      powerForProportions({ ...good, n: 100 }),
      minimumDetectableLift({ baseline: 0.05, n: 100 }),
    ]) {
      expect(structuredClone(result)).toEqual(result);
    }
  });
});
