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

  /** A ridge along a parabola, which no single t lies along. */
  const ridge = ([x, y]: readonly number[]): number => -(x! ** 2) / 8 - 0.5 * ((y! - x! ** 2) / 0.15) ** 2;
  const around = [
    {
      centre: [0.5, 0.5],
      covariance: [
        [1, 0],
        [0, 1],
      ],
    },
  ];

  it("lays proposals as narrow as the neighbours of the heaviest draw along a ridge", () => {
    const numbers = { draws: 300, enough: 2000, most: 8000 };
    const { points, weights, effective } = importanceDraws(ridge, around, numbers, createRandom(1));
    // As many were made as may be; proposals as wide as the whole leave a third as many effective draws.
    expect(weights).toHaveLength(8000);
    expect(points).toHaveLength(16_000);
    expect(effective).toBeGreaterThan(700);
    // x is normal with a variance of 4.
    const square = weights.reduce((sum, weight, k) => sum + weight * points[2 * k]! ** 2, 0);
    expect(Math.abs(square - 4)).toBeLessThan((4 * 4 * Math.SQRT2) / Math.sqrt(effective));
  });

  it("adds draws by a tenth until they tell enough, and no more", () => {
    const { weights, effective, points } = importanceDraws(
      logDensity,
      around,
      { draws: 300, enough: 1000, most: 8000 },
      createRandom(1),
    );
    expect(effective).toBeGreaterThanOrEqual(1000);
    // What was made one addition before told too little.
    expect(effective).toBeLessThan(1150);
    expect(points).toHaveLength(2 * weights.length);
    expect(weights.length).toBeLessThan(2000);
    const mean = weights.reduce((sum, weight, k) => sum + weight * points[2 * k]!, 0);
    expect(Math.abs(mean - 0.9227843350984671)).toBeLessThan((4 * 0.63) / Math.sqrt(effective));
    const few = importanceDraws(logDensity, around, { draws: 300, enough: 0, most: 8000 }, createRandom(1));
    expect(few.weights).toHaveLength(300);
  });

  it("adds draws where the weights have too long a tail, however many seem to count", () => {
    // A t of 0.6 degrees of freedom in four dimensions, with tails far longer than the proposals have.
    const long = (x: readonly number[]): number =>
      -2.3 * Math.log1p(x.reduce((sum, value) => sum + value * value, 0) / 0.6);
    const axes = [0, 1, 2, 3];
    const covariance = axes.map((i) => axes.map((j) => (i === j ? 0.01 : 0)));
    const runs = [1, 2, 3, 4, 5, 6].map((seed) =>
      importanceDraws(
        long,
        [{ centre: [0, 0, 0, 0], covariance }],
        { draws: 400, enough: 0, most: 1200 },
        createRandom(seed),
      ),
    );
    for (const { shape, weights } of runs) expect(shape <= 0.7 || weights.length === 1200).toBe(true);
    const lengths = runs.map(({ weights }) => weights.length);
    expect(Math.min(...lengths)).toBe(400);
    expect(Math.max(...lengths)).toBeGreaterThan(400);
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
