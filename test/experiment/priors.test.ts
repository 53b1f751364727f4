import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareBetaBinomial } from "../../src/bayesian/compare-beta-binomial.ts";
import { compareGammaPoisson } from "../../src/bayesian/compare-gamma-poisson.ts";
import { compareNormal } from "../../src/bayesian/compare-normal.ts";
import { compareWithEffectPrior } from "../../src/bayesian/compare-with-effect-prior.ts";
import { empiricalEffectPrior } from "../../src/bayesian/empirical-effect-prior.ts";
import { shrinkEffect } from "../../src/bayesian/shrink-effect.ts";
import { DomainError } from "../../src/core/domain-error.ts";
import { analysisTerms } from "../../src/experiment/analysis-terms.ts";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { ExperimentData, MetricResult } from "../../src/experiment/experiment-data.ts";
import { logLiftOf } from "../../src/experiment/log-lift-of.ts";
import type { MetricChance } from "../../src/experiment/metric-chance.ts";
import type { MetricDefinition } from "../../src/experiment/metric-definition.ts";
import type { MetricReadout } from "../../src/experiment/read-metrics.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { compareRatios } from "../../src/inference/compare-ratios.ts";
import { estimateEffectCovariance } from "../../src/proxy/estimate-effect-covariance.ts";
import { relativeError } from "../support/relative-error.ts";

type Result = Omit<MetricResult, "metric">;
type Metric = Omit<MetricDefinition, "name" | "role">;

/** A test of one metric that decides nothing, beside one that decides. */
function document(metric: Metric, control: Result, treatment: Result, n = 1000): ExperimentData {
  const arm = (name: string, result: Result): ExperimentData["arms"][number] => ({
    name,
    n,
    results: [
      { metric: "order", conversions: 0 },
      { metric: "it", ...result },
    ],
  });
  return {
    name: "Priors",
    control: "a",
    metrics: [
      { name: "order", role: "macro", kind: "proportion" },
      { name: "it", role: "secondary", ...metric },
    ],
    views: ["bayesian"],
    arms: [arm("a", control), arm("b", treatment)],
  };
}

function read(...terms: Parameters<typeof document>): MetricReadout {
  return analyzeExperiment(document(...terms)).treatments[0]!.metrics[1]!;
}

type Order = Pick<
  MetricChance,
  "probabilityToBeat" | "logProbabilityToBeat" | "probabilityToLose" | "logProbabilityToLose" | "expectedLoss"
>;

/** The largest relative error of a chance; of logs, in the share that a probability would have. */
function largestError(chance: Order, whole: Order): number {
  return Math.max(
    relativeError(chance.probabilityToBeat, whole.probabilityToBeat),
    relativeError(chance.probabilityToLose, whole.probabilityToLose),
    ...(["logProbabilityToBeat", "logProbabilityToLose"] as const).map(
      (log) => Math.abs(chance[log] - whole[log]) / Math.max(1, Math.abs(whole[log])),
    ),
    relativeError(chance.expectedLoss.control, whole.expectedLoss.control),
    relativeError(chance.expectedLoss.treatment, whole.expectedLoss.treatment),
  );
}

describe("the chance of a metric", () => {
  const n = 1000;
  const rates = { control: { n, conversions: 50 }, treatment: { n, conversions: 65 } };
  const means = {
    control: { n, mean: 10.2, variance: 16.8 },
    treatment: { n, mean: 10.6, variance: 17.4 },
  };
  const counts = { control: { n, events: 220 }, treatment: { n, events: 251 } };
  const varied = {
    control: { n, events: 220, variance: 0.9 },
    treatment: { n, events: 251, variance: 1.1 },
  };
  const perUnit = {
    control: { n, mean: 0.22, variance: 0.9 },
    treatment: { n, mean: 0.251, variance: 1.1 },
  };
  const normal = { mu: 10, kappa: 20, alpha: 5, beta: 80 };
  const effectPrior = { mean: 0.01, standardDeviation: 0.1 };
  const whole = compareWithEffectPrior({ ...rates, effectPrior: { scale: "log-lift", ...effectPrior } });
  const skeptical = compareWithEffectPrior({
    ...rates,
    effectPrior: { scale: "log-lift", ...effectPrior },
    baselinePrior: { alpha: 5, beta: 95 },
  });
  const cases: [string, Metric, Result, Result, Order & { kind: string }][] = [
    ["rates", { kind: "proportion" }, rates.control, rates.treatment, compareBetaBinomial(rates)],
    [
      "rates under a named prior",
      { kind: "proportion", prior: "jeffreys" },
      rates.control,
      rates.treatment,
      compareBetaBinomial({ ...rates, prior: "jeffreys" }),
    ],
    [
      "rates under a prior",
      { kind: "proportion", prior: { alpha: 5, beta: 95 } },
      rates.control,
      rates.treatment,
      compareBetaBinomial({ ...rates, prior: { alpha: 5, beta: 95 } }),
    ],
    ["means", { kind: "mean" }, means.control, means.treatment, compareNormal(means)],
    [
      "means under a prior",
      { kind: "mean", prior: normal },
      means.control,
      means.treatment,
      compareNormal({ ...means, prior: normal }),
    ],
    ["counts", { kind: "count" }, counts.control, counts.treatment, compareGammaPoisson(counts)],
    [
      "counts under a prior, with and without a variance",
      { kind: "count", prior: { shape: 4, rate: 20 } },
      varied.control,
      varied.treatment,
      compareGammaPoisson({ ...varied, prior: { shape: 4, rate: 20 } }),
    ],
    [
      "counts with a variance between units",
      { kind: "count" },
      varied.control,
      varied.treatment,
      compareNormal(perUnit),
    ],
    [
      "rates under a prior on the effect",
      { kind: "proportion", effectPrior },
      rates.control,
      rates.treatment,
      whole,
    ],
    [
      "rates under priors on effect and level",
      { kind: "proportion", effectPrior, prior: { alpha: 5, beta: 95 } },
      rates.control,
      rates.treatment,
      skeptical,
    ],
  ];

  it.each(cases)("of %s is that of the whole posterior", (_, metric, control, treatment, posterior) => {
    const { n: _n, ...ofControl } = control;
    const { n: _m, ...ofTreatment } = treatment;
    const { chance, posterior: found } = read(metric, ofControl, ofTreatment);
    expect(largestError(chance!, posterior)).toBeLessThan(1e-12);
    expect(found).toEqual(posterior);
  });

  it("is that of the whole posterior for rates, means and counts of any size", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 1_000_000 }),
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
        fc.constantFrom("proportion", "mean", "count"),
        (units, [one, two], kind) => {
          const resultOf = (share: number): Result => {
            if (kind === "proportion") return { conversions: Math.round(units * share) };
            if (kind === "count") return { events: Math.round(3 * units * share) };
            return { mean: 2 * share, variance: 0.1 + share };
          };
          const { chance, posterior } = read({ kind }, resultOf(one), resultOf(two), units);
          expect(largestError(chance!, posterior as unknown as Order)).toBeLessThan(1e-12);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("of a metric with a prior on the effect alone is that of its shrunken log-lift", () => {
    const { chance, posterior, comparison } = read(
      { kind: "mean", effectPrior },
      { mean: 10.2, variance: 16.8 },
      { mean: 10.6, variance: 17.4 },
    );
    expect(comparison!.lift).toEqual(compareMeans(means).lift);
    const shrunken = shrinkEffect({
      ...logLiftOf(compareMeans(means).lift)!,
      prior: { family: "normal", ...effectPrior },
    });
    expect(posterior).toEqual(shrunken);
    expect(chance).toMatchObject({ method: "normal-log-lift", prior: null, effectPrior });
    expect(relativeError(chance!.probabilityToBeat, shrunken.probabilityPositive)).toBeLessThan(1e-13);
    expect(relativeError(chance!.probabilityToLose, shrunken.probabilityNegative)).toBeLessThan(1e-13);
    // R: e <- log(10.6/10.2); v <- 16.8/1000/10.2^2 + 17.4/1000/10.6^2; k <- .01/(.01+v); m <- k*e+(1-k)*.01;
    // s <- sqrt(k*v); 10.2*integrate(function(x) (1-exp(x))*dnorm(x,m,s), -.5, 0, rel.tol=1e-12)$value
    const [e, v] = [Math.log(10.6 / 10.2), 16.8 / 1000 / 10.2 ** 2 + 17.4 / 1000 / 10.6 ** 2];
    const k = 0.01 / (0.01 + v);
    const gained = 10.2 * Math.expm1(k * e + (1 - k) * 0.01 + 0.5 * k * v);
    const { control, treatment } = chance!.expectedLoss;
    expect(relativeError(control - treatment, gained)).toBeLessThan(1e-11);
  });

  it("of a ratio is normal, under a flat prior", () => {
    const ratio = (mean: number): Result => ({
      numerator: { mean, variance: 3 },
      denominator: { mean: 4, variance: 5 },
      covariance: 2,
    });
    const { chance, posterior } = read({ kind: "ratio" }, ratio(2), ratio(2.1));
    const { difference } = compareRatios({
      control: { n, ...ratio(2) } as Parameters<typeof compareRatios>[0]["control"],
      treatment: { n, ...ratio(2.1) } as Parameters<typeof compareRatios>[0]["control"],
    });
    expect(relativeError(difference.estimate!, 0.025)).toBeLessThan(1e-12);
    expect(posterior).toBeNull();
    expect(chance).toMatchObject({ method: "normal", prior: null, effectPrior: null });
    // R: z <- .025/se; pnorm(z); se*(dnorm(z) - z*pnorm(-z)), se = 0.01680774 by the delta method
    expect(chance!.probabilityToBeat).toBeCloseTo(0.931370388825, 11);
    expect(chance!.expectedLoss.treatment).toBeCloseTo(0.000508885958585, 13);
    expect(chance!.expectedLoss.control).toBeCloseTo(0.025508885958585, 13);
  });

  it("turns round with the arms, for every kind", () => {
    for (const [, metric, control, treatment] of cases.filter(([, { effectPrior: prior }]) => !prior)) {
      const { n: _n, ...ofControl } = control;
      const { n: _m, ...ofTreatment } = treatment;
      const there = read(metric, ofControl, ofTreatment).chance!;
      const back = read(metric, ofTreatment, ofControl).chance!;
      expect(relativeError(there.probabilityToBeat, back.probabilityToLose)).toBeLessThan(1e-12);
      expect(relativeError(there.expectedLoss.control, back.expectedLoss.treatment)).toBeLessThan(1e-12);
    }
  });

  it("is there without the view, and the posterior is not", () => {
    const { views: _, ...silent } = document({ kind: "proportion" }, rates.control, rates.treatment);
    const strip = ({ n: _n, ...rest }: { n?: number }): object => rest;
    const arms = silent.arms.map((arm) => ({
      ...arm,
      results: arm.results.map((result) => strip(result) as MetricResult),
    }));
    for (const views of [undefined, ["frequentist"] as const]) {
      const metric = analyzeExperiment({ ...silent, arms, ...(views && { views }) }).treatments[0]!
        .metrics[1]!;
      expect(largestError(metric.chance!, compareBetaBinomial(rates))).toBeLessThan(1e-12);
      expect(metric.posterior).toBeNull();
    }
  });

  it("is null where the arms do not vary, and where nothing can be compared", () => {
    const flat = { mean: 3, variance: 0 };
    expect(read({ kind: "mean" }, flat, flat)).toMatchObject({ chance: null, posterior: null });
    expect(read({ kind: "mean", prior: normal }, flat, flat).chance).not.toBeNull();
    expect(read({ kind: "proportion" }, { n: 0, conversions: 0 }, { conversions: 3 }).chance).toBeNull();
    expect(
      read({ kind: "mean", effectPrior }, { mean: -1, variance: 2 }, { mean: 1, variance: 2 }).chance,
    ).toBeNull();
    expect(read({ kind: "count", effectPrior }, { events: 0 }, { events: 4 }).chance).toBeNull();
  });

  it("is null for numbers that no posterior holds, and for variances that are rounding", () => {
    const chanceOf = (metric: Metric, control: Result, treatment: Result): MetricChance | null =>
      read(metric, control, treatment).chance;
    const huge = { mean: 1e160, variance: 1 };
    expect(chanceOf({ kind: "mean", prior: normal }, huge, huge)).toBeNull();
    const rounded = { mean: -1e100, variance: 5e-324 };
    expect(chanceOf({ kind: "mean" }, rounded, { mean: 1, variance: 1e150 })).toBeNull();
    expect(chanceOf({ kind: "mean", effectPrior }, huge, { mean: 1e160, variance: 0 })).toBeNull();
    const ratio = (mean: number, of: number): Result => ({
      numerator: { mean, variance: 1 },
      denominator: { mean: of, variance: 1e-160 },
      covariance: 0,
    });
    const far = chanceOf({ kind: "ratio" }, ratio(0.3, 1), ratio(-1e100, 1))!;
    expect(far.expectedLoss).toEqual({ control: 0, treatment: 1e100 });
  });

  it("reads counts without events, or with one unit each, as Poisson ones", () => {
    const none = { events: 0, variance: 0 };
    expect(read({ kind: "count" }, none, { events: 5, variance: 0.005 }).chance!.method).toBe(
      "gamma-poisson",
    );
    expect(read({ kind: "count" }, none, none).chance!.probabilityToBeat).toBeCloseTo(0.5, 12);
    expect(read({ kind: "count" }, { events: 2 }, { events: 5 }, 1).chance!.method).toBe("gamma-poisson");
  });

  it("warns of a prior that outweighs the data, and of counts that are no Poisson ones", () => {
    const strong = read(
      { kind: "proportion", prior: { alpha: 1000, beta: 9000 } },
      { conversions: 50 },
      { conversions: 65 },
    );
    expect(strong.chance!.warnings.map(({ code }) => code)).toEqual(["PRIOR_OUTWEIGHS_DATA"]);
    const bunched = read(
      { kind: "count", prior: "jeffreys" },
      { events: 220, variance: 0.9 },
      { events: 251, variance: 1.1 },
    );
    expect(bunched.chance!.warnings.map(({ code }) => code)).toEqual(["OVERDISPERSED"]);
  });
});

describe("a prior on the effect that past effects show", () => {
  const pastEffects = [0.02, -0.05, 0.11, 0.01, -0.08].map((estimate) => ({ estimate, standardError: 0.02 }));

  it("is the one fitted to them, with its warnings", () => {
    const { prior, warnings } = empiricalEffectPrior({ effects: pastEffects });
    const { chance } = read(
      { kind: "proportion", effectPrior: { pastEffects } },
      { conversions: 50 },
      { conversions: 65 },
    );
    expect({ family: "normal", ...chance!.effectPrior }).toEqual(prior);
    expect(chance!.warnings).toEqual(warnings);
    expect(warnings.map(({ code }) => code)).toEqual(["FEW_EFFECTS"]);
  });
});

describe("past experiments of a proxy", () => {
  const covariance = [
    [0.0004, 0.0002],
    [0.0002, 0.0016],
  ];
  const pastExperiments = [
    [0.05, 0.04],
    [-0.03, -0.05],
    [0.09, 0.11],
    [0.01, -0.02],
  ].map(([proxyEffect, macroEffect]) => ({
    proxyEffect: proxyEffect!,
    macroEffect: macroEffect!,
    covariance,
  }));

  function withEffects(effects: NonNullable<MetricDefinition["effects"]>): ExperimentData {
    const base = document({ kind: "proportion" }, { conversions: 150 }, { conversions: 180 });
    return {
      ...base,
      views: ["frequentist"],
      metrics: [base.metrics![0]!, { name: "it", role: "proxy", kind: "proportion", nested: true, effects }],
    };
  }

  it("teach what the function that learns from them teaches", () => {
    const { effects } = analysisTerms(withEffects({ pastExperiments }));
    const learned = estimateEffectCovariance({ experiments: pastExperiments });
    expect(effects.get("it")).toEqual({ ...learned, cautions: learned.warnings });
  });

  it.each([
    ["metrics[1].effects.pastExperiments", { pastExperiments: pastExperiments.slice(2) }],
    [
      "metrics[1].effects.pastExperiments[2].covariance[0][0]",
      {
        pastExperiments: pastExperiments.with(2, {
          ...pastExperiments[2]!,
          covariance: [
            [0, 0],
            [0, 1],
          ],
        }),
      },
    ],
    [
      "metrics[1].effects.pastExperiments[1].scale",
      { pastExperiments: pastExperiments.with(1, { ...pastExperiments[1]!, scale: "difference" } as never) },
    ],
    ["metrics[1].effects.scale", { pastExperiments, scale: "difference" as const }],
  ])("are refused at %s", (path, effects) => {
    expect(faultOf(withEffects(effects))).toBe(`data.${path}`);
  });
});

function faultOf(data: ExperimentData): string | null {
  try {
    analyzeExperiment(data);
    return null;
  } catch (error) {
    return error instanceof DomainError ? error.field : String(error);
  }
}

describe("a prior of a document", () => {
  const mean = { mean: 1, variance: 2 };
  const rate = { conversions: 9 };
  const ratio = {
    numerator: { mean: 1, variance: 1 },
    denominator: { mean: 2, variance: 1 },
    covariance: 0.1,
  };
  const spread = (estimates: readonly number[]): NonNullable<Metric["effectPrior"]> => ({
    pastEffects: estimates.map((estimate) => ({ estimate, standardError: 0.1 })),
  });
  const broken: [string, Metric, Result][] = [
    ["prior", { kind: "proportion", prior: "reference" }, rate],
    ["prior", { kind: "mean", prior: "uniform" }, mean],
    ["prior.alpha", { kind: "proportion", prior: { alpha: 0, beta: 1 } }, rate],
    ["prior.mu", { kind: "proportion", prior: { mu: 0, kappa: 1, alpha: 1, beta: 1 } }, rate],
    ["prior.shape", { kind: "proportion", prior: { shape: 1, rate: 1 } }, rate],
    ["prior.mu", { kind: "mean", prior: { alpha: 1, beta: 1 } }, mean],
    ["prior.kappa", { kind: "mean", prior: { mu: 0, kappa: 0, alpha: 1, beta: 1 } }, mean],
    ["prior.rate", { kind: "count", prior: { shape: 1, rate: -1 } }, { events: 4 }],
    ["prior", { kind: "count", prior: "reference" }, { events: 4 }],
    ["prior", { kind: "ratio", prior: "jeffreys" }, ratio],
    [
      "effectPrior.standardDeviation",
      { kind: "mean", effectPrior: { mean: 0, standardDeviation: 1e-9 } },
      mean,
    ],
    ["effectPrior.mean", { kind: "mean", effectPrior: { mean: 11, standardDeviation: 1 } }, mean],
    ["prior", { kind: "mean", prior: "reference", effectPrior: { mean: 0, standardDeviation: 1 } }, mean],
    [
      "prior.alpha",
      {
        kind: "proportion",
        prior: { alpha: 0.01, beta: 1 },
        effectPrior: { mean: 0, standardDeviation: 1 },
      },
      rate,
    ],
    ["effectPrior.pastEffects", { kind: "mean", effectPrior: spread([0.1]) }, mean],
    ["effectPrior.pastEffects", { kind: "mean", effectPrior: spread([0.1, 0.1, 0.1]) }, mean],
    ["effectPrior.pastEffects[1].estimate", { kind: "mean", effectPrior: spread([0.1, 1e60, 0.1]) }, mean],
  ];

  it.each(broken)("is refused at %s where it does not fit (%o)", (path, metric, result) => {
    expect(faultOf(document(metric, result, result))).toBe(`data.metrics[1].${path}`);
  });
});

describe("another prior than the plan's", () => {
  it("is a departure", () => {
    const planned = { name: "order", role: "macro", kind: "proportion", baseline: 0.05, lift: 0.1 } as const;
    const { arms } = document({ kind: "proportion" }, { conversions: 50 }, { conversions: 60 });
    const orders = arms.map((arm) => ({ ...arm, results: [{ metric: "order", conversions: 50 }] }));
    const plan = {
      name: "Priors",
      control: "a",
      treatments: ["b"],
      n: 1000,
      metrics: [{ ...planned, prior: "jeffreys" as const }],
    };
    const metric: MetricDefinition = { name: "order", role: "macro", kind: "proportion" };
    const said = (change: Partial<MetricDefinition>): string[] =>
      analyzeExperiment({
        name: "Priors",
        plan,
        arms: orders,
        metrics: [{ ...metric, ...change }],
      }).departures.map(({ message }) => message);
    expect(said({ prior: "jeffreys" })).toEqual([]);
    expect(said({})).toEqual(['The prior of "order" was planned as "jeffreys" and analysed as none.']);
    expect(said({ prior: "jeffreys", effectPrior: { mean: 0, standardDeviation: 0.1 } })).toEqual([
      'The effectPrior of "order" was planned as none and analysed as {"mean":0,"standardDeviation":0.1}.',
    ]);
  });
});
