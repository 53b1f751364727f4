import { describe, expect, it } from "vitest";
import { binomial } from "../../src/numerics/binomial.ts";
import { binomialSampler } from "../../src/numerics/binomial-sampler.ts";
import { createRandom } from "../../src/numerics/random.ts";

/** Pearson's statistic against the exact probabilities, cells of at least 20 expected, standardized. */
function pearson(n: number, p: number, draws: number): number {
  const draw = binomialSampler(n, p, createRandom(5).uniform);
  const counts = new Map<number, number>();
  for (let i = 0; i < draws; i++) {
    const k = draw();
    counts.set(k, (counts.get(k) ?? 0) + 1);
  }
  const width = 12 * Math.sqrt(n * p * (1 - p)) + 30;
  let [statistic, cells, expected, observed] = [0, 0, 0, 0];
  for (let k = Math.max(0, Math.floor(n * p - width)); k <= Math.min(n, n * p + width); k++) {
    expected += draws * binomial.pmf(k, n, p);
    observed += counts.get(k) ?? 0;
    if (expected < 20) continue;
    statistic += (observed - expected) ** 2 / expected;
    cells += 1;
    [expected, observed] = [0, 0];
  }
  return (statistic - cells) / Math.sqrt(2 * cells);
}

describe("binomialSampler", () => {
  it.each([
    [1, 0.5],
    [5, 0.9],
    [1000, 0.002],
    [1000, 0.3],
    [100_000, 0.0007],
    [100_000, 0.9],
    [1e9, 2e-8],
    [1e7, 0.25],
  ])("draws from Binomial(%d, %d)", (n, p) => {
    expect(pearson(n, p, 200_000)).toBeLessThan(4);
  });

  it("has the right mean and variance where the table would be too wide", () => {
    const [n, p] = [1e12, 0.3];
    const draw = binomialSampler(n, p, createRandom(6).uniform);
    let [mean, square] = [0, 0];
    for (let i = 0; i < 50_000; i++) {
      const z = (draw() - n * p) / Math.sqrt(n * p * (1 - p));
      mean += z;
      square += z * z;
    }
    expect(Math.abs(mean / Math.sqrt(50_000))).toBeLessThan(4);
    expect(Math.abs((square / 50_000 - 1) * Math.sqrt(25_000))).toBeLessThan(4);
  });

  it("knows what cannot vary", () => {
    const { uniform } = createRandom(1);
    for (const [n, p, always] of [
      [0, 0.3, 0],
      [7, 0, 0],
      [7, 1, 7],
    ] as const) {
      const draw = binomialSampler(n, p, uniform);
      expect(Array.from({ length: 20 }, draw)).toEqual(Array.from({ length: 20 }, () => always));
    }
  });

  it("pins its first numbers, so that no runtime or release changes them", () => {
    const draw = binomialSampler(1000, 0.1, createRandom(1).uniform);
    expect(Array.from({ length: 8 }, draw)).toEqual([108, 93, 118, 119, 100, 101, 107, 104]);
  });
});
