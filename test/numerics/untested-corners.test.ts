import { describe, expect, it } from "vitest";
import { betaBinomialCounts } from "../../src/numerics/beta-binomial-counts.ts";
import { betaBinomial } from "../../src/numerics/beta-binomial.ts";
import { binomial } from "../../src/numerics/binomial.ts";
import { atan2 } from "../../src/numerics/elementary/inverse-trigonometric.ts";
import { quotientError } from "../../src/numerics/error-free.ts";
import { expectedCell } from "../../src/numerics/expected-cell.ts";
import { gamma } from "../../src/numerics/gamma.ts";
import { newtonRoot } from "../../src/numerics/newton-root.ts";
import { exitBetween, lowerExit, reachProbability, upperExit } from "../../src/numerics/look-exits.ts";
import { looksOfWalk } from "../../src/numerics/looks-of-walk.ts";
import { importanceDraws } from "../../src/numerics/importance-draws.ts";
import { noncentralLogPmf } from "../../src/numerics/noncentral-hypergeometric.ts";
import { mixtureLogDensity, mixtureQuantile } from "../../src/numerics/normal-mixture.ts";
import { normalCdf, normalLogPdf, normalQuantile } from "../../src/numerics/normal.ts";
import { oneFactorLoadings } from "../../src/numerics/one-factor-loadings.ts";
import { findPeak } from "../../src/numerics/peak-integral.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { risingPower } from "../../src/numerics/rising-power.ts";
import { sortWithOrder } from "../../src/numerics/sort-with-order.ts";
import { studentT } from "../../src/numerics/student-t.ts";
import { studentizedRange } from "../../src/numerics/studentized-range.ts";
import { withinOne } from "../../src/numerics/within-one.ts";
import { relativeError } from "../support/relative-error.ts";

describe("corners that changed code showed untested", () => {
  it("has the angle 0 at the point 0, and π to the left of it", () => {
    expect(atan2(0, 0)).toBe(0);
    expect(atan2(0, -1)).toBe(Math.PI);
  });

  it("takes the smallest degrees of freedom themselves, and none below", () => {
    expect(studentT.cdf(0, 1e-99)).toBe(0.5);
    expect(() => studentT.cdf(0, 0.9e-99)).toThrow("df");
    expect(studentizedRange.cdf(3, 2, 0.1)).toBeGreaterThan(0);
    expect(() => studentizedRange.cdf(3, 2, 0.09)).toThrow("df");
  });

  it("has no count between for a probability of 0 or 1", () => {
    for (const p of [0, 1]) expect(binomial.logPmf(1, 2, p)).toBe(-Infinity);
  });

  it("stops between two values as often as above the one and not above the other, on either side of 0", () => {
    const walk = looksOfWalk(
      {
        information: [0.4, 1],
        regions: [[{ lower: -1.5, upper: 2 }], [{ lower: -Infinity, upper: Infinity }]],
      },
      { drift: 0.7 },
    );
    const [first, second] = [walk[0]!, walk[1]!];
    const mean = 0.7 * Math.sqrt(0.4);
    expect(relativeError(exitBetween(first, 1, 2), normalCdf(2 - mean) - normalCdf(1 - mean))).toBeLessThan(
      1e-13,
    );
    for (const [lower, upper] of [
      [1, 2],
      [-2, -1],
      [-0.5, 1.5],
    ] as const) {
      const between = upperExit(second, lower) - upperExit(second, upper);
      expect(relativeError(exitBetween(second, lower, upper), between)).toBeLessThan(1e-12);
    }
    expect(lowerExit(second, -Infinity)).toBe(0);
    expect(relativeError(lowerExit(second, Infinity), reachProbability(second))).toBeLessThan(1e-14);
  });

  it("has the density of a mixture where no double holds it", () => {
    const mixture = [{ logWeight: 0, mean: 5, standardDeviation: 0.5 }];
    const expected = normalLogPdf((60 - 5) / 0.5) - Math.log(0.5);
    expect(relativeError(mixtureLogDensity(mixture, 60), expected)).toBeLessThan(1e-14);
  });

  it("lays out counts that pile up at one end from that end", () => {
    for (const [alpha, beta] of [
      [0.5, 300],
      [300, 0.5],
      [0.5, 0.7],
      [0.5, 30_000],
    ] as const) {
      const { first, pmf } = betaBinomialCounts(2000, alpha, beta, 1e4)!;
      const errors = Array.from({ length: Math.ceil(pmf.length / 97) }, (_, i) => {
        const expected = betaBinomial.pmf(first + 97 * i, 2000, alpha, beta);
        return expected > 1e-280 ? relativeError(pmf[97 * i]!, expected) : 0;
      });
      expect(Math.max(...errors)).toBeLessThan(1e-11);
    }
  });

  it("has the log density of Student's t where t² overflows", () => {
    // Of three degrees of freedom it is 6√3 / (π (3 + t²)²).
    const expected = Math.log((6 * Math.sqrt(3)) / Math.PI) - 4 * Math.log(1e200);
    expect(relativeError(studentT.logPdf(1e200, 3), expected)).toBeLessThan(1e-14);
  });

  it("finds the likeliest table where draws and successes together exceed the population", () => {
    // mpmath, 40 digits: weights summed outward from the likeliest, 102915.
    const parameters = { population: 200_000, successes: 150_000, draws: 150_000 };
    expect(relativeError(noncentralLogPmf(102915, parameters, -2), -4.836988986325375)).toBeLessThan(1e-12);
    expect(relativeError(noncentralLogPmf(103215, parameters, -2), -22.12613205917791)).toBeLessThan(1e-12);
  });

  it("has the second derivative of a rising power by its start from the series of small steps", () => {
    // ln Π (a + j q) has −Σ 1/(a + j q)².
    const [a, q, k] = [1000, 9e-4, 100];
    const expected = Array.from({ length: k }, (_, j) => -1 / (a + j * q) ** 2).reduce((x, y) => x + y, 0);
    const tally = { counts: Float64Array.of(k), times: Float64Array.of(1) };
    expect(relativeError(risingPower(tally, a, q).byAA, expected)).toBeLessThan(2e-13);
  });

  it("refuses to look for a peak from where the log is not finite", () => {
    for (const log of [-Infinity, Infinity, Number.NaN]) {
      expect(() => findPeak(() => log, 0, 1)).toThrow("findPeak: the log is");
    }
  });

  it("makes as many draws as it is asked for, however many guesses there are", () => {
    const guess = {
      centre: [0, 0],
      covariance: [
        [1, 0],
        [0, 1],
      ],
    };
    const { points } = importanceDraws(
      ([x, y]) => -0.5 * (x! * x! + y! * y!),
      [guess, guess, guess],
      { draws: 600, enough: 0, most: 600 },
      createRandom(5),
    );
    expect(points).toHaveLength(1200);
  });

  it("has the quantiles of a point and a normal variable together on either side, and at the point", () => {
    const mixture = [
      { logWeight: Math.log(0.3), mean: 0, standardDeviation: 0 },
      { logWeight: Math.log(0.7), mean: 1, standardDeviation: 1 },
    ];
    const below = 0.7 * normalCdf(-1);
    for (const p of [0.02, 0.05, 0.1, 0.12, 0.25, 0.4, 0.42, 0.6, 0.75, 0.9, 0.99]) {
      const z = p < below ? normalQuantile(p / 0.7) : normalQuantile((p - 0.3) / 0.7);
      const expected = p > below && p < below + 0.3 ? 0 : 1 + z;
      expect(mixtureQuantile(mixture, "lower", p)).toBeCloseTo(expected, 12);
      expect(mixtureQuantile(mixture, "upper", 1 - p)).toBeCloseTo(expected, 12);
    }
  });

  it("takes correlations for those of one factor only where all of them are", () => {
    const correlation = (r24: number) => [
      [1, 0.5, 0.4, 0.3],
      [0.5, 1, 0.3, r24],
      [0.4, 0.3, 1, 0.18],
      [0.3, r24, 0.18, 1],
    ];
    expect(oneFactorLoadings(correlation(0.225))).not.toBeNull();
    expect(oneFactorLoadings(correlation(0.1))).toBeNull();
  });

  it("keeps a correlation that rounding carried over its ends", () => {
    expect([-1.1, -0.3, 0.4, 1 + 1e-15].map(withinOne)).toEqual([-1, -0.3, 0.4, 1]);
  });

  it("knows what a rounded quotient lost", () => {
    // The double next to 1/3 is 6004799503160661 / 2^54, a third of 2^-54 too small.
    expect(relativeError(quotientError(1, 3, 1 / 3), 2 ** -54 / 3)).toBeLessThan(1e-15);
    expect(quotientError(1, 4, 0.25)).toBe(0);
  });

  it("keeps the digits of a cell whose discriminant would cancel", () => {
    // Of four equal margins the cell is half of all times √ψ / (1 + √ψ).
    const expected = (5e8 * 10001) / 10002;
    expect(relativeError(expectedCell(5e8, 5e8, 1e9, 10001 ** 2), expected)).toBeLessThan(1e-15);
  });

  it("has nothing of a gamma variable at or below 0, whatever the rate", () => {
    for (const rate of [1, 3]) expect(gamma.cdf(0, 2, rate)).toBe(0);
  });

  it("doubles its steps towards an end that is infinite", () => {
    // Flat below a billion, where Newton's step has nowhere to go.
    const rising = (x: number): [number, number] => (x < 1e9 ? [-1, 0] : [x - 1.5e9, 1]);
    expect(newtonRoot(rising, 0, Infinity, 1)).toBe(1.5e9);
    const mirrored = (x: number): [number, number] => (x > -1e9 ? [1, 0] : [x + 1.5e9, 1]);
    expect(newtonRoot(mirrored, -Infinity, 0, -1)).toBe(-1.5e9);
  });

  it("sorts many numbers that are all negative", () => {
    const values = Float64Array.from({ length: 5000 }, (_, i) => -1 - ((i * 7919) % 5000));
    const { sorted, order } = sortWithOrder(values);
    expect([...sorted]).toEqual([...values].toSorted((a, b) => a - b));
    expect([...order].map((i) => values[i])).toEqual([...sorted]);
  });
});
