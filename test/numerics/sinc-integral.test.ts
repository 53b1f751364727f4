import { describe, expect, it } from "vitest";
import { sincIntegral } from "../../src/numerics/sinc-integral.ts";

// 1/2 + Si(πu)/π by mpmath 1.3 with 30 digits: 0.5 + si(pi*u)/pi
const REFERENCES: readonly [number, number][] = [
  [0, 0.5],
  [0.01, 0.50999945170487896],
  [0.3, 0.78558419739440046],
  [0.5, 0.93632714973030136],
  [1, 1.0894898722360836],
  [1.37, 1.0400035254596118],
  [2.5, 0.99523638446035683],
  [7.77, 0.99060054659132797],
  [20.1, 0.99518362809667699],
  [63.9, 0.99849450003769359],
  [64.3, 0.99906752868193743],
  [200.25, 0.99964165584867532],
  [10000.0, 0.9999898678816563],
];

describe("sincIntegral", () => {
  const integral = sincIntegral();

  it.each(REFERENCES)("agrees with mpmath at %d within 3e-8, on both sides", (u, expected) => {
    expect(Math.abs(integral(u) - expected)).toBeLessThan(3e-8);
    expect(Math.abs(integral(-u) - (1 - expected))).toBeLessThan(3e-8);
  });

  it("ends at 0 and 1", () => {
    expect(integral(-Infinity)).toBe(0);
    expect(integral(Infinity)).toBe(1);
  });
});
