import { describe, expect, it } from "vitest";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { ArmData, ExperimentData } from "../../src/experiment/experiment-data.ts";
import type { ExperimentPlan, PlannedMetric } from "../../src/experiment/experiment-plan.ts";

const N = 20_000;
const order: PlannedMetric = { name: "order", role: "macro", kind: "proportion", baseline: 0.05, lift: 0.1 };
const cart: PlannedMetric = { name: "cart", role: "proxy", kind: "proportion", baseline: 0.2, lift: 0.1 };
const visit: PlannedMetric = {
  name: "visit",
  role: "secondary",
  kind: "proportion",
  baseline: 0.3,
  lift: 0.02,
};

function plan(metrics: readonly PlannedMetric[], change: Partial<ExperimentPlan> = {}): ExperimentPlan {
  return { name: "Flags", control: "a", treatments: ["b"], n: N, metrics, ...change };
}

/** Conversions of each metric in each arm, in their order. */
function data(planned: ExperimentPlan, ...conversions: readonly (readonly number[])[]): ExperimentData {
  const arms = conversions.map((of, i): ArmData => ({
    name: [planned.control, ...planned.treatments][i]!,
    n: N,
    results: of.map((count, k) => ({ metric: planned.metrics[k]!.name, conversions: count })),
  }));
  return { name: "Flags", plan: planned, arms };
}

/** Codes of the flags on each metric of the first treatment. */
function flags(document: ExperimentData): string[][] {
  return analyzeExperiment(document).treatments[0]!.metrics.map((metric) =>
    metric.flags.map(({ code }) => code),
  );
}

describe("the flags of a read-out", () => {
  it("are none where nothing stands out, and where nothing can be compared", () => {
    const planned = plan([{ ...order, lift: 0.25 }]);
    expect(flags(data(planned, [1000], [1030]))).toEqual([[]]);
    const { arms, ...rest } = data(planned, [0], [0]);
    const empty = arms.map((arm) => ({ ...arm, results: [{ metric: "order", n: 0, conversions: 0 }] }));
    expect(flags({ ...rest, arms: empty })).toEqual([[]]);
  });

  it("know the planned lift where nothing else is known of such changes", () => {
    expect(flags(data(plan([order]), [1000], [1400]))).toEqual([["ABOVE_PLANNED_LIFT", "TEST_TOO_SMALL"]]);
  });

  it("know the metric's own prior, believed or fitted, before the planned lift", () => {
    const effectPrior = { mean: 0, standardDeviation: 0.02 };
    const pastEffects = [0.02, -0.03, 0.04, -0.01, 0.06].map((estimate) => ({
      estimate,
      standardError: 0.01,
    }));
    for (const prior of [effectPrior, { pastEffects }]) {
      const [found] = flags(data(plan([{ ...order, lift: 0.25, effectPrior: prior }]), [1000], [1400]));
      expect(found).toEqual(["TOO_GOOD_TO_BE_TRUE"]);
    }
    const fitted = data(plan([{ ...order, lift: 0.25, effectPrior: { pastEffects } }]), [1000], [1400]);
    const { message } = analyzeExperiment(fitted).treatments[0]!.metrics[0]!.flags[0]!;
    expect(message).toContain("5 past tests make likely");
  });

  it("know of macro metric and proxy what the covariance of their effects says", () => {
    const effects = { tauProxy: 0.02, tauMacro: 0.03, rho: 0.7 };
    const planned = plan([
      { ...order, lift: 0.25 },
      { ...cart, effects },
    ]);
    expect(flags(data(planned, [1000, 4000], [1400, 5000]))).toEqual([
      ["TOO_GOOD_TO_BE_TRUE"],
      ["TOO_GOOD_TO_BE_TRUE"],
    ]);
    const difference = plan([
      { ...order, lift: 0.25 },
      { ...cart, effects: { tauProxy: 0.005, tauMacro: 0.001, rho: 0.7, scale: "difference" } },
    ]);
    expect(flags(data(difference, [1000, 4000], [1400, 5000]))).toEqual([
      ["ABOVE_PLANNED_LIFT"],
      ["ABOVE_PLANNED_LIFT"],
    ]);
  });

  it("say that an effect is too small to matter only where it is significant among all of its role", () => {
    const worthwhile = { ...order, lift: 0.25, worthwhileLift: 0.5 };
    expect(flags(data(plan([worthwhile]), [1000], [1100]))).toEqual([["TOO_SMALL_TO_MATTER"]]);
    const three = plan([worthwhile], { treatments: ["b", "c", "d"] });
    // p = 0.028 alone, and 0.083 by Holm.
    expect(flags(data(three, [1000], [1098], [1000], [1000]))).toEqual([[]]);
  });

  it("expect the planned power of the macro metric, at the end", () => {
    const planned = plan([order, visit]);
    expect(flags(data(planned, [1000, 6000], [1010, 6010]))).toEqual([["TEST_TOO_SMALL"], []]);
    const longer = plan([order, visit], { n: 2 * N });
    expect(flags(data(longer, [1000, 6000], [1010, 6010]))).toEqual([[], []]);
    expect(flags(data(planned, [1000, 6000], [1010, 6200]))[1]).toEqual([]);
  });

  it("hold a watched test against the interval that allows for its looks, and not against its planned power", () => {
    const watched = plan([order], { monitoring: { method: "normal-mixture" } });
    expect(flags(data(watched, [1000], [1010]))).toEqual([[]]);
    // Read once the interval begins at 18 %, above the planned 15 %; that for all looks begins below it.
    const lift = { ...order, lift: 0.15 };
    const once = analyzeExperiment(data(plan([lift]), [1000], [1280])).treatments[0]!.metrics[0]!;
    const always = analyzeExperiment(
      data(plan([lift], { monitoring: { method: "normal-mixture" } }), [1000], [1280]),
    ).treatments[0]!.metrics[0]!;
    expect(once.flags.map(({ code }) => code)).toContain("ABOVE_PLANNED_LIFT");
    expect(always.sequential!.lift.interval.lower).toBeLessThan(0.15);
    expect(always.flags).toEqual([]);
  });
});
