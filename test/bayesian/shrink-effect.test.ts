import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EffectPrior } from "../../src/bayesian/effect-prior.ts";
import { effectMixture } from "../../src/bayesian/effect-mixture.ts";
import { mixtureLogDensity, mixtureLogTail } from "../../src/numerics/normal-mixture.ts";
import { shrinkEffect } from "../../src/bayesian/shrink-effect.ts";
import { createRandom } from "../../src/numerics/random.ts";
import table from "../reference/bayesian/effect-priors.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";
import { uniformity } from "../support/uniform-histogram.ts";

const logError = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.max(1, Math.abs(expected));

const spread = fc.double({ min: 1e-4, max: 1, noNaN: true });
const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const place = fc.double({ min: -0.1, max: 0.1, noNaN: true });
const anyPrior: fc.Arbitrary<EffectPrior> = fc.oneof(
  fc.record({ family: fc.constant("normal" as const), mean: place, standardDeviation: spread }),
  fc.record({
    family: fc.constant("student-t" as const),
    mean: place,
    scale: spread,
    degreesOfFreedom: fc.double({ min: 1, max: 50, noNaN: true }),
  }),
  fc.record({
    family: fc.constant("spike-and-normal" as const),
    probabilityOfNoEffect: share,
    mean: place,
    standardDeviation: spread,
  }),
  fc.tuple(place, spread, spread, share).map(([mean, one, other, wideProbability]) => ({
    family: "two-normals" as const,
    mean,
    narrowStandardDeviation: Math.min(one, other),
    wideStandardDeviation: Math.max(one, other),
    wideProbability,
  })),
);

describe("shrinkEffect", () => {
  // 1e-12 relative; logs 1e-12 · max(1, |log|). Student's t with hundreds of degrees of freedom, 15 standard errors out:
  // mean and deviation 5e-11 of the deviation, by the rounding of its nodes' weights.
  it.each(table.posteriors)(
    "has the posterior of 25 digits under $prior for $estimate ± $standardError",
    ({ prior, estimate, standardError, out }) => {
      const found = shrinkEffect({ estimate, standardError, prior: prior as EffectPrior });
      expect(logError(found.logEvidence, Number(out.logEvidence))).toBeLessThan(1e-12);
      const deviation = Number(out.standardDeviation);
      const tolerance = (prior.degreesOfFreedom ?? 0) > 100 ? 5e-11 : 1e-12;
      expect(Math.abs(found.estimate - Number(out.mean)) / deviation).toBeLessThan(tolerance);
      expect(relativeError(found.standardError, deviation)).toBeLessThan(tolerance);
      expect(logError(found.logProbabilityNegative, Number(out.logProbabilityNegative))).toBeLessThan(1e-12);
      expect(logError(found.logProbabilityPositive, Number(out.logProbabilityPositive))).toBeLessThan(1e-12);
      expect(relativeError(found.probabilityOfNoEffect, Number(out.probabilityOfNoEffect))).toBeLessThan(
        1e-12,
      );
    },
  );

  it("has intervals of the probability they claim, the highest-density one no longer than any other", () => {
    fc.assert(
      fc.property(anyPrior, place, spread, share, (prior, estimate, standardError, confidenceLevel) => {
        const found = shrinkEffect({ estimate, standardError, prior, confidenceLevel });
        const { components } = effectMixture(prior, { estimate, standardError });
        const inside = ({ lower, upper }: { lower: number; upper: number }): number =>
          1 -
          Math.exp(mixtureLogTail(components, lower, "lower")) -
          Math.exp(mixtureLogTail(components, upper, "upper"));
        const { interval, highestDensityInterval: shortest } = found;
        expect(inside(interval)).toBeGreaterThan(confidenceLevel - 1e-9);
        expect(inside(shortest)).toBeGreaterThan(confidenceLevel - 1e-9);
        expect(shortest.upper - shortest.lower).toBeLessThan(
          (interval.upper - interval.lower) * (1 + 1e-9) + 1e-300,
        );
        const total = found.probabilityNegative + found.probabilityOfNoEffect + found.probabilityPositive;
        expect(Math.abs(total - 1)).toBeLessThan(1e-11);
        expect(found.shrinkageFactor).toBeGreaterThanOrEqual(0);
        expect(found.shrinkageFactor).toBeLessThanOrEqual(1 + 1e-12);
      }),
      { numRuns: 25 },
    );
  });

  it("has the same density at both ends of the highest-density interval where there is one peak", () => {
    const prior = {
      family: "two-normals",
      mean: 0,
      narrowStandardDeviation: 0.02,
      wideStandardDeviation: 0.3,
      wideProbability: 0.4,
    } as const;
    for (const estimate of [0.1, 0.15, -0.12]) {
      const observed = { estimate, standardError: 0.1 };
      const { components } = effectMixture(prior, observed);
      const { lower, upper } = shrinkEffect({ ...observed, prior }).highestDensityInterval;
      const [below, above] = [lower, upper].map((end) => mixtureLogDensity(components, end));
      expect(Math.abs(below! - above!)).toBeLessThan(1e-8);
      // The mixture is skewed, so that the equal-tailed interval is no answer.
      const tails = ["lower", "upper"].map((side, i) =>
        mixtureLogTail(components, i === 0 ? lower : upper, side as "lower" | "upper"),
      );
      expect(Math.abs(tails[0]! - tails[1]!)).toBeGreaterThan(0.1);
    }
  });

  it("mirrors effects, and grows with the estimate", () => {
    fc.assert(
      fc.property(spread, place, spread, (scale, estimate, standardError) => {
        const prior = { family: "student-t", mean: 0, scale, degreesOfFreedom: 4 } as const;
        const meanAt = (seen: number): number => effectMixture(prior, { estimate: seen, standardError }).mean;
        expect(Math.abs(meanAt(estimate) + meanAt(-estimate))).toBeLessThan(1e-12 * standardError);
        expect(meanAt(estimate + standardError)).toBeGreaterThan(meanAt(estimate));
      }),
      { numRuns: 30 },
    );
  });

  it("is calibrated: the posterior cdf at the true effect is uniform, also of effects picked for significance", () => {
    const random = createRandom(17);
    const prior = { family: "student-t", mean: 0.1, scale: 0.5, degreesOfFreedom: 5 } as const;
    const all: number[] = [];
    const picked: number[] = [];
    for (let i = 0; i < 1500; i++) {
      const chi = Array.from({ length: 5 }, () => random.normal() ** 2).reduce((a, b) => a + b);
      const effect = prior.mean + (prior.scale * random.normal()) / Math.sqrt(chi / 5);
      const standardError = 0.2 + random.uniform();
      const estimate = effect + standardError * random.normal();
      const { components } = effectMixture(prior, { estimate, standardError });
      const below = Math.exp(mixtureLogTail(components, effect, "lower"));
      all.push(below);
      if (Math.abs(estimate) > 1.96 * standardError) picked.push(below);
    }
    expect(uniformity(all).pValue).toBeGreaterThan(1e-3);
    expect(uniformity(picked, 10).pValue).toBeGreaterThan(1e-3);
  });

  it("leaves a point where the prior is one, and warns where prior and data disagree", () => {
    const prior = { family: "normal", mean: 0.01, standardDeviation: 0 } as const;
    const found = shrinkEffect({ estimate: 0.5, standardError: 0.05, prior });
    expect(found).toMatchObject({ estimate: 0.01, standardError: 0, median: 0.01, shrinkageFactor: 0 });
    expect(found.interval).toMatchObject({ lower: 0.01, upper: 0.01 });
    expect(found.warnings.map(({ code }) => code)).toEqual(["PRIOR_AND_DATA_DISAGREE"]);
    const mild = shrinkEffect({ estimate: 0.05, standardError: 0.05, prior });
    expect(mild.warnings).toEqual([]);
  });
});
