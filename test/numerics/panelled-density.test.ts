import { describe, expect, it } from "vitest";
import { normalLogPdf, normalLogSf } from "../../src/numerics/normal.ts";
import { halvedDensity } from "../../src/numerics/halved-density.ts";
import { panelledDensity } from "../../src/numerics/panelled-density.ts";
import { relativeError } from "../support/relative-error.ts";

describe("a panelled density", () => {
  // From guesses of place and width that are good and bad: 1e-12 in all tails, logs included.
  it.each([
    { start: 0, width: 1 },
    { start: 3, width: 0.3 },
    { start: -1, width: 4 },
  ])("has the tails of the normal distribution from $start and $width", (guess) => {
    const density = panelledDensity((x) => normalLogPdf(x) + 7, guess);
    expect(density.logTotal).toBeCloseTo(7, 12);
    for (const x of [-3, -0.5, 0, 0.1, 1, 2, 4, 6, 8, 9.5, 12, 40, 300]) {
      const { logProbability } = density.beside(x, "upper");
      const exact = normalLogSf(x);
      expect(Math.abs(logProbability - exact) / Math.max(1, Math.abs(exact))).toBeLessThan(1e-12);
    }
    expect(
      relativeError(
        density.average((x) => x * x),
        1,
      ),
    ).toBeLessThan(1e-12);
    expect(
      relativeError(
        density.averageBeyond(0, "upper", (x) => x),
        1 / Math.sqrt(2 * Math.PI),
      ),
    ).toBeLessThan(1e-12);
  });

  it("has the tails of the logistic distribution, which fall exponentially", () => {
    const density = panelledDensity((x) => -Math.abs(x) - 2 * Math.log1p(Math.exp(-Math.abs(x))), {
      start: 0.4,
      width: 2,
    });
    expect(density.logTotal).toBeCloseTo(0, 12);
    for (const x of [-30, -5, 0, 3, 20, 50, 600]) {
      const { logProbability } = density.beside(x, "upper");
      const exact = x > 0 ? -x - Math.log1p(Math.exp(-x)) : -Math.log1p(Math.exp(x));
      expect(relativeError(logProbability, exact)).toBeLessThan(1e-11);
    }
  });
});

describe("a density in halves", () => {
  it("goes around a pole at 0", () => {
    // |x|^(-1/2) e^-|x|, of which Gamma(1/2) lies on each side.
    const density = halvedDensity((x) => -0.5 * Math.log(Math.abs(x)) - Math.abs(x), {
      start: 0.3,
      width: 1,
    });
    expect(relativeError(Math.exp(density.logTotal), 2 * Math.sqrt(Math.PI))).toBeLessThan(1e-12);
    expect(density.beside(0, "lower").logProbability).toBeCloseTo(-Math.LN2, 12);
    expect(
      relativeError(
        density.averageBeyond(0, "upper", (x) => x),
        0.25,
      ),
    ).toBeLessThan(1e-12);
  });
});
