import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { decisionSpeedup } from "../../src/proxy/decision-speedup.ts";
import { effectNodes } from "../../src/proxy/effect-covariance.ts";
import { effectMoments } from "../../src/proxy/effect-moments.ts";
import { estimateEffectCovariance } from "../../src/proxy/estimate-effect-covariance.ts";
import type { PastEffects } from "../../src/proxy/past-experiment.ts";
import { predictMacro } from "../../src/proxy/predict-macro.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import { drawPast, type PastWorld, UNIT } from "../support/past-worlds.ts";

function pastOf(world: PastWorld, experiments: number, n: number, seed: number): PastEffects[] {
  const { effects, covariances } = drawPast(world, experiments, n, createRandom(seed));
  return Array.from({ length: experiments }, (_, k) => ({
    proxyEffect: effects[2 * k]!,
    macroEffect: effects[2 * k + 1]!,
    covariance: [
      [covariances[4 * k]!, covariances[4 * k + 1]!],
      [covariances[4 * k + 2]!, covariances[4 * k + 3]!],
    ],
  }));
}

const codes = ({ warnings }: { readonly warnings: readonly { readonly code: string }[] }): string[] =>
  warnings.map(({ code }) => code);

describe("estimateEffectCovariance", () => {
  const good = { tauProxy: 0.04, tauMacro: 0.04, rho: 0.9 };
  const learned = estimateEffectCovariance({ experiments: pastOf(good, 60, 100_000, 1) });

  it("goes straight into every function that takes an effect covariance", () => {
    const at = { effects: learned, sampling: { ...UNIT }, n: 20_000 };
    expect(decisionSpeedup(at).speedupProxy).toBeGreaterThan(1);
    expect(predictMacro({ ...at, proxyEffect: 0.05 }).mean).toBeGreaterThan(0);
    expect(
      proxyAssisted({ effects: learned, sampling: { ...UNIT }, nProxy: 20_000, nMacro: 20_000 }),
    ).toBeDefined();
  });

  it("headlines the moments of its own nodes", () => {
    const moments = effectMoments(effectNodes(learned));
    for (const name of ["tauProxy", "tauMacro", "rho", "meanProxy", "meanMacro"] as const) {
      expect(learned[name], `${name}`).toBeCloseTo(moments[name], 12);
    }
  });

  it("holds the truth in its intervals, beside estimates without a prior that agree", () => {
    const { readings, estimates, probabilityRhoPositive } = learned;
    for (const name of ["tauProxy", "tauMacro", "rho"] as const) {
      const { lower, upper } = readings[name].interval;
      expect(lower, `${name}`).toBeLessThan(good[name]);
      expect(upper, `${name}`).toBeGreaterThan(good[name]);
    }
    expect(probabilityRhoPositive).toBeGreaterThan(0.999);
    expect(readings.rSquared.median).toBeCloseTo(readings.rho.median ** 2, 3);
    expect(estimates.reml!.tau[0]).toBeCloseTo(readings.tauProxy.median, 2);
    const { interval } = estimates.reml!.intervals.pairs[0]!.rho;
    expect(interval.lower).toBeLessThan(readings.rho.median);
    expect(interval.upper).toBeGreaterThan(readings.rho.median);
  });

  it("says how much is the prior's", () => {
    const three = estimateEffectCovariance({ experiments: pastOf(good, 3, 5000, 2) });
    expect(codes(three)).toEqual(expect.arrayContaining(["FEW_EXPERIMENTS", "PRIOR_DOMINATES"]));
    expect(codes(learned)).not.toContain("PRIOR_DOMINATES");
    expect(three.sensitivity.map(({ change }) => change)).toHaveLength(4);
    const width = (at: number): number => {
      const { lower, upper } = three.sensitivity[at]!.rho.interval;
      return upper - lower;
    };
    // A uniform correlation leaves more open than LKJ 4.
    expect(width(0)).toBeGreaterThan(width(1));
  });

  it("names a proxy that points the other way", () => {
    const past = pastOf({ tauProxy: 0.04, tauMacro: 0.04, rho: -0.9 }, 60, 100_000, 3);
    expect(codes(estimateEffectCovariance({ experiments: past }))).toContain("WRONG_SIGN");
  });

  it("asks for typical effects on the difference scale, or takes 5 % of the controls' rates", () => {
    const past = pastOf(good, 5, 1e6, 4);
    expect(() => estimateEffectCovariance({ experiments: past, scale: "difference" })).toThrow(
      /prior\.typicalProxyEffect/,
    );
    const arm = (macroOnly: number, microOnly: number, both: number) => ({
      neither: 20_000 - macroOnly - microOnly - both,
      macroOnly,
      microOnly,
      both,
    });
    const counted = estimateEffectCovariance({
      experiments: [0, 60, -40].map((extra) => ({
        control: arm(0, 1600, 400),
        treatment: arm(0, 1600 + 3 * extra, 400 + extra),
      })),
      scale: "difference",
    });
    expect(counted.prior.typicalProxyEffect).toBeCloseTo(0.05 * 0.1, 12);
    expect(counted.prior.typicalMacroEffect).toBeCloseTo(0.05 * 0.02, 12);
  });

  it.each([
    [{ experiments: [] }, "experiments"],
    [{ experiments: pastOf(good, 2, 1e4, 5) }, "experiments"],
    [{ experiments: pastOf(good, 4, 1e4, 5), prior: { lkj: 0 } }, "prior.lkj"],
    [{ experiments: pastOf(good, 4, 1e4, 5), prior: { meanRatio: -1 } }, "prior.meanRatio"],
    [{ experiments: pastOf(good, 4, 1e4, 5), prior: { typicalProxyEffect: 0 } }, "prior.typicalProxyEffect"],
    [{ experiments: pastOf(good, 4, 1e4, 5), confidenceLevel: 1 }, "confidenceLevel"],
  ])("refuses %o by name", (input, field) => {
    try {
      estimateEffectCovariance(input);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError);
      expect((error as DomainError).field).toBe(field);
    }
  });
});
