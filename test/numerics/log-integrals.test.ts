import { describe, expect, it } from "vitest";
import { logIntegrals } from "../../src/numerics/log-integrals.ts";

const LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

describe("logIntegrals", () => {
  it("integrates normal densities of unlike places, widths and heights at once, each to its last digits", () => {
    const normals = [
      { center: 0, width: 1, log: 0 },
      { center: 30, width: 1e-2, log: -900 },
      { center: 2, width: 40, log: 5000 },
    ];
    const found = logIntegrals(
      3,
      (x, logs) =>
        normals.forEach(({ center, width, log }, i) => (logs[i] = log - 0.5 * ((x - center) / width) ** 2)),
      normals,
    );
    normals.forEach(({ width, log }, i) => {
      const expected = log + Math.log(width) + LOG_ROOT_TWO_PI;
      expect(Math.abs(found[i]! - expected)).toBeLessThan(2e-13 * Math.max(1, Math.abs(expected)));
    });
  });

  it("sees a narrow step within a wide density", () => {
    // The density is 1/(2 cosh²), and the step rises within 1e-7 about 0.3 as 1/2 (1 + tanh).
    const width = 1e-7;
    const [found] = logIntegrals(
      1,
      (x, logs) => {
        const z = (x - 0.3) / width;
        const step = z < -300 ? 2 * z : -Math.log1p(Math.exp(-2 * z));
        logs[0] = step - Math.LN2 - 2 * Math.log(Math.cosh(x));
      },
      [
        { center: 0, width: 1 },
        { center: 0.3, width },
      ],
    );
    // Beyond the step lies (1 − tanh 0.3)/2, but for a term of width².
    expect(Math.abs(found! - Math.log(0.5 * (1 - Math.tanh(0.3))))).toBeLessThan(1e-12);
  });

  it("adds up heavy tails, and says −Infinity of a function that is 0", () => {
    const [cauchy, nothing] = logIntegrals(
      2,
      (x, logs) => {
        logs[0] = -1.5 * Math.log1p(x * x);
        logs[1] = -Infinity;
      },
      [{ center: 0, width: 1 }],
    );
    expect(Math.abs(cauchy! - Math.LN2)).toBeLessThan(1e-13);
    expect(nothing).toBe(-Infinity);
  });
});
