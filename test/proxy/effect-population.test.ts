import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { mixtureMean, mixtureTail } from "../../src/numerics/normal-mixture.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { decisionSpeedup } from "../../src/proxy/decision-speedup.ts";
import { type EffectCovariance, effectNodes } from "../../src/proxy/effect-covariance.ts";
import { type EffectPopulation, populationComponents } from "../../src/proxy/effect-population.ts";
import { macroMixture, shareWithoutEffect } from "../../src/proxy/macro-posterior.ts";
import { paradoxRisk } from "../../src/proxy/paradox-risk.ts";
import { predictMacro } from "../../src/proxy/predict-macro.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import { proxyOnly } from "../../src/proxy/sample-sizes.ts";
import { shippingOutcome } from "../../src/proxy/shipping-rule.ts";
import { surrogateThresholdEffect } from "../../src/proxy/surrogate-threshold-effect.ts";
import { relativeError } from "../support/relative-error.ts";

const effects = { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8, scale: "difference" } as const;
const sampling = { proxy: 0.18, macro: 0.0392, correlation: 3 / 7 };
const n = 20_000;

const SPIKE: EffectPopulation = { family: "spike-and-normal", probabilityOfNoEffect: 0.7 };
const HEAVY: EffectPopulation = { family: "student-t", degreesOfFreedom: 4 };

interface Case {
  readonly population: EffectPopulation;
  readonly tauProxy: number;
  readonly tauMacro: number;
  readonly rho: number;
  readonly error: number;
  readonly threshold: number;
  readonly estimate: number;
  readonly [figure: string]: unknown;
}

const { cases } = JSON.parse(
  readFileSync(new URL("../reference/proxy/effect-population.json", import.meta.url), "utf8"),
) as { readonly cases: readonly Case[] };

describe("populations against mpmath", () => {
  it("hold 1e-12 relative in what a proxy rule earns and ships, t down to 2.5 degrees of freedom", () => {
    for (const { population, tauProxy, tauMacro, rho, error, threshold, ...figures } of cases) {
      const nodes = effectNodes({ tauProxy, tauMacro, rho, population });
      const rule = { proxy: 1, macro: 0, threshold, noise: error ** 2 };
      const { gain, shipShare, wrongShipShare } = shippingOutcome(nodes, rule);
      expect(relativeError(gain, Number(figures["gain"]))).toBeLessThan(1e-12);
      expect(relativeError(shipShare, Number(figures["shipShare"]))).toBeLessThan(1e-12);
      expect(relativeError(wrongShipShare, Number(figures["wrongShipShare"]))).toBeLessThan(1e-12);
    }
  });

  it("hold 1e-11 relative in the posterior of the macro effect", () => {
    for (const { population, tauProxy, tauMacro, rho, error, estimate, ...figures } of cases) {
      const nodes = effectNodes({ tauProxy, tauMacro, rho, population });
      const noise = { proxy: error ** 2, macro: 1, correlation: 0 };
      const mixture = macroMixture(nodes, noise, proxyOnly(1), { proxy: estimate, macro: 0 });
      const got = {
        mean: mixtureMean(mixture),
        probabilityPositive: mixtureTail(mixture, 0, "upper"),
        probabilityNegative: mixtureTail(mixture, 0, "lower"),
        probabilityOfNoEffect: shareWithoutEffect(mixture),
      };
      for (const [name, value] of Object.entries(got)) {
        expect(relativeError(value, Number(figures[name]))).toBeLessThan(1e-11);
      }
    }
  });
});

/** Everything that reads a population, in figures alone. */
function everyFigure(own: EffectCovariance): unknown {
  const all = [
    decisionSpeedup({ effects: own, sampling, n, macroEffect: 0.001 }),
    proxyAssisted({ effects: own, sampling, n, proxyEffect: 0.005, macroEffect: 0.001 }),
    predictMacro({ effects: own, sampling, n, proxyEffect: 0.005 }),
    paradoxRisk({ effects: own, sampling, n, proxyEffect: 0.005 }),
    surrogateThresholdEffect({ effects: own, sampling, n }),
  ];
  return all.map((result) => ({ ...result, assumptions: [] }));
}

describe("populations that are normal after all", () => {
  it("are read bit for bit as the normal one", () => {
    const populations: readonly EffectPopulation[] = [
      { family: "normal" },
      { family: "spike-and-normal", probabilityOfNoEffect: 0 },
      { family: "student-t", degreesOfFreedom: Infinity },
      { family: "two-normals", wideProbability: 0.3, spreadRatio: 1 },
      { family: "two-normals", wideProbability: 0, spreadRatio: 5 },
      { family: "scale-mixture", components: [{ weight: 3, spread: 0.02 }] },
    ];
    for (const population of populations) {
      expect(everyFigure({ ...effects, population })).toStrictEqual(everyFigure(effects));
    }
  });

  it("are approached by t with many degrees of freedom", () => {
    const many = { ...effects, population: { family: "student-t", degreesOfFreedom: 1e6 } } as const;
    const own = decisionSpeedup({ effects: many, sampling, n });
    const normal = decisionSpeedup({ effects, sampling, n });
    expect(relativeError(own.gainProxy, normal.gainProxy)).toBeLessThan(1e-5);
    expect(relativeError(own.speedupProxy!, normal.speedupProxy!)).toBeLessThan(1e-4);
  });
});

describe("the components of a population", () => {
  it("have weights that sum to 1, the mean square spread of the whole and its mean", () => {
    const populations: readonly EffectPopulation[] = [
      SPIKE,
      HEAVY,
      { family: "two-normals", wideProbability: 0.1, spreadRatio: 6 },
      {
        family: "scale-mixture",
        components: [
          { weight: 2, spread: 0 },
          { weight: 1, spread: 0.1 },
          { weight: 1, spread: 0.7 },
        ],
      },
    ];
    for (const population of populations) {
      const components = populationComponents(population, false)!;
      const sum = (f: (component: (typeof components)[number]) => number): number =>
        components.reduce((total, component) => total + component.weight * f(component), 0);
      expect(sum(() => 1)).toBeCloseTo(1, 13);
      expect(sum(({ spread }) => spread ** 2)).toBeCloseTo(1, 13);
      expect(sum(({ meanShare }) => meanShare)).toBeCloseTo(1, 13);
    }
  });

  it("are the same by their own name and as a scale mixture", () => {
    const named: EffectPopulation = { family: "two-normals", wideProbability: 0.25, spreadRatio: 3 };
    const components = [
      { weight: 0.75, spread: 1 },
      { weight: 0.25, spread: 3 },
    ];
    expect(populationComponents({ family: "scale-mixture", components }, false)).toStrictEqual(
      populationComponents(named, false),
    );
  });
});

describe("what a population changes", () => {
  it("leaves the weights and the reliability of an assisted decision as they are", () => {
    const normal = proxyAssisted({ effects, sampling, nProxy: n, nMacro: 8000 });
    for (const population of [SPIKE, HEAVY]) {
      const own = proxyAssisted({ effects: { ...effects, population }, sampling, nProxy: n, nMacro: 8000 });
      expect(own.weights).toStrictEqual(normal.weights);
      expect(own.reliability).toBe(normal.reliability);
      expect(own.expectedGain).not.toBe(normal.expectedGain);
    }
  });

  it("shrinks an ordinary estimate more than the normal one does, and lets a large one through", () => {
    const ratio = (population: EffectPopulation, proxyEffect: number): number => {
      const read = (own: EffectCovariance): number =>
        predictMacro({ effects: own, sampling, n, proxyEffect }).mean;
      return read({ ...effects, population }) / read(effects);
    };
    for (const population of [SPIKE, HEAVY]) {
      expect(ratio(population, 0.003)).toBeLessThan(1);
      expect(ratio(population, 0.02)).toBeGreaterThan(1.1);
    }
  });

  it("has changes without effect in neither tail, and no smallest safe effect below the interval's point", () => {
    const own = { ...effects, population: SPIKE };
    const { posterior } = proxyAssisted({ effects: own, sampling, n, proxyEffect: 0.002, macroEffect: 0 });
    const { probabilityPositive, probabilityNegative, probabilityOfNoEffect, interval } = posterior!;
    expect(probabilityPositive + probabilityNegative + probabilityOfNoEffect).toBeCloseTo(1, 14);
    expect(probabilityOfNoEffect).toBeGreaterThan(0.7);
    expect(interval.lower).toBeLessThanOrEqual(0);
    const { steObservedEffect } = surrogateThresholdEffect({ effects: own, sampling, n });
    const at = (proxyEffect: number): number =>
      predictMacro({ effects: own, sampling, n, proxyEffect }).interval.lower;
    expect(at(steObservedEffect * 1.0001)).toBeGreaterThan(0);
    expect(at(steObservedEffect * 0.9999)).toBeLessThanOrEqual(0);
  });
});

describe("a population over a posterior", () => {
  it("is averaged over the nodes", () => {
    const posterior = [0.5, 0.7, 0.9].map((rho, i) => ({ ...effects, rho, weight: i + 1 }));
    const learned: EffectCovariance = { ...effects, source: "learned", posterior, population: SPIKE };
    const average = (f: (own: EffectCovariance) => number): number =>
      posterior.reduce((sum, { weight, ...own }) => sum + (weight / 6) * f({ ...own, population: SPIKE }), 0);
    const read = (own: EffectCovariance): number => decisionSpeedup({ effects: own, sampling, n }).gainProxy;
    expect(relativeError(read(learned), average(read))).toBeLessThan(1e-14);
    const loss = (own: EffectCovariance): number =>
      predictMacro({ effects: own, sampling, n, proxyEffect: 0.005 }).probabilityMacroLoss;
    expect(relativeError(loss(learned), average(loss))).toBeLessThan(1e-13);
  });
});

describe("a simulated world of changes of which most do nothing", () => {
  it("earns, ships and errs as the closed forms say", () => {
    const DRAWS = 200_000;
    const random = createRandom(77);
    const own: EffectCovariance = { ...effects, population: SPIKE };
    const result = proxyAssisted({
      effects: own,
      sampling: { ...sampling, correlation: 0 },
      n,
      shipThreshold: 0.8,
    });
    const { proxy, macro, intercept } = result.weights;
    // The linear rule that stands behind the figures: the posterior mean above so many root mean square errors.
    const error = effects.tauMacro * Math.sqrt(1 - result.reliability);
    let gain = 0;
    let ships = 0;
    let losses = 0;
    let falseShips = 0;
    let nothing = 0;
    for (let i = 0; i < DRAWS; i++) {
      const moves = random.uniform() >= 0.7;
      const [a, b] = [random.normal(), random.normal()];
      const spread = moves ? 1 / Math.sqrt(0.3) : 0;
      const s = spread * effects.tauProxy * a;
      const y = spread * effects.tauMacro * (effects.rho * a + Math.sqrt(1 - effects.rho ** 2) * b);
      const estimate =
        intercept +
        proxy * (s + Math.sqrt(sampling.proxy / n) * random.normal()) +
        macro * (y + Math.sqrt(sampling.macro / n) * random.normal());
      const shipped = estimate > 0.8416212335729142 * error;
      if (!moves) nothing += 1;
      if (!shipped) continue;
      gain += y;
      ships += 1;
      if (y < 0) losses += 1;
      if (!moves) falseShips += 1;
    }
    const bound = (p: number, count: number): number => 5 * Math.sqrt((p * (1 - p)) / count);
    expect(Math.abs(gain / DRAWS - result.expectedGain)).toBeLessThan(
      5 * (effects.tauMacro / Math.sqrt(DRAWS)),
    );
    expect(Math.abs(losses / ships - result.wrongShipShare)).toBeLessThan(
      bound(result.wrongShipShare, ships),
    );
    expect(Math.abs(falseShips / nothing - result.falseShipRate)).toBeLessThan(
      bound(result.falseShipRate, nothing),
    );
  });
});

describe("broken populations", () => {
  it("are refused by the name of what is broken", () => {
    const bad: readonly [unknown, string][] = [
      [{ family: "cauchy" }, "effects.population.family"],
      [{ family: "student-t", degreesOfFreedom: 2 }, "effects.population.degreesOfFreedom"],
      [{ family: "spike-and-normal", probabilityOfNoEffect: 1 }, "effects.population.probabilityOfNoEffect"],
      [{ family: "two-normals", wideProbability: 0.5, spreadRatio: 0.5 }, "effects.population.spreadRatio"],
      [{ family: "scale-mixture", components: [] }, "effects.population.components"],
      [
        { family: "scale-mixture", components: [{ weight: 1, spread: -1 }] },
        "effects.population.components[0].spread",
      ],
      [[], "effects.population"],
    ];
    for (const [population, field] of bad) {
      const own = { ...effects, population } as EffectCovariance;
      expect(() => decisionSpeedup({ effects: own, sampling, n })).toThrow(DomainError);
      expect(() => decisionSpeedup({ effects: own, sampling, n })).toThrow(`${field} `);
    }
  });
});
