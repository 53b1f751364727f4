import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/numerics/random.ts";
import { predictMacro } from "../../src/proxy/predict-macro.ts";

// Two worlds that past experiments leave possible: a proxy that tells, and one that moves far and means nothing.
const posterior = [
  { tauProxy: 0.02, tauMacro: 0.03, rho: 0.9, weight: 1 },
  { tauProxy: 0.08, tauMacro: 0.03, rho: 0, weight: 1 },
];
const effects = { tauProxy: 0.06, tauMacro: 0.03, rho: 0.2, source: "learned", posterior } as const;
const sampling = { proxy: 18, macro: 98, correlation: 0.43 };
const n = 20_000;

describe("a prediction of one change", () => {
  it("weighs what past experiments leave open by what each foretold of the estimate", () => {
    for (const proxyEffect of [0, 0.02, 0.06, 0.15]) {
      const noise = sampling.proxy / n;
      const parts = posterior.map(({ tauProxy, tauMacro, rho }) => {
        const variance = tauProxy ** 2 + noise;
        return {
          weight: Math.exp(-(proxyEffect ** 2) / variance / 2) / Math.sqrt(variance),
          mean: ((rho * tauProxy * tauMacro) / variance) * proxyEffect,
        };
      });
      const total = parts.reduce((sum, { weight }) => sum + weight, 0);
      const mean = parts.reduce((sum, part) => sum + (part.weight / total) * part.mean, 0);
      expect(predictMacro({ effects, sampling, n, proxyEffect }).mean).toBeCloseTo(mean, 15);
    }
  });

  it("covers as often as it says where the estimate is large", () => {
    const random = createRandom(5);
    let [held, all] = [0, 0];
    for (let draw = 0; draw < 40_000; draw++) {
      const { tauProxy, tauMacro, rho } = posterior[random.uniform() < 0.5 ? 0 : 1]!;
      const a = random.normal();
      const truth = tauMacro * (rho * a + Math.sqrt(1 - rho ** 2) * random.normal());
      const proxyEffect = tauProxy * a + Math.sqrt(sampling.proxy / n) * random.normal();
      // Large estimates, which the far-moving proxy brings forth.
      if (Math.abs(proxyEffect) < 0.1) continue;
      all += 1;
      const { interval } = predictMacro({ effects, sampling, n, proxyEffect, confidenceLevel: 0.9 });
      if (truth > interval.lower && truth < interval.upper) held += 1;
    }
    const noise = 4 * Math.sqrt((0.9 * 0.1) / all);
    expect(Math.abs(held / all - 0.9)).toBeLessThan(noise);
  });
});
