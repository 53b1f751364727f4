import { describe, expect, it } from "vitest";
import { gaussHermite } from "../../src/numerics/gauss-hermite.ts";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.ts";
import type { QuadratureRule } from "../../src/numerics/gauss-legendre.ts";
import { integrate } from "../../src/numerics/integrate.ts";
import { trapezoidal } from "../../src/numerics/trapezoidal.ts";

const relative = (value: number, expected: number) => Math.abs(value / expected - 1);

function apply(rule: QuadratureRule, f: (x: number) => number): number {
  return rule.nodes.reduce((sum, x, i) => sum + rule.weights[i]! * f(x), 0);
}

describe("gaussLegendre", () => {
  it.each([1, 2, 3, 5, 10, 21, 64, 127, 500])("of %i points is exact up to degree 2n − 1 (1e-13)", (n) => {
    const rule = gaussLegendre(n);
    for (const degree of [0, 2, n - 1, 2 * n - 2].filter((d) => d < 2 * n && d % 2 === 0)) {
      expect(
        relative(
          apply(rule, (x) => x ** degree),
          2 / (degree + 1),
        ),
      ).toBeLessThan(1e-13);
    }
    expect(Math.abs(apply(rule, (x) => x ** (2 * n - 1)))).toBeLessThan(1e-15);
  });

  it("matches the 5-point rule of Abramowitz & Stegun 25.4.30", () => {
    const { nodes, weights } = gaussLegendre(5);
    expect(nodes[4]).toBeCloseTo(0.906179845938664, 15);
    expect(nodes[3]).toBeCloseTo(0.538469310105683, 15);
    expect(weights[4]).toBeCloseTo(0.236926885056189, 15);
    expect(weights[2]).toBeCloseTo(0.568888888888889, 15);
    nodes.slice(1).forEach((node, i) => expect(node).toBeGreaterThan(nodes[i]!));
  });
});

it("gaussLegendre keeps the digits of the weights near the ends", () => {
  // n = 100, mpmath 40 digits: the outermost weight.
  expect(relative(gaussLegendre(100).weights[0]!, 7.346344905056717e-4)).toBeLessThan(1e-14);
});

describe("gaussHermite", () => {
  it.each([1, 2, 3, 7, 20, 64, 201, 700])("of %i points knows the normal moments (1e-13)", (n) => {
    const rule = gaussHermite(n);
    let moment = 1;
    for (let degree = 0; degree <= Math.min(2 * n - 2, 40); degree += 2) {
      expect(
        relative(
          apply(rule, (x) => x ** degree),
          moment,
        ),
      ).toBeLessThan(1e-13);
      moment *= degree + 1;
    }
  });

  it("gives E exp(Z) = √e", () => {
    expect(relative(apply(gaussHermite(40), Math.exp), Math.exp(0.5))).toBeLessThan(1e-14);
  });
});

describe("integrate", () => {
  const cases: [string, (x: number) => number, number, number, number][] = [
    ["a polynomial", (x) => x ** 30, 0, 1, 1 / 31],
    [
      "the normal density over the line",
      (x) => Math.exp((-x * x) / 2),
      -Infinity,
      Infinity,
      Math.sqrt(2 * Math.PI),
    ],
    ["an upper tail", (x) => Math.exp(-x), 3, Infinity, Math.exp(-3)],
    ["a lower tail", (x) => Math.exp(x), -Infinity, -3, Math.exp(-3)],
    ["a tiny integral", (x) => 1e-300 * Math.cos(x), 0, 1, 1e-300 * Math.sin(1)],
    ["a square-root singularity", (x) => 1 / Math.sqrt(x), 0, 1, 2],
    [
      "a peak that has to be found",
      (x) => 1 / (1e-8 + (x - 0.3) ** 2),
      0,
      1,
      1e4 * (Math.atan(7e3) + Math.atan(3e3)),
    ],
    ["reversed limits", Math.exp, 1, 0, 1 - Math.E],
  ];
  it.each(cases)("is right within its own bound on %s", (_, f, lower, upper, expected) => {
    const { value, error } = integrate(f, lower, upper);
    expect(error).toBeLessThanOrEqual(Math.abs(expected) * 1e-12);
    expect(Math.abs(value - expected)).toBeLessThanOrEqual(error);
  });

  it("says so when it is not good enough", () => {
    const { value, error } = integrate((x) => 1 / Math.sqrt(x), 0, 1, { maxIntervals: 5 });
    expect(error).toBeGreaterThan(1e-3);
    expect(Math.abs(value - 2)).toBeLessThanOrEqual(error);
  });

  it("stops early at an absolute tolerance, and costs 21 points where f is smooth", () => {
    let calls = 0;
    integrate((x) => (calls++, Math.cos(x)), 0, 1, { absoluteTolerance: 1e-6 });
    expect(calls).toBe(21);
    expect(integrate(Math.cos, 2, 2)).toEqual({ value: 0, error: 0 });
  });
});

describe("trapezoidal", () => {
  it("integrates a peak over the line, and half of an even function, to 1e-14", () => {
    const whole = trapezoidal((x) => Math.exp(-0.5 * x * x), -12, 12, 1);
    const half = trapezoidal((x) => Math.exp(-0.5 * x * x) * Math.cos(x), 0, 12, 1);
    expect(relative(whole, Math.sqrt(2 * Math.PI))).toBeLessThan(1e-14);
    expect(relative(half, Math.sqrt(0.5 * Math.PI) * Math.exp(-0.5))).toBeLessThan(1e-14);
  });
});
