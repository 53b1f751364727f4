import { describe, expect, it } from "vitest";
import { analyzeDays } from "../../src/experiment/analyze-days.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { type ExposedWorld, firstConversions } from "../support/first-conversions.ts";

// Shares are held to four standard errors of the simulation.
const STANDARD_ERRORS = 4;

function bound(share: number, runs: number): number {
  return STANDARD_ERRORS * Math.sqrt((share * (1 - share)) / runs);
}

describe("days of exposure without a trend", () => {
  const runs = 8000;

  it.each([
    { n: 1500, scale: "log-lift" },
    { n: 5000, scale: "log-lift" },
    { n: 50_000, scale: "log-lift" },
    { n: 1500, scale: "difference" },
    { n: 50_000, scale: "difference" },
  ] as const)("show one in 5 % of cases at most: n = $n, $scale", ({ n, scale }) => {
    const random = createRandom(11);
    let [trend, parts, covered, told] = [0, 0, 0, 0];
    for (let i = 0; i < runs; i++) {
      // A rate of 2 % in both arms, so that the days have one effect on both scales: none.
      const days = firstConversions({ n, rate: 0.02, days: 14, logLift: () => 0 }, random);
      const result = analyzeDays({ by: "day-of-exposure", days, scale });
      if (result.trend!.pValue < 0.05) trend += 1;
      if (result.earlyAgainstLate!.pValue < 0.05) parts += 1;
      const { estimate, interval } = result.longRun;
      if (estimate === null) continue;
      told += 1;
      if (interval.lower <= 0 && interval.upper >= 0) covered += 1;
    }
    expect(trend / runs).toBeLessThan(0.05);
    expect(trend / runs).toBeGreaterThan(0.02);
    expect(parts / runs).toBeLessThan(0.05 + bound(0.05, runs));
    expect(covered / told).toBeGreaterThan(0.95 - bound(0.05, told));
  });
});

describe("a decay", () => {
  const runs = 2000;

  it.each([
    { n: 1_000_000, halfLife: 3 },
    { n: 300_000, halfLife: 3 },
    { n: 100_000, halfLife: 3 },
    { n: 1_000_000, halfLife: 7 },
    { n: 300_000, halfLife: 1 },
  ])("has its long run and its half-life in their intervals: n = $n, $halfLife days", ({ n, halfLife }) => {
    const random = createRandom(12);
    const world: ExposedWorld = {
      n,
      rate: 0.03,
      days: 21,
      logLift: (day) => 0.05 + 0.3 * 2 ** (-(day - 1) / halfLife),
    };
    let [told, level, half] = [0, 0, 0];
    for (let i = 0; i < runs; i++) {
      const { decay, longRun, pattern } = analyzeDays({
        by: "day-of-exposure",
        days: firstConversions(world, random),
      });
      expect(pattern).toBe("novelty");
      if (longRun.estimate === null) continue;
      told += 1;
      if (longRun.interval.lower <= 0.05 && longRun.interval.upper >= 0.05) level += 1;
      const { lower, upper } = decay!.halfLife.interval;
      if (lower <= halfLife && upper >= halfLife) half += 1;
    }
    // Allowing for scatter makes the intervals somewhat wider than they need to be.
    expect(told / runs).toBeGreaterThan(0.9);
    for (const covered of [level, half]) {
      expect(covered / told).toBeGreaterThan(0.95 - bound(0.05, told));
      expect(covered / told).toBeLessThan(0.985);
    }
  });
});

describe("days of the same units", () => {
  const runs = 4000;
  const dayCount = 14;

  /** Shares of trends found, and of pooled intervals that hold the truth, where z says how the days go together. */
  function shares(z: () => number[]): { trend: number; covered: number } {
    let [trend, covered] = [0, 0];
    for (let i = 0; i < runs; i++) {
      const n = 20_000;
      const days = z().map((own, at) => ({
        day: at + 1,
        control: { n, mean: 1, variance: 1 },
        treatment: { n, mean: 1 + Math.sqrt(2 / n) * own, variance: 1 },
      }));
      const result = analyzeDays({ by: "day-of-exposure", days, scale: "difference" });
      if (result.trend!.pValue < 0.05) trend += 1;
      const { lower, upper } = result.overall.interval;
      if (lower <= 0 && upper >= 0) covered += 1;
    }
    return { trend: trend / runs, covered: covered / runs };
  }

  it("show fewer trends than 5 % where all days go together alike, and the pool covers", () => {
    const random = createRandom(13);
    for (const correlation of [0.3, 0.8, 1]) {
      const { trend, covered } = shares(() => {
        const common = Math.sqrt(correlation) * random.normal();
        return Array.from({ length: dayCount }, () => common + Math.sqrt(1 - correlation) * random.normal());
      });
      expect(trend).toBeLessThan(0.05);
      expect(covered).toBeGreaterThan(0.95 - bound(0.05, runs));
    }
  });

  it("show more trends than 5 % where only days near each other go together, as the assumption says", () => {
    const random = createRandom(14);
    const { trend, covered } = shares(() => {
      let last = random.normal();
      return Array.from({ length: dayCount }, () => {
        const own = last;
        last = 0.3 * last + Math.sqrt(1 - 0.3 ** 2) * random.normal();
        return own;
      });
    });
    expect(trend).toBeGreaterThan(0.05);
    expect(covered).toBeGreaterThan(0.95);
  });
});
