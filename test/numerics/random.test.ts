import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { betaCdf } from "../../src/numerics/beta.ts";
import { gammaCdf } from "../../src/numerics/gamma.ts";
import { normalCdf } from "../../src/numerics/normal.ts";
import type { Random } from "../../src/numerics/random.ts";
import { checkRandom, createRandom } from "../../src/numerics/random.ts";

function draws(count: number, draw: () => number): number[] {
  return Array.from({ length: count }, draw);
}

/** Kolmogorov's √n times the largest distance; above 1.95 with probability 0.001. */
function kolmogorov(sample: readonly number[], cdf: (x: number) => number): number {
  const sorted = Float64Array.from(sample);
  sorted.sort();
  let distance = 0;
  sorted.forEach((x, i) => {
    const probability = cdf(x);
    distance = Math.max(distance, probability - i / sorted.length, (i + 1) / sorted.length - probability);
  });
  return distance * Math.sqrt(sorted.length);
}

/** Mean and mean square of standardized draws, each as a standard score of its own. */
function momentScores(count: number, kurtosis: number, draw: () => number): [mean: number, square: number] {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const z = draw();
    sum += z;
    squares += z * z;
  }
  return [sum / Math.sqrt(count), (squares / count - 1) / Math.sqrt((kurtosis - 1) / count)];
}

describe("createRandom", () => {
  it("repeats itself from the same seed and pins its first numbers, so that no runtime or release changes them", () => {
    const first = createRandom(42);
    const second = createRandom(42);
    expect(draws(100, first.uniform)).toEqual(draws(100, second.uniform));
    expect(draws(3, createRandom(1).uniform)).toEqual([
      0.8821804760581439, 0.13377138769337338, 0.5337556458829317,
    ]);
  });

  it("gives neighbouring seeds unrelated streams", () => {
    const firsts = Array.from({ length: 20_000 }, (_, seed) => createRandom(seed).uniform());
    expect(kolmogorov(firsts, (x) => x)).toBeLessThan(1.95);
    const products = firsts.slice(1).map((x, i) => (x - 0.5) * (firsts[i]! - 0.5) * 12);
    expect(Math.abs(products.reduce((a, b) => a + b) / Math.sqrt(products.length))).toBeLessThan(4);
    expect(createRandom(1).uniform()).not.toBe(createRandom(1 + 2 ** 32).uniform());
  });

  it("splits off a stream that is not its own continuation", () => {
    const random = createRandom(7);
    const other = random.split();
    const [a, b] = [draws(20_000, random.uniform), draws(20_000, other.uniform)];
    expect(b).toEqual(draws(20_000, createRandom(7).uniform));
    expect(kolmogorov(a, (x) => x)).toBeLessThan(1.95);
    const correlation =
      a.reduce((sum, x, i) => sum + (x - 0.5) * (b[i]! - 0.5) * 12, 0) / Math.sqrt(a.length);
    expect(Math.abs(correlation)).toBeLessThan(4);
  });

  it("names what is wrong", () => {
    const random = createRandom(1);
    expect(() => createRandom(-1)).toThrow(DomainError);
    expect(() => createRandom(0.5)).toThrow("seed = 0.5");
    expect(() => random.gamma(0)).toThrow("shape = 0");
    expect(() => random.beta(1, NaN)).toThrow("b = NaN");
    expect(() => random.binomial(1.5, 0.5)).toThrow("n = 1.5");
    expect(() => random.binomial(5, 1.5)).toThrow("p = 1.5");
  });
});

describe("checkRandom", () => {
  it("takes streams, and refuses what has no draws of both kinds", () => {
    expect(() => checkRandom("random", createRandom(1))).not.toThrow();
    const { uniform, normal } = createRandom(1);
    for (const wrong of [null, 7, {}, { uniform }, { normal }, { uniform, normal: 3 }]) {
      expect(() => checkRandom("random", wrong as unknown as Random)).toThrow(DomainError);
    }
    expect(() => checkRandom("stream", { uniform } as Random)).toThrow("stream");
  });
});

describe("continuous draws", () => {
  it("uniform and normal follow their distributions", () => {
    const random = createRandom(11);
    expect(kolmogorov(draws(100_000, random.uniform), (x) => x)).toBeLessThan(1.95);
    expect(kolmogorov(draws(100_000, random.normal), normalCdf)).toBeLessThan(1.95);
  });

  it("gamma and beta follow their distributions, from small shapes to large", () => {
    const random = createRandom(17);
    for (const shape of [0.1, 0.9, 1, 2.5, 1e6]) {
      const sample = draws(20_000, () => random.gamma(shape));
      expect(kolmogorov(sample, (x) => gammaCdf(x, shape))).toBeLessThan(1.95);
    }
    for (const [a, b] of [
      [0.3, 0.7],
      [1, 1],
      [3, 40],
      [1e5, 1e6],
    ] as const) {
      const sample = draws(20_000, () => random.beta(a, b));
      expect(kolmogorov(sample, (x) => betaCdf(x, a, b))).toBeLessThan(1.95);
    }
  });

  it.each([0.001, 0.1, 0.5, 1, 2.5, 100, 1e9, 1e15])(
    "gamma of shape %d has its mean and variance",
    (shape) => {
      const random = createRandom(12);
      const draw = () => (random.gamma(shape) - shape) / Math.sqrt(shape);
      const [mean, square] = momentScores(50_000, 3 + 6 / shape, draw);
      expect(Math.abs(mean)).toBeLessThan(4);
      expect(Math.abs(square)).toBeLessThan(4);
    },
  );

  it("beta has its mean, and with tiny shapes goes to the ends", () => {
    const random = createRandom(13);
    for (const [a, b] of [
      [0.5, 0.5],
      [2, 8],
      [1e6, 1e7],
    ] as const) {
      const mean = a / (a + b);
      const deviation = Math.sqrt((mean * (1 - mean)) / (a + b + 1));
      const [score] = momentScores(50_000, 3, () => (random.beta(a, b) - mean) / deviation);
      expect(Math.abs(score)).toBeLessThan(4);
    }
    const ends = draws(10_000, () => random.beta(1e-5, 3e-5));
    expect(ends.every((x) => x >= 0 && x <= 1)).toBe(true);
    const ones = ends.filter((x) => x > 0.5).length;
    expect(Math.abs(ones - 2500) / Math.sqrt(10_000 * 0.25 * 0.75)).toBeLessThan(4);
  });
});

/** Pearson's statistic of binomial draws against the exact probabilities, cells of at least 20 expected, standardized. */
function pearson(random: Random, n: number, p: number, count: number): number {
  const observed = Array.from({ length: n + 1 }, () => 0);
  for (let i = 0; i < count; i++) observed[random.binomial(n, p)]! += 1;
  let probability = (1 - p) ** n;
  let [statistic, cells, expectedSum, observedSum] = [0, 0, 0, 0];
  for (let k = 0; k <= n; k++) {
    expectedSum += probability * count;
    observedSum += observed[k]!;
    probability *= ((n - k) / (k + 1)) * (p / (1 - p));
    if (expectedSum >= 20 && probability * count >= 20) {
      statistic += (observedSum - expectedSum) ** 2 / expectedSum;
      cells += 1;
      [expectedSum, observedSum] = [0, 0];
    }
  }
  statistic += (observedSum - expectedSum) ** 2 / Math.max(expectedSum, 1e-300);
  return (statistic - cells) / Math.sqrt(2 * cells);
}

describe("binomial draws", () => {
  it.each([
    [8, 0.5],
    [40, 0.2],
    [90, 0.4],
    [100, 0.9],
    [300, 0.25],
    [1000, 0.5],
  ])("of n = %d, p = %d follow the exact probabilities, by walk and by rejection", (n, p) => {
    expect(Math.abs(pearson(createRandom(14), n, p, 200_000))).toBeLessThan(4);
  });

  it.each([
    [1e6, 0.001],
    [1e9, 0.1],
    [1e9, 1e-9],
    [1e9, 0.999],
    [1e15, 0.3],
    [1e15, 1e-14],
  ])("of n = %d, p = %d have their mean and variance", (n, p) => {
    const random = createRandom(15);
    const deviation = Math.sqrt(n * p * (1 - p));
    const kurtosis = 3 + (1 - 6 * p * (1 - p)) / deviation ** 2;
    const [mean, square] = momentScores(100_000, kurtosis, () => (random.binomial(n, p) - n * p) / deviation);
    expect(Math.abs(mean)).toBeLessThan(4);
    expect(Math.abs(square)).toBeLessThan(4);
  });

  it("are sure where there is nothing to draw", () => {
    const random = createRandom(16);
    expect(random.binomial(0, 0.5)).toBe(0);
    expect(random.binomial(1e15, 0)).toBe(0);
    expect(random.binomial(1e15, 1)).toBe(1e15);
    expect(draws(100, () => random.binomial(1, 0.5)).every((k) => k === 0 || k === 1)).toBe(true);
  });
});
