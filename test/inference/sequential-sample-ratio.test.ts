import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { sequentialSampleRatio } from "../../src/inference/sequential-sample-ratio.ts";
import { createRandom } from "../../src/numerics/random.ts";
import reference from "../reference/inference/sequential-sample-ratio.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

describe("sequentialSampleRatio", () => {
  // Largest error seen: 2e-14 of max(1, |log|), at 2e15 units.
  it.each(reference.cases)("has the Bayes factor of $observed to 1e-12", (row) => {
    const { logBayesFactor, bayesFactor } = sequentialSampleRatio(row);
    expect(Math.abs(logBayesFactor - row.logBayesFactor)).toBeLessThan(
      1e-12 * Math.max(1, Math.abs(row.logBayesFactor)),
    );
    expect(bayesFactor).toBe(Math.exp(logBayesFactor));
  });

  it("is a martingale: under the plan the Bayes factor of the next unit is the present one on average", () => {
    const weights = [1, 2, 5];
    const counts = fc.tuple(fc.nat(1e6), fc.nat(1e6), fc.integer({ min: 1, max: 1e6 }));
    fc.assert(
      fc.property(counts, fc.constantFrom(1, 100, 1e4), (observed, concentration) => {
        const now = sequentialSampleRatio({ observed, expected: weights, concentration });
        const next = weights.map((weight, arm) => {
          const then = observed.map((count, i) => count + (i === arm ? 1 : 0));
          const { logBayesFactor } = sequentialSampleRatio({
            observed: then,
            expected: weights,
            concentration,
          });
          return (weight / 8) * Math.exp(logBayesFactor - now.logBayesFactor);
        });
        expect(Math.abs(next.reduce((sum, part) => sum + part, 0) - 1)).toBeLessThan(1e-9);
      }),
    );
  });

  it("keeps the smallest p-value that was seen", () => {
    const first = sequentialSampleRatio({ observed: [10_600, 9_400], expected: [1, 1] });
    const later = sequentialSampleRatio({ observed: [20_600, 19_400], expected: [1, 1], previous: first });
    expect(later.bayesFactor).toBeLessThan(first.bayesFactor);
    expect(later.pValue).toBe(first.pValue);
    expect(relativeError(first.pValue, 1 / first.bayesFactor)).toBeLessThan(1e-14);
    expect(later.mismatch).toBe(true);
  });

  it("does not go above 1, and takes its time where the plan holds", () => {
    const result = sequentialSampleRatio({ observed: [500_000, 500_000], expected: [1, 1] });
    expect(result.pValue).toBe(1);
    expect(result.bayesFactor).toBeLessThan(1);
    expect(result.mismatch).toBe(false);
  });

  it("is sure of a mismatch with units in an arm planned at 0, at this look and after", () => {
    const previous = sequentialSampleRatio({ observed: [10, 10, 1], expected: [1, 1, 0] });
    expect(previous).toMatchObject({
      pValue: 0,
      logPValue: -Infinity,
      bayesFactor: Infinity,
      mismatch: true,
    });
    const next = sequentialSampleRatio({ observed: [20, 20, 1], expected: [1, 1, 0], previous });
    expect(next.pValue).toBe(0);
  });

  it("stays finite where the p-value is far below the smallest double", () => {
    const { logPValue, pValue } = sequentialSampleRatio({ observed: [1e9, 2e9], expected: [1, 1] });
    expect(pValue).toBe(0);
    expect(logPValue).toBeLessThan(-1e8);
    expect(logPValue).toBeGreaterThan(-Infinity);
  });

  it("raises a false alarm seldom, looked at after every hundred units", () => {
    // Of 400 runs with alpha 0.05 at most 20 are expected; 35 lies more than three standard errors above.
    const random = createRandom(7);
    let alarms = 0;
    for (let run = 0; run < 400; run++) {
      const observed: [number, number] = [0, 0];
      let previous: ReturnType<typeof sequentialSampleRatio> | undefined;
      for (let look = 0; look < 100 && !previous?.mismatch; look++) {
        const first = random.binomial(100, 0.5);
        observed[0] += first;
        observed[1] += 100 - first;
        previous = sequentialSampleRatio({
          observed,
          expected: [1, 1],
          previous,
          concentration: 100,
          threshold: 0.05,
        });
      }
      if (previous!.mismatch) alarms++;
    }
    expect(alarms).toBeLessThan(35);
  });

  const looked = { observed: [10, 20], expected: [1, 1] };
  it.each([
    [{ ...looked, observed: [0, 0] }, "observed"],
    [{ ...looked, expected: [0, 0] }, "expected"],
    [{ ...looked, concentration: 0 }, "concentration"],
    [{ ...looked, concentration: Infinity }, "concentration"],
    [{ ...looked, threshold: 1 }, "threshold"],
    [{ ...looked, previous: { units: 31, logPValue: 0 } }, "previous.units"],
    [{ ...looked, previous: { units: 30, logPValue: 0.1 } }, "previous.logPValue"],
    [{ ...looked, previous: { units: 30, logPValue: Number.NaN } }, "previous.logPValue"],
    [{ ...looked, previous: 3 as never }, "previous"],
  ])("refuses %j", (options, field) => {
    expect(() => sequentialSampleRatio(options)).toThrow(DomainError);
    expect(() => sequentialSampleRatio(options)).toThrow(new RegExp(`^${field.replace(".", "\\.")} = `));
  });
});
