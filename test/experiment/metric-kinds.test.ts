import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyzeExperiment, type TreatmentReadout } from "../../src/experiment/analyze-experiment.ts";
import { experimentDataSchema } from "../../src/experiment/experiment-data-schema.ts";
import type { ArmData, ExperimentData, MetricResult } from "../../src/experiment/experiment-data.ts";
import type { ExperimentPlan, PlannedMetric } from "../../src/experiment/experiment-plan.ts";
import { TREATMENTS_ADJUSTMENTS } from "../../src/experiment/multiplicity-policy.ts";
import { planExperiment } from "../../src/experiment/plan-experiment.ts";
import type { PlannedMonitoring } from "../../src/experiment/planned-monitoring.ts";
import { adjustPValues } from "../../src/inference/adjust-p-values.ts";
import { compareArms } from "../../src/inference/compare-arms.ts";
import { compareCounts } from "../../src/inference/compare-counts.ts";
import { compareRatios } from "../../src/inference/compare-ratios.ts";
import { testNonInferiority } from "../../src/inference/test-non-inferiority.ts";
import { normalSf } from "../../src/numerics/normal.ts";
import { durationTable } from "../../src/planning/duration-table.ts";
import { sampleSizeForCounts } from "../../src/planning/sample-size-for-counts.ts";
import { sampleSizeForNonInferiority } from "../../src/planning/sample-size-for-non-inferiority.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";
import { sampleSizeForRatios } from "../../src/planning/sample-size-for-ratios.ts";
import { alwaysValidPValue } from "../../src/sequential/always-valid-p-value.ts";
import { analyzeGroupSequential } from "../../src/sequential/analyze-group-sequential.ts";
import { groupSequentialDesign } from "../../src/sequential/group-sequential-design.ts";
import { relativeError } from "../support/relative-error.ts";
import { faultOf } from "../support/sound-result.ts";

const ORDERS: PlannedMetric = {
  name: "orders",
  role: "macro",
  kind: "count",
  baseline: 0.4,
  dispersion: 1.6,
  lift: 0.05,
};
const CLICKS: PlannedMetric = {
  name: "clicks",
  role: "macro",
  kind: "ratio",
  baseline: 0.4,
  standardDeviation: 0.5,
  lift: 0.02,
};
const SALE: PlannedMetric = { name: "sale", role: "macro", kind: "proportion", baseline: 0.05, lift: 0.1 };
const SPEND: PlannedMetric = {
  name: "spend",
  role: "macro",
  kind: "mean",
  baseline: 20,
  standardDeviation: 30,
  lift: 0.05,
};
const MACROS = [ORDERS, CLICKS, SALE, SPEND];

function guardrail(planned: PlannedMetric, margin: number, improvesWhen?: "decrease"): PlannedMetric {
  const { lift: _, ...metric } = planned;
  return { ...metric, role: "guardrail", margin, ...(improvesWhen === undefined ? {} : { improvesWhen }) };
}

function plan(macro: PlannedMetric, change: Partial<ExperimentPlan> = {}): ExperimentPlan {
  return {
    name: "Test",
    control: "a",
    treatments: ["b"],
    metrics: [macro],
    totalUnitsPerDay: 9000,
    ...change,
  };
}

describe("a plan with ratios and counts", () => {
  it("has the sizes and days that each metric would have on its own, in every role", () => {
    const metrics: PlannedMetric[] = [
      ORDERS,
      { ...ORDERS, name: "visits", role: "secondary" },
      { ...CLICKS, role: "secondary" },
      guardrail({ ...CLICKS, name: "depth" }, 0.03),
      guardrail({ ...ORDERS, name: "tickets" }, 0.05, "decrease"),
    ];
    const planned = planExperiment(plan(ORDERS, { metrics, treatments: ["b", "c"] }));
    const power = 1 - 0.2 / 3;
    const [macro, visits, clicks, depth, tickets] = planned.metrics;
    const count = { baseline: 0.4, dispersion: 1.6, lift: 0.05, power };
    const ratio = { baseline: 0.4, standardDeviation: 0.5, power };
    expect(macro!.sampleSize).toEqual(sampleSizeForCounts({ ...count, alpha: 0.025 }));
    expect(visits!.sampleSize).toEqual(sampleSizeForCounts(count));
    expect(clicks!.sampleSize).toEqual(sampleSizeForRatios({ ...ratio, lift: 0.02 }));
    expect(depth!.sampleSize).toEqual(
      sampleSizeForNonInferiority({ ...ratio, metric: "ratio", margin: 0.03, scale: "lift" }),
    );
    const { lift: _, ...level } = count;
    expect(tickets!.sampleSize).toEqual(
      sampleSizeForNonInferiority({
        ...level,
        metric: "count",
        margin: 0.05,
        scale: "lift",
        improvesWhen: "decrease",
      }),
    );
    expect(planned.n.control).toBe(Math.max(macro!.n, depth!.n, tickets!.n));
    expect(macro!.duration!.days).toBeCloseTo(macro!.n / 3000, 0);
    const table = durationTable({
      metrics: [{ name: "clicks", kind: "ratio", baseline: 0.4, standardDeviation: 0.5, lift: 0.02 }],
      totalUnitsPerDay: 9000,
      treatments: 2,
      adjustment: "none",
      power,
    });
    expect(clicks!.powerByDay).toEqual(table.rows[0]!.powerByDay);
    expect(depth!.powerByDay).toEqual([]);
  });

  it("has lifts at the looks of a count as of a mean with the variance of its events", () => {
    const monitoring: PlannedMonitoring = { method: "group-sequential", looks: 3 };
    const lifts = (macro: PlannedMetric): unknown =>
      planExperiment(plan(macro, { monitoring, n: 50_000 })).monitoring.looks.map(({ lift }) => lift);
    const counted = lifts({ ...ORDERS, baseline: 3 });
    const { dispersion: _, ...mean } = { ...ORDERS, baseline: 3, standardDeviation: Math.sqrt(4.8) };
    const level = lifts({ ...mean, kind: "mean" }) as { lower: number; upper: number }[];
    (counted as typeof level).forEach(({ lower, upper }, k) => {
      expect(relativeError(lower, level[k]!.lower)).toBeLessThan(1e-3);
      expect(relativeError(upper, level[k]!.upper)).toBeLessThan(1e-3);
    });
  });

  it.each<[string, Partial<PlannedMetric> | PlannedMetric, string]>([
    ["a count with a deviation", { ...ORDERS, standardDeviation: 2 }, "plan.metrics[0].standardDeviation"],
    ["a count that falls to nothing", { ...ORDERS, lift: -1 }, "plan.metrics[0].lift"],
    ["a count of nothing", { ...ORDERS, baseline: 0 }, "plan.metrics[0].baseline"],
    ["a count without spread", { ...ORDERS, dispersion: 0 }, "plan.metrics[0].dispersion"],
    [
      "a count whose spread is that of no metric",
      { ...ORDERS, dispersion: 1e80 },
      "plan.metrics[0].dispersion",
    ],
    [
      "a ratio without deviation",
      { ...CLICKS, standardDeviation: undefined as never },
      "plan.metrics[0].standardDeviation",
    ],
    ["a ratio with a dispersion", { ...CLICKS, dispersion: 2 }, "plan.metrics[0].dispersion"],
    ["a ratio below 0", { ...CLICKS, baseline: -0.1 }, "plan.metrics[0].baseline"],
    [
      "a ratio that comes in late",
      { ...CLICKS, conversionDelay: { curve: { family: "exponential", mean: 3 } } as never },
      "plan.metrics[0].conversionDelay",
    ],
    ["a mean with a dispersion", { ...SPEND, dispersion: 2 }, "plan.metrics[0].dispersion"],
    ["a mean of no size", { ...SPEND, standardDeviation: 1e-200 }, "plan.metrics[0].standardDeviation"],
    ["a proportion with a dispersion", { ...SALE, dispersion: 2 }, "plan.metrics[0].dispersion"],
  ])("is refused with the path of what is wrong: %s", (_, metric, path) => {
    expect(() => planExperiment(plan(metric as PlannedMetric))).toThrow(path);
  });
});

describe("how the treatments of a plan share alpha", () => {
  const three = { treatments: ["b", "c", "d"] };

  it.each([
    ["none", 0.05],
    ["bonferroni", 0.05 / 3],
    ["holm", 0.05 / 3],
    ["hochberg", 0.05 / 3],
    ["hommel", 0.05 / 3],
    ["sidak", 1 - 0.95 ** (1 / 3)],
    // Dunnett (1964): 2.35 for three treatments, two-sided at 5 %.
    ["dunnett", 2 * normalSf(2.349)],
    ["dunnett-step-down", 2 * normalSf(2.349)],
  ] as const)("%s leaves each of three tests a level of %d", (treatments, alpha) => {
    const planned = planExperiment(plan(SALE, { ...three, multiplicity: { treatments } }));
    expect(relativeError(planned.alphaPerTreatment, alpha)).toBeLessThan(1e-3);
    expect(planned.multiplicity.treatments).toBe(treatments);
    expect(planned.warnings.map(({ code }) => code)).toEqual(treatments === "none" ? ["NO_ADJUSTMENT"] : []);
    expect(planExperiment(plan(SALE, { multiplicity: { treatments } }))).toMatchObject({
      alphaPerTreatment: 0.05,
      warnings: [],
    });
  });

  it("needs with Dunnett's test the units that its own plan says, at any allocation", () => {
    for (const alternative of ["two-sided", "greater"] as const) {
      for (const allocation of [0.3, 1, 2]) {
        const multiplicity = { treatments: "dunnett" } as const;
        const planned = planExperiment(plan(SALE, { ...three, multiplicity, alternative, allocation }));
        const own = { baseline: 0.05, lift: 0.1, treatments: 3, adjustment: "dunnett" } as const;
        const { control } = sampleSizeForProportions({ ...own, alternative, allocation });
        expect(planned.metrics[0]!.sampleSize.control).toBe(control);
      }
    }
  });

  it("is known before the first look of a watched test", () => {
    const monitoring: PlannedMonitoring = { method: "group-sequential", looks: 3 };
    for (const treatments of TREATMENTS_ADJUSTMENTS) {
      const call = (): unknown =>
        planExperiment(plan(SALE, { ...three, monitoring, multiplicity: { treatments } }));
      if (["none", "bonferroni", "sidak"].includes(treatments)) expect(call).not.toThrow();
      else expect(call).toThrow(`plan.multiplicity.treatments = "${treatments}"`);
    }
    expect(planExperiment(plan(SALE, { ...three, monitoring })).multiplicity.treatments).toBe("bonferroni");
  });

  it("is refused where Dunnett's tail has no digits, and for an allocation of no test", () => {
    const multiplicity = { treatments: "dunnett" } as const;
    expect(() => planExperiment(plan(SALE, { ...three, multiplicity, alpha: 1e-305 }))).toThrow(
      "plan.alpha = 1e-305",
    );
    expect(() => planExperiment(plan(SALE, { ...three, allocation: 1e16 }))).toThrow("plan.allocation = ");
  });
});

type Numbers = Omit<MetricResult, "metric">;

const ratioOf = (ratio: number): Numbers => ({
  numerator: { mean: 5 * ratio, variance: 6.4 },
  denominator: { mean: 5, variance: 18 },
  covariance: 6,
});
/** What an arm of `n` shows whose level is `factor` times the baseline. */
const SHOWN: Readonly<Record<PlannedMetric["kind"], (n: number, factor: number) => Numbers>> = {
  count: (n, factor) => ({ events: Math.round(0.4 * n * factor), variance: 0.62 }),
  ratio: (_, factor) => ratioOf(0.4 * factor),
  proportion: (n, factor) => ({ conversions: Math.round(0.05 * n * factor) }),
  mean: (_, factor) => ({ mean: 20 * factor, variance: 880 }),
};

function arm(name: string, n: number, factor: number, metrics: readonly PlannedMetric[]): ArmData {
  return {
    name,
    n,
    results: metrics.map((metric) => ({ metric: metric.name, ...SHOWN[metric.kind](n, factor) })),
  };
}

function readAt(
  n: number,
  factors: readonly number[],
  given: ExperimentPlan,
  also: Partial<ExperimentData> = {},
): readonly TreatmentReadout[] {
  return analyzeExperiment(document(n, factors, given, also)).treatments;
}

function document(
  n: number,
  factors: readonly number[],
  given: ExperimentPlan,
  also: Partial<ExperimentData> = {},
): ExperimentData {
  const arms = factors.map((factor, i) => arm("abcdef"[i]!, n, factor, given.metrics));
  return { name: "Test", plan: given, arms, ...also };
}

const numbers = (kind: PlannedMetric["kind"], n: number, factor: number): never =>
  ({ n, ...SHOWN[kind](n, factor) }) as never;

describe("a read-out of ratios and counts", () => {
  const metrics = [
    ORDERS,
    { ...CLICKS, role: "secondary" as const },
    guardrail({ ...CLICKS, name: "depth" }, 0.02),
    guardrail({ ...ORDERS, name: "tickets" }, 0.02, "decrease"),
  ];
  const given = plan(ORDERS, { metrics, n: 80_000 });

  it("holds the comparison of each kind, and a decision", () => {
    const [read] = readAt(80_000, [1, 1.03], given);
    const [orders, clicks, depth, tickets] = read!.metrics;
    const of = (kind: "count" | "ratio"): { control: never; treatment: never } => ({
      control: numbers(kind, 80_000, 1),
      treatment: numbers(kind, 80_000, 1.03),
    });
    expect(orders!.comparison).toEqual(compareCounts(of("count")));
    expect(orders!.comparison).toMatchObject({ method: "quasi-poisson" });
    expect(clicks!.comparison).toEqual(compareRatios(of("ratio")));
    expect(clicks).toMatchObject({
      adjustment: "benjamini-hochberg",
      adjustedPValue: clicks!.comparison!.pValue,
    });
    expect(depth!.guardrail!.outcome).toBe("holds");
    const worse = testNonInferiority({
      ...of("count"),
      margin: 0.02,
      scale: "lift",
      improvesWhen: "decrease",
    });
    expect(tickets!.guardrail).toMatchObject({
      outcome: "open",
      worstCase: worse.effect.interval.upper,
      bestCase: worse.effect.interval.lower,
    });
    expect(read!.decision).toMatchObject({ action: "cannot-tell", step: "guardrails" });
  });

  it("ships where the guardrails hold, and stops where one is violated", () => {
    const calm = { ...given, metrics: metrics.slice(0, 3) };
    expect(readAt(80_000, [1, 1.03], calm)[0]!.decision).toMatchObject({
      action: "ship",
      step: "guardrails",
    });
    expect(readAt(80_000, [1, 0.95], calm)[0]!.decision).toMatchObject({
      action: "stop",
      step: "guardrails",
    });
  });

  it("cannot tell where an arm has no denominators, or no unit differs from its arm's mean", () => {
    const ratios = plan(CLICKS, { n: 1000 });
    const empty = {
      numerator: { mean: 0, variance: 0 },
      denominator: { mean: 0, variance: 0 },
      covariance: 0,
    };
    const read = (first: Numbers, second: Numbers, of: ExperimentPlan): TreatmentReadout =>
      analyzeExperiment({
        name: "Test",
        plan: of,
        arms: [
          { name: "a", n: 1000, results: [{ metric: of.metrics[0]!.name, ...first }] },
          { name: "b", n: 1000, results: [{ metric: of.metrics[0]!.name, ...second }] },
        ],
      }).treatments[0]!;
    for (const treatment of [
      read(ratioOf(0.4), empty, ratios),
      read({ events: 2000, variance: 0 }, { events: 3000, variance: 0 }, plan(ORDERS, { n: 1000 })),
    ]) {
      expect(treatment.metrics[0]).toMatchObject({
        adjustedPValue: null,
        comparison: { status: "undetermined" },
      });
      expect(treatment.decision).toMatchObject({
        action: "cannot-tell",
        reasons: [{ code: "MACRO_UNDETERMINED" }],
      });
    }
  });

  const results = (...changed: readonly MetricResult[]): Partial<ExperimentData> => ({
    arms: [
      arm("a", 80_000, 1, metrics),
      {
        name: "b",
        n: 80_000,
        results: [...changed, ...arm("b", 80_000, 1, metrics.slice(changed.length)).results],
      },
    ],
  });

  it.each<[string, MetricResult, string]>([
    ["conversions of a count", { metric: "orders", conversions: 3 }, "data.arms[1].results[0].events"],
    ["a mean of a count", { metric: "orders", events: 30, mean: 2 }, "data.arms[1].results[0].mean"],
    ["half an event", { metric: "orders", events: 1.5 }, "data.arms[1].results[0].events"],
    [
      "a variance that no events have",
      { metric: "orders", events: 2, variance: 5 },
      "data.arms[1].results[0].variance",
    ],
  ])("refuses %s, with its path", (_, result, path) => {
    expect(() => readAt(80_000, [1, 1], given, results(result))).toThrow(path);
  });

  it.each<[string, Partial<MetricResult>, string]>([
    ["events of a ratio", { events: 3 }, "data.arms[1].results[1].events"],
    [
      "a ratio without a covariance",
      { covariance: undefined as never },
      "data.arms[1].results[1].covariance",
    ],
    [
      "a covariance that both variances do not allow",
      { covariance: 99 },
      "data.arms[1].results[1].covariance",
    ],
    [
      "a denominator beside which the numerator overflows",
      { denominator: { mean: 1e-320, variance: 18 } },
      "data.arms[1].results[1].denominator.mean",
    ],
    ["more units than the arm has", { n: 90_000 }, "data.arms[1].results[1].n"],
  ])("refuses %s, with its path", (_, change, path) => {
    const changed = { metric: "clicks", ...ratioOf(0.4), ...change };
    const first = { metric: "orders", ...SHOWN.count(80_000, 1) };
    expect(() => readAt(80_000, [1, 1], given, results(first, changed))).toThrow(path);
  });
});

describe("several treatments", () => {
  const factors = [1, 1.012, 1.02, 0.995];
  const treatments = ["b", "c", "d"];

  it("have the adjusted p-values of compareArms, for each kind, policy and alternative", () => {
    for (const macro of MACROS) {
      for (const alternative of ["two-sided", "greater", "less"] as const) {
        const [control, ...others] = factors.map((factor, i) => ({
          name: "abcd"[i]!,
          ...(numbers(macro.kind, 30_000, factor) as { n: number; conversions: number }),
        }));
        for (const policy of TREATMENTS_ADJUSTMENTS) {
          const multiplicity = { treatments: policy };
          const read = readAt(
            30_000,
            factors,
            plan(macro, { treatments, n: 30_000, alternative, multiplicity }),
          );
          const expected = compareArms({
            control: control!,
            treatments: others,
            adjustment: policy,
            alternative,
          });
          read.forEach(({ metrics: [metric] }, i) => {
            expect(metric!.adjustment).toBe(policy);
            expect(
              relativeError(metric!.adjustedPValue!, expected.treatments[i]!.adjustedPValue!),
            ).toBeLessThan(1e-13);
          });
        }
      }
    }
  });

  it("leave out of the family who has nothing to be compared by", () => {
    const given = plan(CLICKS, { treatments, n: 30_000, multiplicity: { treatments: "dunnett" } });
    const one = document(30_000, factors, given);
    const empty = {
      numerator: { mean: 0, variance: 0 },
      denominator: { mean: 0, variance: 0 },
      covariance: 0,
    };
    const arms = one.arms.map((each) =>
      each.name === "c" ? { ...each, results: [{ metric: "clicks", ...empty }] } : each,
    );
    const [b, c, d] = analyzeExperiment({ ...one, arms }).treatments.map(
      ({ metrics }) => metrics[0]!.adjustedPValue,
    );
    const { arms: _, ...rest } = one;
    const two = analyzeExperiment({ ...rest, arms: arms.filter(({ name }) => name !== "c") });
    expect(c).toBe(null);
    expect([b, d]).toEqual(two.treatments.map(({ metrics }) => metrics[0]!.adjustedPValue));
  });

  it("share the error of all secondary metrics as the plan says", () => {
    const secondary = [ORDERS, CLICKS, SPEND].map((metric) => ({ ...metric, role: "secondary" as const }));
    for (const method of ["none", "holm", "benjamini-yekutieli", "hommel"] as const) {
      const given = plan(SALE, {
        treatments,
        n: 30_000,
        metrics: [SALE, ...secondary],
        multiplicity: { secondary: method },
      });
      const read = readAt(30_000, factors, given).flatMap(({ metrics }) => metrics.slice(1));
      const adjusted = adjustPValues(
        read.map(({ comparison }) => comparison!.pValue!),
        method,
      );
      expect(read.map(({ adjustedPValue }) => adjustedPValue)).toEqual(adjusted);
      expect(new Set(read.map(({ adjustment }) => adjustment))).toEqual(new Set([method]));
    }
  });

  it("are warned of where nothing is kept over all of them, and named as they share", () => {
    const warned = (
      policy: "none" | "dunnett",
      names: readonly string[],
    ): ReturnType<typeof analyzeExperiment> =>
      analyzeExperiment(
        document(
          30_000,
          factors.slice(0, names.length + 1),
          plan(SALE, { treatments: names, n: 30_000, multiplicity: { treatments: policy } }),
        ),
      );
    expect(warned("none", treatments).warnings.map(({ code }) => code)).toEqual(["NO_ADJUSTMENT"]);
    expect(warned("none", ["b"]).warnings).toEqual([]);
    expect(warned("dunnett", treatments).assumptions).toContain(
      "Treatments share one type I error by Dunnett's test.",
    );
  });
});

describe("a watched test", () => {
  const LOOKS: PlannedMonitoring = { method: "group-sequential", looks: 4 };
  const sizes = [10_000, 20_000, 30_000];
  const seen = (macro: PlannedMetric, given: ExperimentPlan, poisson: boolean): ExperimentData => {
    const arms = (n: number): ArmData[] =>
      [1, 1.02].map((factor, i) => {
        const { variance: _, ...unknown } = SHOWN[macro.kind](n, factor);
        const shown = poisson ? unknown : SHOWN[macro.kind](n, factor);
        return { name: "ab"[i]!, n, results: [{ metric: macro.name, ...shown }] };
      });
    const looks = sizes.map((n) => ({ arms: arms(n) }));
    return { name: "Test", plan: given, earlierLooks: looks.slice(0, -1), arms: looks.at(-1)!.arms };
  };
  /** What the test is read from: of a count the mean of its events. */
  const level = (macro: PlannedMetric, n: number, factor: number, poisson: boolean): never => {
    const shown = SHOWN[macro.kind](n, factor);
    if (macro.kind !== "count") return { n, ...shown } as never;
    const mean = shown.events! / n;
    return { n, mean, variance: poisson ? mean : shown.variance! } as never;
  };

  it.each([
    [ORDERS, false],
    [ORDERS, true],
    [CLICKS, false],
  ] as const)("reads ratios, and counts as a mean: %j", (macro, poisson) => {
    const planned = { control: 40_000, treatment: 40_000 };
    const looks = sizes.map((n) => ({
      control: level(macro, n, 1, poisson),
      treatment: level(macro, n, 1.02, poisson),
    }));
    const group = analyzeExperiment(seen(macro, plan(macro, { n: 40_000, monitoring: LOOKS }), poisson));
    const own = analyzeGroupSequential({ design: groupSequentialDesign({ looks: 4 }), planned, looks });
    const read = group.treatments[0]!.metrics[0]!.sequential!;
    expect(read.looks.map(({ z }) => z)).toEqual(own.looks.map(({ z }) => z));
    expect(read.lift.interval).toEqual(
      (own.conclusion?.effects.lift ?? { interval: own.looks[2]!.repeatedIntervals.lift }).interval,
    );
    const said = read.assumptions.filter((sentence) =>
      sentence.startsWith("Events per unit are watched as a mean"),
    );
    expect(said).toHaveLength(macro.kind === "count" ? 1 : 0);
    expect(said.some((sentence) => sentence.includes("Poisson"))).toBe(poisson);

    const monitoring: PlannedMonitoring = { method: "normal-mixture" };
    const always = analyzeExperiment(seen(macro, plan(macro, { n: 40_000, monitoring }), poisson));
    let previous: ReturnType<typeof alwaysValidPValue> | undefined;
    for (const look of looks) previous = alwaysValidPValue({ ...look, tightestN: 40_000, previous });
    expect(always.treatments[0]!.metrics[0]!.sequential).toMatchObject({
      pValue: previous!.pValue,
      decision: "continue",
    });
  });

  it.each([
    ["bonferroni", (p: number) => Math.min(1, 2 * p), 0.025],
    ["sidak", (p: number) => 1 - (1 - p) ** 2, 1 - Math.sqrt(0.95)],
    ["none", (p: number) => p, 0.05],
  ] as const)("shares alpha by %s over the planned treatments", (treatments, adjusted, alpha) => {
    const given = plan(ORDERS, {
      n: 40_000,
      treatments: ["b", "c"],
      monitoring: LOOKS,
      multiplicity: { treatments },
    });
    const { sequential, adjustedPValue, adjustment } = analyzeExperiment(seen(ORDERS, given, false))
      .treatments[0]!.metrics[0]!;
    expect(relativeError(sequential!.alpha, alpha)).toBeLessThan(1e-14);
    expect(relativeError(adjustedPValue!, adjusted(sequential!.pValue!))).toBeLessThan(1e-12);
    expect(adjustment).toBe(treatments);
  });

  it("has nothing to look at in ratios without denominators or variance, or counts that do not vary", () => {
    const still: Numbers = {
      numerator: { mean: 1, variance: 0 },
      denominator: { mean: 2, variance: 0 },
      covariance: 0,
    };
    const empty: Numbers = { ...still, denominator: { mean: 0, variance: 0 } };
    const cases: [PlannedMetric, Numbers, Numbers][] = [
      [CLICKS, still, still],
      [CLICKS, ratioOf(0.4), empty],
      [ORDERS, { events: 0 }, { events: 0 }],
      [ORDERS, { events: 2000, variance: 0 }, { events: 2000, variance: 0 }],
    ];
    for (const [macro, first, second] of cases) {
      const { decision, metrics } = analyzeExperiment({
        name: "Test",
        plan: plan(macro, { n: 40_000, monitoring: LOOKS }),
        arms: [
          { name: "a", n: 1000, results: [{ metric: macro.name, ...first }] },
          { name: "b", n: 1000, results: [{ metric: macro.name, ...second }] },
        ],
      }).treatments[0]!;
      expect(metrics[0]!.sequential).toBe(null);
      expect(decision).toMatchObject({ action: "keep-running", reasons: [{ code: "NOTHING_TO_LOOK_AT" }] });
    }
  });

  it("is refused where events or units were lost since the look before", () => {
    const given = plan(ORDERS, { n: 40_000, monitoring: LOOKS });
    const data = seen(ORDERS, given, true);
    const lost = data.arms.map((each) => ({ ...each, results: [{ metric: "orders", events: 7999 }] }));
    expect(() => analyzeExperiment({ ...data, arms: lost })).toThrow(
      "data.arms[0].results[0].events = 7999, must leave at least the 8000 events of the look before",
    );
    const fewer = data.arms.map((each) => ({
      ...each,
      results: [{ metric: "orders", n: 19_999, events: 12_500 }],
    }));
    expect(() => analyzeExperiment({ ...data, arms: fewer })).toThrow("data.arms[0].results[0].n = 19999");
  });
});

describe("whatever ratios and counts a document holds", () => {
  const size = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 50_000 }) },
    { weight: 1, arbitrary: fc.constantFrom(0, 1, 2, 3) },
  );
  const number = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 900 }).map((x) => x / 100) },
    { weight: 1, arbitrary: fc.constantFrom(0, 1e-6, 1e9) },
  );
  const count = fc.record(
    {
      events: fc.oneof(fc.integer({ min: 0, max: 90_000 }), fc.constantFrom(0, 1, 1e12)),
      variance: number,
    },
    { requiredKeys: ["events"] },
  );
  const moments = fc.record({ mean: number, variance: number });
  const ratio = fc
    .record({
      numerator: moments,
      denominator: moments,
      correlation: fc.constantFrom(-0.9, 0, 0.5, 0.99, 1.1),
    })
    .map(({ correlation, ...both }) => ({
      ...both,
      covariance: correlation * Math.sqrt(both.numerator.variance * both.denominator.variance),
    }));
  // Mostly a variance that so many events of so many units can have.
  const possible = (n: number, { events, variance }: { events: number; variance?: number }): Numbers =>
    variance === undefined || n === 0
      ? { events }
      : { events, variance: Math.min(variance, n === 1 ? 0 : events * (events / n)) };
  const monitoring = fc.constantFrom<PlannedMonitoring>(
    { method: "fixed-horizon" },
    { method: "group-sequential", looks: 2 },
    { method: "normal-mixture" },
    { method: "asymptotic" },
  );
  const armOf = (macro: PlannedMetric): fc.Arbitrary<Omit<ArmData, "name">> =>
    fc
      .record({ n: size, macro: macro.kind === "count" ? count : ratio, depth: ratio, tickets: count })
      .map(({ n, macro: shown, depth, tickets }) => ({
        n,
        results: [
          { metric: macro.name, ...("events" in shown ? possible(n, shown) : shown) },
          { metric: "depth", ...depth },
          { metric: "tickets", ...possible(n, tickets) },
        ],
      }));
  const one = fc.constantFrom(ORDERS, CLICKS).chain((macro) =>
    fc
      .record({
        watch: monitoring,
        alternative: fc.constantFrom("two-sided", "greater", "less"),
        policy: fc.constantFrom("none", "sidak", "dunnett", "dunnett-step-down", "hommel"),
        arms: fc.tuple(armOf(macro), armOf(macro), armOf(macro)),
      })
      .map(({ watch, alternative, policy, arms }): ExperimentData => ({
        name: "Test",
        plan: plan(macro, {
          alternative,
          monitoring: watch,
          treatments: ["b", "c"],
          n: 20_000,
          ...(watch.method === "fixed-horizon" ? { multiplicity: { treatments: policy } } : {}),
          metrics: [
            macro,
            guardrail({ ...CLICKS, name: "depth" }, 0.03),
            guardrail({ ...ORDERS, name: "tickets" }, 0.05, "decrease"),
          ],
        }),
        arms: arms.map((each, i) => ({ name: "abc"[i]!, ...each })),
      })),
  );

  it("is refused by the schema, or read without a gap", () => {
    let readouts = 0;
    fc.assert(
      fc.property(one, (data) => {
        const parsed = experimentDataSchema.safeParse(data);
        if (!parsed.success) {
          expect(() => analyzeExperiment(data)).toThrow(/^data\./);
          return;
        }
        readouts++;
        expect(faultOf(analyzeExperiment(data))).toBeNull();
      }),
      { numRuns: 60 },
    );
    expect(readouts).toBeGreaterThan(10);
  });
});
