import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalLogSf } from "../../src/numerics/normal.ts";
import { normalUpperQuantileOfLog } from "../../src/numerics/normal-upper-quantile-of-log.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { sortWithOrder } from "../../src/numerics/sort-with-order.ts";

describe("sortWithOrder", () => {
  const expectSorted = (list: readonly number[]): void => {
    const { sorted, order } = sortWithOrder(list);
    expect(new Set(order).size).toBe(list.length);
    for (let rank = 0; rank < list.length; rank++) {
      if (list[order[rank]!] !== sorted[rank] || (rank > 0 && sorted[rank - 1]! > sorted[rank]!)) {
        expect.fail(`rank ${rank} holds ${sorted[rank]}`);
      }
    }
  };

  it("sorts short lists of any numbers", () => {
    fc.assert(fc.property(fc.array(fc.double({ noNaN: true })), expectSorted));
  });

  it("sorts long lists of any numbers, of both signs and all sizes", () => {
    const random = createRandom(1);
    const wide = (): number => (random.uniform() < 0.5 ? -1 : 1) * Math.exp(1400 * (random.uniform() - 0.5));
    const special = [0, -0, Infinity, -Infinity, 5e-324, -5e-324, 1, 1];
    for (const draw of [
      random.uniform,
      wide,
      () => Math.round(9 * random.uniform()),
      () => -random.uniform(),
      () => 0.5,
    ]) {
      expectSorted([...Array.from({ length: 5000 }, draw), ...special]);
    }
  });
});

describe("normalUpperQuantileOfLog", () => {
  it("inverts the log of the normal tail, from the body to far below 1e-308", () => {
    for (const z of [-8, -1, 0, 0.5, 3, 20, 37, 37.2, 38, 50, 400, 1e4, 1e8, 1e150]) {
      const found = normalUpperQuantileOfLog(normalLogSf(z));
      expect(Math.abs(found - z)).toBeLessThanOrEqual(4e-15 * Math.max(1, Math.abs(z)) * (z < 0 ? 100 : 1));
    }
    expect(normalUpperQuantileOfLog(-Infinity)).toBe(Infinity);
    expect(normalUpperQuantileOfLog(0)).toBe(-Infinity);
  });
});
