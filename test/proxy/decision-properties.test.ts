import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decisionSpeedup } from "../../src/proxy/decision-speedup.ts";
import type { EffectNode } from "../../src/proxy/effect-covariance.ts";
import { paradoxRisk } from "../../src/proxy/paradox-risk.ts";
import { predictMacro } from "../../src/proxy/predict-macro.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import { surrogateThresholdEffect } from "../../src/proxy/surrogate-threshold-effect.ts";
import { relativeError } from "../support/relative-error.ts";

const logUniform = (from: number, to: number) =>
  fc.double({ min: Math.log(from), max: Math.log(to), noNaN: true }).map(Math.exp);
const correlation = fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(-1, 0, 1));
const positiveRho = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const sampling = fc.record({
  proxy: logUniform(1e-3, 1e3),
  macro: logUniform(1e-3, 1e5),
  correlation,
});
const taus = { tauProxy: logUniform(1e-4, 1), tauMacro: logUniform(1e-5, 1) };
const effects = fc.record({ ...taus, rho: positiveRho });
const anyEffects = fc.record({ ...taus, rho: correlation });
const n = logUniform(1, 1e15);

describe("decisionSpeedup under the sign rule", () => {
  it("falls with n and is at most rho² k_y / k_s", () => {
    fc.assert(
      fc.property(
        effects,
        sampling,
        n,
        fc.double({ min: 1.001, max: 100, noNaN: true }),
        (own, noise, size, factor) => {
          const small = decisionSpeedup({ effects: own, sampling: noise, n: size });
          const large = decisionSpeedup({ effects: own, sampling: noise, n: size * factor });
          expect(large.speedupProxy!).toBeLessThanOrEqual(small.speedupProxy! * (1 + 1e-14));
          expect(small.speedupProxy!).toBeLessThanOrEqual(small.speedupAtSmallN * (1 + 1e-14));
          expect(small.macroEquivalentN!).toBeLessThanOrEqual(small.ceiling!.macroEquivalentN * (1 + 1e-14));
        },
      ),
      { numRuns: 50 },
    );
  });

  it("rises with rho", () => {
    fc.assert(
      fc.property(
        effects,
        sampling,
        n,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (own, noise, size, share) => {
          const lower = { ...own, rho: own.rho * share };
          const high = decisionSpeedup({ effects: own, sampling: noise, n: size });
          const low = decisionSpeedup({ effects: lower, sampling: noise, n: size });
          expect(low.speedupProxy!).toBeLessThanOrEqual(high.speedupProxy!);
          expect(low.gainProxy).toBeLessThanOrEqual(high.gainProxy);
          expect(low.accuracyProxy).toBeLessThanOrEqual(high.accuracyProxy);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("is above 1 exactly below the crossover", () => {
    fc.assert(
      fc.property(effects, sampling, n, (own, noise, size) => {
        const { speedupProxy, crossoverN } = decisionSpeedup({ effects: own, sampling: noise, n: size });
        fc.pre(relativeError(size, crossoverN!) > 1e-9);
        expect(speedupProxy! > 1).toBe(size < crossoverN!);
      }),
      { numRuns: 50 },
    );
  });

  it("turns into its mirror image when the proxy is turned round", () => {
    fc.assert(
      fc.property(effects, sampling, n, (own, noise, size) => {
        const right = decisionSpeedup({ effects: own, sampling: noise, n: size });
        const wrong = decisionSpeedup({ effects: { ...own, rho: -own.rho }, sampling: noise, n: size });
        expect(right.accuracyProxy + wrong.accuracyProxy).toBeCloseTo(1, 14);
        expect(relativeError(wrong.gainProxy, -right.gainProxy)).toBeLessThan(1e-14);
      }),
      { numRuns: 30 },
    );
  });
});

describe("decisions under every rule", () => {
  it("match the gain of the equivalent number of macro units", () => {
    const rule = fc.constantFrom(
      { kind: "sign" } as const,
      { kind: "significance", alpha: 0.05 } as const,
      { kind: "posterior-mean" } as const,
    );
    const size = logUniform(100, 1e6);
    const shift = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(positiveRho, shift, shift, size, rule, (rho, proxy, macro, units, own) => {
        const around = {
          tauProxy: 0.004,
          tauMacro: 0.0008,
          meanProxy: proxy * 0.004,
          meanMacro: macro * 0.0008,
        };
        const input = {
          effects: { ...around, rho },
          sampling: { proxy: 0.18, macro: 0.0392, correlation: 0.4 },
          rule: own,
        };
        const { gainProxy, macroEquivalentN } = decisionSpeedup({ ...input, n: units });
        fc.pre(macroEquivalentN! > 1e-3 && macroEquivalentN! < 1e10);
        const { gainMacro } = decisionSpeedup({ ...input, n: macroEquivalentN! });
        expect(Math.abs(gainMacro - gainProxy)).toBeLessThan(1e-12 * 0.0008);
      }),
      { numRuns: 60 },
    );
  });

  it("earn less than perfect knowledge and more with more macro units", () => {
    fc.assert(
      fc.property(effects, sampling, n, (own, noise, size) => {
        const { byRule } = decisionSpeedup({ effects: own, sampling: noise, n: size });
        const more = decisionSpeedup({ effects: own, sampling: noise, n: size * 2 }).byRule;
        const perfect = own.tauMacro / Math.sqrt(2 * Math.PI);
        for (const rule of ["sign", "significance"] as const) {
          expect(byRule[rule].gainMacro).toBeLessThanOrEqual(more[rule].gainMacro);
          expect(byRule[rule].gainProxy).toBeLessThanOrEqual(perfect * (1 + 1e-15));
          expect(byRule[rule].gainAssisted).toBeGreaterThanOrEqual(byRule[rule].gainMacro * (1 - 1e-12));
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("proxyAssisted with a known covariance", () => {
  it("is never worth less than its own sales", () => {
    // No units at all, or a share that leaves some.
    const share = fc.double({ min: 0, max: 1, noNaN: true }).map((part) => (part < 1e-9 ? 0 : part));
    fc.assert(
      fc.property(anyEffects, sampling, n, share, share, (own, noise, nProxy, matured, shared) => {
        const nMacro = nProxy * matured;
        const { macroEquivalentN, speedupOverMacro, reliability } = proxyAssisted({
          effects: own,
          sampling: noise,
          nProxy,
          nMacro,
          nOverlap: nMacro * shared,
        });
        expect(macroEquivalentN).toBeGreaterThanOrEqual(nMacro);
        expect(speedupOverMacro).toBeGreaterThanOrEqual(1);
        expect(reliability).toBeGreaterThanOrEqual(0);
        expect(reliability).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("is worth what the proxy alone is while there are no sales", () => {
    fc.assert(
      fc.property(effects, sampling, n, (own, noise, size) => {
        const assisted = proxyAssisted({ effects: own, sampling: noise, nProxy: size, nMacro: 0 });
        const { macroEquivalentN } = decisionSpeedup({ effects: own, sampling: noise, n: size });
        expect(relativeError(assisted.macroEquivalentN, macroEquivalentN!)).toBeLessThan(1e-13);
      }),
      { numRuns: 50 },
    );
  });

  it("says the least at the worst of a range of sampling correlations", () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(anyEffects, sampling, n, unit, unit, unit, (own, noise, size, a, b, between) => {
        const [lower, upper] = [Math.min(a, b) * 2 - 1, Math.max(a, b) * 2 - 1];
        const sizes = { nProxy: size, nMacro: size / 2 };
        const worst = proxyAssisted({
          effects: own,
          sampling: { ...noise, correlationRange: { lower, upper } },
          ...sizes,
        });
        const some = proxyAssisted({
          effects: own,
          sampling: { ...noise, correlation: lower + (upper - lower) * between },
          ...sizes,
        });
        expect(worst.macroEquivalentN).toBeLessThanOrEqual(some.macroEquivalentN * (1 + 1e-9));
      }),
    );
  });
});

describe("a posterior of identical nodes", () => {
  it("says what the single node says", () => {
    fc.assert(
      fc.property(effects, sampling, logUniform(10, 1e9), (own, noise, size) => {
        const posterior: EffectNode[] = [1, 2, 3].map((weight) => ({ ...own, weight }));
        const learned = { ...own, source: "learned" as const, posterior };
        const input = { sampling: noise, n: size };
        const single = decisionSpeedup({ effects: own, ...input });
        const many = decisionSpeedup({ effects: learned, ...input });
        expect(relativeError(many.gainProxy, single.gainProxy)).toBeLessThan(1e-13);
        expect(relativeError(many.accuracyAssisted, single.accuracyAssisted)).toBeLessThan(1e-13);
        fc.pre(single.macroEquivalentN! < 1e6 * single.halfReliabilityN.macro);
        expect(relativeError(many.speedupProxy!, single.speedupProxy!)).toBeLessThan(1e-9);
        expect(many.posterior!.speedupProxy.lower).toBe(many.posterior!.speedupProxy.upper);
        const risk = paradoxRisk({ effects: own, ...input });
        expect(
          relativeError(
            paradoxRisk({ effects: learned, ...input }).probabilityMacroLossGivenWin,
            risk.probabilityMacroLossGivenWin,
          ),
        ).toBeLessThan(1e-13);
        const predict = { ...input, proxyEffect: own.tauProxy };
        expect(
          relativeError(
            predictMacro({ effects: learned, ...predict }).interval.lower,
            predictMacro({ effects: own, ...predict }).interval.lower,
          ),
        ).toBeLessThan(1e-9);
        expect(
          relativeError(
            surrogateThresholdEffect({ effects: learned, ...input }).steObservedEffect,
            surrogateThresholdEffect({ effects: own, ...input }).steObservedEffect,
          ),
        ).toBeLessThan(1e-9);
      }),
      { numRuns: 30 },
    );
  });
});
