import { describe, expect, it } from "vitest";
import { normalLogPdf, normalLogSf, normalSf } from "../../src/numerics/normal.ts";
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

describe("a panelled density of the normal distribution", () => {
  /** A density, every point at which its log was asked for, and where the panels laid first end. */
  function watched(log: (x: number) => number, guess = { start: 0, width: 1 }) {
    const points: number[] = [];
    const density = panelledDensity((x) => (points.push(x), log(x)), guess);
    return {
      density,
      points,
      calls: points.length,
      ends: [Math.min(...points), Math.max(...points)] as const,
    };
  }

  it("does not depend on the unit, in digits and in evaluations", () => {
    const { density, calls } = watched(normalLogPdf, { start: 0.4, width: 1.5 });
    expect(calls).toBeLessThan(300);
    for (const unit of [2 ** -40, 2 ** 40]) {
      const scaled = watched((x) => normalLogPdf(x / unit), { start: 0.4 * unit, width: 1.5 * unit });
      expect(scaled.calls).toBe(calls);
      expect(relativeError(Math.exp(scaled.density.logTotal), unit)).toBeLessThan(1e-12);
      for (const x of [-7, -1, 0.3, 5, 20]) {
        const [own, other] = [density.beside(x, "upper"), scaled.density.beside(x * unit, "upper")];
        expect(Math.abs(own.logProbability - other.logProbability)).toBeLessThan(
          1e-12 * Math.max(1, Math.abs(own.logProbability)),
        );
      }
    }
  });

  it("has both tails and its density beyond, at and between the ends of its panels", () => {
    const { density, ends } = watched(normalLogPdf);
    for (const x of [...ends, ends[0] - 5, ends[1] + 5, -1, 0, 1]) {
      for (const side of ["lower", "upper"] as const) {
        const { logProbability, logDensity } = density.beside(x, side);
        const exact = normalLogSf(side === "upper" ? x : -x);
        expect(Math.abs(logProbability - exact)).toBeLessThan(1e-12 * Math.max(1, Math.abs(exact)));
        expect(Math.abs(logDensity - normalLogPdf(x))).toBeLessThan(1e-11 * Math.max(1, x * x));
      }
      // The mean beyond x is the density there; below x it is the same with the other sign.
      const mean = density.averageBeyond(x, "upper", (y) => y);
      expect(Math.abs(mean - Math.exp(normalLogPdf(x)))).toBeLessThan(1e-15 + 1e-12 * mean);
      expect(density.averageBeyond(x, "lower", (y) => y)).toBeCloseTo(-mean, 12);
    }
  });

  it("asks nothing new for points whose tails its panels hold", () => {
    const { density, points, calls } = watched(normalLogPdf);
    for (const x of [-4, -1, 0, 1, 4]) {
      density.beside(x, "upper");
      density.averageBeyond(x, "lower", (y) => y);
    }
    density.average((y) => y);
    expect(points).toHaveLength(calls);
    // A tail of 1e-7 is laid on its own, and a point beyond all panels is asked for itself.
    density.beside(5.5, "upper");
    expect(points.length).toBeGreaterThan(calls);
  });

  it("gives up digits where the log has none, and not before", () => {
    // Noise of 1e-9, which no polynomial follows.
    const noisy = (x: number): number => normalLogPdf(x) + 1e-9 * Math.sin(1e12 * x);
    const { density, calls } = watched(noisy);
    expect(calls).toBeLessThan(3000);
    expect(Math.abs(density.logTotal)).toBeLessThan(1e-8);
    for (const x of [-3, 0, 2, 6, 12]) {
      const { logProbability } = density.beside(x, "upper");
      expect(Math.abs(logProbability - normalLogSf(x))).toBeLessThan(1e-8);
    }
  });

  it("ends where the density does", () => {
    const cut = (x: number): number => (x <= 1 ? normalLogPdf(x) : -Infinity);
    const { density } = watched(cut);
    const below = normalLogSf(-1);
    expect(Math.abs(density.logTotal - below)).toBeLessThan(1e-12);
    const { logProbability } = density.beside(0, "lower");
    expect(Math.abs(logProbability - (Math.log(0.5) - below))).toBeLessThan(1e-12);
    // An average is not asked for where there is no density.
    expect(density.average((x) => (x > 1 + 1e-9 ? Infinity : 1))).toBeCloseTo(1, 12);
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

  it("has the tails and averages of both halves, from either side of 0", () => {
    // |x|^(-1/2) e^-|x| on the right, and twice as wide a one on the left: P(X > x) is erfc(√x)/3, P(X < −2x) twice that.
    const density = halvedDensity((x) => (x > 0 ? -0.5 * Math.log(x) - x : -0.5 * Math.log(-x / 2) + x / 2), {
      start: 0.3,
      width: 1,
    });
    const gammaSf = (x: number): number => 2 * normalSf(Math.sqrt(2 * x));
    expect(relativeError(Math.exp(density.logTotal), 3 * Math.sqrt(Math.PI))).toBeLessThan(1e-12);
    for (const x of [1e-6, 0.2, 1, 5, 30]) {
      const right = gammaSf(x) / 3;
      const leftward = (2 * gammaSf(x)) / 3;
      const tail = (at: number, side: "lower" | "upper"): number =>
        Math.exp(density.beside(at, side).logProbability);
      expect(relativeError(tail(x, "upper"), right)).toBeLessThan(2e-12);
      expect(relativeError(tail(x, "lower"), 1 - right)).toBeLessThan(2e-12);
      expect(relativeError(tail(-2 * x, "lower"), leftward)).toBeLessThan(2e-12);
      expect(relativeError(tail(-2 * x, "upper"), 1 - leftward)).toBeLessThan(2e-12);
      const log = density.beside(x, "upper").logDensity + density.logTotal;
      expect(Math.abs(log - (-0.5 * Math.log(x) - x))).toBeLessThan(1e-11);
      // Averages of 1 are the tails, and those of x come from a shape larger by 1: half of √(x/π) e^−x more.
      for (const [at, side, expected] of [
        [x, "upper", right],
        [x, "lower", 1 - right],
        [-2 * x, "lower", leftward],
        [-2 * x, "upper", 1 - leftward],
      ] as const) {
        expect(
          relativeError(
            density.averageBeyond(at, side, () => 1),
            expected,
          ),
        ).toBeLessThan(2e-12);
      }
      const beyond = gammaSf(x) / 2 + Math.sqrt(x / Math.PI) * Math.exp(-x);
      expect(
        relativeError(
          density.averageBeyond(x, "upper", (y) => y),
          beyond / 3,
        ),
      ).toBeLessThan(2e-12);
      expect(
        relativeError(
          density.averageBeyond(-2 * x, "lower", (y) => y),
          (-4 * beyond) / 3,
        ),
      ).toBeLessThan(2e-12);
    }
    expect(density.averageBeyond(0, "lower", () => 1)).toBeCloseTo(2 / 3, 12);
    expect(density.averageBeyond(0, "upper", () => 1)).toBeCloseTo(1 / 3, 12);
    // The means are 1/2 on the right and −1 on the left.
    expect(density.average((x) => x)).toBeCloseTo(0.5 / 3 - 2 / 3, 12);
    expect(density.beside(0, "upper")).toEqual({
      logProbability: expect.closeTo(-Math.log(3), 12) as number,
      logDensity: Infinity,
    });
  });
});
