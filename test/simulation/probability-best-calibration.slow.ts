import { describe, expect, it } from "vitest";
import { probabilityBest, type ProbabilityBestOptions } from "../../src/bayesian/probability-best.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";

// Parameters from the prior, data given them: an arm that is said to be best with probability p is best so often, and
// what choosing it loses is, on average, what it is expected to lose.

const REPLICATES = 3000;

interface Model {
  readonly parameter: (random: Random) => number;
  readonly arm: (random: Random, parameter: number, n: number) => { readonly n: number };
  readonly options: object;
}

const MODELS: Record<string, Model> = {
  "beta-binomial": {
    parameter: (random) => random.beta(2, 20),
    arm: (random, rate, n) => ({ n, conversions: random.binomial(n, rate) }),
    options: { prior: { alpha: 2, beta: 20 } },
  },
  "gamma-poisson": {
    parameter: (random) => random.gamma(3) / 4,
    // Counts of exponential waits until n is used up.
    arm: (random, rate, n) => {
      let events = 0;
      for (let time = random.gamma(1) / rate; time < n; time += random.gamma(1) / rate) events += 1;
      return { n, events };
    },
    options: { model: "gamma-poisson", prior: { shape: 3, rate: 4 } },
  },
};

/** Standard errors by which a sum of draws with these means and squares is away from 0. */
const distance = (values: readonly number[]): number => {
  const sum = values.reduce((total, value) => total + value, 0);
  return sum / Math.sqrt(values.reduce((total, value) => total + value * value, 0));
};

describe("probabilityBest", () => {
  it.each(Object.keys(MODELS))(
    "is calibrated in its chances and its losses: %s",
    (name) => {
      const { parameter, arm, options } = MODELS[name]!;
      const random = createRandom(23);
      const surprises: number[] = [];
      const excesses: number[] = [];
      const byChance = { rare: [] as number[], even: [] as number[], likely: [] as number[] };
      for (let replicate = 0; replicate < REPLICATES; replicate++) {
        const parameters = [10, 40, 200].map(() => parameter(random));
        const arms = [10, 40, 200].map((n, i) => arm(random, parameters[i]!, n));
        const found = probabilityBest({ ...options, arms } as unknown as ProbabilityBestOptions).arms;
        const highest = Math.max(...parameters);
        // One arm of each replicate, so that the draws are independent.
        const i = replicate % 3;
        const { probabilityBest: p, expectedLoss } = found[i]!;
        const surprise = (parameters[i] === highest ? 1 : 0) - p;
        surprises.push(surprise);
        excesses.push(highest - parameters[i]! - expectedLoss);
        byChance[p < 0.2 ? "rare" : p < 0.6 ? "even" : "likely"].push(surprise);
      }
      for (const values of [surprises, excesses, ...Object.values(byChance)]) {
        expect(values.length).toBeGreaterThan(100);
        expect(Math.abs(distance(values))).toBeLessThan(3.9);
      }
    },
    120_000,
  );
});
