import { describe, expect, it } from "vitest";
import { sincIntegral } from "../../src/numerics/sinc-integral.ts";

// 1/2 + Si(πu)/π by mpmath 1.3, to 15 digits: 0.5 + si(pi*u)/pi
const REFERENCES: readonly [number, number][] = [
  [0, 0.5],
  [0.01, 0.509999451704878],
  [0.3, 0.7855841973944],
  [0.5, 0.936327149730301],
  [1, 1.08948987223608],
  [1.37, 1.04000352545961],
  [2.5, 0.995236384460356],
  [7.77, 0.990600546591327],
  [20.1, 0.995183628096676],
  [63.9, 0.998494500037693],
  [64.3, 0.999067528681937],
  [200.25, 0.999641655848675],
  [10000.0, 0.999989867881656],
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
