import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bayesFactorForProportions, DomainError } from "../../src/index.ts";
import closedForm from "../reference/bayesian/bayes-factor.json" with { type: "json" };
import quadrature from "../reference/bayesian/effect-prior.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

// Logs are held to 1e-12 · max(1, |log|) throughout, and so are factors and probabilities, relatively.
const TOLERANCE = 1e-12;
const logError = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
const prior = ([alpha, beta]: readonly number[]) => ({ alpha: alpha!, beta: beta! });

const arm = fc
  .tuple(fc.integer({ min: 0, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([n, share]) => ({ n, conversions: Math.round(n * share) }));

describe("the Bayes factor under independent priors", () => {
  it.each(closedForm.cases)("is that of 50 digits for $in", ({ in: given, out }) => {
    const found = bayesFactorForProportions({
      control: { n: given.n1, conversions: given.x1 },
      treatment: { n: given.n2, conversions: given.x2 },
      prior: { control: prior(given.prior1), treatment: prior(given.prior2), null: prior(given.prior0) },
    });
    expect(logError(found.logBayesFactor10, out.log_bf10)).toBeLessThan(TOLERANCE);
    expect(relativeError(found.bayesFactor10, out.bf10)).toBeLessThan(TOLERANCE);
    const { alternative } = found.posteriorProbability;
    expect(relativeError(alternative, out.posterior_prob_H1_even_odds)).toBeLessThan(TOLERANCE);
  });

  it("is the density ratio of the difference at 0 where H0 has the normalised product of both priors", () => {
    const priors = { control: prior([2, 30]), treatment: prior([3, 25]), null: prior([4, 54]) };
    const found = bayesFactorForProportions({
      control: { n: 400, conversions: 30 },
      treatment: { n: 380, conversions: 41 },
      prior: priors,
    });
    expect(logError(found.savageDickey!.logBayesFactor10, found.twoSided.logBayesFactor)).toBeLessThan(1e-11);
    // With any other prior under H0 it is another question.
    const other = bayesFactorForProportions({
      control: { n: 400, conversions: 30 },
      treatment: { n: 380, conversions: 41 },
      prior: { ...priors, null: prior([2, 30]) },
    });
    expect(Math.abs(other.savageDickey!.logBayesFactor10 - other.twoSided.logBayesFactor)).toBeGreaterThan(
      0.01,
    );
  });

  it("has no density ratio where the prior density of the difference is infinite at 0", () => {
    const arms = { control: { n: 10, conversions: 3 }, treatment: { n: 10, conversions: 5 } };
    expect(bayesFactorForProportions({ ...arms, prior: prior([0.5, 0.5]) }).savageDickey).toBeNull();
  });

  it("takes priors by their names too", () => {
    const arms = { control: { n: 10, conversions: 3 }, treatment: { n: 10, conversions: 5 } };
    const mixed = { control: "uniform", treatment: prior([2, 3]), null: "jeffreys" } as const;
    const inNumbers = { control: prior([1, 1]), treatment: prior([2, 3]), null: prior([0.5, 0.5]) };
    expect(bayesFactorForProportions({ ...arms, prior: mixed })).toEqual(
      bayesFactorForProportions({ ...arms, prior: inNumbers }),
    );
    expect(bayesFactorForProportions({ ...arms, prior: "uniform" })).toEqual(bayesFactorForProportions(arms));
  });
});

describe("the Bayes factor under a prior on the log odds ratio", () => {
  it.each(quadrature.dependent)("is that of 30 digits for $in", ({ in: given, out }) => {
    const [x1, n1, x2, n2, mean, standardDeviation, effectMean, effectDeviation] = given as number[];
    const found = bayesFactorForProportions({
      control: { n: n1!, conversions: x1! },
      treatment: { n: n2!, conversions: x2! },
      method: "dependent",
      prior: {
        baseline: { mean, standardDeviation },
        effect: { mean: effectMean, standardDeviation: effectDeviation },
      },
    });
    expect(logError(found.twoSided.logBayesFactor, Number(out.logTwoSided))).toBeLessThan(TOLERANCE);
    expect(logError(found.greater.logBayesFactor, Number(out.logGreater))).toBeLessThan(TOLERANCE);
    expect(logError(found.less.logBayesFactor, Number(out.logLess))).toBeLessThan(TOLERANCE);
    expect(logError(found.savageDickey!.logBayesFactor10, Number(out.logTwoSided))).toBeLessThan(TOLERANCE);
  });

  it("comes to that of a normal estimate in large tests", () => {
    const found = bayesFactorForProportions({
      control: { n: 1e12, conversions: 5e10 },
      treatment: { n: 1e12, conversions: 5.0001e10 },
      method: "dependent",
      prior: { effect: { standardDeviation: 0.01 } },
    });
    const estimate = Math.log(5.0001e10 / 5e10) - Math.log((1e12 - 5.0001e10) / 9.5e11);
    const variance = 1 / 5e10 + 1 / 9.5e11 + 1 / 5.0001e10 + 1 / (1e12 - 5.0001e10);
    const total = variance + 0.01 ** 2;
    const normal = 0.5 * (Math.log(variance / total) + estimate ** 2 * (1 / variance - 1 / total));
    expect(found.logBayesFactor10).toBeCloseTo(normal, 3);
  });

  it("is given for other widths of the prior on request", () => {
    const arms = { control: { n: 1000, conversions: 50 }, treatment: { n: 1000, conversions: 65 } };
    const { sensitivity } = bayesFactorForProportions({
      ...arms,
      method: "dependent",
      sensitivity: [0.1, 0.5, 5],
    });
    for (const { standardDeviation, logBayesFactor10 } of sensitivity) {
      const alone = bayesFactorForProportions({
        ...arms,
        method: "dependent",
        prior: { effect: { standardDeviation } },
      });
      expect(logBayesFactor10).toBe(alone.logBayesFactor10);
    }
    // The wider the prior, the more the data speak for no effect (Lindley and Bartlett).
    expect(sensitivity[2]!.logBayesFactor10).toBeLessThan(sensitivity[1]!.logBayesFactor10);
  });
});

describe("a Bayes factor of either method", () => {
  const methods = ["independent", "dependent"] as const;

  it.each(methods)("exchanges its sides with the arms (%s)", (method) => {
    fc.assert(
      fc.property(arm, arm, (control, treatment) => {
        const found = bayesFactorForProportions({ control, treatment, method });
        const exchanged = bayesFactorForProportions({ control: treatment, treatment: control, method });
        expect(logError(found.logBayesFactor10, exchanged.logBayesFactor10)).toBeLessThan(TOLERANCE);
        expect(logError(found.greater.logBayesFactor, exchanged.less.logBayesFactor)).toBeLessThan(1e-11);
        expect(
          logError(found.greaterAgainstLess.logBayesFactor, -exchanged.greaterAgainstLess.logBayesFactor),
        ).toBeLessThan(1e-11);
      }),
      { numRuns: 12 },
    );
  });

  it.each(methods)("averages its sides, and leaves probabilities that add up (%s)", (method) => {
    fc.assert(
      fc.property(
        arm,
        arm,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (control, treatment, priorOdds) => {
          const found = bayesFactorForProportions({ control, treatment, method, priorOdds });
          const { greater, less, twoSided, posteriorProbability: posterior } = found;
          // Both default priors hold either sign as likely.
          const average = 0.5 * (greater.bayesFactor + less.bayesFactor);
          if (twoSided.bayesFactor < 1e300)
            expect(relativeError(average, twoSided.bayesFactor)).toBeLessThan(1e-11);
          expect(posterior.null + posterior.greater + posterior.less).toBeCloseTo(1, 12);
          expect(posterior.alternative + posterior.null).toBeCloseTo(1, 14);
          const one = bayesFactorForProportions({ control, treatment, method, alternative: "greater" });
          expect(one.logBayesFactor10).toBe(greater.logBayesFactor);
          expect(one.posteriorProbability.less).toBe(0);
          expect(one.posteriorProbability.greater).toBe(one.posteriorProbability.alternative);
        },
      ),
      { numRuns: 15 },
    );
  });

  it.each(methods)("is 1 without data, and says that there are none (%s)", (method) => {
    const nobody = { n: 0, conversions: 0 };
    const found = bayesFactorForProportions({ control: nobody, treatment: nobody, method });
    expect(found.logBayesFactor10).toBeCloseTo(0, 13);
    expect(found.warnings.map(({ code }) => code)).toEqual(["NO_DATA"]);
  });

  it.each(methods)("may be infinite, while its log is not (%s)", (method) => {
    const found = bayesFactorForProportions({
      control: { n: 1e9, conversions: 0 },
      treatment: { n: 1e9, conversions: 5e8 },
      method,
    });
    expect(found.bayesFactor10).toBe(Infinity);
    expect(found.logBayesFactor10).toBeGreaterThan(1e6);
    expect(Number.isFinite(found.logBayesFactor10)).toBe(true);
    expect(found.posteriorProbability.alternative).toBe(1);
  });

  it("refuses what it cannot use, by name", () => {
    const arms = { control: { n: 10, conversions: 3 }, treatment: { n: 10, conversions: 5 } };
    const fieldOf = (options: object): string => {
      try {
        bayesFactorForProportions({ ...arms, ...options } as Parameters<typeof bayesFactorForProportions>[0]);
      } catch (error) {
        if (error instanceof DomainError) return error.field;
      }
      return "";
    };
    expect(fieldOf({ control: { n: 1, conversions: 2 } })).toBe("control.conversions");
    expect(fieldOf({ prior: { alpha: 0, beta: 1 } })).toBe("prior.alpha");
    expect(fieldOf({ priorOdds: 0 })).toBe("priorOdds");
    expect(fieldOf({ sensitivity: [1] })).toBe("sensitivity");
    expect(fieldOf({ method: "dependent", sensitivity: [0] })).toBe("sensitivity[0]");
    expect(fieldOf({ method: "dependent", prior: { effect: { standardDeviation: -1 } } })).toBe(
      "prior.effect.standardDeviation",
    );
  });
});
