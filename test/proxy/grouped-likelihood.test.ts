import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/numerics/random.ts";
import type { EffectTable } from "../../src/proxy/effect-table.ts";
import { groupedLikelihood } from "../../src/proxy/grouped-likelihood.ts";
import { randomEffectsLikelihood } from "../../src/proxy/random-effects-likelihood.ts";
import { relativeError } from "../support/relative-error.ts";

/** Experiments whose sampling covariances take turns among some. */
function tableOf(experiments: number, unlike: number, metrics: number, offset: number): EffectTable {
  const random = createRandom(experiments);
  const covariances: number[] = [];
  for (let k = 0; k < experiments; k++) {
    for (let i = 0; i < metrics; i++) {
      for (let j = 0; j < metrics; j++)
        covariances.push((1 + (k % unlike)) * (i === j ? 1e-3 * (1 + i) : 4e-4));
    }
  }
  return {
    scale: "log-lift",
    experiments,
    metrics,
    effects: Float64Array.from({ length: experiments * metrics }, () => offset + 0.05 * random.normal()),
    covariances: Float64Array.from(covariances),
    clusters: [],
  };
}

describe("groupedLikelihood", () => {
  it.each([
    [5, 1, 2, 0],
    [200, 1, 4, 0.01],
    [200, 3, 3, 0],
    [30, 7, 3, 20],
    [6, 6, 3, 0],
  ])("is the likelihood of %d experiments of %d covariances, experiment by experiment", (...shape) => {
    const table = tableOf(...shape);
    const { metrics } = table;
    for (const kind of ["ml", "reml"] as const) {
      for (const size of [0, 1e-8, 1e-3, 1]) {
        const covariance = Float64Array.from({ length: metrics ** 2 }, (_, x) =>
          x % (metrics + 1) === 0 ? size : 0.7 * size,
        );
        const whole = randomEffectsLikelihood(table, kind).at(covariance);
        const grouped = groupedLikelihood(table, kind)(covariance);
        expect(relativeError(grouped.value, whole.value)).toBeLessThan(1e-12);
        whole.mean.forEach((value, i) => expect(relativeError(grouped.mean[i]!, value)).toBeLessThan(1e-10));
        whole.meanCovariance.forEach((value, i) =>
          expect(relativeError(grouped.meanCovariance[i]!, value)).toBeLessThan(1e-12),
        );
      }
    }
  });

  it("is not defined where an experiment's covariance is not positive definite", () => {
    expect(groupedLikelihood(tableOf(5, 1, 2, 0), "ml")(Float64Array.of(1, 2, 2, 1)).value).toBe(-Infinity);
  });
});
