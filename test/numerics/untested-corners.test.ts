import { describe, expect, it } from "vitest";
import { betaBinomialCounts } from "../../src/numerics/beta-binomial-counts.ts";
import { betaBinomial } from "../../src/numerics/beta-binomial.ts";
import { binomial } from "../../src/numerics/binomial.ts";
import { atan2 } from "../../src/numerics/elementary/inverse-trigonometric.ts";
import { exitBetween, lowerExit, reachProbability, upperExit } from "../../src/numerics/look-exits.ts";
import { looksOfWalk } from "../../src/numerics/looks-of-walk.ts";
import { mixtureLogDensity } from "../../src/numerics/normal-mixture.ts";
import { normalCdf, normalLogPdf } from "../../src/numerics/normal.ts";
import { sortWithOrder } from "../../src/numerics/sort-with-order.ts";
import { studentT } from "../../src/numerics/student-t.ts";
import { studentizedRange } from "../../src/numerics/studentized-range.ts";
import { relativeError } from "../support/relative-error.ts";

describe("corners that changed code showed untested", () => {
  it("has the angle 0 at the point 0, and π to the left of it", () => {
    expect(atan2(0, 0)).toBe(0);
    expect(atan2(0, -1)).toBe(Math.PI);
  });

  it("takes the smallest degrees of freedom themselves, and none below", () => {
    expect(studentT.cdf(0, 1e-99)).toBe(0.5);
    expect(() => studentT.cdf(0, 0.9e-99)).toThrow("df");
    expect(studentizedRange.cdf(3, 2, 0.1)).toBeGreaterThan(0);
    expect(() => studentizedRange.cdf(3, 2, 0.09)).toThrow("df");
  });

  it("has no count between for a probability of 0 or 1", () => {
    for (const p of [0, 1]) expect(binomial.logPmf(1, 2, p)).toBe(-Infinity);
  });

  it("stops between two values as often as above the one and not above the other, on either side of 0", () => {
    const walk = looksOfWalk(
      {
        information: [0.4, 1],
        regions: [[{ lower: -1.5, upper: 2 }], [{ lower: -Infinity, upper: Infinity }]],
      },
      { drift: 0.7 },
    );
    const [first, second] = [walk[0]!, walk[1]!];
    const mean = 0.7 * Math.sqrt(0.4);
    expect(relativeError(exitBetween(first, 1, 2), normalCdf(2 - mean) - normalCdf(1 - mean))).toBeLessThan(
      1e-13,
    );
    for (const [lower, upper] of [
      [1, 2],
      [-2, -1],
      [-0.5, 1.5],
    ] as const) {
      const between = upperExit(second, lower) - upperExit(second, upper);
      expect(relativeError(exitBetween(second, lower, upper), between)).toBeLessThan(1e-12);
    }
    expect(lowerExit(second, -Infinity)).toBe(0);
    expect(relativeError(lowerExit(second, Infinity), reachProbability(second))).toBeLessThan(1e-14);
  });

  it("has the density of a mixture where no double holds it", () => {
    const mixture = [{ logWeight: 0, mean: 5, standardDeviation: 0.5 }];
    const expected = normalLogPdf((60 - 5) / 0.5) - Math.log(0.5);
    expect(relativeError(mixtureLogDensity(mixture, 60), expected)).toBeLessThan(1e-14);
  });

  it("lays out counts that pile up at one end from that end", () => {
    for (const [alpha, beta] of [
      [0.5, 300],
      [300, 0.5],
      [0.5, 0.7],
    ] as const) {
      const { first, pmf } = betaBinomialCounts(2000, alpha, beta, 1e4)!;
      const errors = Array.from({ length: Math.ceil(pmf.length / 97) }, (_, i) => {
        const expected = betaBinomial.pmf(first + 97 * i, 2000, alpha, beta);
        return expected > 1e-280 ? relativeError(pmf[97 * i]!, expected) : 0;
      });
      expect(Math.max(...errors)).toBeLessThan(1e-11);
    }
  });

  it("has the log density of Student's t where t² overflows", () => {
    // Of three degrees of freedom it is 6√3 / (π (3 + t²)²).
    const expected = Math.log((6 * Math.sqrt(3)) / Math.PI) - 4 * Math.log(1e200);
    expect(relativeError(studentT.logPdf(1e200, 3), expected)).toBeLessThan(1e-14);
  });

  it("sorts many numbers that are all negative", () => {
    const values = Float64Array.from({ length: 5000 }, (_, i) => -1 - ((i * 7919) % 5000));
    const { sorted, order } = sortWithOrder(values);
    expect([...sorted]).toEqual([...values].toSorted((a, b) => a - b));
    expect([...order].map((i) => values[i])).toEqual([...sorted]);
  });
});
