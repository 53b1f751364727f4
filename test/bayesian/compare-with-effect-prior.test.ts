import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bayesFactorForProportions,
  compareBetaBinomial,
  compareWithEffectPrior,
  DomainError,
  normal,
  skepticalPrior,
} from "../../src/index.ts";
import quadrature from "../reference/bayesian/effect-prior.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

// 1e-12 relative, logs 1e-12 · max(1, |log|), against nested quadrature with 30 digits.
const TOLERANCE = 1e-12;
const logError = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.max(1, Math.abs(expected));

describe("a comparison under a prior on the effect", () => {
  it.each(quadrature.effectPrior)("is that of 30 digits for $in", ({ in: given, out }) => {
    const [x1, n1, x2, n2, alpha, beta, , mean, standardDeviation] = given as number[];
    const scale = given[6] as "log-odds" | "log-lift";
    const found = compareWithEffectPrior({
      control: { n: n1!, conversions: x1! },
      treatment: { n: n2!, conversions: x2! },
      baselinePrior: { alpha: alpha!, beta: beta! },
      effectPrior: { scale, mean, standardDeviation: standardDeviation! },
    });
    expect(logError(found.logProbabilityToBeat, Number(out.logProbabilityToBeat))).toBeLessThan(TOLERANCE);
    expect(logError(found.logProbabilityToLose, Number(out.logProbabilityToLose))).toBeLessThan(TOLERANCE);
    expect(relativeError(found.expectedLoss.control, Number(out.lossOfControl))).toBeLessThan(TOLERANCE);
    expect(relativeError(found.expectedLoss.treatment, Number(out.lossOfTreatment))).toBeLessThan(TOLERANCE);
    const ratio = scale === "log-odds" ? found.oddsRatio.mean : 1 + found.lift.mean;
    expect(relativeError(ratio, Number(out.meanRatio))).toBeLessThan(TOLERANCE);
  });

  it("comes to the closed form of normal shrinkage in large tests", () => {
    const control = { n: 4e9, conversions: 2e8 };
    const treatment = { n: 4e9, conversions: 2.0005e8 };
    const found = compareWithEffectPrior({
      control,
      treatment,
      effectPrior: { scale: "log-odds", mean: 2e-4, standardDeviation: 1e-4 },
    });
    const logOdds = ({ n, conversions }: typeof control) => Math.log(conversions / (n - conversions));
    const information = ({ n, conversions }: typeof control) => (conversions * (n - conversions)) / n;
    const variance = 1 / information(control) + 1 / information(treatment);
    const share = 1e-8 / (1e-8 + variance);
    const mean = 2e-4 + share * (logOdds(treatment) - logOdds(control) - 2e-4);
    const deviation = Math.sqrt(share * variance);
    expect((Math.log(found.oddsRatio.median) - mean) / deviation).toBeCloseTo(0, 4);
    expect(found.probabilityToBeat).toBeCloseTo(normal.cdf(mean / deviation), 4);
    const ends = [found.oddsRatio.interval.lower, found.oddsRatio.interval.upper].map(Math.log);
    expect((ends[1]! - ends[0]!) / (2 * normal.quantile(0.975) * deviation)).toBeCloseTo(1, 4);
  });

  it("agrees with independent rates as the tests grow, and as the prior widens", () => {
    const distance = (n: number, standardDeviation: number): number => {
      const arms = {
        control: { n, conversions: n / 10 },
        treatment: { n, conversions: n / 10 + (1.5 * Math.sqrt(n)) / 4 },
      };
      const effectPrior = { scale: "log-odds", standardDeviation } as const;
      const shrunken = compareWithEffectPrior({ ...arms, effectPrior });
      const independent = compareBetaBinomial({
        ...arms,
        prior: { control: { alpha: 1, beta: 1 }, treatment: { alpha: 1e-6, beta: 1e-6 } },
      });
      return Math.abs(shrunken.probabilityToBeat - independent.probabilityToBeat);
    };
    const sizes = [1600, 160_000, 16_000_000].map((n) => distance(n, 0.5));
    expect(sizes[1]).toBeLessThan(0.2 * sizes[0]!);
    expect(sizes[2]).toBeLessThan(0.2 * sizes[1]!);
    const widths = [0.3, 1, 10].map((standardDeviation) => distance(1600, standardDeviation));
    expect(widths[1]).toBeLessThan(0.2 * widths[0]!);
    expect(widths[2]).toBeLessThan(1e-4);
  });

  it("turns round with what counts as a conversion", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 3000 }),
        fc.integer({ min: 10, max: 3000 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        (n1, n2, p1, p2) => {
          const control = { n: n1, conversions: Math.round(n1 * p1) };
          const treatment = { n: n2, conversions: Math.round(n2 * p2) };
          const other = ({ n, conversions }: typeof control) => ({ n, conversions: n - conversions });
          const effectPrior = { scale: "log-odds", standardDeviation: 0.4 } as const;
          const found = compareWithEffectPrior({ control, treatment, effectPrior });
          const turned = compareWithEffectPrior({
            control: other(control),
            treatment: other(treatment),
            effectPrior,
          });
          expect(logError(found.logProbabilityToBeat, turned.logProbabilityToLose)).toBeLessThan(1e-11);
          const lost = Math.max(turned.expectedLoss.treatment, Number.MIN_VALUE);
          if (lost > 1e-300) expect(relativeError(found.expectedLoss.control, lost)).toBeLessThan(1e-9);
          expect(relativeError(found.oddsRatio.median, 1 / turned.oddsRatio.median)).toBeLessThan(1e-9);
          const { difference } = found;
          expect(Math.abs(difference.mean + turned.difference.mean)).toBeLessThan(1e-11);
          const excess = found.expectedLoss.control - found.expectedLoss.treatment;
          expect(Math.abs(excess - difference.mean)).toBeLessThan(1e-11);
          // The shortest interval is no longer than the equal-tailed one.
          const length = ({ lower, upper }: { lower: number; upper: number }) => upper - lower;
          expect(length(difference.highestDensityInterval)).toBeLessThan(
            length(difference.interval) * (1 + 1e-9),
          );
        },
      ),
      { numRuns: 6 },
    );
  });

  it("leaves the prior where there are no data, and says so", () => {
    const nobody = { n: 0, conversions: 0 };
    const found = compareWithEffectPrior({
      control: nobody,
      treatment: nobody,
      effectPrior: { scale: "log-odds", mean: 0.2, standardDeviation: 0.5 },
      baselinePrior: { alpha: 3, beta: 5 },
    });
    expect(relativeError(found.probabilityToBeat, normal.cdf(0.4))).toBeLessThan(TOLERANCE);
    expect(relativeError(found.oddsRatio.median, Math.exp(0.2))).toBeLessThan(1e-11);
    expect(relativeError(found.oddsRatio.mean, Math.exp(0.2 + 0.125))).toBeLessThan(1e-11);
    expect(relativeError(found.posterior.control.mean, 3 / 8)).toBeLessThan(1e-11);
    expect(found.warnings.map(({ code }) => code)).toEqual(["NO_DATA"]);
  });

  it.each([
    [
      { n: 40, conversions: 0 },
      { n: 40, conversions: 3 },
    ],
    [
      { n: 5, conversions: 5 },
      { n: 4, conversions: 0 },
    ],
    [
      { n: 30, conversions: 30 },
      { n: 20, conversions: 19 },
    ],
    [
      { n: 1e12, conversions: 1e9 },
      { n: 1e12, conversions: 1.0001e9 },
    ],
  ])("stands at the ends of the scale: %o and %o", (control, treatment) => {
    for (const scale of ["log-odds", "log-lift"] as const) {
      const found = compareWithEffectPrior({
        control,
        treatment,
        effectPrior: { scale, standardDeviation: 0.3 },
        baselinePrior: "jeffreys",
        quantileLevels: [0.01, 0.5, 0.99],
      });
      expect(found.probabilityToBeat + found.probabilityToLose).toBeCloseTo(1, 12);
      const { lower, upper } = found.difference.interval;
      expect(lower).toBeGreaterThan(-1);
      expect(upper).toBeLessThan(1);
      expect(lower).toBeLessThan(found.difference.median);
      expect(upper).toBeGreaterThan(found.difference.median);
      expect(found.difference.quantiles[1]!.value).toBeCloseTo(found.difference.median, 12);
    }
  });

  it("has no mean of the odds ratio where nothing keeps the treatment's rate from 1", () => {
    const effectPrior = { scale: "log-lift", standardDeviation: 0.2 } as const;
    const control = { n: 10, conversions: 8 };
    const oddsRatioAt = (conversions: number) =>
      compareWithEffectPrior({ control, treatment: { n: 10, conversions }, effectPrior }).oddsRatio;
    expect(oddsRatioAt(10).mean).toBe(Infinity);
    const withOneOther = oddsRatioAt(9);
    expect(withOneOther.mean).toBeLessThan(Infinity);
    expect(withOneOther.standardError).toBe(Infinity);
    expect(oddsRatioAt(8).standardError).toBeLessThan(Infinity);
  });

  it("refuses what it cannot use, by name", () => {
    const arms = { control: { n: 10, conversions: 3 }, treatment: { n: 10, conversions: 5 } };
    const fieldOf = (options: object): string => {
      const effectPrior = { scale: "log-odds", standardDeviation: 1 } as const;
      try {
        compareWithEffectPrior({ ...arms, effectPrior, ...options });
      } catch (error) {
        if (error instanceof DomainError) return error.field;
      }
      return "";
    };
    expect(fieldOf({ treatment: { n: 1, conversions: 2 } })).toBe("treatment.conversions");
    expect(fieldOf({ effectPrior: undefined })).toBe("effectPrior");
    expect(fieldOf({ effectPrior: { scale: "lift", standardDeviation: 1 } })).toBe("effectPrior.scale");
    expect(fieldOf({ effectPrior: { scale: "log-lift", standardDeviation: 0 } })).toBe(
      "effectPrior.standardDeviation",
    );
    expect(fieldOf({ baselinePrior: { alpha: 0.01, beta: 1 } })).toBe("baselinePrior.alpha");
    expect(fieldOf({ confidenceLevel: 1 })).toBe("confidenceLevel");
  });
});

describe("a skeptical prior", () => {
  it("holds what it says about the lift and the odds ratio", () => {
    for (const lift of [1e-5, 0.02, 0.3, 0.999, 1]) {
      for (const probability of [1e-6, 0.05, 0.4]) {
        const { standardDeviation } = skepticalPrior({ lift, probability });
        const beyond =
          normal.sf(Math.log1p(lift) / standardDeviation) + normal.cdf(Math.log1p(-lift) / standardDeviation);
        expect(relativeError(beyond, probability)).toBeLessThan(1e-10);
      }
    }
    const { standardDeviation } = skepticalPrior({ oddsRatio: 2, probability: 0.1 });
    expect(relativeError(2 * normal.sf(Math.LN2 / standardDeviation), 0.1)).toBeLessThan(1e-12);
  });

  it("refuses sizes and chances that leave no prior", () => {
    expect(() => skepticalPrior({ lift: 1, probability: 0.5 })).toThrow(DomainError);
    expect(() => skepticalPrior({ lift: 0 })).toThrow(DomainError);
    expect(() => skepticalPrior({ oddsRatio: 1 })).toThrow(DomainError);
    expect(() => skepticalPrior({ lift: 0.1, oddsRatio: 2 } as never)).toThrow(DomainError);
    expect(() => skepticalPrior({} as never)).toThrow(DomainError);
  });
});

describe("the Bayes factor and the comparison", () => {
  it("tell the same of the sign of an effect in large tests", () => {
    const arms = { control: { n: 1e8, conversions: 5e6 }, treatment: { n: 1e8, conversions: 5.004e6 } };
    const { posteriorProbability: posterior } = bayesFactorForProportions({
      ...arms,
      method: "dependent",
      prior: { effect: { standardDeviation: 0.01 } },
    });
    const { probabilityToBeat } = compareWithEffectPrior({
      ...arms,
      effectPrior: { scale: "log-odds", standardDeviation: 0.01 },
    });
    expect(relativeError(posterior.greater / posterior.alternative, probabilityToBeat)).toBeLessThan(1e-4);
  });
});
