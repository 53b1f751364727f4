import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { decisionSpeedup } from "../../src/proxy/decision-speedup.ts";
import { paradoxRisk } from "../../src/proxy/paradox-risk.ts";
import { predictMacro } from "../../src/proxy/predict-macro.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import { surrogateThresholdEffect } from "../../src/proxy/surrogate-threshold-effect.ts";
import { surrogateThresholdFromLine } from "../../src/proxy/surrogate-threshold-from-line.ts";

const effects = { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8 };
const sampling = { proxy: 0.18, macro: 0.0392, correlation: 3 / 7 };
const n = 20_000;
const codes = (result: { readonly warnings: readonly { readonly code: string }[] }): string[] =>
  result.warnings.map(({ code }) => code);

/** Every number inside a result, by its path. */
function numbers(value: unknown, path = ""): [string, number][] {
  if (typeof value === "number") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, own]) => numbers(own, `${path}.${key}`));
}

describe("no result holds a NaN", () => {
  const rhos = [-1, -0.5, 0, 1 - 1e-12, 1];
  const sizes = [1e-3, 1, 1e15];
  const cases = rhos.flatMap((rho) => sizes.map((size) => [rho, size] as const));

  it.each(cases)("at rho %d and n %d", (rho, size) => {
    for (const correlation of [-1, 0, 1]) {
      for (const mean of [0, -0.001]) {
        const own = { ...effects, rho, meanProxy: mean, meanMacro: mean / 5 };
        const posterior = [
          { ...own, weight: 1 },
          { ...own, rho: rho / 2, tauProxy: 0.002, weight: 2 },
        ];
        const noise = { ...sampling, correlation };
        for (const each of [own, { ...own, posterior }]) {
          const given = { effects: each, sampling: noise, n: size, proxyEffect: 0.003 };
          const all = [
            decisionSpeedup({ ...given, macroEffect: 0.0008 }),
            decisionSpeedup({ ...given, rule: { kind: "posterior-mean" } }),
            proxyAssisted({ ...given, macroEffect: 0.001 }),
            proxyAssisted({ effects: each, sampling: noise, nProxy: size, nMacro: 0, proxyEffect: 0.003 }),
            predictMacro(given),
            paradoxRisk(given),
            surrogateThresholdEffect(given),
          ];
          for (const [path, value] of numbers(all))
            expect(value, `${path}, mean ${mean}, r ${correlation}`).not.toBeNaN();
          expect(structuredClone(all)).toEqual(all);
        }
      }
    }
  });
});

describe("decisionSpeedup where it cannot or must not answer", () => {
  it("refuses a proxy of the wrong sign, and still says what it loses and what both together are worth", () => {
    const result = decisionSpeedup({ effects: { ...effects, rho: -0.8 }, sampling, n });
    expect(result.status).toBe("undetermined");
    expect(codes(result)).toContain("WRONG_SIGN");
    expect([result.speedupProxy, result.macroEquivalentN, result.ceiling, result.crossoverN]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(result.gainProxy).toBeLessThan(0);
    expect(result.speedupAssisted).toBeGreaterThan(1);
  });

  it("turns a proxy of the wrong sign round when asked to decide by the posterior mean", () => {
    const result = decisionSpeedup({
      effects: { ...effects, rho: -0.8 },
      sampling,
      n,
      rule: { kind: "posterior-mean" },
    });
    expect(result.speedupProxy).toBeCloseTo(2.1246612466124666, 12);
    expect(codes(result)).toContain("WRONG_SIGN");
  });

  it("gives a proxy without correlation no speedup", () => {
    const result = decisionSpeedup({ effects: { ...effects, rho: 0 }, sampling, n });
    expect(result).toMatchObject({
      status: "ok",
      speedupProxy: 0,
      accuracyProxy: 0.5,
      gainProxy: 0,
      crossoverN: 0,
    });
    expect(result.ceiling).toEqual({ accuracy: 0.5, macroEquivalentN: 0 });
    expect(codes(result)).toContain("VANITY_PROXY");
  });

  it("has neither ceiling nor crossover when transmission is certain, and says that nothing shows that", () => {
    const result = decisionSpeedup({ effects: { ...effects, rho: 1 }, sampling, n });
    expect(result.ceiling).toEqual({ accuracy: 1, macroEquivalentN: Infinity });
    expect(result.crossoverN).toBe(Infinity);
    expect(codes(result)).toContain("CERTAIN_TRANSMISSION");
  });

  it("reads at the macro metric's n when the target lies beyond the ceiling", () => {
    const result = decisionSpeedup({ effects, sampling, targetAccuracy: 0.9 });
    expect(result.status).toBe("unbounded");
    expect(result.n).toBe(result.target!.nMacro);
    expect(codes(result)).toContain("TARGET_BEYOND_CEILING");
    expect(result.speedupProxy).toBeLessThan(1);
  });

  it("needs no power of exactly one half, more or less, to solve for a worthwhile effect", () => {
    for (const power of [0.06, 0.5, 0.999]) {
      const { nProxy } = decisionSpeedup({
        effects,
        sampling,
        n,
        macroEffect: 0.004,
        power,
      }).worthwhileEffect!;
      expect(nProxy).toBeGreaterThan(0);
    }
  });

  it("says what share of the posterior leaves the proxy behind sales", () => {
    const posterior = [
      { ...effects, weight: 3 },
      { ...effects, rho: 0.1, weight: 1 },
      { ...effects, rho: -0.2, weight: 1 },
    ];
    const result = decisionSpeedup({ effects: { ...effects, source: "learned", posterior }, sampling, n });
    expect(result.posterior!.shareBelowOne).toBeCloseTo(0.4, 12);
    expect(result.posterior!.speedupProxy.lower).toBe(0);
    expect(result.speedupProxy).toBeLessThan(2.13);
    expect(result.speedupProxy).toBeGreaterThan(0.4);
  });
});

describe("proxyAssisted at its edges", () => {
  it("warns when the proxy only cleans noise from the sales", () => {
    const result = proxyAssisted({ effects: { ...effects, rho: 0.01 }, sampling, n });
    expect(result.weights.proxy).toBeLessThan(0);
    expect(codes(result)).toEqual(["NO_TYPE_I_GUARANTEE", "PROXY_AS_CONTROL_VARIATE"]);
  });

  it("adds nothing with a metric that is the macro metric itself", () => {
    const twin = { tauProxy: 0.0008, tauMacro: 0.0008, rho: 1 };
    const result = proxyAssisted({
      effects: twin,
      sampling: { proxy: 0.04, macro: 0.04, correlation: 1 },
      n,
    });
    expect(result.macroEquivalentN).toBe(n);
    expect(result.weights.proxy).toBe(0);
  });

  it("reports the least favourable posterior over a range of sampling correlations", () => {
    const given = { effects, nProxy: n, nMacro: n, proxyEffect: 0.006, macroEffect: 0.0005 };
    const chance = (correlation: number): number =>
      proxyAssisted({ ...given, sampling: { ...sampling, correlation } }).posterior!.probabilityPositive;
    const open = { ...sampling, correlationRange: { lower: 0, upper: 0.43 } };
    const { posterior } = proxyAssisted({ ...given, sampling: open });
    expect(posterior!.probabilityPositive).toBeLessThanOrEqual(
      Math.min(chance(0), chance(0.2), chance(0.43)),
    );
  });
});

describe("threshold effects that do not exist", () => {
  it("are infinite for a proxy of the wrong sign", () => {
    const result = surrogateThresholdEffect({ effects: { ...effects, rho: -0.5 }, sampling, n });
    expect(result).toMatchObject({
      steObservedEffect: Infinity,
      steTrueEffect: Infinity,
      status: "unbounded",
    });
    expect(codes(result)).toEqual(["NO_SAFE_EFFECT"]);
  });

  it("are infinite when too much of the posterior has the wrong sign", () => {
    const posterior = [
      { ...effects, weight: 9 },
      { ...effects, rho: -0.8, weight: 1 },
    ];
    const given = { effects: { ...effects, posterior }, sampling, n };
    expect(surrogateThresholdEffect({ ...given, confidenceLevel: 0.9 }).steObservedEffect).toBe(Infinity);
    expect(surrogateThresholdEffect({ ...given, confidenceLevel: 0.5 }).steObservedEffect).toBeLessThan(1);
  });

  it("are infinite for a line whose slope is not significantly positive", () => {
    const line = {
      intercept: 0,
      slope: 1,
      interceptVariance: 0.1,
      slopeVariance: 0.5,
      covariance: 0,
      residualVariance: 0.1,
    };
    expect(surrogateThresholdFromLine({ line }).threshold).toBe(Infinity);
    expect(surrogateThresholdFromLine({ line: { ...line, slope: -5 } }).threshold).toBe(Infinity);
  });
});

describe("bad input is refused by the name of its field", () => {
  const refused: [string, () => unknown][] = [
    ["n", () => decisionSpeedup({ effects, sampling, n: 0 })],
    ["n", () => decisionSpeedup({ effects, sampling })],
    ["n", () => decisionSpeedup({ effects, sampling, n: Number.NaN })],
    ["effects.rho", () => decisionSpeedup({ effects: { ...effects, rho: 1.2 }, sampling, n })],
    ["sampling.proxy", () => decisionSpeedup({ effects, sampling: { ...sampling, proxy: -1 }, n })],
    ["targetAccuracy", () => decisionSpeedup({ effects, sampling, targetAccuracy: 0.5 })],
    ["targetAccuracy", () => decisionSpeedup({ effects, sampling, targetAccuracy: 1 })],
    ["rule.alpha", () => decisionSpeedup({ effects, sampling, n, rule: { kind: "significance", alpha: 0 } })],
    ["rule.kind", () => decisionSpeedup({ effects, sampling, n, rule: { kind: "coin" as "sign" } })],
    ["macroEffect", () => decisionSpeedup({ effects, sampling, n, macroEffect: -1 })],
    ["power", () => decisionSpeedup({ effects, sampling, n, macroEffect: 0.1, power: 0.01 })],
    [
      "sampling.scale",
      () =>
        decisionSpeedup({
          effects: { ...effects, scale: "log-lift" },
          sampling: { ...sampling, scale: "difference" },
          n,
        }),
    ],
    ["nProxy", () => proxyAssisted({ effects, sampling, nMacro: 3 })],
    ["nMacro", () => proxyAssisted({ effects, sampling, nProxy: 3 })],
    ["nMacro", () => proxyAssisted({ effects, sampling, nProxy: 3, nMacro: -1 })],
    ["nOverlap", () => proxyAssisted({ effects, sampling, nProxy: 30, nMacro: 20, nOverlap: 25 })],
    ["macroEffect", () => proxyAssisted({ effects, sampling, n, proxyEffect: 0.1 })],
    ["proxyEffect", () => proxyAssisted({ effects, sampling, n, macroEffect: 0.1 })],
    [
      "macroEffect",
      () => proxyAssisted({ effects, sampling, nProxy: n, nMacro: 0, proxyEffect: 1, macroEffect: 1 }),
    ],
    ["shipThreshold", () => proxyAssisted({ effects, sampling, n, shipThreshold: 1 })],
    ["proxyEffect", () => predictMacro({ effects, sampling, n, proxyEffect: Infinity })],
    ["alpha", () => paradoxRisk({ effects, sampling, n, alpha: 2 })],
    ["confidenceLevel", () => surrogateThresholdEffect({ effects, sampling, n, confidenceLevel: 1 })],
    [
      "line.covariance",
      () =>
        surrogateThresholdFromLine({
          line: {
            intercept: 0,
            slope: 1,
            interceptVariance: 1,
            slopeVariance: 1,
            covariance: 2,
            residualVariance: 0,
          },
        }),
    ],
  ];

  it.each(refused)("%s", (field, call) => {
    try {
      call();
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError);
      expect((error as DomainError).field).toBe(field);
      return;
    }
    expect.fail("nothing was thrown");
  });
});
