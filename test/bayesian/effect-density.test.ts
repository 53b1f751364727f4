import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compareBetaBinomial } from "../../src/bayesian/compare-beta-binomial.ts";
import { compareGammaPoisson } from "../../src/bayesian/compare-gamma-poisson.ts";
import { compareNormal } from "../../src/bayesian/compare-normal.ts";
import {
  type ConjugateComparison,
  densitiesAt,
  type DensityPoint,
  effectDensity,
  effectModel,
} from "../../src/bayesian/effect-density.ts";
import { relativeError } from "../support/relative-error.ts";

interface Case {
  readonly family: "beta" | "gamma" | "normal";
  readonly control: readonly [number, number, number, number];
  readonly treatment: readonly [number, number, number, number];
  readonly effect: "lift" | "difference";
  readonly values: readonly number[];
  readonly densities: readonly number[];
}

const { cases } = JSON.parse(
  readFileSync(new URL("../reference/bayesian/effect-density.json", import.meta.url), "utf8"),
) as { readonly cases: readonly Case[] };

/** Without data posteriors are the priors. */
function comparisonOf({ family, control: c, treatment: t }: Case): ConjugateComparison {
  switch (family) {
    case "beta": {
      const none = { n: 0, conversions: 0 };
      const prior = { control: { alpha: c[0], beta: c[1] }, treatment: { alpha: t[0], beta: t[1] } };
      return compareBetaBinomial({ control: none, treatment: none, prior });
    }
    case "gamma": {
      const none = { n: 0, events: 0 };
      const prior = { control: { shape: c[0], rate: c[1] }, treatment: { shape: t[0], rate: t[1] } };
      return compareGammaPoisson({ control: none, treatment: none, prior });
    }
    case "normal": {
      const none = { n: 0, mean: 0, variance: 0 };
      const of = ([mu, kappa, alpha, beta]: Case["control"]): object => ({ mu, kappa, alpha, beta });
      const prior = { control: of(c), treatment: of(t) } as never;
      // With few degrees of freedom the control may be below 0, and the lift is read at a level that allows for it.
      return compareNormal({ control: none, treatment: none, prior, confidenceLevel: 0.9 });
    }
  }
}

/** The integral by trapezoids, from the first point to the last. */
function massOf(points: readonly DensityPoint[]): number {
  return points.slice(1).reduce((sum, { value, density }, i) => {
    const before = points[i]!;
    return sum + ((value - before.value) * (density + before.density)) / 2;
  }, 0);
}

describe("the density of an effect", () => {
  it.each(cases.map((one) => [`${one.family}, ${one.effect}, ${one.control.join(" ")}`, one] as const))(
    "is that of mpmath to 1e-11: %s",
    (_, one) => {
      const comparison = comparisonOf(one);
      const model = effectModel(comparison, comparison.posterior, one.effect)!;
      densitiesAt(one.values, model).forEach(({ density }, k) => {
        expect(relativeError(density, one.densities[k]!)).toBeLessThan(1e-11);
      });
    },
  );

  it.each(cases.map((one) => [`${one.family}, ${one.effect}, ${one.control.join(" ")}`, one] as const))(
    "is shown where nearly all of it lies: %s",
    (_, one) => {
      const { posterior } = effectDensity(comparisonOf(one), one.effect);
      expect(posterior.every(({ density }) => density >= 0)).toBe(true);
      const mass = massOf(posterior);
      expect(mass).toBeGreaterThan(0.97);
      expect(mass).toBeLessThan(1.02);
    },
  );

  it("has the prior beside it where that weighs more than a flat one", () => {
    const arms = { control: { n: 500, conversions: 20 }, treatment: { n: 500, conversions: 29 } };
    const informed = compareBetaBinomial({ ...arms, prior: { alpha: 50, beta: 950 } });
    const { prior, posterior } = effectDensity(informed, "lift");
    const none = { n: 0, conversions: 0 };
    const before = compareBetaBinomial({ control: none, treatment: none, prior: { alpha: 50, beta: 950 } });
    const values = posterior.map(({ value }) => value);
    expect(prior).toEqual(densitiesAt(values, effectModel(before, before.posterior, "lift")!));
    expect(effectDensity(compareBetaBinomial(arms), "lift").prior).toBeNull();
    const means = {
      control: { n: 100, mean: 10, variance: 16 },
      treatment: { n: 100, mean: 11, variance: 17 },
    };
    expect(effectDensity(compareNormal(means), "lift").prior).toBeNull();
    const counts = { control: { n: 100, events: 12 }, treatment: { n: 100, events: 15 } };
    expect(effectDensity(compareGammaPoisson(counts), "difference").prior).toBeNull();
  });

  it("reaches as far for every level of its interval", () => {
    const arms = { control: { n: 5000, conversions: 200 }, treatment: { n: 5000, conversions: 230 } };
    const ends = [0.5, 0.95, 0.9999].map((confidenceLevel) => {
      const { posterior } = effectDensity(compareBetaBinomial({ ...arms, confidenceLevel }), "difference");
      return posterior.at(-1)!.value;
    });
    expect(relativeError(ends[0]!, ends[1]!)).toBeLessThan(0.02);
    expect(relativeError(ends[2]!, ends[1]!)).toBeLessThan(0.02);
  });

  it("has points inside of its range alone, where a lift of -100 % is all but sure", () => {
    const comparison = compareBetaBinomial({
      control: { n: 10, conversions: 3 },
      treatment: { n: 10, conversions: 0 },
      prior: { alpha: 0.1, beta: 0.1 },
    });
    const { posterior } = effectDensity(comparison, "lift");
    expect(posterior.every(({ value, density }) => value > -1 && Number.isFinite(density))).toBe(true);
  });
});
