import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/numerics/random.ts";
import { decisionSpeedup } from "../../src/proxy/decision-speedup.ts";
import { paradoxRisk } from "../../src/proxy/paradox-risk.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";

// Changes are drawn from the effect covariance and estimated with normal noise; seeded. Bounds are five Monte Carlo
// standard errors.
const DRAWS = 100_000;
const n = 20_000;
const effects = { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8 };
const sampling = { proxy: 0.18, macro: 0.0392, correlation: 3 / 7 };

interface Draw {
  readonly macro: number;
  readonly proxyEstimate: number;
  readonly macroEstimate: number;
}

function draws(means: { meanProxy: number; meanMacro: number }): Draw[] {
  const random = createRandom(20_240_611);
  const [proxyError, macroError] = [Math.sqrt(sampling.proxy / n), Math.sqrt(sampling.macro / n)];
  return Array.from({ length: DRAWS }, () => {
    const [a, b, c, d] = [random.normal(), random.normal(), random.normal(), random.normal()];
    const proxy = means.meanProxy + effects.tauProxy * a;
    const macro =
      means.meanMacro + effects.tauMacro * (effects.rho * a + Math.sqrt(1 - effects.rho ** 2) * b);
    const r = sampling.correlation;
    return {
      macro,
      proxyEstimate: proxy + proxyError * c,
      macroEstimate: macro + macroError * (r * c + Math.sqrt(1 - r ** 2) * d),
    };
  });
}

function expectShare(share: number, probability: number, trials: number): void {
  expect(Math.abs(share - probability)).toBeLessThan(
    5 * Math.sqrt((probability * (1 - probability)) / trials),
  );
}

describe.each([
  { meanProxy: 0, meanMacro: 0 },
  { meanProxy: -0.001, meanMacro: -0.0002 },
])("simulated changes around $meanProxy and $meanMacro", (means) => {
  const sample = draws(means);
  const own = { ...effects, ...means };

  it("are decided as well as predicted, by proxy, by macro metric and by both", () => {
    const { byRule } = decisionSpeedup({ effects: own, sampling, n });
    const { weights } = proxyAssisted({ effects: own, sampling, n });
    const policies = [
      [byRule.sign.accuracyProxy, byRule.sign.gainProxy, (d: Draw) => d.proxyEstimate > 0],
      [byRule.sign.accuracyMacro, byRule.sign.gainMacro, (d: Draw) => d.macroEstimate > 0],
      [
        byRule.sign.accuracyAssisted,
        byRule.sign.gainAssisted,
        (d: Draw) =>
          weights.intercept + weights.proxy * d.proxyEstimate + weights.macro * d.macroEstimate > 0,
      ],
      [
        byRule.significance.accuracyProxy,
        byRule.significance.gainProxy,
        (d: Draw) => d.proxyEstimate > 1.959963984540054 * Math.sqrt(sampling.proxy / n),
      ],
    ] as const;
    for (const [accuracy, gain, ships] of policies) {
      const right = sample.filter((draw) => ships(draw) === draw.macro > 0).length;
      expectShare(right / DRAWS, accuracy, DRAWS);
      const earned = sample.reduce((sum, draw) => sum + (ships(draw) ? draw.macro : 0), 0) / DRAWS;
      expect(Math.abs(earned - gain)).toBeLessThan((5 * effects.tauMacro) / Math.sqrt(DRAWS));
    }
  });

  it("lose after a significant proxy win as often as predicted", () => {
    const risk = paradoxRisk({ effects: own, sampling, n });
    const wins = sample.filter((d) => d.proxyEstimate > 1.959963984540054 * Math.sqrt(sampling.proxy / n));
    expectShare(wins.length / DRAWS, risk.probabilitySignificantProxyWin, DRAWS);
    const losses = wins.filter(({ macro }) => macro < 0).length;
    expectShare(losses / wins.length, risk.probabilityMacroLossGivenWin, wins.length);
    const split = sample.filter(({ macro, proxyEstimate }) => macro > 0 !== proxyEstimate > 0).length;
    expectShare(split / DRAWS, risk.discordance, DRAWS);
  });
});

describe("changes without a macro effect", () => {
  it("ship by the assisted rule as often as falseShipRate says", () => {
    const random = createRandom(7);
    const result = proxyAssisted({ effects, sampling, n });
    const r = sampling.correlation;
    let shipped = 0;
    for (let i = 0; i < DRAWS; i++) {
      const proxy = effects.tauProxy * Math.sqrt(1 - effects.rho ** 2) * random.normal();
      const [c, d] = [random.normal(), random.normal()];
      const estimate =
        result.weights.proxy * (proxy + Math.sqrt(sampling.proxy / n) * c) +
        result.weights.macro * Math.sqrt(sampling.macro / n) * (r * c + Math.sqrt(1 - r ** 2) * d);
      const sd = effects.tauMacro * Math.sqrt(1 - result.reliability);
      if (estimate > 1.2815515655446004 * sd) shipped++;
    }
    expectShare(shipped / DRAWS, result.falseShipRate, DRAWS);
  });
});
