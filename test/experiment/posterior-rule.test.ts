import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { Decision } from "../../src/experiment/decide.ts";
import type { ExperimentData, MetricResult } from "../../src/experiment/experiment-data.ts";
import type { ExperimentPlan, PlannedMetric } from "../../src/experiment/experiment-plan.ts";
import { planExperiment } from "../../src/experiment/plan-experiment.ts";
import type { ShippingPolicy } from "../../src/experiment/shipping-policy.ts";
import { createRandom } from "../../src/numerics/random.ts";

const N = 20_000;

type Rule = Partial<Extract<ShippingPolicy, { kind: "macro-posterior" }>>;

function plan(
  rule: Rule = {},
  macro: Partial<PlannedMetric> = {},
  change: Partial<ExperimentPlan> = {},
): ExperimentPlan {
  return {
    name: "Posterior",
    control: "a",
    treatments: ["b"],
    n: N,
    decisionRule: { kind: "macro-posterior", ...rule },
    metrics: [{ name: "order", role: "macro", kind: "proportion", baseline: 0.05, lift: 0.1, ...macro }],
    ...change,
  };
}

function data(planned: ExperimentPlan, ...results: readonly Omit<MetricResult, "metric">[]): ExperimentData {
  const names = [planned.control, ...planned.treatments];
  const arms = results.map((result, i) => ({
    name: names[i]!,
    n: planned.n ?? N,
    results: [{ metric: "order", ...result }],
  }));
  return { name: "Posterior", plan: planned, arms };
}

function decide(planned: ExperimentPlan, control: number, treatment: number): Decision {
  const document = data(planned, { conversions: control }, { conversions: treatment });
  return analyzeExperiment(document).treatments[0]!.decision;
}

const codeOf = ({ action, reasons }: Decision): string => `${action}: ${reasons[0]!.code}`;

describe("a plan that decides on the posterior of the macro metric", () => {
  it("ships above its threshold, stops below what is left of it, and cannot tell between", () => {
    // R: integrate(function(p) pbeta(p, 1001, 19001) * dbeta(p, k + 1, 20001 - k), 0.04, 0.07): 0.9478 at k = 1072,
    // 0.9501 at 1073, 0.9126 at 1060, 0.0813 at 940, 0.0399 at 925.
    expect(codeOf(decide(plan(), 1000, 1073))).toBe("ship: POSTERIOR_RULE_PASSES");
    expect(codeOf(decide(plan(), 1000, 1072))).toBe("cannot-tell: POSTERIOR_RULE_OPEN");
    expect(codeOf(decide(plan(), 1000, 940))).toBe("cannot-tell: POSTERIOR_RULE_OPEN");
    expect(codeOf(decide(plan(), 1000, 925))).toBe("stop: POSTERIOR_RULE_FAILS");
    expect(codeOf(decide(plan({ threshold: 0.9 }), 1000, 1060))).toBe("ship: POSTERIOR_RULE_PASSES");
  });

  it("asks for a loss that nobody minds, too", () => {
    const { expectedLoss } = analyzeExperiment(data(plan(), { conversions: 1000 }, { conversions: 1075 }))
      .treatments[0]!.metrics[0]!.chance!;
    const [below, above] = [0.99, 1.01].map((share) => share * expectedLoss.treatment);
    expect(codeOf(decide(plan({ thresholdOfCaring: above! }), 1000, 1075))).toBe(
      "ship: POSTERIOR_RULE_PASSES",
    );
    const open = decide(plan({ thresholdOfCaring: below! }), 1000, 1075);
    expect(codeOf(open)).toBe("cannot-tell: POSTERIOR_RULE_OPEN");
    expect(open.reasons[0]!.message).toContain("is expected to lose");
  });

  it("turns round with what is better", () => {
    const fewer = plan({}, { improvesWhen: "decrease", lift: -0.1 });
    expect(codeOf(decide(fewer, 1075, 1000))).toBe("ship: POSTERIOR_RULE_PASSES");
    expect(codeOf(decide(fewer, 925, 1000))).toBe("stop: POSTERIOR_RULE_FAILS");
    const message = (decision: Decision): string => decision.reasons[0]!.message;
    expect(message(decide(fewer, 1075, 1000)).match(/0\.\d+/g)).toEqual(
      message(decide(plan(), 1000, 1075)).match(/0\.\d+/g),
    );
  });

  it("is held back by a skeptical prior on the effect, and by one on the level", () => {
    const skeptical = plan({}, { effectPrior: { mean: 0, standardDeviation: 0.02 } });
    expect(codeOf(decide(skeptical, 1000, 1075))).toBe("cannot-tell: POSTERIOR_RULE_OPEN");
    const strong = plan({}, { prior: { alpha: 50_000, beta: 950_000 } });
    expect(codeOf(decide(strong, 1000, 1075))).toBe("cannot-tell: POSTERIOR_RULE_OPEN");
  });

  it("cannot tell where nothing varies", () => {
    const mean = plan({}, { kind: "mean", baseline: 5, standardDeviation: 3 });
    const flat = { mean: 5, variance: 0 };
    const { decision } = analyzeExperiment(data(mean, flat, flat)).treatments[0]!;
    expect(codeOf(decision)).toBe("cannot-tell: MACRO_UNDETERMINED");
  });

  it("does not decide before the planned n, and is stopped by guardrails", () => {
    expect(decide(plan({}, {}, { n: N }), 1000, 1075).action).toBe("ship");
    const sales = data(plan(), { conversions: 1000 }, { conversions: 1200 });
    const early = { ...sales, plan: plan({}, {}, { n: 2 * N }) };
    expect(analyzeExperiment(early).treatments[0]!.decision.action).toBe("keep-running");
  });

  it("says how it is read, and that posteriors are not adjusted", () => {
    const three = plan({}, {}, { treatments: ["b", "c"] });
    const orders = { conversions: 1000 };
    const readout = analyzeExperiment(data(three, orders, orders, orders));
    expect(readout.method).toBe("fixed-horizon, macro-posterior");
    expect(readout.assumptions.join(" ")).toContain("not adjusted for the number of treatments");
  });

  // R, with s = sqrt(.95/.05 * 2/20000), k = t^2/(t^2 + s^2), q = qnorm(.95):
  // pnorm(((q*s*sqrt(k) - (1 - k)*m)/k - c(0, log(1.1)))/s, lower = FALSE)
  it.each([
    [{}, "5 %", "70.6 %"],
    [{ effectPrior: { mean: 0, standardDeviation: 0.05 } }, "1.45 %", "50.2 %"],
    [{ effectPrior: { mean: 0.02, standardDeviation: 0.05 } }, "3.34 %", "63.8 %"],
  ])("says how often it ships in the planned test, with %o", (macro, without, withEffect) => {
    const { assumptions } = planExperiment(plan({}, macro));
    expect(assumptions[0]).toBe(
      `A treatment ships by the posterior of "order". In the planned test one without any effect ships with a probability of ${without}, one with the planned lift with ${withEffect}.`,
    );
  });

  it.each([
    ["monitoring", plan({}, {}, { monitoring: { method: "group-sequential", looks: 3 } })],
    ["monitoring", plan({}, {}, { monitoring: { method: "normal-mixture" } })],
    ["decisionRule.threshold", plan({ threshold: 0.5 })],
    ["decisionRule.threshold", plan({ threshold: 1 })],
    ["decisionRule.thresholdOfCaring", plan({ thresholdOfCaring: -1 })],
  ])("is refused at %s", (path, planned) => {
    expect(() => planExperiment(planned)).toThrow(
      expect.objectContaining({ name: DomainError.name, field: `plan.${path}` }),
    );
  });
});

describe("its errors", () => {
  /** Ships of a treatment with that lift, in so many tests. */
  function ships(planned: ExperimentPlan, lift: number, tests: number): number {
    const random = createRandom(20_261_123);
    const error = Math.sqrt(0.05 * 0.95 * N);
    const draw = (rate: number): number => Math.round(N * rate + error * random.normal());
    let count = 0;
    for (let i = 0; i < tests; i++) {
      if (decide(planned, draw(0.05), draw(0.05 * (1 + lift))).action === "ship") count++;
    }
    return count / tests;
  }

  it("are those it states: without an effect it ships in one test of twenty, and with the planned one as often as said", () => {
    // 200 tests: the share has standard errors of 0.016 and 0.033.
    expect(Math.abs(ships(plan(), 0, 200) - 0.05)).toBeLessThan(3 * 0.016);
    expect(Math.abs(ships(plan(), 0.1, 200) - 0.706)).toBeLessThan(3 * 0.033);
  });
});
