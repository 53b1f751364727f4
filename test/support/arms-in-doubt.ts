import fc from "fast-check";
import type { Proportion } from "../../src/summaries/proportion.ts";

/** Two arms of these sizes whose rates are close enough for tests to be in doubt, with many empty and full arms. */
export function armsInDoubt(
  sizes: readonly number[],
): fc.Arbitrary<{ readonly control: Proportion; readonly treatment: Proportion }> {
  return fc
    .record({
      n1: fc.constantFrom(...sizes),
      n2: fc.constantFrom(...sizes),
      rate: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
      z: fc.double({ min: -5, max: 5, noNaN: true }),
    })
    .map(({ n1, n2, rate, z }) => {
      const within = (count: number, n: number): number => Math.min(n, Math.max(0, Math.round(count)));
      const reach = z * Math.sqrt(n2 * rate * (1 - rate) * (1 + n2 / n1)) + (rate === 0 ? z : 0);
      return {
        control: { n: n1, conversions: within(n1 * rate, n1) },
        treatment: { n: n2, conversions: within(n2 * rate + reach, n2) },
      };
    });
}
