import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { falsePositiveRisk } from "../../src/inference/false-positive-risk.ts";
import { minimumBayesFactor } from "../../src/inference/minimum-bayes-factor.ts";
import { twymanCheck } from "../../src/inference/twyman-check.ts";
import { typeSAndM } from "../../src/inference/type-s-and-m.ts";
import { createRandom } from "../../src/numerics/random.ts";
import reference from "../reference/inference/trustworthiness.json" with { type: "json" };
import { referenceNumber } from "../support/reference-number.ts";
import { relativeError } from "../support/relative-error.ts";

function fieldOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError);
    return (error as DomainError).field;
  }
  return "";
}

describe("falsePositiveRisk", () => {
  // Largest errors seen: 1e-14, but for the ratio at p = 1e-200, 1e-13.
  it.each(reference.falsePositiveRisk)(
    "agrees with mpmath at prior $prior, alpha $alpha, power $power, p = $pValue",
    (row) => {
      const result = falsePositiveRisk({
        priorProbability: row.prior,
        alpha: row.alpha,
        power: row.power,
        pValue: row.pValue,
        alternative: row.twoSided ? "two-sided" : "greater",
      });
      expect(relativeError(result.significant, row.significant)).toBeLessThan(1e-12);
      expect(relativeError(result.likelihoodRatio!, row.likelihoodRatio)).toBeLessThan(1e-12);
      expect(relativeError(result.atPValue!, row.atPValue)).toBeLessThan(1e-12);
    },
  );

  it("has the figures of Kohavi, Deng and Vermeer (2022), table 2", () => {
    // Success rates of Microsoft, Bing, Booking.com (and Google Ads, Netflix) and Airbnb's search; wins only.
    for (const [priorProbability, percent] of [
      [0.33, 5.9],
      [0.15, 15],
      [0.1, 22],
      [0.08, 26.4],
    ] as const) {
      const { significant } = falsePositiveRisk({ priorProbability, alpha: 0.025, alternative: "greater" });
      expect(Math.abs(100 * significant - percent)).toBeLessThan(0.08);
    }
  });

  it("is certain where nothing or everything has an effect", () => {
    expect(falsePositiveRisk({ priorProbability: 0, pValue: 1e-300 })).toMatchObject({
      significant: 1,
      atPValue: 1,
    });
    expect(falsePositiveRisk({ priorProbability: 1, pValue: 1 })).toMatchObject({
      significant: 0,
      atPValue: 0,
    });
  });

  it("learns nothing from a test without power", () => {
    const result = falsePositiveRisk({ priorProbability: 0.2, alpha: 0.05, power: 0.05, pValue: 5e-324 });
    expect(result.significant).toBeCloseTo(0.8, 14);
    expect(result).toMatchObject({ likelihoodRatio: 1 });
    expect(result.atPValue).toBeCloseTo(0.8, 14);
  });

  it("is null at no p-value", () => {
    expect(falsePositiveRisk({ priorProbability: 0.2 })).toMatchObject({
      pValue: null,
      atPValue: null,
      likelihoodRatio: null,
    });
  });

  it("is the share of false ones among simulated tests", () => {
    // 200,000 tests, a tenth of them with an effect found 80 % of the time: those with p < 0.05, and near 0.05.
    const random = createRandom(3);
    const shift = 2.801585; // mpmath: the effect of power 0.8 at two-sided 0.05
    let significant = 0;
    let falseOnes = 0;
    for (let run = 0; run < 200_000; run++) {
      const isReal = random.uniform() < 0.1;
      if (Math.abs(random.normal() + (isReal ? shift : 0)) > 1.959964) {
        significant++;
        if (!isReal) falseOnes++;
      }
    }
    const share = falsePositiveRisk({ priorProbability: 0.1 }).significant;
    expect(Math.abs(falseOnes / significant - share)).toBeLessThan(
      4 * Math.sqrt((share * (1 - share)) / significant),
    );
  });

  it("never leaves [0, 1], and falls with the p-value", () => {
    const unit = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
    fc.assert(
      fc.property(
        unit,
        unit,
        unit,
        fc.double({ min: 1e-300, max: 1, noNaN: true }),
        (prior, a, b, pValue) => {
          const options = { priorProbability: prior, alpha: Math.min(a, b), power: Math.max(a, b) };
          const here = falsePositiveRisk({ ...options, pValue });
          const there = falsePositiveRisk({ ...options, pValue: pValue / 2 });
          expect(here.atPValue).toBeGreaterThanOrEqual(0);
          expect(here.atPValue).toBeLessThanOrEqual(1);
          expect(there.atPValue!).toBeLessThanOrEqual(here.atPValue! * (1 + 1e-12));
        },
      ),
    );
  });

  it.each([
    [{ priorProbability: 1.1 }, "priorProbability"],
    [{ priorProbability: 0.5, alpha: 0 }, "alpha"],
    [{ priorProbability: 0.5, power: 0.01 }, "power"],
    [{ priorProbability: 0.5, power: 1 }, "power"],
    [{ priorProbability: 0.5, pValue: 0 }, "pValue"],
    [{ priorProbability: 0.5, pValue: 1.000001 }, "pValue"],
    [{ priorProbability: 0.5, alternative: "up" as never }, "alternative"],
  ])("refuses %j", (options, field) => {
    expect(fieldOf(() => falsePositiveRisk(options))).toBe(field);
  });
});

describe("minimumBayesFactor", () => {
  // Largest error seen: 2e-13 (Goodman's at p = 1e-200).
  it.each(reference.minimumBayesFactor)("agrees with mpmath at p = $pValue", (row) => {
    const { goodman, sellke } = minimumBayesFactor(row);
    expect(relativeError(goodman.bayesFactor, row.goodman)).toBeLessThan(1e-12);
    expect(relativeError(sellke.bayesFactor, row.sellke)).toBeLessThan(1e-12);
    expect(relativeError(goodman.nullProbability, row.goodman / (1 + row.goodman))).toBeLessThan(1e-12);
  });

  it("has the textbook values of Goodman and of Sellke, Bayarri and Berger at 0.05 and 0.01", () => {
    expect(minimumBayesFactor({ pValue: 0.05 }).goodman.bayesFactor).toBeCloseTo(0.15, 2);
    expect(minimumBayesFactor({ pValue: 0.01 }).goodman.bayesFactor).toBeCloseTo(0.036, 3);
    expect(minimumBayesFactor({ pValue: 0.05 }).sellke.nullProbability).toBeCloseTo(0.289, 3);
    expect(minimumBayesFactor({ pValue: 0.01 }).sellke.nullProbability).toBeCloseTo(0.111, 3);
  });

  it("ends at 0 and at 1", () => {
    const none = { bayesFactor: 0, logBayesFactor: -Infinity, nullProbability: 0 };
    expect(minimumBayesFactor({ pValue: 0 })).toMatchObject({ goodman: none, sellke: none });
    const all = { bayesFactor: 1, logBayesFactor: 0, nullProbability: 0.5 };
    expect(minimumBayesFactor({ pValue: 1 })).toMatchObject({ goodman: all, sellke: all });
  });

  it("refuses what is no p-value", () => {
    expect(fieldOf(() => minimumBayesFactor({ pValue: 1.01 }))).toBe("pValue");
    expect(fieldOf(() => minimumBayesFactor(undefined as never))).toBe("options");
  });
});

describe("typeSAndM", () => {
  // Largest errors seen: 2e-14.
  it.each(reference.typeSAndM)(
    "agrees with quadrature at effect $effect, error $standardError, df $degreesOfFreedom",
    (row) => {
      const result = typeSAndM({ ...row, degreesOfFreedom: referenceNumber(row.degreesOfFreedom) });
      expect(relativeError(result.power, row.power)).toBeLessThan(1e-12);
      expect(relativeError(result.typeS, row.typeS)).toBeLessThan(1e-12);
      expect(relativeError(result.exaggerationRatio, row.exaggerationRatio)).toBeLessThan(1e-12);
    },
  );

  it("has the figures of Gelman and Carlin (2014)", () => {
    // Beauty and sex ratio: power 0.05, type S 46 %, exaggeration 77; with power 0.8 about 1.1.
    const beauty = typeSAndM({ effect: 0.1, standardError: 3.28 });
    expect(beauty.power).toBeCloseTo(0.05, 3);
    expect(beauty.typeS).toBeCloseTo(0.46, 2);
    expect(Math.abs(beauty.exaggerationRatio - 77)).toBeLessThan(0.5);
    const strong = typeSAndM({ effect: 2.8, standardError: 1 });
    expect(strong.power).toBeCloseTo(0.8, 2);
    expect(strong.exaggerationRatio).toBeCloseTo(1.1, 1);
  });

  it("knows no sign of an effect of 0", () => {
    const { power, typeS, exaggerationRatio } = typeSAndM({ effect: 0, standardError: 2, alpha: 0.1 });
    expect(power).toBeCloseTo(0.1, 15);
    expect(typeS).toBe(0.5);
    expect(exaggerationRatio).toBe(Infinity);
  });

  it("has an answer from the smallest effect to the largest", () => {
    for (const effect of [1e-308, 1e-150, 1, 1e150, 1e308]) {
      for (const standardError of [1e-308, 1, 1e308]) {
        for (const degreesOfFreedom of [1, 1.5, 3, 1e6, Infinity]) {
          const result = typeSAndM({ effect, standardError, degreesOfFreedom });
          for (const figure of [result.power, result.typeS]) {
            expect(figure).toBeGreaterThanOrEqual(0);
            expect(figure).toBeLessThanOrEqual(1);
          }
          expect(result.exaggerationRatio).toBeGreaterThanOrEqual(1 - 1e-12);
        }
      }
    }
  });

  it("has a heavier tail than any mean at one degree of freedom", () => {
    const result = typeSAndM({ effect: 1, standardError: 1, degreesOfFreedom: 1 });
    expect(result.exaggerationRatio).toBe(Infinity);
    expect(result.typeS).toBeGreaterThan(0.3);
  });

  it.each([
    [{ effect: Infinity, standardError: 1 }, "effect"],
    [{ effect: 1, standardError: 0 }, "standardError"],
    [{ effect: 1, standardError: 1, alpha: 1 }, "alpha"],
    [{ effect: 1, standardError: 1, degreesOfFreedom: 0.5 }, "degreesOfFreedom"],
    [{ effect: 1, standardError: 1, degreesOfFreedom: Number.NaN }, "degreesOfFreedom"],
  ])("refuses %j", (options, field) => {
    expect(fieldOf(() => typeSAndM(options))).toBe(field);
  });
});

describe("twymanCheck", () => {
  it("finds a lift of 30 % suspicious where changes move the metric by 3 %", () => {
    const check = twymanCheck({ estimate: 0.3, standardError: 0.05, priorStandardDeviation: 0.03 });
    // mpmath 1.3, 40 digits: z, p, posterior mean and standard deviation.
    expect(relativeError(check.statistic, 5.144957554275265)).toBeLessThan(1e-14);
    expect(relativeError(check.pValue, 2.675813047727119e-7)).toBeLessThan(1e-12);
    expect(relativeError(check.posterior.estimate!, 0.07941176470588235)).toBeLessThan(1e-14);
    expect(relativeError(check.posterior.standardError!, 0.025724787771376323)).toBeLessThan(1e-14);
    expect(check.suspicious).toBe(true);
    expect(check.warnings.map(({ code }) => code)).toEqual(["TOO_GOOD_TO_BE_TRUE"]);
  });

  it("leaves a significant but common effect alone", () => {
    const check = twymanCheck({ estimate: 0.05, standardError: 0.01, priorStandardDeviation: 0.03 });
    expect(check).toMatchObject({ suspicious: false, warnings: [] });
  });

  it("warns of sound experiments as often as its threshold says", () => {
    const random = createRandom(5);
    const runs = 100_000;
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      const estimate = 0.01 + 0.03 * random.normal() + 0.02 * random.normal();
      const { suspicious } = twymanCheck({
        estimate,
        standardError: 0.02,
        priorMean: 0.01,
        priorStandardDeviation: 0.03,
        threshold: 0.01,
      });
      if (suspicious) alarms++;
    }
    expect(Math.abs(alarms / runs - 0.01)).toBeLessThan(4 * Math.sqrt((0.01 * 0.99) / runs));
  });

  it("stays a number at any scale", () => {
    const size = fc.constantFrom(-1e308, -1, -1e-308, 0, 1e-308, 1, 1e308);
    const width = fc.constantFrom(1e-308, 1e-5, 1, 1e308);
    fc.assert(
      fc.property(size, fc.oneof(width, fc.constant(0)), width, size, (estimate, standardError, sd, mean) => {
        const { posterior, pValue, statistic } = twymanCheck({
          estimate,
          standardError,
          priorStandardDeviation: sd,
          priorMean: mean,
        });
        const { lower, upper } = posterior.interval;
        for (const value of [posterior.estimate, posterior.standardError, pValue, statistic, lower, upper]) {
          expect(value).not.toBeNaN();
        }
      }),
    );
  });

  it.each([
    [{ estimate: Number.NaN, standardError: 1, priorStandardDeviation: 1 }, "estimate"],
    [{ estimate: 1, standardError: -1, priorStandardDeviation: 1 }, "standardError"],
    [{ estimate: 1, standardError: 1, priorStandardDeviation: 0 }, "priorStandardDeviation"],
    [{ estimate: 1, standardError: 1, priorStandardDeviation: undefined as never }, "priorStandardDeviation"],
    [{ estimate: 1, standardError: 1, priorStandardDeviation: 1, priorMean: Infinity }, "priorMean"],
  ])("refuses %j", (options, field) => {
    expect(fieldOf(() => twymanCheck(options))).toBe(field);
  });
});
