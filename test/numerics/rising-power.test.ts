import { describe, expect, it } from "vitest";
import { risingPower } from "../../src/numerics/rising-power.ts";
import reference from "../reference/numerics/inner_functions.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

describe("ln of rising powers and its derivatives", () => {
  // Every factor added on its own at 50 digits; q = 0 and steps on both sides of where the series takes over among them.
  it.each(reference.risingPower)(
    "are the sums over all factors of $counts at a = $a, q = $q",
    ({ counts, times, a, q, ...expected }) => {
      const tally = { counts: Float64Array.from(counts), times: Float64Array.from(times) };
      const found = risingPower(tally, a, q);
      expect(Math.abs(found.log - expected.log)).toBeLessThan(1e-13 * Math.max(1, Math.abs(expected.log)));
      // Each derivative by q is a difference that loses the part q k / a of its digits, where no series stands in.
      const part = (q * Math.max(...counts)) / a;
      const lost = part < 1e-4 ? 1 : Math.max(1, 1 / part);
      for (const [name, byQ] of [
        ["byA", 0],
        ["byAA", 0],
        ["byQ", 1],
        ["byAQ", 1],
        ["byQQ", 2],
      ] as const) {
        const tolerance = 1e-12 + 10 * Number.EPSILON * lost ** byQ;
        expect(relativeError(found[name], expected[name])).toBeLessThan(tolerance);
      }
    },
  );

  it("is 0 for no factors", () => {
    const none = risingPower({ counts: Float64Array.of(0), times: Float64Array.of(3) }, 0.4, 0.1);
    for (const value of Object.values(none)) expect(Math.abs(value)).toBe(0);
  });
});
