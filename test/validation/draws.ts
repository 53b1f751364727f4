import { poisson } from "../../src/numerics/poisson.ts";
import type { Random } from "../../src/numerics/random.ts";
import type { Mean } from "../../src/summaries/mean.ts";
import type { Moments } from "../../src/summaries/moments.ts";
import type { Ratio } from "../../src/summaries/ratio.ts";

/** Mean and sample variance of n normal units, from their own laws. */
export function drawMean(random: Random, n: number, level: number, deviation: number): Mean {
  return {
    n,
    mean: level + (deviation * random.normal()) / Math.sqrt(n),
    variance: (deviation ** 2 * 2 * random.gamma((n - 1) / 2)) / (n - 1),
  };
}

/** A Poisson count. */
export function drawPoisson(random: Random, mean: number): number {
  return poisson.quantile(random.uniform(), mean);
}

/** Means and sample covariance of n pairs of normal units, from their own laws (Bartlett's decomposition). */
export function drawPairs(
  random: Random,
  n: number,
  { mean, rho }: { readonly mean: number; readonly rho: number },
): Moments {
  const root = Math.sqrt(1 - rho * rho);
  const [a, b] = [random.normal() / Math.sqrt(n), random.normal() / Math.sqrt(n)];
  const [c1, c2, c21] = [
    Math.sqrt(2 * random.gamma((n - 1) / 2)),
    Math.sqrt(2 * random.gamma((n - 2) / 2)),
    random.normal(),
  ];
  const [xx, xe, ee] = [(c1 * c1) / (n - 1), (c1 * c21) / (n - 1), (c21 * c21 + c2 * c2) / (n - 1)];
  const xy = rho * xx + root * xe;
  const yy = rho * rho * xx + 2 * rho * root * xe + root * root * ee;
  return {
    n,
    metrics: ["y", "x"],
    mean: [mean + rho * a + root * b, a],
    covariance: [
      [yy, xy],
      [xy, xx],
    ],
  };
}

/** Means, variances and covariance of pairs. */
export function ratioOf(pairs: readonly (readonly [numerator: number, denominator: number])[]): Ratio {
  const n = pairs.length;
  let [first, second] = [0, 0];
  for (const [a, b] of pairs) {
    first += a / n;
    second += b / n;
  }
  let [aa, bb, ab] = [0, 0, 0];
  for (const [a, b] of pairs) {
    aa += (a - first) ** 2 / (n - 1);
    bb += (b - second) ** 2 / (n - 1);
    ab += ((a - first) * (b - second)) / (n - 1);
  }
  return {
    n,
    numerator: { mean: first, variance: aa },
    denominator: { mean: second, variance: bb },
    covariance: ab,
  };
}
