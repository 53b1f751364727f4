import { describe, expect, it } from "vitest";
import { logAdd } from "../../src/numerics/log-sum.ts";
import { normalLogPdf } from "../../src/numerics/normal.ts";
import { logPeaksIntegrals } from "../../src/numerics/peaks-integrals.ts";
import { relativeError } from "../support/relative-error.ts";

const bell =
  (mean: number, deviation: number, logMass = 0) =>
  (x: number): number =>
    normalLogPdf((x - mean) / deviation) - Math.log(deviation) + logMass;

/** The integrals of functions whose logs are known, as logs. */
function integrals(logs: readonly ((x: number) => number)[], starts: readonly number[]): readonly number[] {
  return logPeaksIntegrals((x) => logs.map((log) => log(x)), starts);
}

describe("integrals of several functions with peaks", () => {
  it("are those of each, however wide beside the others", () => {
    const [one, two, three] = integrals([bell(0, 1), bell(2, 0.2, -700), bell(-1, 5, 40)], [0]);
    expect(Math.abs(one!)).toBeLessThan(1e-13);
    expect(Math.abs(two! + 700)).toBeLessThan(1e-12);
    expect(Math.abs(three! - 40)).toBeLessThan(1e-13);
  });

  it("take in a second peak that one of the starts leads to", () => {
    const [left, right] = [bell(-6, 0.5, -1), bell(7, 1.5)];
    const [both, logistic] = integrals(
      [(x) => logAdd(left(x), right(x)), (x) => -Math.abs(x) - 2 * Math.log1p(Math.exp(-Math.abs(x)))],
      [-6, 7],
    );
    expect(Math.abs(both! - logAdd(-1, 0))).toBeLessThan(1e-12);
    expect(Math.abs(logistic!)).toBeLessThan(1e-12);
  });

  it("are right where even steps would be too many", () => {
    let calls = 0;
    const narrow = bell(3, 1e-6);
    const wide = bell(0, 40);
    const [one, two] = logPeaksIntegrals((x) => (calls++, [narrow(x), wide(x)]), [3]);
    expect(Math.abs(one!)).toBeLessThan(1e-10);
    expect(Math.abs(two!)).toBeLessThan(1e-10);
    expect(calls).toBeLessThan(10_000);
  });

  it("are right for functions that end", () => {
    // x³ e^−x, of which the integral is Γ(4).
    const [log] = integrals([(u) => 4 * u - Math.exp(u)], [1]);
    expect(Math.abs(log! - Math.log(6))).toBeLessThan(1e-13);
  });

  it("go on until all of them agree, and not only the easier ones", () => {
    // A normal density beside the product of two logistic ones, whose poles lie nearer to the line.
    const sech = (x: number): number => -Math.log(Math.cosh(x)) - Math.log(Math.PI);
    for (const order of [0, 1]) {
      const logs = [bell(0, 1), sech, (x: number) => sech(4 * (x - 0.1)) + Math.log(4)];
      const found = integrals(order === 0 ? logs : logs.toReversed(), [0]);
      for (const log of found) expect(Math.abs(log)).toBeLessThan(1e-13);
    }
    // ∫ e^(−x²/100) / (1 + x⁸) dx: mpmath, 30 digits.
    const flat = (x: number): number => -Math.log1p(x ** 8) - 0.01 * x * x;
    const [one, two] = integrals([bell(0, 1), flat], [0]);
    expect(Math.abs(one!)).toBeLessThan(1e-13);
    expect(relativeError(Math.exp(two!), 2.04388540703152)).toBeLessThan(1e-12);
  });
});
