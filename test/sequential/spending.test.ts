import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalSf, normalUpperQuantile } from "../../src/numerics/normal.ts";
import { SPENDING_FUNCTIONS, type SpendingFunction, spentError } from "../../src/sequential/spending.ts";

const functions: fc.Arbitrary<SpendingFunction> = fc
  .tuple(fc.constantFrom(...SPENDING_FUNCTIONS), fc.double({ min: 0.1, max: 20, noNaN: true }), fc.boolean())
  .map(([spending, size, isNegative]) => {
    if (spending === "kim-demets") return { spending, gamma: size };
    if (spending === "hwang-shih-decani") return { spending, gamma: isNegative ? -size : size };
    return { spending, gamma: null };
  });
const errors = fc.double({ min: -100, max: -0.01, noNaN: true }).map((log) => 10 ** log);
const shares = fc.double({ min: 1e-6, max: 1, noNaN: true });

describe("spentError", () => {
  it("never falls, stays within the error, and ends with all of it", () => {
    fc.assert(
      fc.property(functions, errors, shares, shares, (rule, error, t, u) => {
        const [less, more] = [
          spentError(rule, error, Math.min(t, u)),
          spentError(rule, error, Math.max(t, u)),
        ];
        expect(less).toBeGreaterThanOrEqual(0);
        expect(less).toBeLessThanOrEqual(more);
        expect(more).toBeLessThanOrEqual(error * (1 + 1e-12));
        expect(spentError(rule, error, 1)).toBe(error);
        expect(spentError(rule, error, 1.3)).toBe(error);
      }),
    );
  });

  it("is what its authors wrote", () => {
    const z = normalUpperQuantile(0.0125);
    expect(spentError({ spending: "lan-demets-obrien-fleming", gamma: null }, 0.025, 0.25)).toBeCloseTo(
      2 * normalSf(2 * z),
      18,
    );
    expect(spentError({ spending: "lan-demets-pocock", gamma: null }, 0.025, 0.5)).toBeCloseTo(
      0.025 * Math.log(1 + 0.5 * (Math.E - 1)),
      17,
    );
    expect(spentError({ spending: "kim-demets", gamma: 3 }, 0.025, 0.5)).toBeCloseTo(0.003125, 17);
    const gamma = -4;
    expect(spentError({ spending: "hwang-shih-decani", gamma }, 0.025, 0.5)).toBeCloseTo(
      (0.025 * (1 - Math.exp(2))) / (1 - Math.exp(4)),
      17,
    );
  });

  it("spends evenly at gamma 0, and nearly so beside it", () => {
    for (const gamma of [0, 1e-12, -1e-12]) {
      expect(spentError({ spending: "hwang-shih-decani", gamma }, 0.025, 0.3)).toBeCloseTo(0.0075, 13);
    }
  });

  it("overflows nowhere", () => {
    expect(spentError({ spending: "hwang-shih-decani", gamma: 1e5 }, 0.025, 0.3)).toBe(0.025);
    expect(spentError({ spending: "hwang-shih-decani", gamma: -1e5 }, 0.025, 0.3)).toBe(0);
    expect(spentError({ spending: "kim-demets", gamma: 1e5 }, 0.025, 0.3)).toBe(0);
  });
});
