import fc from "fast-check";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { betterRevenue } from "../../src/bayesian/better-revenue.ts";
import { inverseGammaMarginal } from "../../src/bayesian/inverse-gamma-marginal.ts";
import { compareBetaBinomial } from "../../src/bayesian/compare-beta-binomial.ts";
import {
  compareRevenue,
  type CompareRevenueOptions,
  type RevenueComparison,
} from "../../src/bayesian/compare-revenue.ts";
import type { DomainError } from "../../src/core/domain-error.ts";
import { fQuantile } from "../../src/numerics/f-tails.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { relativeError } from "../support/relative-error.ts";

interface Case {
  readonly in: {
    readonly model: "gamma" | "log-normal";
    readonly control: Summary;
    readonly treatment: Summary;
    readonly prior: {
      readonly alpha: number;
      readonly beta: number;
      readonly shape: number;
      readonly rate: number;
      readonly value: "reference";
    };
    readonly valueShape: number;
    readonly largestLogDeviation: number;
  };
  readonly out: {
    readonly probabilityToBeat: string;
    readonly probabilityToLose: string;
    readonly means: Record<"control" | "treatment", string>;
    readonly deviations: Record<"control" | "treatment", string>;
    readonly losses?: Record<"control" | "treatment", string>;
    readonly lift: readonly { readonly lift: number; readonly below: string }[];
    readonly arm: readonly { readonly revenue: number; readonly below: string }[];
    readonly difference?: readonly { readonly difference: number; readonly above: string }[];
  };
}

interface Summary {
  readonly n: number;
  readonly conversions: number;
  readonly mean: number;
  readonly variance: number;
}

const file = new URL("../reference/bayesian/revenue.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { cases: readonly Case[] };

function optionsOf({ model, control, treatment, prior, valueShape, largestLogDeviation }: Case["in"]) {
  const conversionRate = { alpha: prior.alpha, beta: prior.beta };
  const arm = ({ n, conversions, mean, variance }: Summary): object => {
    if (conversions === 0) return { n, conversions };
    return {
      n,
      conversions,
      ...(model === "gamma" ? { values: { mean } } : { logValues: { mean, variance } }),
    };
  };
  const ofGamma = prior.shape === 0 ? "reference" : { shape: prior.shape, rate: prior.rate };
  return {
    model,
    control: arm(control),
    treatment: arm(treatment),
    prior: { conversionRate, value: model === "gamma" ? ofGamma : prior.value },
    ...(model === "gamma" ? { valueShape } : { largestLogDeviation }),
  } as CompareRevenueOptions;
}

const number = (text: string): number => (text === "inf" ? Infinity : Number(text));

const gammaExample: CompareRevenueOptions = {
  model: "gamma",
  control: { n: 10_000, conversions: 300, values: { mean: 52, variance: 1900 } },
  treatment: { n: 10_000, conversions: 330, values: { mean: 53, variance: 2100 } },
};
const logNormalExample: CompareRevenueOptions = {
  model: "log-normal",
  control: { n: 10_000, conversions: 300, logValues: { mean: 3.6, variance: 0.7 } },
  treatment: { n: 10_000, conversions: 330, logValues: { mean: 3.62, variance: 0.72 } },
};

describe("compareRevenue", () => {
  it.each(cases.map((one) => [`${one.in.model} ${JSON.stringify(one.in.control)}`, one] as const))(
    "agrees with inverse Mellin transforms to 30 digits: %s",
    (_, { in: given, out }) => {
      const levels = [...out.lift, ...out.arm]
        .map(({ below }) => Number(below))
        .filter((level) => level > 1e-9 && level < 1 - 1e-9);
      const result = compareRevenue({ ...optionsOf(given), quantileLevels: levels });
      const tolerance = 1e-11;
      const beat = relativeError(result.probabilityToBeat, Number(out.probabilityToBeat));
      const lose = relativeError(result.probabilityToLose, Number(out.probabilityToLose));
      expect(Math.max(beat, lose)).toBeLessThan(tolerance);
      for (const arm of ["control", "treatment"] as const) {
        const { mean, standardDeviation } = result.posterior[arm];
        expect(relativeError(mean, number(out.means[arm]))).toBeLessThan(1e-11);
        expect(relativeError(standardDeviation, number(out.deviations[arm]))).toBeLessThan(1e-11);
        const loss = out.losses === undefined ? Infinity : Number(out.losses[arm]);
        expect(relativeError(result.expectedLoss[arm], loss)).toBeLessThan(tolerance);
      }
      const quantileOf = (from: RevenueComparison["lift"]["quantiles"], level: number): number | undefined =>
        from.find((quantile) => quantile.level === level)?.value;
      for (const { lift, below } of out.lift) {
        const value = quantileOf(result.lift.quantiles, Number(below));
        if (value === undefined) continue;
        expect(Math.abs(Math.log1p(value) - Math.log1p(lift))).toBeLessThan(1e-11);
      }
      for (const { revenue, below } of out.arm) {
        const value = quantileOf(result.posterior.control.quantiles, Number(below));
        if (value !== undefined) expect(relativeError(value, revenue)).toBeLessThan(1e-11);
      }
    },
  );

  it.each([
    ["gamma", gammaExample],
    ["log-normal", logNormalExample],
  ] as const)("maps winning to losing when the arms are swapped: %s", (_, options) => {
    const one = compareRevenue(options);
    const { control, treatment } = options;
    const other = compareRevenue({
      ...options,
      control: treatment,
      treatment: control,
    } as CompareRevenueOptions);
    expect(relativeError(other.probabilityToBeat, one.probabilityToLose)).toBeLessThan(1e-12);
    expect(relativeError(other.expectedLoss.control, one.expectedLoss.treatment)).toBeLessThan(1e-12);
    expect(Math.abs(Math.log1p(other.lift.estimate) + Math.log1p(one.lift.estimate))).toBeLessThan(1e-10);
    expect(other.difference.interval.lower).toBeCloseTo(-one.difference.interval.upper, 10);
  });

  it("is the same in another currency", () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (log) => {
        const rate = Math.exp(log);
        const exchanged = (arm: { readonly mean: number; readonly variance?: number | undefined }) => ({
          mean: arm.mean * rate,
          variance: arm.variance! * rate ** 2,
        });
        const { control, treatment } = gammaExample;
        const one = compareRevenue(gammaExample);
        const other = compareRevenue({
          ...gammaExample,
          control: { ...control, values: exchanged(control.values!) },
          treatment: { ...treatment, values: exchanged(treatment.values!) },
        });
        expect(relativeError(other.probabilityToLose, one.probabilityToLose)).toBeLessThan(1e-11);
        expect(Math.abs(other.lift.estimate - one.lift.estimate)).toBeLessThan(1e-10);
        expect(relativeError(other.expectedLoss.treatment, rate * one.expectedLoss.treatment)).toBeLessThan(
          1e-11,
        );
        expect(
          relativeError(other.posterior.control.median, rate * one.posterior.control.median),
        ).toBeLessThan(1e-10);
      }),
      { numRuns: 4 },
    );
  });

  it("has parts whose expected lifts multiply to that of the revenue", () => {
    for (const options of [gammaExample, logNormalExample]) {
      const { lift, parts } = compareRevenue(options);
      const product = (1 + parts.conversionRate.lift.mean) * (1 + parts.value.lift.mean);
      expect(relativeError(1 + lift.mean, product)).toBeLessThan(1e-14);
    }
  });

  it("has the conversion rate of compareBetaBinomial as one part, and is all of it where values are known", () => {
    const control = { n: 10_000, conversions: 300 };
    const treatment = { n: 10_000, conversions: 330 };
    const values = { mean: 50 };
    const result = compareRevenue({
      model: "gamma",
      control: { ...control, values },
      treatment: { ...treatment, values },
      prior: { value: { shape: 1e13, rate: 5e14 } },
      valueShape: 1,
    });
    const rates = compareBetaBinomial({ control, treatment });
    expect(result.parts.conversionRate.lift).toEqual(rates.lift);
    expect(
      relativeError(result.parts.conversionRate.probabilityToLose, rates.probabilityToLose),
    ).toBeLessThan(1e-13);
    expect(relativeError(result.probabilityToLose, rates.probabilityToLose)).toBeLessThan(1e-8);
    expect(relativeError(result.lift.interval.upper, rates.lift.interval.upper)).toBeLessThan(1e-8);
  });

  it("is the ratio of two gamma variables where conversion rates are known", () => {
    const result = compareRevenue({
      model: "gamma",
      control: { n: 100, conversions: 50, values: { mean: 20 } },
      treatment: { n: 100, conversions: 50, values: { mean: 24 } },
      prior: { conversionRate: { alpha: 1e14, beta: 1e14 } },
      valueShape: 0.5,
    });
    const { lower, upper } = result.lift.interval;
    expect(relativeError(1 + lower, 1.2 * fQuantile(0.025, 50, 50))).toBeLessThan(1e-9);
    expect(relativeError(1 + upper, 1.2 * fQuantile(0.975, 50, 50))).toBeLessThan(1e-9);
    expect(relativeError(result.probabilityToBeat, result.parts.value.probabilityToBeat)).toBeLessThan(1e-9);
  });

  it.each([
    [
      "gamma",
      gammaExample,
      (random: Draws, mean: number, variance: number, n: number) => {
        // The shape by moments is that of both arms.
        const shape = 628 / ((299 * 1900) / 52 ** 2 + (329 * 2100) / 53 ** 2);
        void variance;
        return (mean * n * shape) / random.gamma(shape * n);
      },
    ],
    [
      "log-normal",
      logNormalExample,
      (random: Draws, mean: number, variance: number, n: number) => {
        const drawn = ((n - 1) * variance) / 2 / random.gamma((n - 1) / 2);
        return Math.exp(mean + Math.sqrt(drawn / n) * random.normal() + drawn / 2);
      },
    ],
  ] as const)("agrees with draws from the posteriors: %s", (_, options, drawValue) => {
    const random = createRandom(20261123);
    const result = compareRevenue(options);
    const draws = 20_000;
    let [wins, loss, below] = [0, 0, 0];
    const draw = (arm: CompareRevenueOptions["control"]): number => {
      const { mean, variance } = ("logValues" in arm ? arm.logValues : arm.values) as Required<Summary>;
      const rate = random.beta(1 + arm.conversions, 1 + arm.n - arm.conversions);
      return rate * drawValue(random, mean, variance, arm.conversions);
    };
    for (let i = 0; i < draws; i += 1) {
      const [control, treatment] = [draw(options.control), draw(options.treatment)];
      if (treatment > control) wins += 1;
      loss += Math.max(control - treatment, 0) / draws;
      if (treatment - control < result.difference.interval.lower) below += 1;
    }
    const within = (share: number, p: number): void =>
      expect(Math.abs(share - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / draws));
    within(wins / draws, result.probabilityToBeat);
    within(below / draws, 0.025);
    expect(relativeError(loss, result.expectedLoss.treatment)).toBeLessThan(0.15);
  });

  it("says that means are infinite where one conversion leaves them so, and what is left to read", () => {
    const control = { n: 100, conversions: 1, values: { mean: 20 } };
    const result = compareRevenue({
      model: "gamma",
      control,
      treatment: { ...control, values: { mean: 30 } },
    });
    expect(result.posterior.control.mean).toBe(Infinity);
    expect(result.expectedLoss).toEqual({ control: Infinity, treatment: Infinity });
    expect(result.difference).toMatchObject({ estimate: null, mean: null, status: "undetermined" });
    expect(result.lift.estimate).toBeCloseTo(0.5, 9);
    expect(result.warnings.map(({ code }) => code)).toEqual(["FEW_CONVERSIONS", "REVENUE_HEAVY_TAIL"]);
  });

  it("chooses an arm by the threshold of caring, with the loss finite on the side where it is", () => {
    const result = compareRevenue({
      model: "gamma",
      control: { n: 100, conversions: 60, values: { mean: 20, variance: 200 } },
      treatment: { n: 100, conversions: 1, values: { mean: 30, variance: 0 } },
      valueShape: 1,
      thresholdOfCaring: 20,
    });
    expect(result.expectedLoss.control).toBe(Infinity);
    expect(result.expectedLoss.treatment).toBeLessThan(12.2);
    expect(result.choice).toEqual({ thresholdOfCaring: 20, arm: "treatment" });
  });

  it("has the infinite loss on the other side where the arms change places", () => {
    const [finite, infinite] = [inverseGammaMarginal(30, 600), inverseGammaMarginal(0.9, 20)];
    const [one, other] = [betterRevenue(finite, infinite), betterRevenue(infinite, finite)];
    expect(one.expectedLoss.control).toBe(Infinity);
    expect(other.expectedLoss).toEqual({
      control: one.expectedLoss.treatment,
      treatment: one.expectedLoss.control,
    });
    expect(one.expectedLoss.treatment).toBeLessThan(finite.mean);
    expect(other.logProbabilityToBeat).toBe(one.logProbabilityToLose);
  });

  it("leaves the prior of an arm without data, and of the value where nobody converted", () => {
    const treatment = { n: 300, conversions: 30, values: { mean: 15, variance: 200 } };
    const prior = { conversionRate: { alpha: 3, beta: 27 }, value: { shape: 5, rate: 60 } };
    const none = compareRevenue({
      model: "gamma",
      control: { n: 0, conversions: 0 },
      treatment,
      prior,
      valueShape: 1,
    });
    expect(relativeError(none.posterior.control.mean, 0.1 * 15)).toBeLessThan(1e-12);
    expect(none.warnings.map(({ code }) => code)).toContain("NO_DATA");
    const nobody = compareRevenue({
      model: "gamma",
      control: { n: 30, conversions: 0 },
      treatment,
      prior,
      valueShape: 1,
    });
    expect(relativeError(nobody.posterior.control.value.mean, 15)).toBeLessThan(1e-12);
    expect(nobody.warnings.map(({ code }) => code)).toContain("NO_VALUES");
  });

  it("says where data contradict the model of the values", () => {
    const contradicted = (options: CompareRevenueOptions): readonly string[] =>
      compareRevenue(options).warnings.map(({ code }) => code);
    expect(contradicted(gammaExample)).toEqual([]);
    expect(contradicted({ ...gammaExample, valueShape: 10 })).toContain("VALUE_SHAPE_CONTRADICTED");
    const { control } = logNormalExample;
    const implied = Math.exp(3.6 + 0.35);
    const withMean = (mean: number): CompareRevenueOptions =>
      ({ ...logNormalExample, control: { ...control, values: { mean } } }) as CompareRevenueOptions;
    expect(contradicted(withMean(implied))).toEqual([]);
    expect(contradicted(withMean(1.3 * implied))).toEqual(["LOG_NORMAL_CONTRADICTED"]);
  });

  it("says where the expected revenue rests on the bound of the deviation", () => {
    const arm = { n: 100, conversions: 6, logValues: { mean: 3, variance: 0.5 } };
    const few: CompareRevenueOptions = { model: "log-normal", control: arm, treatment: arm };
    const narrow = compareRevenue(few);
    const wide = compareRevenue({ ...few, largestLogDeviation: 5 });
    expect(narrow.warnings.map(({ code }) => code)).toContain("MEAN_RESTS_ON_BOUND");
    expect(wide.posterior.control.mean).toBeGreaterThan(5 * narrow.posterior.control.mean);
    expect(relativeError(wide.posterior.control.median, narrow.posterior.control.median)).toBeLessThan(0.01);
  });

  it("comes to the same end as values vary less and less", () => {
    const lifts = [1e-14, 1e-18, 1e-30].map((variance) => {
      const { lift } = compareRevenue({
        model: "log-normal",
        control: { n: 1000, conversions: 50, logValues: { mean: 1, variance } },
        treatment: { n: 1000, conversions: 55, logValues: { mean: 1, variance: 1 } },
      });
      return lift.interval.upper;
    });
    expect(relativeError(lifts[0]!, lifts[2]!)).toBeLessThan(1e-9);
    expect(relativeError(lifts[1]!, lifts[2]!)).toBeLessThan(1e-11);
  });

  it("stays sound at the edges of what can be observed", () => {
    const values = { mean: 20, variance: 800 };
    const one = { n: 1, conversions: 1, values: { mean: 20, variance: 0 } };
    const all = { n: 100, conversions: 100, values };
    const million = { n: 1e9, conversions: 3e7, values };
    const billion = { n: 1e12, conversions: 3e10, values };
    const pairs = [
      [one, one],
      [one, all],
      [all, million],
      [million, billion],
      [billion, all],
    ] as const;
    for (const [control, treatment] of pairs) {
      const result = compareRevenue({ model: "gamma", control, treatment, valueShape: 0.5 });
      expect(
        JSON.stringify(result, (_, value: unknown) => (Number.isNaN(value) ? "NaN" : value)),
      ).not.toContain("NaN");
      expect(result.probabilityToBeat + result.probabilityToLose).toBeCloseTo(1, 12);
      expect(result.difference.interval.lower).toBeLessThan(result.difference.interval.upper);
      expect(structuredClone(result)).toEqual(result);
    }
  });

  const gammaArm = { n: 100, conversions: 5, values: { mean: 20, variance: 100 } };
  const logArm = { n: 100, conversions: 5, logValues: { mean: 3, variance: 0.5 } };
  const gamma = { model: "gamma", control: gammaArm, treatment: gammaArm };
  const logNormal = { model: "log-normal", control: logArm, treatment: logArm };
  it.each([
    ["model", { ...gamma, model: "normal" }],
    ["control", { model: "gamma" }],
    ["control.conversions", { ...gamma, control: { ...gammaArm, conversions: 101 } }],
    ["control.conversions", { ...gamma, control: { n: 100, conversions: 0 } }],
    ["control.values", { ...gamma, control: { n: 100, conversions: 3 } }],
    ["control.values", { ...gamma, control: { ...gammaArm, conversions: 0 } }],
    ["control.values.mean", { ...gamma, control: { ...gammaArm, values: { mean: 0 } } }],
    [
      "treatment.values.variance",
      { ...gamma, treatment: { ...gammaArm, values: { mean: 1, variance: -1 } } },
    ],
    ["treatment.values.variance", { ...gamma, treatment: { ...gammaArm, conversions: 1 } }],
    ["valueShape", { ...gamma, valueShape: 0 }],
    [
      "valueShape",
      {
        ...gamma,
        control: { n: 9, conversions: 1, values: { mean: 2 } },
        treatment: { n: 9, conversions: 1, values: { mean: 2 } },
        valueShape: "moments",
      },
    ],
    ["prior", { ...gamma, prior: null }],
    ["prior.value", { ...gamma, prior: { value: "uniform" } }],
    ["prior.value.rate", { ...gamma, prior: { value: { shape: 1, rate: 0 } } }],
    [
      "prior.value.treatment.shape",
      { ...gamma, prior: { value: { control: "reference", treatment: { shape: 0, rate: 1 } } } },
    ],
    ["prior.conversionRate.alpha", { ...gamma, prior: { conversionRate: { alpha: 0, beta: 1 } } }],
    [
      "prior.conversionRate",
      {
        ...gamma,
        control: { n: 0, conversions: 0 },
        prior: { conversionRate: { alpha: 0.01, beta: 1 }, value: { shape: 1, rate: 1 } },
      },
    ],
    ["confidenceLevel", { ...gamma, confidenceLevel: 95 }],
    ["thresholdOfCaring", { ...gamma, thresholdOfCaring: -1 }],
    [
      "control.conversions",
      { ...logNormal, control: { n: 100, conversions: 1, logValues: { mean: 3, variance: 0 } } },
    ],
    [
      "control.logValues.variance",
      { ...logNormal, control: { ...logArm, logValues: { mean: 3, variance: 0 } } },
    ],
    [
      "treatment.logValues.mean",
      { ...logNormal, treatment: { ...logArm, logValues: { mean: 1e9, variance: 1 } } },
    ],
    ["treatment.values.mean", { ...logNormal, treatment: { ...logArm, values: { mean: -1 } } }],
    ["prior.value.kappa", { ...logNormal, prior: { value: { mu: 0, kappa: 0, alpha: 1, beta: 1 } } }],
    ["largestLogDeviation", { ...logNormal, largestLogDeviation: 11 }],
    [
      "largestLogDeviation",
      { ...logNormal, control: { n: 1000, conversions: 500, logValues: { mean: 3, variance: 16 } } },
    ],
  ])("refuses a broken %s", (field, options) => {
    expect(() => compareRevenue(options as never)).toThrow(
      expect.objectContaining({ field, name: "DomainError" }) as DomainError,
    );
  });
});

type Draws = ReturnType<typeof createRandom>;
