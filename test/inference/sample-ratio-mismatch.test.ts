import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { sampleRatioMismatch } from "../../src/inference/sample-ratio-mismatch.ts";
import exact from "../reference/inference/sample-ratio-exact.json" with { type: "json" };
import reference from "../reference/inference/sample-ratio.json" with { type: "json" };
import { relativeError, scaledError } from "../support/relative-error.ts";

describe("sampleRatioMismatch", () => {
  // Largest errors seen: statistic 5e-16, p 3e-13 (R's own, at 1e-218), log p 3e-15.
  it.each(reference.cases)("agrees with R's chisq.test for $observed to 1e-12", (row) => {
    const result = sampleRatioMismatch(row);
    expect(scaledError(result.statistic, row.statistic)).toBeLessThanOrEqual(1e-12);
    expect(result.degreesOfFreedom).toBe(row.degreesOfFreedom);
    expect(relativeError(result.pValue, row.pValue)).toBeLessThan(1e-12);
    expect(scaledError(result.logPValue, row.logPValue)).toBeLessThan(1e-12);
    expect(result.mismatch).toBe(row.pValue < 0.001);
    expect(result.method).toBe("chi-squared");
  });

  // Largest errors seen: p 5e-15, log p 4e-16 of its size, G 1e-14.
  it.each(exact.cases)("has the exact p-value of $observed to 1e-12, and G", (row) => {
    const { observed, expected } = row;
    const result = sampleRatioMismatch({ observed, expected, method: "exact" });
    expect(result.method).toBe("exact");
    expect(relativeError(result.pValue, row.pValue)).toBeLessThan(1e-12);
    expect(scaledError(result.logPValue, row.logPValue)).toBeLessThan(1e-12);
    const { statistic } = sampleRatioMismatch({ observed, expected, method: "g" });
    expect(scaledError(statistic, row.g)).toBeLessThan(1e-12);
  });

  it("counts exactly where an arm is expected to hold fewer than 5 units, while it can", () => {
    const methodOf = (observed: number[], expected: number[]): string =>
      sampleRatioMismatch({ observed, expected }).method;
    expect(methodOf([3, 6], [1, 1])).toBe("exact");
    expect(methodOf([5, 5], [1, 1])).toBe("chi-squared");
    expect(methodOf([4, 995], [1, 999])).toBe("exact");
    expect(methodOf([2, 500, 510], [1, 500, 500])).toBe("exact");
    const many = sampleRatioMismatch({ observed: [2, 500_000, 510_000], expected: [1, 500_000, 500_000] });
    expect(many.method).toBe("chi-squared");
    expect(many.warnings.map(({ code }) => code)).toEqual(["SMALL_COUNTS"]);
    expect(sampleRatioMismatch({ observed: [3, 6], expected: [1, 1] }).warnings).toEqual([]);
  });

  it("has an exact p-value near chi-squared's at 1e12 units in two arms", () => {
    const split = { observed: [5e11 - 3e6, 5e11 + 3e6], expected: [1, 1] };
    const result = sampleRatioMismatch({ ...split, method: "exact" });
    expect(relativeError(result.pValue, sampleRatioMismatch(split).pValue)).toBeLessThan(1e-4);
  });

  it("gives exact p-values that are uniform or larger under the plan", () => {
    // All splits of 12 units over three arms, by the size of the test at its own p-values.
    const expected = [3, 2, 1];
    const shares = expected.map((weight) => weight / 6);
    const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
    const outcomes: { p: number; probability: number }[] = [];
    for (let a = 0; a <= 12; a++) {
      for (let b = 0; a + b <= 12; b++) {
        const observed = [a, b, 12 - a - b];
        const probability = observed.reduce(
          (product, count, arm) => (product * shares[arm]! ** count) / factorial(count),
          factorial(12),
        );
        outcomes.push({
          p: sampleRatioMismatch({ observed, expected, method: "exact" }).pValue,
          probability,
        });
      }
    }
    for (const { p } of outcomes) {
      const size = outcomes.reduce((sum, other) => sum + (other.p <= p ? other.probability : 0), 0);
      expect(size).toBeLessThanOrEqual(p * (1 + 1e-9));
    }
  });

  it("takes another threshold", () => {
    const split = { observed: [50_000, 51_000], expected: [1, 1] };
    expect(sampleRatioMismatch(split).mismatch).toBe(false);
    expect(sampleRatioMismatch({ ...split, threshold: 0.01 })).toMatchObject({
      mismatch: true,
      threshold: 0.01,
    });
  });

  it("does not care about the scale of the weights", () => {
    const scale = fc.constantFrom(1e-300, 0.01, 3, 1e300);
    fc.assert(
      fc.property(scale, fc.array(fc.nat(1e6), { minLength: 3, maxLength: 3 }), (by, observed) => {
        if (observed.every((count) => count === 0)) return;
        const one = sampleRatioMismatch({ observed, expected: [1, 2, 5] });
        const other = sampleRatioMismatch({ observed, expected: [by, 2 * by, 5 * by] });
        expect(Math.abs(other.statistic - one.statistic)).toBeLessThanOrEqual(
          1e-9 * Math.max(1, one.statistic),
        );
      }),
    );
  });

  it("keeps its digits at 1e15 units", () => {
    // Deviations of 3e7 from 5e14 each: 2 · (3e7)² / 5e14 = 3.6.
    const { statistic } = sampleRatioMismatch({ observed: [5e14 - 3e7, 5e14 + 3e7], expected: [1, 1] });
    expect(relativeError(statistic, 3.6)).toBeLessThan(1e-15);
    // Three arms: a deviation of 1e7 in two of them from 1e15/3, which no double holds: 2e14 / (1e15/3) = 0.6.
    const three = sampleRatioMismatch({
      observed: [333333333333333 + 1e7, 333333333333333 - 1e7, 333333333333333],
      expected: [1, 1, 1],
    });
    expect(relativeError(three.statistic, 2e14 / 333333333333333)).toBeLessThan(1e-15);
  });

  it("works with an arm that stayed empty", () => {
    const result = sampleRatioMismatch({ observed: [0, 100], expected: [1, 1] });
    expect(result).toMatchObject({ statistic: 100, degreesOfFreedom: 1, mismatch: true });
    expect(result.warnings.map(({ code }) => code)).toEqual(["EMPTY_ARM"]);
  });

  it("leaves out an arm planned at 0 while it is empty, and calls units in it impossible", () => {
    const empty = sampleRatioMismatch({ observed: [480, 520, 0], expected: [1, 1, 0] });
    const two = sampleRatioMismatch({ observed: [480, 520], expected: [1, 1] });
    expect([empty.statistic, empty.degreesOfFreedom, empty.pValue]).toEqual([
      two.statistic,
      two.degreesOfFreedom,
      two.pValue,
    ]);
    const impossible = sampleRatioMismatch({ observed: [480, 520, 1], expected: [1, 1, 0] });
    expect(impossible).toMatchObject({
      statistic: Infinity,
      pValue: 0,
      logPValue: -Infinity,
      mismatch: true,
    });
    expect(impossible.warnings.map(({ code }) => code)).toContain("UNPLANNED_ARM");
  });

  it("has nothing to check where all units go to one arm", () => {
    const result = sampleRatioMismatch({ observed: [100, 0], expected: [1, 0] });
    expect(result).toMatchObject({
      statistic: 0,
      degreesOfFreedom: 0,
      pValue: 1,
      logPValue: 0,
      mismatch: false,
    });
    expect(result.warnings.map(({ code }) => code)).toEqual(["ONE_ARM"]);
  });

  it.each([
    [{ observed: [0, 0], expected: [1, 1] }, "observed"],
    [{ observed: [10], expected: [1] }, "observed"],
    [{ observed: [10, -1], expected: [1, 1] }, "observed[1]"],
    [{ observed: [10, 1.5], expected: [1, 1] }, "observed[1]"],
    [{ observed: [10, Number.NaN], expected: [1, 1] }, "observed[1]"],
    [{ observed: [10, 20], expected: [1, 1, 1] }, "expected"],
    [{ observed: [10, 20], expected: [0, 0] }, "expected"],
    [{ observed: [10, 20], expected: [1, -1] }, "expected[1]"],
    [{ observed: [10, 20], expected: [1, Infinity] }, "expected[1]"],
    [{ observed: [10, 20], expected: [1, 1], threshold: 0 }, "threshold"],
    [{ observed: [10, 20], expected: [1, 1], method: "fisher" as never }, "method"],
    [{ observed: [1e6, 1e6, 1e6], expected: [1, 1, 1], method: "exact" as const }, "method"],
    [{ observed: undefined as never, expected: [1, 1] }, "observed"],
    [{ observed: [10, 20], expected: undefined as never }, "expected"],
  ])("refuses %j", (options, field) => {
    let thrown: unknown;
    try {
      sampleRatioMismatch(options);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(DomainError);
    expect((thrown as DomainError).field).toBe(field);
  });
});
