import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { empiricalEffectPrior } from "../../src/bayesian/empirical-effect-prior.ts";
import type { EffectFamily, NormalEffects } from "../../src/bayesian/effect-prior.ts";
import { effectMixture } from "../../src/bayesian/effect-mixture.ts";
import { shrinkEffects } from "../../src/bayesian/shrink-effects.ts";
import { createRandom } from "../../src/numerics/random.ts";
import table from "../reference/bayesian/random-effects.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

const FAMILIES: readonly EffectFamily[] = ["normal", "student-t", "spike-and-normal", "two-normals"];

/** Estimates of which some have no effect and some a large one. */
function pastEffects(count: number, seed: number, none = 0.6, spread = 0.08) {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const standardError = 0.02 + 0.03 * random.uniform();
    const effect = random.uniform() < none ? 0 : spread * random.normal();
    return { estimate: effect + standardError * random.normal(), standardError };
  });
}

describe("empiricalEffectPrior", () => {
  // tau² polished with 30 digits: metafor's own is right to 2e-11.
  it.each(table.cases)(
    "is metafor's random-effects fit by maximum likelihood",
    ({ y, se, tau2, mean, q, pValue }) => {
      const effects = y.map((estimate, i) => ({ estimate, standardError: se[i]! }));
      const found = empiricalEffectPrior({ effects });
      const prior = found.prior as NormalEffects;
      if (tau2 > 0) expect(relativeError(prior.standardDeviation ** 2, tau2)).toBeLessThan(1e-11);
      else expect(prior.standardDeviation).toBe(0);
      expect(Math.abs(prior.mean - mean)).toBeLessThan(1e-12 * Math.max(...y.map(Math.abs)));
      expect(relativeError(found.heterogeneity.q, q)).toBeLessThan(1e-11);
      expect(relativeError(found.heterogeneity.pValue, pValue)).toBeLessThan(1e-10);
    },
  );

  it.each(FAMILIES)("is at a maximum of the marginal likelihood that shrinkEffect gives: %s", (family) => {
    const effects = pastEffects(60, 3);
    const { prior, logLikelihood } = empiricalEffectPrior({ effects, family });
    const logMarginal = (of: typeof prior): number =>
      effects.reduce((sum, effect) => sum + effectMixture(of, effect).logEvidence, 0);
    expect(relativeError(logLikelihood, logMarginal(prior))).toBeLessThan(1e-10);
    for (const [name, value] of Object.entries(prior)) {
      if (typeof value !== "number") continue;
      for (const factor of [0.97, 1.03]) {
        expect(logMarginal({ ...prior, [name]: value * factor })).toBeLessThan(logLikelihood + 1e-12);
      }
    }
  });

  it("finds richer families as likely as the normal one, or likelier", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 3, max: 40 }), (seed, count) => {
        const effects = pastEffects(count, seed);
        const [normal, ...rest] = (["normal", "spike-and-normal", "two-normals"] as const).map(
          (family) => empiricalEffectPrior({ effects, family, mean: 0 }).logLikelihood,
        );
        for (const richer of rest) expect(richer).toBeGreaterThan(normal! - 1e-6);
      }),
      { numRuns: 20 },
    );
  });

  it("moves with the scale and the place of the effects", () => {
    const effects = pastEffects(40, 11);
    const moved = effects.map(({ estimate, standardError }) => ({
      estimate: 1000 * (estimate + 0.3),
      standardError: 1000 * standardError,
    }));
    const prior = empiricalEffectPrior({ effects }).prior as NormalEffects;
    const scaled = empiricalEffectPrior({ effects: moved }).prior as NormalEffects;
    expect(relativeError(scaled.standardDeviation, 1000 * prior.standardDeviation)).toBeLessThan(1e-9);
    expect(relativeError(scaled.mean, 1000 * (prior.mean + 0.3))).toBeLessThan(1e-10);
  });

  it("says that there is no spread where estimates vary less than by chance, and how large it may still be", () => {
    const effects = [0.01, 0.02, 0.015, 0.012].map((estimate) => ({ estimate, standardError: 0.01 }));
    const { prior, parameters, warnings } = empiricalEffectPrior({ effects });
    expect((prior as NormalEffects).standardDeviation).toBe(0);
    expect(parameters[1]).toMatchObject({ estimate: 0, standardError: null, interval: { lower: 0 } });
    expect(parameters[1]!.interval.upper).toBeGreaterThan(0.003);
    expect(warnings.map(({ code }) => code)).toEqual(["NO_SPREAD", "FEW_EFFECTS"]);
  });

  it("finds no spread in estimates that are all the same, whose likelihood is straight", () => {
    const effects = [1, 2, 3].map(() => ({ estimate: 0.1, standardError: 0.1 }));
    const { prior, warnings } = empiricalEffectPrior({ effects });
    expect(prior).toEqual({ family: "normal", mean: 0.1, standardDeviation: 0 });
    expect(warnings.map(({ code }) => code)).toContain("NO_SPREAD");
  });

  it("says so where the shape is not to be told", () => {
    const effects = [-2, -1, 1, 2].map((estimate) => ({ estimate, standardError: 0.5 }));
    const { warnings } = empiricalEffectPrior({ effects, family: "student-t" });
    expect(warnings.map(({ code }) => code)).toContain("SHAPE_NOT_IDENTIFIED");
  });

  it("has profile intervals at which the likelihood has fallen by half the chi-squared quantile", () => {
    const effects = pastEffects(30, 5);
    const fit = empiricalEffectPrior({ effects, mean: 0 });
    const { lower, upper } = fit.parameters[0]!.interval;
    for (const standardDeviation of [lower, upper]) {
      const prior = { family: "normal", mean: 0, standardDeviation } as const;
      const there = effects.reduce((sum, effect) => sum + effectMixture(prior, effect).logEvidence, 0);
      expect(relativeError(2 * (fit.logLikelihood - there), 3.841458820694124)).toBeLessThan(1e-8);
    }
  });

  it.each([
    [{ effects: [] }, "effects"],
    [{ effects: [{ estimate: 1, standardError: 1 }] }, "effects"],
    [
      {
        effects: [
          { estimate: 1, standardError: 0 },
          { estimate: 1, standardError: 1 },
        ],
      },
      "effects[0].standardError",
    ],
    [{ effects: pastEffects(3, 1), family: "cauchy" }, "family"],
    [{ effects: pastEffects(3, 1), mean: Number.NaN }, "mean"],
  ])("refuses %j", (options, field) => {
    expect(() => empiricalEffectPrior(options as never)).toThrow(expect.objectContaining({ field }));
  });
});

describe("shrinkEffects", () => {
  it("uses the prior given, or fits one", () => {
    const effects = pastEffects(25, 2);
    const fitted = shrinkEffects({ effects, family: "normal", mean: 0 });
    const given = shrinkEffects({ effects, prior: fitted.prior });
    expect(given.effects).toEqual(fitted.effects);
    expect(given.fit).toBeNull();
    expect(() => shrinkEffects({ effects, prior: fitted.prior, mean: 0 })).toThrow("beside a prior");
  });
});
