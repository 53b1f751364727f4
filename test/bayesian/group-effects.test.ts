import { describe, expect, it } from "vitest";
import { groupEffects, type PosteriorFigures } from "../../src/bayesian/group-effects.ts";
import { spreadPosterior } from "../../src/bayesian/spread-posterior.ts";
import effectsTable from "../reference/experiment/segments.json" with { type: "json" };
import spreadTable from "../reference/bayesian/spread-posterior.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

interface Figures {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

const effectsOf = ({ y, se }: { readonly y: readonly number[]; readonly se: readonly number[] }) =>
  y.map((estimate, k) => ({ estimate, standardError: se[k]! }));

/** As a share of the interval, since estimates and ends may be near 0. */
function errorsOf({ estimate, interval }: PosteriorFigures, expected: Figures): number {
  const errors = [
    estimate - expected.estimate,
    interval.lower - expected.lower,
    interval.upper - expected.upper,
  ].map(Math.abs);
  return Math.max(...errors) / (expected.upper - expected.lower);
}

describe("groupEffects", () => {
  it("has the effects, the average and the prediction of 30 digits, to 1e-8 of the intervals' widths", () => {
    for (const expected of effectsTable.cases) {
      const { effects, average, prediction } = groupEffects(effectsOf(expected), 0.95);
      expected.effects.forEach((effect, k) => {
        expect(errorsOf(effects[k]!, effect)).toBeLessThan(1e-8);
        expect(relativeError(effects[k]!.standardError, effect.standardError)).toBeLessThan(1e-8);
        expect(Math.abs(effects[k]!.kept - effect.kept)).toBeLessThan(1e-9);
      });
      expect(errorsOf(average, expected.average)).toBeLessThan(1e-8);
      const [lower, upper] = expected.prediction as [number, number];
      expect(Math.abs(prediction.lower - lower) / (upper - lower)).toBeLessThan(1e-8);
      expect(Math.abs(prediction.upper - upper) / (upper - lower)).toBeLessThan(1e-8);
    }
  });

  // P(τ > spread) is promised to 1e-7.
  it("has the tails of the spread of 30 digits, and limits that are their quantiles", () => {
    for (const expected of spreadTable.cases) {
      const { spread, probabilityAbove } = groupEffects(effectsOf(expected), 0.95);
      for (const { spread: value, probability } of expected.above) {
        expect(Math.abs(probabilityAbove(value) - probability)).toBeLessThan(1e-7);
      }
      expect(Math.abs(probabilityAbove(spread.median) - 0.5)).toBeLessThan(1e-7);
      expect(Math.abs(probabilityAbove(spread.upper) - 0.05)).toBeLessThan(1e-7);
    }
  });

  it("has nothing above an infinite spread, everything above 0, and no limit for a tail too small to know", () => {
    const posterior = spreadPosterior(effectsOf({ y: [0.03, 0.05, 0.01], se: [0.02, 0.01, 0.03] }));
    expect(posterior.unit).toBe(0.01);
    expect(posterior.probabilityAbove(0)).toBe(1);
    expect(posterior.probabilityAbove(1e6)).toBeLessThan(1e-7);
    expect(posterior.upperLimit(1e-7)).toBe(Infinity);
    expect(posterior.upperLimit(1e-5)).toBeLessThan(Infinity);
    const sum = posterior.weights.reduce((total, weight) => total + weight, 0);
    expect(Math.abs(sum - 1)).toBeLessThan(1e-14);
  });

  it("moves with shift and unit of the effects", () => {
    const effects = effectsOf({ y: [-3, 4, 11], se: [0.5, 0.25, 0.5] });
    const moved = effects.map(({ estimate, standardError }) => ({
      estimate: 7 + 4 * estimate,
      standardError: 4 * standardError,
    }));
    const [before, after] = [groupEffects(effects, 0.9), groupEffects(moved, 0.9)];
    expect(relativeError(after.spread.upper, 4 * before.spread.upper)).toBeLessThan(1e-12);
    expect(relativeError(after.average.interval.lower, 7 + 4 * before.average.interval.lower)).toBeLessThan(
      1e-12,
    );
    expect(relativeError(after.effects[1]!.estimate, 7 + 4 * before.effects[1]!.estimate)).toBeLessThan(
      1e-12,
    );
  });
});
