import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import { planExperiment } from "../../src/experiment/plan-experiment.ts";

const sale = { name: "sale", role: "macro", kind: "proportion", baseline: 0.02, lift: 0.1 };
const cart = { name: "cart", role: "proxy", kind: "proportion", baseline: 0.1, lift: 0.1 };
const plan = { name: "A test", control: "old", treatments: ["new"], metrics: [sale, cart] };
const data = {
  name: "A test",
  control: "old",
  metrics: [{ name: "sale", role: "macro", kind: "proportion" }],
  arms: ["old", "new"].map((name) => ({ name, n: 1000, results: [{ metric: "sale", conversions: 20 }] })),
};

function thrown(call: () => unknown): DomainError {
  try {
    call();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error("the document was taken");
}

const faultOfPlan = (change: object): DomainError =>
  thrown(() => planExperiment({ ...plan, ...change } as never));
const faultOfData = (change: object): DomainError =>
  thrown(() => analyzeExperiment({ ...data, ...change } as never));
const metrics = (change: object): object => ({ metrics: [{ ...sale, ...change }, cart] });
const proxy = (change: object): object => ({ metrics: [sale, { ...cart, ...change }] });

describe("a plan with a misspelt word", () => {
  it.each([
    ["a field", { alhpa: 0.05 }, "plan.alhpa", "alpha"],
    ["a field in another style", { total_units_per_day: 5 }, "plan.total_units_per_day", "totalUnitsPerDay"],
    [
      "a field of a metric",
      metrics({ attributiondays: 5 }),
      "plan.metrics[0].attributiondays",
      "attributionDays",
    ],
    [
      "a field of one of several shapes",
      proxy({ prior: { alpha: 1, bta: 2 } }),
      "plan.metrics[1].prior.bta",
      "beta",
    ],
    [
      "a field of what is believed",
      proxy({ effects: { elasticty: 0.3, tauProxy: 1, directEffectSd: 0.4 } }),
      "plan.metrics[1].effects.elasticty",
      "elasticity",
    ],
    [
      "a field of an effect covariance",
      proxy({ effects: { tauProxy: 1, tauMacro: 1, rho: 0.4, sclae: "log-lift" } }),
      "plan.metrics[1].effects.sclae",
      "scale",
    ],
    ["a word", { alternative: "two-sidd" }, "plan.alternative", "two-sided"],
    ["a word of one of several shapes", proxy({ prior: "jefreys" }), "plan.metrics[1].prior", "jeffreys"],
    [
      "a word that says the shape",
      { monitoring: { method: "group-sequental" } },
      "plan.monitoring.method",
      "group-sequential",
    ],
    ["the name of a step", metrics({ previousStep: "crt" }), "plan.metrics[0].previousStep", "cart"],
    ["a conversion", proxy({ conversion: "add to crt" }), "plan.metrics[1].conversion", "add-to-cart"],
    [
      "the name of a proxy",
      { decisionRule: { kind: "proxy-assisted", proxy: "carts" } },
      "plan.decisionRule.proxy",
      "cart",
    ],
  ])("names the place and what was meant: %s", (_, change, field, meant) => {
    const error = faultOfPlan(change);
    expect(error.field).toBe(field);
    expect(error.message).toContain(`(did you mean "${meant}"?)`);
  });

  it("does not name the field as missing that was written in another way", () => {
    const { baseline, ...rest } = sale;
    const error = faultOfPlan({ metrics: [{ ...rest, basline: baseline }] });
    expect(error.message).toBe(
      'plan.metrics[0].basline = 0.02, is not a known field here (did you mean "baseline"?)',
    );
    expect(error.value).toBe(0.02);
  });

  it("names misspelt fields before other faults, and each of them", () => {
    const error = faultOfPlan({ power: 2, alhpa: 0.1, lookz: 4 });
    expect(error.message).toBe(
      'plan.alhpa = 0.1, is not a known field here (did you mean "alpha"?); plan.lookz: is not a known field here; plan.power: must be below 1',
    );
  });

  it.each([
    [{ name: 5 }, "must be a text"],
    [{ name: "" }, "must be a text that is not empty"],
    [{ treatments: [] }, "must hold at least 1 entry"],
    [{ alpha: "0.05" }, "must be a finite number"],
    [{ alpha: Infinity }, "must be a finite number"],
    [{ n: 1.5 }, "must be a whole number"],
    [{ allocation: 0 }, "must be above 0"],
    [metrics({ attributionDays: -1 }), "must be at least 0"],
    [proxy({ nested: "yes" }), "must be true or false"],
    [{ metrics: {} }, "must be a list"],
    [{ monitoring: 3 }, "must be an object"],
  ])("says in words what is expected: %j", (change, expected) => {
    expect(faultOfPlan(change).expected.split(";")[0]).toBe(expected);
  });
});

describe("data with a misspelt word", () => {
  const arms = (metric: string): object => ({
    arms: [data.arms[0], { name: "new", n: 1000, results: [{ metric, conversions: 20 }] }],
  });
  it.each([
    [
      "a field of an arm's result",
      { arms: [data.arms[0], { ...data.arms[1], reslts: [] }] },
      "data.arms[1].reslts",
      "results",
    ],
    ["the name of the control", { control: "odl" }, "data.control", "old"],
    ["the name of a metric", arms("sales"), "data.arms[1].results[0].metric", "sale"],
  ])("names the place and what was meant: %s", (_, change, field, meant) => {
    const error = faultOfData(change);
    expect(error.field).toBe(field);
    expect(error.message).toContain(`(did you mean "${meant}"?)`);
  });
});
