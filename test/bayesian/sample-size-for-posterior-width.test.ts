import { describe, expect, it } from "vitest";
import {
  sampleSizeForPosteriorWidth,
  type PosteriorWidthSampleSizeOptions,
} from "../../src/bayesian/sample-size-for-posterior-width.ts";
import { probabilityOutside, rateWidthPosterior } from "../../src/bayesian/width-posterior.ts";
import { betaDensity } from "../../src/numerics/beta-density.ts";
import { narrowness } from "../../src/bayesian/width-criterion.ts";
import type { DomainError } from "../../src/core/domain-error.ts";
import { relativeError } from "../support/relative-error.ts";

describe("sampleSizeForPosteriorWidth", () => {
  it.each([
    { prior: { alpha: 20, beta: 380 }, width: 0.02 },
    { prior: { alpha: 20, beta: 380 }, width: 0.3, effect: "lift" },
    {
      prior: { alpha: 2, beta: 38 },
      width: 0.03,
      effect: "rate",
      criterion: "average-coverage",
      allocation: 2,
    },
    { prior: { alpha: 20, beta: 380 }, width: 0.03, criterion: "average-coverage", confidenceLevel: 0.8 },
    { prior: "jeffreys", width: 0.05, criterion: "worst-outcome" },
    { prior: "uniform", width: 0.04, effect: "rate", criterion: "worst-outcome" },
  ] as const)(
    "is the smallest number of units that is enough: %j",
    (options: PosteriorWidthSampleSizeOptions) => {
      const size = sampleSizeForPosteriorWidth(options);
      expect(size.length).toBeLessThanOrEqual(size.width);
      expect(size.coverage).toBeGreaterThanOrEqual(size.confidenceLevel);
      const target = {
        effect: size.effect,
        criterion: size.method,
        width: size.width,
        confidenceLevel: size.confidenceLevel,
      };
      const n = size.control - 1;
      const fewer = { control: n, treatment: Math.ceil(n * size.allocation) };
      expect(narrowness(target, size.prior, fewer).growth).toBeGreaterThan(1);
    },
  );

  it("comes to the normal size of a known rate where the prior is narrow", () => {
    const size = sampleSizeForPosteriorWidth({
      prior: { alpha: 1e5, beta: 9e5 },
      width: 1e-4,
    });
    // z² · 4 · 2 p (1 − p) / width², less the units that the prior stands for.
    const known = (1.959963984540054 ** 2 * 4 * 2 * 0.09) / 1e-8 - 1e6;
    expect(relativeError(size.control, known)).toBeLessThan(1e-4);
  });

  it("needs nothing where the prior is narrow enough", () => {
    const size = sampleSizeForPosteriorWidth({ prior: { alpha: 1e5, beta: 9e5 }, width: 0.01 });
    expect([size.control, size.treatment, size.total]).toEqual([0, 0, 0]);
  });

  it("names what it refuses", () => {
    const fieldOf = (options: unknown): string => {
      try {
        sampleSizeForPosteriorWidth(options as PosteriorWidthSampleSizeOptions);
      } catch (error) {
        return (error as DomainError).field;
      }
      return "";
    };
    const prior = { alpha: 20, beta: 380 };
    expect(fieldOf({ prior, width: 0 })).toBe("width");
    expect(fieldOf({ prior, width: 0.6, effect: "rate" })).toBe("width");
    expect(fieldOf({ prior, width: 1e-20, criterion: "worst-outcome" })).toBe("width");
    expect(fieldOf({ prior, width: 0.1, effect: "lift", criterion: "worst-outcome" })).toBe("criterion");
    expect(fieldOf({ prior: "uniform", width: 0.1, effect: "lift" })).toBe("prior");
    expect(fieldOf({ prior: { alpha: 0.1, beta: 1 }, width: 0.1 })).toBe("prior");
  });
});

describe("the probability outside the best interval of a length", () => {
  it("is that of an interval from an end where the density falls from both: the arcsine law", () => {
    const posterior = rateWidthPosterior(betaDensity(0.5, 0.5));
    for (const length of [0.01, 0.2, 0.45]) {
      const inside = (2 / Math.PI) * Math.asin(Math.sqrt(length));
      expect(relativeError(probabilityOutside(posterior, length), 1 - inside)).toBeLessThan(1e-12);
    }
  });

  it("is that of the interval from the end at which the density is highest", () => {
    // P(p > u) = (1 − u)^9, and the same from the other end.
    expect(
      relativeError(probabilityOutside(rateWidthPosterior(betaDensity(1, 9)), 0.1), 0.9 ** 9),
    ).toBeLessThan(1e-12);
    expect(
      relativeError(probabilityOutside(rateWidthPosterior(betaDensity(9, 1)), 0.1), 0.9 ** 9),
    ).toBeLessThan(1e-12);
  });

  it("is that around the peak of a symmetric density", () => {
    // Beta(2, 2): F(x) = 3x² − 2x³.
    const lower = 0.5 - 0.15;
    const outside = 2 * (3 * lower ** 2 - 2 * lower ** 3);
    expect(
      relativeError(probabilityOutside(rateWidthPosterior(betaDensity(2, 2)), 0.3), outside),
    ).toBeLessThan(1e-12);
  });
});
