import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareBetaBinomial } from "../../src/bayesian/compare-beta-binomial.ts";
import type { DomainError } from "../../src/core/domain-error.ts";
import { createRandom } from "../../src/numerics/random.ts";
import type { Proportion } from "../../src/summaries/proportion.ts";
import { relativeError } from "../support/relative-error.ts";

const arm = fc
  .tuple(fc.double({ min: 0, max: 9, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([digits, rate]): Proportion => {
    const n = Math.round(10 ** digits);
    return { n, conversions: Math.round(n * rate ** 3) };
  });
const shape = fc.double({ min: -1, max: 2, noNaN: true }).map((digits) => 10 ** digits);
const prior = fc.record({ alpha: shape, beta: shape });

describe("compareBetaBinomial", () => {
  it("maps winning to losing when the arms are swapped", () => {
    fc.assert(
      fc.property(arm, arm, prior, (control, treatment, both) => {
        const one = compareBetaBinomial({ control, treatment, prior: both });
        const other = compareBetaBinomial({ control: treatment, treatment: control, prior: both });
        expect(relativeError(other.probabilityToBeat, one.probabilityToLose)).toBeLessThan(1e-12);
        expect(relativeError(other.logProbabilityToLose, one.logProbabilityToBeat)).toBeLessThan(1e-12);
        expect(relativeError(other.expectedLoss.control, one.expectedLoss.treatment)).toBeLessThan(1e-12);
        expect(relativeError(other.difference.estimate!, -one.difference.estimate!)).toBeLessThan(1e-12);
        const deviation = one.difference.standardError!;
        expect(
          Math.abs(other.difference.interval.lower + one.difference.interval.upper) / deviation,
        ).toBeLessThan(1e-10);
        // A lift near −1 is stored with the rounding of 1, and so is its log.
        const rounding = 4e-16 / Math.min(1 + one.lift.estimate, 1 + other.lift.estimate);
        const gap = Math.log1p(other.lift.estimate) + Math.log1p(one.lift.estimate);
        const variance = 1 / one.posterior.control.alpha + 1 / one.posterior.treatment.alpha;
        expect(Math.abs(gap)).toBeLessThan(1e-10 * Math.sqrt(variance) + rounding);
      }),
      { numRuns: 25 },
    );
  });

  it("gives losses that differ by the difference of the means, and probabilities that add up to 1", () => {
    fc.assert(
      fc.property(arm, arm, prior, (control, treatment, both) => {
        const { probabilityToBeat, probabilityToLose, expectedLoss, difference } = compareBetaBinomial({
          control,
          treatment,
          prior: both,
        });
        expect(relativeError(probabilityToBeat + probabilityToLose, 1)).toBeLessThan(1e-13);
        const larger = Math.max(expectedLoss.control, expectedLoss.treatment);
        const gap = expectedLoss.control - expectedLoss.treatment - difference.estimate!;
        expect(Math.abs(gap)).toBeLessThan(1e-14 * larger);
      }),
      { numRuns: 25 },
    );
  });

  it("orders its quantiles, and shuts 0 out when the chance to lose is below the tail", () => {
    fc.assert(
      fc.property(arm, arm, prior, (control, treatment, both) => {
        const result = compareBetaBinomial({ control, treatment, prior: both });
        const { lift, difference, probabilityToBeat, probabilityToLose } = result;
        expect(lift.interval.lower).toBeLessThanOrEqual(lift.estimate);
        expect(lift.estimate).toBeLessThanOrEqual(lift.interval.upper);
        expect(difference.interval.lower).toBeLessThan(difference.interval.upper);
        expect(lift.interval.lower).toBeGreaterThanOrEqual(-1);
        for (const { interval } of [lift, difference]) {
          if (probabilityToLose < 0.025 - 1e-11) expect(interval.lower).toBeGreaterThan(0);
          if (probabilityToLose > 0.025 + 1e-11) expect(interval.lower).toBeLessThan(0);
          if (probabilityToBeat < 0.025 - 1e-11) expect(interval.upper).toBeLessThan(0);
          if (probabilityToBeat > 0.025 + 1e-11) expect(interval.upper).toBeGreaterThan(0);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("has one half for equal posteriors, from no data to 1e15 units", () => {
    for (const [n, conversions] of [
      [0, 0],
      [1, 0],
      [1, 1],
      [1000, 31],
      [1e9, 0],
      [1e9, 1e9],
      [1e15, 5e14],
    ] as const) {
      for (const alpha of [1e-3, 0.5, 1]) {
        const same = { n, conversions };
        const result = compareBetaBinomial({
          control: same,
          treatment: same,
          prior: { alpha, beta: alpha },
        });
        expect(relativeError(result.probabilityToBeat, 0.5)).toBeLessThan(1e-13);
        expect(result.difference.estimate).toBe(0);
        expect(Math.abs(result.lift.estimate)).toBeLessThan(1e-9);
      }
    }
  });

  it("believes the treatment more with every conversion, and the narrower interval with more data", () => {
    const control = { n: 500, conversions: 25 };
    let last = -Infinity;
    for (let conversions = 0; conversions <= 500; conversions += 20) {
      const { logProbabilityToBeat, logProbabilityToLose } = compareBetaBinomial({
        control,
        treatment: { n: 500, conversions },
      });
      const logOdds = logProbabilityToBeat - logProbabilityToLose;
      expect(logOdds).toBeGreaterThan(last);
      last = logOdds;
    }
    let width = Infinity;
    for (let n = 100; n <= 1e15; n *= 10) {
      const { lift } = compareBetaBinomial({
        control: { n, conversions: n / 20 },
        treatment: { n, conversions: n / 10 },
      });
      expect(lift.interval.upper - lift.interval.lower).toBeLessThan(width);
      width = lift.interval.upper - lift.interval.lower;
    }
  });

  it("has the closed forms of uniform and power posteriors", () => {
    const uniform = compareBetaBinomial({
      control: { n: 0, conversions: 0 },
      treatment: { n: 0, conversions: 0 },
    });
    // P(B/A < r) = r/2 up to r = 1, P(B − A > d) = (1 − d)²/2 from d = 0 on.
    expect(uniform.lift.interval.lower).toBeCloseTo(-0.95, 12);
    expect(uniform.lift.interval.upper).toBeCloseTo(19, 9);
    expect(uniform.difference.interval.upper).toBeCloseTo(1 - Math.sqrt(0.05), 11);
    expect(relativeError(uniform.expectedLoss.control, 1 / 6)).toBeLessThan(1e-13);
    // All converted under Beta(a, 1): P(B > A) = b / (a + b).
    const powers = compareBetaBinomial({
      control: { n: 4, conversions: 4 },
      treatment: { n: 9, conversions: 9 },
    });
    expect(relativeError(powers.probabilityToBeat, 10 / 15)).toBeLessThan(1e-13);
  });

  it("keeps a wide interval right to the last tail: a level of 1 − 1e-12", () => {
    const uniform = compareBetaBinomial({
      control: { n: 0, conversions: 0 },
      treatment: { n: 0, conversions: 0 },
      confidenceLevel: 1 - 2 ** -40,
    });
    expect(relativeError(1 + uniform.lift.interval.upper, 2 ** 40)).toBeLessThan(1e-10);
    expect(1 - uniform.difference.interval.upper).toBeCloseTo(2 ** -20, 14);
  });

  it("stays finite and ordered at the edges of what can be observed", () => {
    const arms = [
      { n: 1, conversions: 0 },
      { n: 1, conversions: 1 },
      { n: 1e9, conversions: 0 },
      { n: 1e9, conversions: 1e9 },
      { n: 1e15, conversions: 3 },
      { n: 1e15, conversions: 5e14 },
    ];
    for (const control of arms) {
      for (const treatment of arms) {
        const result = compareBetaBinomial({ control, treatment });
        const { lift, difference, expectedLoss } = result;
        const numbers = [
          result.logProbabilityToBeat,
          result.logProbabilityToLose,
          expectedLoss.control,
          expectedLoss.treatment,
          lift.estimate,
          lift.interval.lower,
          lift.interval.upper,
          difference.interval.lower,
          difference.interval.upper,
        ];
        expect(numbers.filter((value) => !Number.isFinite(value))).toEqual([]);
        expect(difference.interval.lower).toBeLessThanOrEqual(difference.interval.upper);
        expect(expectedLoss.control).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it("says unbounded, not NaN, where a prior near 0 lets the lift leave the doubles", () => {
    const none = { n: 50, conversions: 0 };
    const { lift } = compareBetaBinomial({
      control: none,
      treatment: none,
      prior: { alpha: 1e-3, beta: 1 },
    });
    expect(lift.interval.lower).toBe(-1);
    expect(lift.interval.upper).toBe(Infinity);
    expect(lift.status).toBe("unbounded");
  });

  it("orders the ends of shortest intervals where shapes near 0 pile up mass at a point", () => {
    const arms = { control: { n: 1, conversions: 1 }, treatment: { n: 10_000, conversions: 10_000 } };
    const { lift } = compareBetaBinomial({ ...arms, prior: { alpha: 0.31136, beta: 4e-6 } });
    const none = { control: { n: 2, conversions: 0 }, treatment: { n: 10_000, conversions: 0 } };
    const { difference } = compareBetaBinomial({ ...none, prior: { alpha: 1.3e-6, beta: 845_590 } });
    for (const { lower, upper } of [lift.highestDensityInterval, difference.highestDensityInterval]) {
      expect(lower).toBeLessThanOrEqual(upper);
      expect(upper - lower).toBeLessThan(1e-18);
    }
  });

  it("puts a difference that rounds to 1 at 1", () => {
    const { difference } = compareBetaBinomial({
      control: { n: 1e9, conversions: 0 },
      treatment: { n: 1e9, conversions: 1e9 },
      prior: { alpha: 1e-3, beta: 1e-3 },
    });
    expect(difference.interval.upper).toBe(1);
    expect(difference.interval.lower).toBeCloseTo(1, 14);
  });

  it("takes a prior for each arm, and warns where it outweighs the data or the lift has no deviation", () => {
    const result = compareBetaBinomial({
      control: { n: 20, conversions: 0 },
      treatment: { n: 20, conversions: 3 },
      prior: { control: { alpha: 1, beta: 1 }, treatment: { alpha: 30, beta: 270 } },
    });
    expect(result.posterior.treatment).toMatchObject({ alpha: 33, beta: 287, mean: 33 / 320 });
    expect(result.warnings.map(({ code }) => code)).toEqual(["PRIOR_OUTWEIGHS_DATA", "LIFT_HEAVY_TAIL"]);
    expect(result.lift.standardError).toBe(Infinity);
    expect(result.lift.mean).toBe(Infinity);
    expect(structuredClone(result)).toEqual(result);
  });

  it("agrees with draws from the posteriors", () => {
    const random = createRandom(20240607);
    const control = { n: 400, conversions: 12 };
    const treatment = { n: 300, conversions: 14 };
    const result = compareBetaBinomial({ control, treatment });
    const draws = 100_000;
    let [wins, loss, belowLift] = [0, 0, 0];
    for (let i = 0; i < draws; i += 1) {
      const a = random.beta(13, 389);
      const b = random.beta(15, 287);
      if (b > a) wins += 1;
      loss += Math.max(a - b, 0) / draws;
      if (b / a - 1 < result.lift.interval.lower) belowLift += 1;
    }
    const within = (share: number, p: number): void =>
      expect(Math.abs(share - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / draws));
    within(wins / draws, result.probabilityToBeat);
    within(belowLift / draws, 0.025);
    expect(relativeError(loss, result.expectedLoss.treatment)).toBeLessThan(0.06);
  });

  const good = { n: 100, conversions: 5 };
  it.each([
    ["control.conversions", { control: { n: 100, conversions: 101 }, treatment: good }],
    ["control.n", { control: { n: 0.5, conversions: 0 }, treatment: good }],
    ["treatment.conversions", { control: good, treatment: { n: 100, conversions: NaN } }],
    ["treatment.conversions", { control: good, treatment: { n: 100, conversions: -1 } }],
    ["treatment", { control: good }],
    ["prior.alpha", { control: good, treatment: good, prior: { alpha: 0, beta: 1 } }],
    ["prior.beta", { control: good, treatment: good, prior: { alpha: 1, beta: NaN } }],
    ["prior.beta", { control: good, treatment: good, prior: { alpha: 1, beta: Infinity } }],
    ["prior.alpha", { control: good, treatment: good, prior: { alpha: "1", beta: 1 } }],
    ["prior", { control: good, treatment: good, prior: null }],
    ["prior.treatment", { control: good, treatment: good, prior: { control: { alpha: 1, beta: 1 } } }],
    [
      "prior.control.alpha",
      {
        control: good,
        treatment: good,
        prior: { control: { alpha: -1, beta: 1 }, treatment: { alpha: 1, beta: 1 } },
      },
    ],
    ["confidenceLevel", { control: good, treatment: good, confidenceLevel: 95 }],
    ["confidenceLevel", { control: good, treatment: good, confidenceLevel: 1 }],
  ])("refuses a broken %s", (field, options) => {
    expect(() => compareBetaBinomial(options as never)).toThrow(
      expect.objectContaining({ field, name: "DomainError" }) as DomainError,
    );
  });

  it("keeps its digits where a wide arm lets the difference cut through the body of a narrow one", () => {
    // The lower 0.0005 quantile of the difference: SciPy gives 0.0005 (1 - 3e-13) below it, by 4,000 Gauss nodes over the wide arm, where nothing is cut.
    const { difference } = compareBetaBinomial({
      control: { n: 3569, conversions: 1330 },
      treatment: { n: 2, conversions: 0 },
      prior: { alpha: 3, beta: 40 },
      confidenceLevel: 0.999,
    });
    expect(Math.abs(difference.interval.lower + 0.3767311813591172)).toBeLessThan(1e-11 * 0.04);
  });
});
