import { describe, expect, it } from "vitest";
import type { EffectPrior } from "../../src/bayesian/effect-prior.ts";
import { empiricalEffectPrior } from "../../src/bayesian/empirical-effect-prior.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import { decisionSpeedup } from "../../src/proxy/decision-speedup.ts";
import { type EffectPopulation, populationComponents } from "../../src/proxy/effect-population.ts";
import { fitEffectPopulation } from "../../src/proxy/fit-effect-population.ts";
import type { PastEffects } from "../../src/proxy/past-experiment.ts";
import { relativeError } from "../support/relative-error.ts";

/** Estimates of effects whose standard deviation is a number of standard errors, drawn from a population. */
function pastEffects(population: EffectPopulation, count: number, seed: number, tau = 5) {
  const random = createRandom(seed);
  const components = populationComponents(population, true) ?? [{ weight: 1, spread: 1 }];
  return Array.from({ length: count }, () => {
    const standardError = 0.8 + 0.4 * random.uniform();
    const effect = tau * spreadOf(components, random) * random.normal();
    return { estimate: effect + standardError * random.normal(), standardError };
  });
}

function spreadOf(components: readonly { weight: number; spread: number }[], random: Random): number {
  let left = random.uniform();
  for (const { weight, spread } of components) {
    left -= weight;
    if (left < 0) return spread;
  }
  return components.at(-1)!.spread;
}

function parametersOf(population: EffectPopulation | null): number[] {
  return Object.values(population ?? {}).filter((value) => typeof value === "number");
}

const WORLDS: readonly [EffectPopulation, number[]][] = [
  [{ family: "spike-and-normal", probabilityOfNoEffect: 0.7 }, [0.06]],
  [{ family: "student-t", degreesOfFreedom: 4 }, [1.2]],
  [{ family: "two-normals", wideProbability: 0.2, spreadRatio: 8 }, [0.05, 1.5]],
];

describe("fitEffectPopulation", () => {
  it.each(WORLDS)(
    "finds %j again in 1,000 simulated effects, and prefers it to the others",
    (world, near) => {
      const { population, family, tau } = fitEffectPopulation({
        effects: pastEffects(world, 1000, 4),
      });
      expect(family).toBe(world.family);
      parametersOf(population).forEach((value, i) => {
        expect(Math.abs(value - parametersOf(world)[i]!)).toBeLessThan(near[i]!);
      });
      expect(relativeError(tau, 5)).toBeLessThan(0.1);
    },
  );

  it("keeps the normal one in most samples of normal effects, whether 30 or 150", () => {
    for (const count of [30, 150]) {
      const kept = Array.from(
        { length: 10 },
        (_, seed) =>
          fitEffectPopulation({ effects: pastEffects({ family: "normal" }, count, seed + 1) }).family,
      ).filter((family) => family === "normal");
      expect(kept.length).toBeGreaterThanOrEqual(7);
    }
  });

  it.each([undefined, 0, 0.7])(
    "has the likelihoods, criteria and spreads of empiricalEffectPrior, with the mean held at %s",
    (mean) => {
      const effects = pastEffects({ family: "spike-and-normal", probabilityOfNoEffect: 0.4 }, 80, 3);
      for (const found of fitEffectPopulation({ effects, mean }).families) {
        const { prior, logLikelihood, aic } = empiricalEffectPrior({ effects, family: found.family, mean });
        expect([found.logLikelihood, found.aic]).toEqual([logLikelihood, aic]);
        if (found.population === null) continue;
        const { variance, centre } = momentsOf(prior);
        expect(relativeError(found.tau!, Math.sqrt(variance))).toBeLessThan(1e-14);
        expect(Math.abs(found.mean - centre)).toBeLessThan(1e-14);
      }
    },
  );

  it("reads either metric of past experiments, by effects or by counts, and says when they share a control", () => {
    const random = createRandom(5);
    const experiments = Array.from({ length: 12 }, (): PastEffects => {
      const [s11, s22] = [0.01 + 0.01 * random.uniform(), 0.1 + 0.1 * random.uniform()];
      return {
        proxyEffect: random.normal(),
        macroEffect: random.normal(),
        covariance: [
          [s11, 0.01],
          [0.01, s22],
        ],
      };
    });
    for (const metric of ["proxy", "macro"] as const) {
      const effects = experiments.map(({ proxyEffect, macroEffect, covariance }) => ({
        estimate: metric === "proxy" ? proxyEffect : macroEffect,
        standardError: Math.sqrt(metric === "proxy" ? covariance[0]![0]! : covariance[1]![1]!),
      }));
      expect(fitEffectPopulation({ experiments, metric })).toEqual(fitEffectPopulation({ effects }));
    }
    const control = { neither: 900, microOnly: 70, macroOnly: 0, both: 30 };
    const arms = [60, 80, 100].map((microOnly) => ({
      control,
      treatment: { ...control, microOnly },
      cluster: "autumn",
    }));
    const { count, warnings } = fitEffectPopulation({ experiments: arms });
    expect(count).toBe(3);
    expect(warnings.map(({ code }) => code)).toContain("SHARED_CONTROLS");
  });

  it("goes into an effect covariance whatever was found", () => {
    const sampling = { proxy: 18, macro: 98, correlation: 0.4 };
    for (const [world] of WORLDS) {
      const { families } = fitEffectPopulation({ effects: pastEffects(world, 40, 11), mean: 0 });
      for (const { population } of families) {
        if (population === null) continue;
        const effects = { tauProxy: 0.05, tauMacro: 0.04, rho: 0.8, population };
        const { gainProxy, gainAssisted } = decisionSpeedup({ effects, sampling, n: 20_000 });
        expect(gainProxy).toBeGreaterThan(0);
        expect(gainAssisted).toBeGreaterThanOrEqual(gainProxy);
      }
    }
  });

  it("does not take a family without a covariance, and says that it fits better", () => {
    const random = createRandom(3);
    const effects = Array.from({ length: 200 }, () => ({
      estimate: 10 * Math.tan(Math.PI * (random.uniform() - 0.5)),
      standardError: 1,
    }));
    const { family, families, warnings } = fitEffectPopulation({ effects });
    const heavy = families.find((fit) => fit.family === "student-t")!;
    expect(heavy).toMatchObject({ population: null, tau: null, status: "undetermined" });
    expect(family).not.toBe("student-t");
    expect(warnings.map(({ code }) => code)).toContain("NO_COVARIANCE");
  });

  it("says that effects without spread have no shape", () => {
    const effects = [0.01, 0.02, 0.015, 0.012].map((estimate) => ({ estimate, standardError: 0.01 }));
    const { family, tau, warnings } = fitEffectPopulation({ effects });
    expect([family, tau]).toEqual(["normal", 0]);
    expect(warnings.map(({ code }) => code)).toEqual(["NO_SPREAD", "FEW_EFFECTS"]);
  });

  it.each([
    [{ effects: [] }, "effects"],
    [{ effects: [{ estimate: 1, standardError: 0 }] }, "effects[0].standardError"],
    [{ effects: pastEffects({ family: "normal" }, 2, 1) }, "effects"],
    [{ effects: pastEffects({ family: "normal" }, 3, 1), mean: Infinity }, "mean"],
    [{ experiments: [] }, "experiments"],
    [{ experiments: [], metric: "sales" }, "metric"],
  ])("refuses %j", (input, field) => {
    expect(() => fitEffectPopulation(input as never)).toThrow(expect.objectContaining({ field }));
  });
});

function momentsOf(prior: EffectPrior): { variance: number; centre: number } {
  switch (prior.family) {
    case "normal":
      return { variance: prior.standardDeviation ** 2, centre: prior.mean };
    case "student-t": {
      const { scale, degreesOfFreedom: df } = prior;
      return { variance: df === Infinity ? scale ** 2 : (scale ** 2 * df) / (df - 2), centre: prior.mean };
    }
    case "spike-and-normal": {
      const moving = 1 - prior.probabilityOfNoEffect;
      return { variance: moving * prior.standardDeviation ** 2, centre: moving * prior.mean };
    }
    case "two-normals": {
      const { narrowStandardDeviation: narrow, wideStandardDeviation: wide, wideProbability: share } = prior;
      return { variance: (1 - share) * narrow ** 2 + share * wide ** 2, centre: prior.mean };
    }
  }
}
