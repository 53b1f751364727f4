import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestArm } from "../../src/bayesian/best-arm.ts";
import { betaMarginal } from "../../src/bayesian/beta-marginal.ts";
import { betterArm } from "../../src/bayesian/better-arm.ts";
import { compareGammaPoisson } from "../../src/bayesian/compare-gamma-poisson.ts";
import { compareNormal } from "../../src/bayesian/compare-normal.ts";
import { gammaMarginal } from "../../src/bayesian/gamma-marginal.ts";
import { probabilityBest } from "../../src/bayesian/probability-best.ts";
import { studentTMarginal } from "../../src/bayesian/student-t-marginal.ts";
import { betaDensity } from "../../src/numerics/beta-density.ts";
import { createRandom } from "../../src/numerics/random.ts";
import table from "../reference/bayesian/several-arms.json" with { type: "json" };
import quadrature from "../reference/bayesian/several-arms-quadrature.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

// Against 40 digits: 2e-12 relative for probabilities, losses and gains down to 1e-100; logs 1e-12 · max(1, |log|).
const TOLERANCE = 2e-12;

const marginalOf = (model: string, [first, second, third]: readonly number[]) => {
  if (model === "beta-binomial") return betaMarginal(betaDensity(first!, second!));
  if (model === "gamma-poisson") return gammaMarginal(first!, second!);
  return studentTMarginal(first!, second!, third!);
};

const beta = (a: number, b: number) => betaMarginal(betaDensity(a, b));

const logError = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.max(1, Math.abs(expected));

describe("bestArm", () => {
  it.each(table)(
    "has the integrals of 40 digits for $model $arms",
    ({ model, arms, best, loss, beat, gain }) => {
      const found = bestArm(arms.map((arm) => marginalOf(model, arm)));
      found.forEach(({ logProbabilityBest, expectedLoss, againstFirst }, i) => {
        expect(relativeError(Math.exp(logProbabilityBest), Number(best[i]))).toBeLessThan(
          Math.max(TOLERANCE, 1e-12 * Math.abs(logProbabilityBest)),
        );
        expect(relativeError(expectedLoss, Number(loss[i]))).toBeLessThan(TOLERANCE);
        if (againstFirst === null) return;
        expect(relativeError(Math.exp(againstFirst.logProbabilityToBeat), Number(beat[i]))).toBeLessThan(
          TOLERANCE,
        );
        expect(relativeError(againstFirst.expectedGain, Number(gain[i]))).toBeLessThan(TOLERANCE);
      });
    },
  );

  it("has the closed forms of powers: Beta(a, 1) is best with probability a / Σ a", () => {
    const shapes = [0.001, 0.5, 1, 3, 1000, 2];
    const sum = shapes.reduce((total, a) => total + a, 0);
    const found = bestArm(shapes.map((a) => beta(a, 1)));
    shapes.forEach((a, i) => {
      expect(relativeError(Math.exp(found[i]!.logProbabilityBest), a / sum)).toBeLessThan(1e-13);
      // E max is Σ a / (1 + Σ a), less a / (1 + a).
      const loss = (sum - a) / (1 + sum) / (1 + a);
      expect(relativeError(found[i]!.expectedLoss, loss)).toBeLessThan(1e-12);
    });
  });

  it.each([2, 3, 7, 20])("gives each of %i equal arms the same chance, to 1e-13", (k) => {
    for (const [a, b] of [
      [1, 1],
      [51, 951],
      [0.01, 3],
      [1, 1e9],
      [2e6, 3e6],
    ] as const) {
      const found = bestArm(Array.from({ length: k }, () => beta(a, b)));
      for (const { logProbabilityBest } of found) {
        expect(relativeError(Math.exp(logProbabilityBest), 1 / k)).toBeLessThan(1e-13);
      }
    }
  });

  it("is the comparison of two arms where there are two, at any size and however unlike", () => {
    const random = createRandom(5);
    for (let i = 0; i < 50; i++) {
      const shapes = [0, 1].map(() => {
        const n = 10 ** (9 * random.uniform());
        const rate = 10 ** (-4 * random.uniform());
        return betaDensity(0.5 + Math.round(n * rate), 0.5 + Math.round(n * (1 - rate)));
      });
      const [control, treatment] = [shapes[0]!, shapes[1]!];
      const two = betterArm(control, treatment);
      const found = bestArm([betaMarginal(control), betaMarginal(treatment)]);
      expect(logError(found[0]!.logProbabilityBest, two.logProbabilityToLose)).toBeLessThan(2e-12);
      expect(logError(found[1]!.logProbabilityBest, two.logProbabilityToBeat)).toBeLessThan(2e-12);
      if (two.expectedLoss.treatment > 1e-290) {
        const error = logError(Math.log(found[1]!.expectedLoss), Math.log(two.expectedLoss.treatment));
        expect(error).toBeLessThan(2e-12);
      }
    }
  });

  it("does not care about the order of the arms, and its probabilities add up to 1", () => {
    const arm = fc
      .tuple(fc.double({ min: 0, max: 8, noNaN: true }), fc.double({ min: -4, max: 0, noNaN: true }))
      .map(([size, rate]): readonly [number, number] => {
        const n = 10 ** size;
        return [0.5 + n * 10 ** rate, 0.5 + n * (1 - 10 ** rate)];
      });
    fc.assert(
      fc.property(fc.array(arm, { minLength: 2, maxLength: 6 }), (arms) => {
        const there = bestArm(arms.map(([a, b]) => beta(a, b)));
        const back = bestArm(arms.toReversed().map(([a, b]) => beta(a, b))).toReversed();
        there.forEach(({ logProbabilityBest, expectedLoss }, i) => {
          expect(logError(back[i]!.logProbabilityBest, logProbabilityBest)).toBeLessThan(1e-11);
          if (expectedLoss > 1e-290) {
            expect(logError(Math.log(back[i]!.expectedLoss), Math.log(expectedLoss))).toBeLessThan(1e-11);
          }
        });
        const sum = there.reduce((total, { logProbabilityBest }) => total + Math.exp(logProbabilityBest), 0);
        expect(Math.abs(sum - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 25 },
    );
  });

  it("changes nothing for an arm that cannot be best: 10 units beside 1e9", () => {
    const arms = [beta(2e8, 8e8), beta(2.00004e8, 7.99996e8), beta(3, 9)];
    const three = bestArm(arms);
    const four = bestArm([...arms, beta(1, 1e9)]);
    three.forEach(({ logProbabilityBest, expectedLoss }, i) => {
      expect(relativeError(four[i]!.logProbabilityBest, logProbabilityBest)).toBeLessThan(1e-11);
      expect(relativeError(four[i]!.expectedLoss, expectedLoss)).toBeLessThan(1e-11);
    });
    // Beside the wide arm the narrow ones are all but points, at which its tail is that of a polynomial.
    const below = three[2]!.logProbabilityBest;
    expect(relativeError(Math.exp(below), 0.617389555)).toBeLessThan(1e-4);
  });
});

describe("probabilityBest", () => {
  it.each(quadrature.cases)("agrees with the table: $in", ({ in: given, out }) => {
    const { arms } = probabilityBest({
      arms: given.arms.map(([conversions, n]) => ({ n: n!, conversions: conversions! })),
      prior: { alpha: given.prior[0]!, beta: given.prior[1]! },
    });
    arms.forEach(({ probabilityBest: probability, expectedLoss }, i) => {
      expect(relativeError(probability, out.prob_best[i]!)).toBeLessThan(1e-11);
      expect(relativeError(expectedLoss, out.expected_loss[i]!)).toBeLessThan(1e-11);
    });
  });

  it("is the comparison of two arms for events and means too", () => {
    const events = [
      { n: 50, events: 3 },
      { n: 48, events: 9 },
    ] as const;
    const twoRates = compareGammaPoisson({ control: events[0], treatment: events[1] });
    const rates = probabilityBest({ model: "gamma-poisson", arms: events });
    expect(relativeError(rates.arms[1]!.probabilityBest, twoRates.probabilityToBeat)).toBeLessThan(1e-12);
    expect(relativeError(rates.arms[1]!.expectedLoss, twoRates.expectedLoss.treatment)).toBeLessThan(1e-12);
    expect(relativeError(rates.arms[0]!.expectedLoss, twoRates.expectedLoss.control)).toBeLessThan(1e-12);
    const means = [
      { n: 12, mean: 9.5, variance: 4 },
      { n: 10, mean: 12.1, variance: 6 },
    ] as const;
    const twoMeans = compareNormal({ control: means[0], treatment: means[1] });
    const many = probabilityBest({ model: "normal", arms: means });
    expect(relativeError(many.arms[0]!.probabilityBest, twoMeans.probabilityToLose)).toBeLessThan(1e-12);
    expect(relativeError(many.arms[1]!.expectedLoss, twoMeans.expectedLoss.treatment)).toBeLessThan(1e-12);
    const gain = many.arms[1]!.againstFirst!.expectedGain;
    expect(relativeError(gain, twoMeans.expectedLoss.control)).toBeLessThan(1e-12);
  });

  it("agrees with draws from the posteriors", () => {
    const arms = [
      { n: 40, conversions: 9 },
      { n: 400, conversions: 70 },
      { n: 0, conversions: 0 },
      { n: 90, conversions: 21 },
    ];
    const found = probabilityBest({ arms }).arms;
    const random = createRandom(8);
    const draws = 40_000;
    const wins = arms.map(() => 0);
    const losses = arms.map(() => 0);
    for (let draw = 0; draw < draws; draw++) {
      const rates = arms.map(({ n, conversions }) => random.beta(1 + conversions, 1 + n - conversions));
      const highest = Math.max(...rates);
      rates.forEach((rate, i) => {
        if (rate === highest) wins[i]! += 1;
        losses[i]! += highest - rate;
      });
    }
    found.forEach(({ probabilityBest: p, expectedLoss }, i) => {
      expect(Math.abs(wins[i]! / draws - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / draws));
      expect(Math.abs(losses[i]! / draws - expectedLoss)).toBeLessThan(5 * Math.sqrt(0.1 / draws));
    });
  });

  it("keeps the logs of what no double holds, for nobody and everybody converted", () => {
    const { arms } = probabilityBest({
      arms: [
        { n: 1e9, conversions: 0 },
        { n: 1e9, conversions: 1e9 },
        { n: 1000, conversions: 500 },
        { n: 1, conversions: 1 },
      ],
    });
    // P(Beta(1, N) > Beta(N, 1)) is N² B(N, N) / 2N or so: ln of it −2N ln 2 and lower order.
    expect(arms[0]!.logProbabilityBest / (-2e9 * Math.LN2)).toBeCloseTo(1, 6);
    expect(arms[0]!.probabilityBest).toBe(0);
    // 1 − P(best) of the second is that of the last one, 2 / (1e9 + 3).
    expect(relativeError(-arms[1]!.logProbabilityBest, 2 / (1e9 + 3))).toBeLessThan(1e-8);
    expect(arms.map(({ expectedLoss }) => Number.isFinite(expectedLoss))).toEqual([true, true, true, true]);
  });

  it("says null of the first arm against itself, and names and warns", () => {
    const result = probabilityBest({
      arms: [
        { n: 100, conversions: 5 },
        { name: "new", n: 0, conversions: 0 },
        { n: 1, conversions: 0 },
      ],
      thresholdOfCaring: 0.01,
      quantileLevels: [0.5],
    });
    expect(result.arms.map(({ name }) => name)).toEqual(["arm 1", "new", "arm 3"]);
    expect(result.arms[0]!.againstFirst).toBeNull();
    expect(result.arms[1]!.posterior).toMatchObject({ alpha: 1, beta: 1, mean: 0.5 });
    expect(result.arms[1]!.posterior.quantiles).toHaveLength(1);
    expect(result.warnings.map(({ code }) => code)).toEqual(["NO_DATA", "PRIOR_OUTWEIGHS_DATA"]);
    expect(result.choice).toEqual({ thresholdOfCaring: 0.01, arms: [] });
    const sure = probabilityBest({
      arms: [
        { n: 1000, conversions: 5 },
        { n: 1000, conversions: 500 },
      ],
      thresholdOfCaring: 0.01,
    });
    expect(sure.choice!.arms).toEqual(["arm 2"]);
  });

  it("has an infinite loss where a mean has no expectation: two units under the reference prior", () => {
    const two = { n: 2, mean: 1, variance: 2 };
    const { arms } = probabilityBest({ model: "normal", arms: [two, { n: 9, mean: 1, variance: 2 }] });
    expect(arms[0]!.probabilityBest).toBeCloseTo(0.5, 13);
    expect(arms.map(({ expectedLoss }) => expectedLoss)).toEqual([Infinity, Infinity]);
    expect(arms[1]!.againstFirst!.expectedGain).toBe(Infinity);
  });

  it.each([
    [{ arms: [{ n: 1, conversions: 0 }] }, "arms"],
    [{ arms: Array.from({ length: 21 }, () => ({ n: 1, conversions: 0 })) }, "arms"],
    [
      {
        arms: [
          { n: 1, conversions: 0 },
          { n: 1, conversions: 2 },
        ],
      },
      "arms[1].conversions",
    ],
    [
      {
        arms: [
          { name: "a", n: 1, conversions: 0 },
          { name: "a", n: 1, conversions: 1 },
        ],
      },
      "arms[1].name",
    ],
    [
      {
        arms: [
          { n: 1, events: 0 },
          { n: 0, events: 0 },
        ],
        model: "gamma-poisson",
      },
      "arms[1].n",
    ],
    [
      {
        arms: [
          { n: 1, events: 0 },
          { n: 0, events: 0 },
        ],
        model: "poisson",
      },
      "model",
    ],
    [
      {
        arms: [
          { n: 9, mean: 1, variance: 1 },
          { n: 0, mean: 0, variance: 0 },
        ],
        model: "normal",
        prior: { mu: 0, kappa: 1, alpha: 0.51, beta: 1 },
      },
      "prior.alpha",
    ],
  ])("refuses %j and names %s", (options, field) => {
    expect(() => probabilityBest(options as never)).toThrow(expect.objectContaining({ field }));
  });
});
