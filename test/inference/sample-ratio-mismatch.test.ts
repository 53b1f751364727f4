import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { sampleRatioMismatch } from "../../src/inference/sample-ratio-mismatch.ts";
import reference from "../reference/inference/sample-ratio.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

describe("sampleRatioMismatch", () => {
  // Largest errors seen: statistic 5e-16, p 3e-13 (R's own, at 1e-218), log p 3e-15.
  it.each(reference.cases)("agrees with R's chisq.test for $observed to 1e-12", (row) => {
    const result = sampleRatioMismatch(row);
    expect(Math.abs(result.statistic - row.statistic)).toBeLessThanOrEqual(
      1e-12 * Math.max(1, row.statistic),
    );
    expect(result.degreesOfFreedom).toBe(row.degreesOfFreedom);
    expect(relativeError(result.pValue, row.pValue)).toBeLessThan(1e-12);
    expect(Math.abs(result.logPValue - row.logPValue)).toBeLessThan(
      1e-12 * Math.max(1, Math.abs(row.logPValue)),
    );
    expect(result.mismatch).toBe(row.pValue < 0.001);
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
