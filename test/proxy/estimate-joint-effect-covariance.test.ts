import { describe, expect, it } from "vitest";
import { cholesky } from "../../src/numerics/cholesky.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { compositeEffects, pairEffects } from "../../src/proxy/composite-effects.ts";
import { decisionSpeedup } from "../../src/proxy/decision-speedup.ts";
import type { EffectNode } from "../../src/proxy/effect-covariance.ts";
import { estimateEffectCovariance } from "../../src/proxy/estimate-effect-covariance.ts";
import {
  estimateJointEffectCovariance,
  type EstimateJointEffectCovarianceInput,
} from "../../src/proxy/estimate-joint-effect-covariance.ts";
import type { JointPastExperiment } from "../../src/proxy/past-experiment.ts";

/** Experiments on proxies with correlations `rho` to the macro metric, all effects of size 0.04, noise of 0.03. */
function history(
  rho: readonly number[],
  experiments: number,
  seed: number,
  noise = 0.03,
): JointPastExperiment[] {
  const metrics = rho.length + 1;
  const sizes = Array.from({ length: metrics }, (_, i) => i);
  const all = [...rho, 1];
  const truth = sizes.map((i) => sizes.map((j) => 0.0016 * (i === j ? 1 : all[i]! * all[j]!)));
  const sampling = sizes.map((i) => sizes.map((j) => noise ** 2 * (i === j ? 1 : 0.4)));
  const [a, b] = [cholesky(truth)!, cholesky(sampling)!];
  const random = createRandom(seed);
  return Array.from({ length: experiments }, () => {
    const size = 0.5 + random.uniform();
    const [x, y] = [sizes.map(() => random.normal()), sizes.map(() => Math.sqrt(size) * random.normal())];
    const seen = sizes.map((i) =>
      a[i]!.reduce((sum, entry, j) => sum + entry * x[j]! + b[i]![j]! * y[j]!, 0),
    );
    return {
      proxyEffects: seen.slice(0, -1),
      macroEffect: seen.at(-1)!,
      covariance: sampling.map((row) => row.map((entry) => entry * size)),
    };
  });
}

const learn = (
  experiments: readonly JointPastExperiment[],
  more: Partial<EstimateJointEffectCovarianceInput> = {},
) => estimateJointEffectCovariance({ experiments, draws: 1200, ...more });

describe("estimateJointEffectCovariance with one proxy", () => {
  it.each([
    [5, 0.03],
    [30, 0.3],
  ])("agrees with the quadrature of %d experiments with noise %d", (count, noise) => {
    const experiments = history([0.8], count, 7, noise);
    const several = learn(experiments);
    const one = estimateEffectCovariance({
      experiments: experiments.map(({ proxyEffects, macroEffect, covariance }) => ({
        proxyEffect: proxyEffects[0]!,
        macroEffect,
        covariance,
      })),
    });
    const { learned, effectiveDraws } = several;
    expect(effectiveDraws).toBeGreaterThan(700);
    // Four standard errors of what so many draws tell: of a share, and of averages in units of their spread.
    const error = 4 / Math.sqrt(Math.min(effectiveDraws, several.posterior.length));
    expect(Math.abs(learned[0]!.probabilityRhoPositive - one.probabilityRhoPositive)).toBeLessThan(
      0.5 * error,
    );
    const mine = compositeEffects(several, [1]).posterior!;
    for (const of of [
      ({ rho }: EffectNode) => rho,
      ({ tauProxy }: EffectNode) => Math.log(tauProxy),
      ({ tauMacro }: EffectNode) => Math.log(tauMacro),
      ({ meanProxy, tauProxy }: EffectNode) => meanProxy! / tauProxy,
      ({ meanMacro, tauMacro }: EffectNode) => meanMacro! / tauMacro,
    ]) {
      const [own, other] = [moments(mine, of), moments(one.posterior, of)];
      expect(Math.abs(own.mean - other.mean)).toBeLessThan(error * other.deviation);
      expect(Math.abs(own.deviation / other.deviation - 1)).toBeLessThan(2 * error);
    }
  });
});

function moments(
  nodes: readonly EffectNode[],
  of: (node: EffectNode) => number,
): { mean: number; deviation: number } {
  const mean = nodes.reduce((sum, node) => sum + node.weight * of(node), 0);
  const square = nodes.reduce((sum, node) => sum + node.weight * (of(node) - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(square) };
}

describe("estimateJointEffectCovariance", () => {
  it("draws the prior where the past says nothing: that of one proxy for each, whatever stands beside it", () => {
    const experiments = history([0.5, 0.2], 3, 1, 1e4);
    const { posterior, effectiveDraws } = learn(experiments, {
      prior: { unrelatedShare: 0, positiveTilt: 0, lkj: 2, meanRatio: 0 },
    });
    expect(effectiveDraws).toBeGreaterThan(400);
    // With the macro metric 2 Beta(2, 2) − 1, of variance 1/5 and fourth moment 3/35; of the proxies the product of two
    // such, and an independent third in what they leave.
    for (const [i, j, variance, fourth] of [
      [0, 2, 1 / 5, 3 / 35],
      [1, 2, 1 / 5, 3 / 35],
      [0, 1, 1 / 25 + (1 / 5) * (4 / 5) ** 2, 1 / 12],
    ] as const) {
      let [mean, square] = [0, 0];
      for (const { weight, covariance } of posterior) {
        const rho = covariance[i]![j]! / Math.sqrt(covariance[i]![i]! * covariance[j]![j]!);
        mean += weight * rho;
        square += weight * rho * rho;
      }
      expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / effectiveDraws));
      expect(Math.abs(square - variance)).toBeLessThan(
        4 * Math.sqrt((fourth - variance ** 2) / effectiveDraws),
      );
    }
  });

  it("tells a proxy that goes with sales from one that only moves", () => {
    const result = learn(history([0.9, 0], 100, 3), { proxies: ["cart", "clicks"] });
    const [cart, clicks] = result.learned;
    expect([cart!.proxy, clicks!.proxy]).toEqual(["cart", "clicks"]);
    expect(cart!.rho.interval.lower).toBeGreaterThan(0.6);
    expect(clicks!.rho.interval.lower).toBeLessThan(0);
    expect(clicks!.rho.interval.upper).toBeLessThan(0.5);
    // What the user-level correlation of 0.4 adds to the naive one is told apart.
    expect(clicks!.naive!.fromUsers).toBeGreaterThan(0.1);
    expect(result.estimates.reml.rho[0]![2]).toBeGreaterThan(0.7);
    expect(result.estimates.totalCovariance.relations).toHaveLength(2);
    expect(result.posterior.length).toBeLessThanOrEqual(2000);
    expect(result.posterior.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    const decision = decisionSpeedup({
      effects: compositeEffects(result, [1, 0]),
      sampling: { proxy: 18, macro: 98, correlation: 0.4 },
      n: 10_000,
    });
    expect(decision.posterior).not.toBeNull();
  });

  it("gives the same for the same seed", () => {
    const experiments = history([0.6, 0.3], 8, 5);
    const once = learn(experiments, { draws: 400, seed: 9 });
    expect(learn(experiments, { draws: 400, seed: 9 })).toEqual(once);
    expect(learn(experiments, { draws: 400, seed: 10 }).covariance).not.toEqual(once.covariance);
  });

  it("takes experiments that share a control", () => {
    const experiments = history([0.8, 0.2], 12, 4).map((one, k) =>
      k < 4
        ? {
            ...one,
            cluster: "a",
            controlCovariance: [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? 1e-4 : 2e-5))),
          }
        : one,
    );
    expect(learn(experiments, { draws: 400 }).experiments).toBe(12);
  });

  it("warns of few effective draws", () => {
    const { status, warnings, effectiveDraws } = learn(history([0.5, 0.4, 0.3], 12, 2), { draws: 400 });
    expect(status).toBe("ok");
    expect(effectiveDraws).toBeLessThan(200);
    expect(warnings.map(({ code }) => code)).toContain("FEW_EFFECTIVE_DRAWS");
  });

  it("says that it does not know where the draws do not tell, and is refused by those who would build on it", () => {
    const result = learn(history([0.9, -0.9, 0.9, -0.9], 6, 3, 1e-3), { draws: 200 });
    expect(result.status).toBe("undetermined");
    expect(result.draws).toBe(800);
    expect(result.warnings.map(({ code }) => code)).toContain("POSTERIOR_NOT_KNOWN");
    for (const { tau, rho, slope } of result.learned) {
      expect([tau.interval.lower, tau.interval.upper]).toEqual([0, Infinity]);
      expect([rho.interval.lower, rho.interval.upper]).toEqual([-1, 1]);
      expect([slope.interval.lower, slope.interval.upper]).toEqual([-Infinity, Infinity]);
    }
    expect(() => pairEffects(result, 0)).toThrow(expect.objectContaining({ field: "effects.status" }));
  });

  it.each([
    [{ draws: 199 }, "draws"],
    [{ seed: -1 }, "seed"],
    [{ proxies: ["a"] }, "proxies"],
    [{ proxies: ["a", "a"] }, "proxies"],
    [{ scale: "difference" }, "prior.typicalProxyEffects"],
    [{ scale: "difference", prior: { typicalProxyEffects: [1, 1] } }, "prior.typicalMacroEffect"],
    [{ prior: { typicalProxyEffects: [1] } }, "prior.typicalProxyEffects"],
    [{ prior: { typicalProxyEffects: [1, -1] } }, "prior.typicalProxyEffects[1]"],
    [{ prior: { lkj: 0 } }, "prior.lkj"],
    [{ experiments: [] }, "experiments"],
  ])("refuses %j", (change, field) => {
    const input = { experiments: history([0.5, 0.4], 3, 2), ...change };
    expect(() => estimateJointEffectCovariance(input as never)).toThrow(expect.objectContaining({ field }));
  });
});
