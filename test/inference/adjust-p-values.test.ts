import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import {
  adjustLogPValues,
  adjustPValues,
  type AdjustmentMethod,
} from "../../src/inference/adjust-p-values.ts";
import { createRandom } from "../../src/numerics/random.ts";
import reference from "../reference/inference/adjust-p-values.json" with { type: "json" };

const METHODS = [
  "bonferroni",
  "sidak",
  "holm",
  "hochberg",
  "hommel",
  "benjamini-hochberg",
  "benjamini-yekutieli",
] as const satisfies readonly AdjustmentMethod[];

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

describe("adjustPValues", () => {
  it.each(METHODS)("agrees with R's p.adjust for %s to 1e-14", (method) => {
    expect(reference.cases.length).toBeGreaterThan(8);
    for (const row of reference.cases) {
      const adjusted = adjustPValues(row.pValues, method);
      adjusted.forEach((p, i) =>
        expect(Math.abs(p - row[method][i]!)).toBeLessThanOrEqual(1e-14 * row[method][i]!),
      );
    }
  });

  it("keeps the order given: shuffling the tests shuffles the answers", () => {
    fc.assert(
      fc.property(pValues, fc.constantFrom(...METHODS), (list, method) => {
        expect(adjustPValues(list.toReversed(), method)).toEqual(adjustPValues(list, method).toReversed());
      }),
    );
  });

  it("never lowers a p-value and never leaves [0, 1]", () => {
    fc.assert(
      fc.property(pValues, fc.constantFrom(...METHODS), (list, method) => {
        adjustPValues(list, method).forEach((p, i) => {
          expect(p).toBeGreaterThanOrEqual(list[i]! * (1 - 1e-15));
          expect(p).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  it("orders the methods by their power: Hommel, Hochberg, Holm, Bonferroni", () => {
    fc.assert(
      fc.property(pValues, (list) => {
        const [hommel, hochberg, holm, bonferroni] = (
          ["hommel", "hochberg", "holm", "bonferroni"] as const
        ).map((method) => adjustPValues(list, method));
        list.forEach((_, i) => {
          expect(hommel![i]!).toBeLessThanOrEqual(hochberg![i]! * (1 + 1e-14));
          expect(hochberg![i]!).toBeLessThanOrEqual(holm![i]! * (1 + 1e-14));
          expect(holm![i]!).toBeLessThanOrEqual(bonferroni![i]! * (1 + 1e-14));
        });
      }),
    );
  });

  it("leaves one test, and no test, as they are", () => {
    for (const method of METHODS) {
      expect(adjustPValues([], method)).toEqual([]);
      expect(adjustPValues([0.25], method)[0]).toBeCloseTo(0.25, 15);
    }
  });

  it("agrees on long lists with the definition of Benjamini and Hochberg, and with Holm's, ties and zeros included", () => {
    const random = createRandom(3);
    const list = Array.from({ length: 20_000 }, (_, i) =>
      i % 3 === 0 ? Math.round(random.uniform() * 100) / 100 : random.uniform() ** 9,
    );
    list[7] = 0;
    list[8] = -0;
    list[9] = 5e-324;
    const m = list.length;
    const order = list.map((_, i) => i).toSorted((i, j) => list[i]! - list[j]!);
    const rankOf = list.map(() => 0);
    order.forEach((i, rank) => (rankOf[i] = rank + 1));
    const holm = adjustPValues(list, "holm");
    const discovery = adjustPValues(list, "benjamini-hochberg");
    let above = 1;
    for (const i of order.toReversed()) {
      above = Math.min(above, (m / rankOf[i]!) * list[i]!);
      expect(discovery[i]! - above).toBe(0);
    }
    let below = 0;
    for (const i of order) {
      below = Math.max(below, (m - rankOf[i]! + 1) * list[i]!);
      expect(holm[i]! - Math.min(1, below)).toBe(0);
    }
    const logs = adjustLogPValues(list.map(Math.log), "holm");
    expect(logs[9]! - Math.log(5e-324)).toBeCloseTo(Math.log(m - rankOf[9]! + 1), 9);
  });

  it("names the p-value that is none", () => {
    expect(() => adjustPValues([0.1, 1.5])).toThrow(DomainError);
    expect(() => adjustPValues([0.1, 1.5])).toThrow("pValues[1] = 1.5, must lie between 0 and 1");
    expect(() => adjustPValues([Number.NaN])).toThrow("pValues[0] = NaN");
    expect(() => adjustPValues([0.1], "holmes" as AdjustmentMethod)).toThrow(
      'method = "holmes", must be one of',
    );
  });
});
