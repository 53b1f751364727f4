import { describe, expect, it } from "vitest";
import { dot } from "../../src/numerics/matrix.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { estimateJointEffectCovariance } from "../../src/proxy/estimate-joint-effect-covariance.ts";
import { optimalProxyWeights } from "../../src/proxy/optimal-proxy-weights.ts";
import { sensitivityWeights } from "../../src/proxy/sensitivity-weights.ts";
import { drawNormals } from "../support/simulated-changes.ts";

/** Cart and search go with sales, each by itself; clicks move at every change and mean nothing. */
const TAU = [0.04, 0.04, 0.15, 0.04];
const RHO = [
  [1, 0.3, 0, 0.7],
  [0.3, 1, 0, 0.6],
  [0, 0, 1, 0],
  [0.7, 0.6, 0, 1],
];
const ERROR = [0.03, 0.04, 0.02, 0.07];
const N = 20_000;
const covarianceOf = (sizes: readonly number[], correlations: readonly (readonly number[])[]) =>
  sizes.map((a, i) => sizes.map((b, j) => a * b * correlations[i]![j]!));
const effects = { covariance: covarianceOf(TAU, RHO) };
const errors = covarianceOf(
  ERROR,
  ERROR.map((_, i) => ERROR.map((__, j) => (i === j ? 1 : 0.3))),
);
const sampling = { covariance: errors.map((row) => row.map((entry) => N * entry)) };
const SINGLE = ["cart", "search", "clicks"];

/** What composites do over many simulated changes. */
function simulate(weights: readonly number[], changes: number, seed: number) {
  const random = createRandom(seed);
  const [drawEffects, drawErrors] = [drawNormals(effects.covariance, random), drawNormals(errors, random)];
  const proxies = errors.slice(0, -1).map((row) => row.slice(0, -1));
  const error = Math.sqrt(proxies.reduce((sum, row, i) => sum + weights[i]! * dot(row, weights), 0));
  let [significant, gain, squares, both, macroSquares] = [0, 0, 0, 0, 0];
  for (let k = 0; k < changes; k++) {
    const [truth, noise] = [drawEffects(), drawErrors()];
    const macro = truth.at(-1)!;
    const seen = weights.reduce((sum, weight, i) => sum + weight * (truth[i]! + noise[i]!), 0);
    if (Math.abs(seen) > 1.959963984540054 * error) significant++;
    if (seen > 0) gain += macro / changes;
    squares += seen * seen;
    both += seen * macro;
    macroSquares += macro * macro;
  }
  return { power: significant / changes, quality: both / Math.sqrt(squares * macroSquares), gain };
}

const gainOf = (quality: number): number => (quality * TAU[3]!) / Math.sqrt(2 * Math.PI);
/** Quality of any weights in closed form. */
function qualityOf(weights: readonly number[]): number {
  const rows = effects.covariance
    .slice(0, -1)
    .map((row, i) => row.slice(0, -1).map((x, j) => x + errors[i]![j]!));
  const variance = rows.reduce((sum, row, i) => sum + weights[i]! * dot(row, weights), 0);
  const both = weights.reduce((sum, weight, i) => sum + weight * effects.covariance[i]![3]!, 0);
  return both / Math.sqrt(variance) / TAU[3]!;
}

const CHANGES = 400_000;

describe("composites of proxies, against simulated tests", () => {
  const optimal = optimalProxyWeights({ effects, sampling, n: N });
  const sensitive = sensitivityWeights({ effects, sampling, n: N });
  const readings = [
    ["optimal", optimal.composite!],
    ["sensitivity", sensitive.history],
    ...optimal.single.map((reading, i) => [SINGLE[i]!, reading] as const),
  ] as const;

  it.each(readings)("power, quality and gain are those of simulated changes: %s", (_name, reading) => {
    const { power, quality, gain } = simulate(reading.weights, CHANGES, 7);
    // Four standard errors of a share, of a correlation, and of an average of effects.
    expect(Math.abs(power - reading.power)).toBeLessThan(4 * Math.sqrt(0.25 / CHANGES));
    expect(Math.abs(quality - reading.proxyQuality)).toBeLessThan(4 / Math.sqrt(CHANGES));
    expect(Math.abs(gain - gainOf(reading.proxyQuality))).toBeLessThan((4 * TAU[3]!) / Math.sqrt(CHANGES));
  });

  it("the sensitivity composite follows the vanity proxy, and the optimal one does not", () => {
    expect(Math.abs(sensitive.history.weights[2]!)).toBeGreaterThan(0.75);
    expect(sensitive.history.power).toBeGreaterThan(optimal.composite!.power);
    expect(sensitive.history.proxyQuality).toBeLessThan(0.1);
    expect(Math.abs(optimal.composite!.weights[2]!)).toBeLessThan(0.1);
  });

  it("no other weights have a higher quality", () => {
    const random = createRandom(3);
    for (let k = 0; k < 20_000; k++) {
      const weights = [random.normal(), random.normal(), random.normal()];
      expect(qualityOf(weights)).toBeLessThanOrEqual(optimal.composite!.proxyQuality + 1e-12);
    }
  });

  it.each([
    [20, 1, 0.7],
    [100, 1.04, 0.85],
    [500, 1.08, 0.96],
  ])(
    "learned from %d experiments it earns more than the best single proxy by %d times, and %d of what is possible",
    (experiments, overSingle, ofPossible) => {
      const HISTORIES = 200;
      const random = createRandom(experiments);
      const [drawEffects, drawErrors] = [
        drawNormals(effects.covariance, random),
        drawNormals(errors, random),
      ];
      let [composite, single, sensitivity] = [0, 0, 0];
      for (let h = 0; h < HISTORIES; h++) {
        const past = Array.from({ length: experiments }, () => {
          const [truth, noise] = [drawEffects(), drawErrors()];
          const seen = truth.map((x, i) => x + noise[i]!);
          return { proxyEffects: seen.slice(0, -1), macroEffect: seen[3]!, covariance: errors };
        });
        const learned = estimateJointEffectCovariance({ experiments: past, draws: 1000, seed: h });
        const input = { effects: learned, sampling, n: N };
        const found = optimalProxyWeights(input);
        const best = found.single.toSorted((a, b) => b.proxyQuality - a.proxyQuality)[0]!;
        composite += qualityOf(found.composite!.weights) / HISTORIES;
        single += qualityOf(best.weights) / HISTORIES;
        sensitivity += qualityOf(sensitivityWeights(input).history.weights) / HISTORIES;
      }
      const possible = optimal.composite!.proxyQuality;
      expect(composite).toBeGreaterThan(overSingle * single);
      expect(composite).toBeGreaterThan(ofPossible * possible);
      expect(sensitivity).toBeLessThan(0.2 * possible);
    },
  );
});
