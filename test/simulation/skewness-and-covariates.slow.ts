import { describe, expect, it } from "vitest";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { compareWithCovariates } from "../../src/inference/compare-with-covariates.ts";
import { skewnessTailError } from "../../src/inference/skewness-caution.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import type { Mean } from "../../src/summaries/mean.ts";
import type { Moments } from "../../src/summaries/moments.ts";

// Bounds are four Monte Carlo standard errors, about one false alarm in 16,000.
const STANDARD_ERRORS = 4;
const noise = (probability: number, runs: number): number =>
  STANDARD_ERRORS * Math.sqrt((probability * (1 - probability)) / runs);

describe("the warning of skewness", () => {
  const RUNS = 40_000;
  // Units are powers of exponential ones, quick to draw; mean, variance and skewness in closed form.
  const UNITS = {
    root: {
      of: Math.sqrt,
      mean: Math.sqrt(Math.PI) / 2,
      variance: 1 - Math.PI / 4,
      skewness: 0.631110657818937,
    },
    plain: { of: (x: number) => x, mean: 1, variance: 1, skewness: 2 },
    square: { of: (x: number) => x * x, mean: 2, variance: 20, skewness: 592 / 20 ** 1.5 },
  };
  type Units = (typeof UNITS)[keyof typeof UNITS];

  const drawn = (random: Random, n: number, units: Units): Mean => {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < n; i++) {
      const value = units.of(-Math.log(random.uniform())) - units.mean;
      sum += value;
      squares += value * value;
    }
    return { n, mean: sum / n, variance: (squares - (sum * sum) / n) / (n - 1) };
  };

  it.each([
    // Units in control and treatment, how skewed they are, whether it warns.
    [400, 20, "plain", true],
    [900, 60, "plain", true],
    [100, 800, "square", true],
    [50, 1000, "plain", true],
    [600, 600, "square", false],
    [40, 40, "plain", false],
    [300, 900, "plain", true],
    [800, 60, "root", true],
    [800, 400, "root", false],
    // What Edgeworth's term says of these, and what 40,000 runs showed above and below: -1.40 (-0.72, +1.85), -0.79 (-0.57,
    // +0.95), 1.85 (2.11, -0.80), 0.89 (1.11, -0.59), 0 (-0.01, 0), 0 (-0.05, 0), 0.23 (0.20, -0.25), -0.25 (-0.23, +0.30).
  ] as const)(
    "with %i and %i units (%s) tells tails that are off by a fifth from those that are not: %s",
    (n1, n2, name, warns) => {
      const units = UNITS[name];
      const random = createRandom(20_261_122);
      const tails = { above: 0, below: 0 };
      for (let run = 0; run < RUNS; run++) {
        const { statistic, pValue } = compareMeans({
          control: drawn(random, n1, units),
          treatment: drawn(random, n2, units),
        });
        if (pValue! >= 0.05) continue;
        if (statistic! > 0) tails.above++;
        else tails.below++;
      }
      const arm = (n: number): Mean => ({ n, ...units });
      const expected = skewnessTailError(arm(n1), arm(n2), "welch", 0.025)!;
      const [above, below] = [tails.above / RUNS / 0.025 - 1, tails.below / RUNS / 0.025 - 1];
      expect(Math.abs(expected) > 0.2).toBe(warns);
      const slack = noise(0.025, RUNS) / 0.025;
      if (warns) {
        expect(Math.max(Math.abs(above), Math.abs(below))).toBeGreaterThan(0.2 - slack);
        expect(Math.sign(above)).toBe(Math.sign(expected));
      } else {
        expect(Math.max(Math.abs(above), Math.abs(below))).toBeLessThan(0.2 + slack);
      }
    },
  );
});

describe("the lift of an adjusted metric", () => {
  const RUNS = 100_000;
  const N = 200;

  /** Both arms drawn from the sums of normal units, so that many runs are quick: means, and a Wishart covariance. */
  const drawn = (random: Random, mean: number, rho: number): Moments => {
    const root = Math.sqrt(1 - rho * rho);
    const [a, b] = [random.normal() / Math.sqrt(N), random.normal() / Math.sqrt(N)];
    // Bartlett's decomposition of the sums of squares.
    const [c1, c2, c21] = [
      Math.sqrt(2 * random.gamma((N - 1) / 2)),
      Math.sqrt(2 * random.gamma((N - 2) / 2)),
      random.normal(),
    ];
    const xx = (c1 * c1) / (N - 1);
    const xe = (c1 * c21) / (N - 1);
    const ee = (c21 * c21 + c2 * c2) / (N - 1);
    const xy = rho * xx + root * xe;
    const yy = rho * rho * xx + 2 * rho * root * xe + root * root * ee;
    return {
      n: N,
      metrics: ["y", "x"],
      mean: [mean + rho * a + root * b, a],
      covariance: [
        [yy, xy],
        [xy, xx],
      ],
    };
  };

  const coverage = (lift: number, rho: number, choice: "fixed" | "random", leaveOut = false): number => {
    const random = createRandom(5);
    let covered = 0;
    for (let run = 0; run < RUNS; run++) {
      const result = compareWithCovariates({
        control: drawn(random, 4, rho),
        treatment: drawn(random, 4 * (1 + lift), rho),
        covariateMean: choice,
        liftMethod: "delta",
      });
      const { estimate, standardError } = result.lift;
      const { mean, variance, n } = result.control;
      // What a peer leaves out: the covariance of the difference with the control mean.
      const missing = leaveOut ? (2 * result.difference.estimate! * variance) / n / mean ** 3 : 0;
      const error = Math.sqrt(standardError! ** 2 - missing);
      if (Math.abs(estimate! - lift) < 1.9659 * error) covered++;
    }
    return covered / RUNS;
  };

  it.each([
    [0.1, 0.7],
    [0.1, 0.9],
  ])(
    "covers 95 % at a lift of %f and a correlation of %f, whether the covariate mean is fixed or drawn",
    (lift, rho) => {
      const [fixed, random] = [coverage(lift, rho, "fixed"), coverage(lift, rho, "random")];
      // The normal approximation of a lift itself misses a little at 200 units.
      expect(Math.abs(fixed - 0.95)).toBeLessThan(noise(0.95, RUNS) + 0.002);
      expect(Math.abs(random - 0.95)).toBeLessThan(noise(0.95, RUNS) + 0.002);
    },
  );

  // Seen: 0.942 and 0.950 at a lift of 0.3.
  it.each([
    [0.3, 0.9],
    [1, 0.9],
  ])(
    "covers too seldom at a lift of %f and a correlation of %f given the covariate mean, and right with it drawn",
    (lift, rho) => {
      const [fixed, random] = [coverage(lift, rho, "fixed"), coverage(lift, rho, "random")];
      expect(fixed).toBeLessThan(0.95 - noise(0.95, RUNS));
      expect(Math.abs(random - 0.95)).toBeLessThan(noise(0.95, RUNS) + 0.002);
    },
  );

  it("covers far less without the covariance of difference and control mean", () => {
    const without = coverage(1, 0.7, "random", true);
    expect(without).toBeLessThan(0.92);
  });
});
