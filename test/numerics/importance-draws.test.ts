import { describe, expect, it } from "vitest";
import { importanceDraws } from "../../src/numerics/importance-draws.ts";
import { logAdd } from "../../src/numerics/log-sum.ts";
import { numericalCurve } from "../../src/numerics/numerical-curve.ts";
import { createRandom } from "../../src/numerics/random.ts";

/** A skew peak in the first coordinate, ln of a gamma variable of shape 3, and a second that spreads as the first falls. */
const logDensity = ([x, y]: readonly number[]): number => {
  const spread = Math.exp(-0.5 * x!);
  return 3 * x! - Math.exp(x!) - Math.log(spread) - 0.5 * (y! / spread) ** 2;
};

describe("importanceDraws", () => {
  const draw = (seed: number) =>
    importanceDraws(
      logDensity,
      [
        {
          centre: [1, 0],
          covariance: [
            [0.3, 0],
            [0, 0.3],
          ],
        },
      ],
      { draws: 4000, enough: 0, most: 4000 },
      createRandom(seed),
    );
  const average = ({ points, weights }: ReturnType<typeof draw>, of: (x: number, y: number) => number) =>
    weights.reduce((sum, weight, k) => sum + weight * of(points[2 * k]!, points[2 * k + 1]!), 0);

  it("averages as the density does, within four of the standard errors its effective draws leave", () => {
    const draws = draw(3);
    expect(draws.effective).toBeGreaterThan(1500);
    // E ln G = digamma(3), Var ln G = trigamma(3), E y² = E 1/G = 1/2, P(y > 0) = 1/2.
    const error = 4 / Math.sqrt(draws.effective);
    expect(Math.abs(average(draws, (x) => x) - 0.9227843350984671)).toBeLessThan(0.63 * error);
    expect(Math.abs(average(draws, (x) => (x - 0.9227843350984671) ** 2) - 0.3949340668482264)).toBeLessThan(
      0.9 * error,
    );
    expect(Math.abs(average(draws, (_, y) => y ** 2) - 0.5)).toBeLessThan(1.5 * error);
    expect(Math.abs(average(draws, (_, y) => (y > 0 ? 1 : 0)) - 0.5)).toBeLessThan(0.5 * error);
    expect(draws.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it("finds peaks far apart from a guess of each", () => {
    const twoPeaks = ([x]: readonly number[]): number =>
      logAdd(-0.5 * (x! + 9) ** 2, Math.log(3) - 0.5 * (x! - 9) ** 2);
    const guesses = [-8, 8].map((centre) => ({ centre: [centre], covariance: [[1]] }));
    const { points, weights, effective } = importanceDraws(
      twoPeaks,
      guesses,
      { draws: 2000, enough: 0, most: 2000 },
      createRandom(1),
    );
    expect(effective).toBeGreaterThan(500);
    const right = weights.reduce((sum, weight, k) => (points[k]! > 0 ? sum + weight : sum), 0);
    expect(Math.abs(right - 0.75)).toBeLessThan(4 * Math.sqrt(0.1875 / effective));
  });

  it("draws the same for the same seed, and otherwise for another", () => {
    expect(draw(3).points).toEqual(draw(3).points);
    expect(draw(3).points).not.toEqual(draw(4).points);
  });
});

describe("numericalCurve", () => {
  it("has the derivatives of a smooth function", () => {
    const { value, gradient, hessian } = numericalCurve(([x, y]) => Math.exp(x!) * Math.sin(y!), [0.3, 0.7]);
    const [e, s, c] = [Math.exp(0.3), Math.sin(0.7), Math.cos(0.7)];
    expect(value).toBe(e * s);
    expect(gradient).toEqual([expect.closeTo(e * s, 5), expect.closeTo(e * c, 5)]);
    expect(hessian.flat()).toEqual([e * s, e * c, e * c, -e * s].map((entry) => expect.closeTo(entry, 2)));
  });
});
