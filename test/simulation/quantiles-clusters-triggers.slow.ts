import { describe, expect, it } from "vitest";
import { compareClusters } from "../../src/inference/compare-clusters.ts";
import { compareQuantiles } from "../../src/inference/compare-quantiles.ts";
import { compareTriggered } from "../../src/inference/compare-triggered.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import type { Cluster } from "../../src/summaries/cluster.ts";
import type { Mean } from "../../src/summaries/mean.ts";
import { quantileDesignEffect } from "../../src/summaries/quantile-design-effect.ts";
import { quantileSketch, sketchQuantile } from "../../src/summaries/quantile-sketch.ts";
import { quantileSummary } from "../../src/summaries/quantile-summary.ts";
import type { Ratio } from "../../src/summaries/ratio.ts";

// Shares are held to four Monte Carlo standard errors of what they should be, about one false alarm in 16,000, plus what
// the approximation itself may miss, said in each row.
const STANDARD_ERRORS = 4;

/** How far a share of `runs` may be from 0.95 by chance. */
const chance = (runs: number): number => STANDARD_ERRORS * Math.sqrt((0.95 * 0.05) / runs);

const DRAWS: Record<string, (random: Random) => number> = {
  revenue: (random) => Math.exp(random.normal()),
  "prices in steps of ten": (random) => Math.round(Math.exp(3 + random.normal()) / 10) * 10,
  counts: (random) => poisson(3, random),
  "zero for just over half": (random) => (random.uniform() < 0.51 ? 0 : Math.exp(random.normal())),
  "zero for just under half": (random) => (random.uniform() < 0.48 ? 0 : Math.exp(random.normal())),
};

function poisson(mean: number, random: Random): number {
  let count = 0;
  for (let waited = -Math.log(random.uniform()); waited < mean; waited -= Math.log(random.uniform())) count++;
  return count;
}

describe("intervals of quantiles", () => {
  const RUNS = 5000;
  // Ties and ranks that are whole numbers make them cover more often; the normal approximation may miss 1 %.
  it.each(
    Object.keys(DRAWS).flatMap((metric) => [
      { metric, n: 100, probability: 0.5 },
      { metric, n: 500, probability: 0.5 },
      { metric, n: 500, probability: 0.9 },
    ]),
  )("cover no effect at least 95 % of the time: $metric, n $n, quantile $probability", (row) => {
    const { metric, n, probability } = row;
    const random = createRandom(20_261_122);
    const draw = (): number[] => Array.from({ length: n }, () => DRAWS[metric]!(random));
    let covered = 0;
    for (let run = 0; run < RUNS; run++) {
      const [control, treatment] = [
        quantileSummary(draw(), { probability }),
        quantileSummary(draw(), { probability }),
      ];
      const { pValue } = compareQuantiles({ control, treatment });
      if (pValue !== null && pValue >= 0.05) covered++;
    }
    expect(covered / RUNS).toBeGreaterThan(0.95 - chance(RUNS) - 0.01);
  });

  it.each([0.5, 0.9])(
    "of revenue cover difference and lift 95 % of the time, quantile %d, also from sketches",
    (probability) => {
      const random = createRandom(11);
      const n = 2000;
      const truth = Math.exp(probability === 0.5 ? 0 : 1.2815515655446004);
      const lift = 0.1;
      const exact = { difference: 0, fieller: 0, log: 0, "price-bonett": 0 };
      const sketched = { difference: 0, lift: 0 };
      const holds = ({ interval }: { interval: { lower: number; upper: number } }, value: number): number =>
        interval.lower <= value && value <= interval.upper ? 1 : 0;
      const runs = 4000;
      for (let run = 0; run < runs; run++) {
        const control = Array.from({ length: n }, () => Math.exp(random.normal()));
        const treatment = Array.from({ length: n }, () => (1 + lift) * Math.exp(random.normal()));
        const arms = {
          control: quantileSummary(control, { probability }),
          treatment: quantileSummary(treatment, { probability }),
        };
        const result = compareQuantiles(arms);
        exact.difference += holds(result.difference, lift * truth);
        exact.fieller += holds(result.lift, lift);
        exact.log += holds(compareQuantiles({ ...arms, liftMethod: "log" }).lift, lift);
        exact["price-bonett"] += holds(
          compareQuantiles({ ...arms, test: "price-bonett" }).difference,
          lift * truth,
        );
        const fromSketch = compareQuantiles({
          control: sketchQuantile(quantileSketch(control), { probability }),
          treatment: sketchQuantile(quantileSketch(treatment), { probability }),
        });
        sketched.difference += holds(fromSketch.difference, lift * truth);
        sketched.lift += holds(fromSketch.lift, lift);
      }
      for (const count of Object.values(exact)) {
        expect(Math.abs(count / runs - 0.95)).toBeLessThan(chance(runs) + 0.01);
      }
      for (const count of Object.values(sketched)) {
        expect(count / runs).toBeGreaterThan(0.95 - chance(runs));
      }
    },
  );
});

describe("quantiles over events of units", () => {
  it("reject a true null 5 % of the time with the design effect, and far oftener without", () => {
    const random = createRandom(20_261_122);
    const RUNS = 2000;
    const probability = 0.9;
    // Users with 1 to 20 page loads each, and speeds that differ between users as much as within them.
    const drawArm = (): number[][] =>
      Array.from({ length: 400 }, () => {
        const speed = random.normal();
        return Array.from({ length: 1 + Math.floor(20 * random.uniform() ** 2) }, () =>
          Math.exp(speed + random.normal()),
        );
      });
    const plain = (users: number[][]) => quantileSummary(users.flat(), { probability });
    const designed = (users: number[][]) => {
      const { value } = plain(users);
      const designEffect = quantileDesignEffect(
        ratioOf(users.map((loads) => [loads.filter((load) => load <= value).length, loads.length])),
      );
      return quantileSummary(users.flat(), { probability, designEffect });
    };
    let rejections = 0;
    let naive = 0;
    for (let run = 0; run < RUNS; run++) {
      const [control, treatment] = [drawArm(), drawArm()];
      if (compareQuantiles({ control: designed(control), treatment: designed(treatment) }).pValue! < 0.05)
        rejections++;
      if (compareQuantiles({ control: plain(control), treatment: plain(treatment) }).pValue! < 0.05) naive++;
    }
    expect(Math.abs(rejections / RUNS - 0.05)).toBeLessThan(chance(RUNS) + 0.01);
    expect(naive / RUNS).toBeGreaterThan(0.2);
  });
});

/** Means, variances and covariance of pairs. */
function ratioOf(pairs: readonly (readonly number[])[]): Ratio {
  const n = pairs.length;
  const mean = (i: number): number => pairs.reduce((sum, pair) => sum + pair[i]! / n, 0);
  const means = [mean(0), mean(1)];
  const product = (i: number, j: number): number =>
    pairs.reduce((sum, pair) => sum + (pair[i]! - means[i]!) * (pair[j]! - means[j]!), 0) / (n - 1);
  return {
    n,
    numerator: { mean: means[0]!, variance: product(0, 0) },
    denominator: { mean: means[1]!, variance: product(1, 1) },
    covariance: product(0, 1),
  };
}

describe("tests of clusters", () => {
  const RUNS = 10_000;
  // The t distribution is an approximation where sizes differ and units of a cluster are correlated: 1 % up, and it may
  // be careful with few clusters. Seen per unit: 6.0, 5.8 and 5.3 %; per cluster: 5.0, 5.2 and 4.9 %.
  it.each(
    [4, 10, 40].flatMap((clusters) => [
      { clusters, weighting: "unit" as const },
      { clusters, weighting: "cluster" as const },
    ]),
  )("reject a true null about 5 % of the time: $clusters unequal clusters an arm, per $weighting", (row) => {
    const random = createRandom(20_261_122);
    const arm = (): { clusters: Cluster[] } => ({
      clusters: Array.from({ length: row.clusters }, () => {
        // Sizes from 20 to 500, and an intraclass correlation of 0.1.
        const n = Math.floor(20 * 25 ** random.uniform());
        const level = 5 + Math.sqrt(0.1) * random.normal();
        return { n, total: n * level + Math.sqrt(0.9 * n) * random.normal() };
      }),
    });
    let rejections = 0;
    for (let run = 0; run < RUNS; run++) {
      const { pValue } = compareClusters({ control: arm(), treatment: arm(), weighting: row.weighting });
      if (pValue! < 0.05) rejections++;
    }
    const share = rejections / RUNS;
    expect(share).toBeLessThan(0.05 + chance(RUNS) + 0.01);
    expect(share).toBeGreaterThan(row.clusters === 4 ? 0.02 : 0.035);
  });
});

describe("triggered comparisons", () => {
  const RUNS = 10_000;
  it.each([
    { rate: 0.3, n: 1000, lift: 0.3 },
    { rate: 0.05, n: 4000, lift: 1 },
    { rate: 0.9, n: 500, lift: 0 },
  ])("cover the effect over all units 95 % of the time: rate $rate", ({ rate, n, lift }) => {
    const random = createRandom(20_261_122);
    // Triggered units have mean 4 and deviation 2, the others mean 2 and deviation 1.
    const mean = (units: number, level: number, deviation: number): Mean => ({
      n: units,
      mean: level + (deviation / Math.sqrt(units)) * random.normal(),
      variance: (deviation ** 2 * 2 * random.gamma((units - 1) / 2)) / (units - 1),
    });
    const truth = { difference: rate * 4 * lift, lift: (rate * 4 * lift) / (rate * 4 + (1 - rate) * 2) };
    const covered = { difference: 0, lift: 0 };
    let alarms = 0;
    for (let run = 0; run < RUNS; run++) {
      const [control, treatment] = [random.binomial(n, rate), random.binomial(n, rate)];
      const result = compareTriggered({
        triggered: { control: mean(control, 4, 2), treatment: mean(treatment, 4 * (1 + lift), 2) },
        untriggered: { control: mean(n - control, 2, 1), treatment: mean(n - treatment, 2, 1) },
      });
      for (const effect of ["difference", "lift"] as const) {
        const { lower, upper } = result[effect].interval;
        if (lower <= truth[effect] && truth[effect] <= upper) covered[effect]++;
      }
      alarms += result.warnings.length;
    }
    for (const count of Object.values(covered)) {
      expect(Math.abs(count / RUNS - 0.95)).toBeLessThan(chance(RUNS) + 0.002);
    }
    // Two checks at one in a thousand each.
    expect(alarms / RUNS).toBeLessThan(0.002 + STANDARD_ERRORS * Math.sqrt(0.002 / RUNS));
  });
});
