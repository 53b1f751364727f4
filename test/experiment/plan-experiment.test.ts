import { describe, expect, it } from "vitest";
import type { ExperimentPlan, PlannedMetric } from "../../src/experiment/experiment-plan.ts";
import { planExperiment } from "../../src/experiment/plan-experiment.ts";
import { sampleSizeForMeans } from "../../src/planning/sample-size-for-means.ts";
import { sampleSizeForProportions } from "../../src/planning/sample-size-for-proportions.ts";

const order: PlannedMetric = { name: "order", role: "macro", kind: "proportion", baseline: 0.02, lift: 0.1 };
const cart: PlannedMetric = {
  name: "cart",
  role: "proxy",
  kind: "proportion",
  baseline: 0.1,
  lift: 0.1,
  nested: true,
};
const speed: PlannedMetric = {
  name: "load time",
  role: "guardrail",
  kind: "mean",
  baseline: 2.1,
  standardDeviation: 1.4,
  improvesWhen: "decrease",
  margin: 0.02,
};
const refunds: PlannedMetric = {
  name: "account",
  role: "guardrail",
  kind: "proportion",
  baseline: 0.3,
  margin: 0.05,
};

function plan(change: Partial<ExperimentPlan> = {}): ExperimentPlan {
  return { name: "Green button", control: "grey", treatments: ["green"], metrics: [order, cart], ...change };
}

describe("planExperiment", () => {
  it("enrols what the macro metric needs", () => {
    const planned = planExperiment(plan());
    const { control, treatment, total } = sampleSizeForProportions({ baseline: 0.02, lift: 0.1 });
    expect(planned.n).toEqual({ control, treatment, total });
    expect(planned.duration).toBeNull();
    expect(planned.warnings).toEqual([]);
  });

  it("gives each treatment alpha over their number, and counts them all", () => {
    const planned = planExperiment(plan({ treatments: ["green", "red", "blue"], allocation: 0.5 }));
    const { control, treatment } = sampleSizeForProportions({
      baseline: 0.02,
      lift: 0.1,
      alpha: 0.05 / 3,
      allocation: 0.5,
    });
    expect(planned.alphaPerTreatment).toBe(0.05 / 3);
    expect(planned.n.control).toBe(control);
    expect(Math.abs(planned.n.treatment - treatment)).toBeLessThanOrEqual(1);
    expect(planned.n.total).toBe(planned.n.control + 3 * planned.n.treatment);
  });

  it("plans guardrails one-sided for their margin, with the error of missing shared out", () => {
    const planned = planExperiment(plan({ metrics: [order, speed, refunds] }));
    const power = 1 - 0.2 / 3;
    expect(planned.powerPerTest).toBeCloseTo(power, 15);
    const sizes = planned.metrics.map((metric) => metric.sampleSize.control);
    expect(sizes).toEqual([
      sampleSizeForProportions({ baseline: 0.02, lift: 0.1, power }).control,
      sampleSizeForMeans({ baseline: 2.1, standardDeviation: 1.4, lift: 0.02, power, alternative: "greater" })
        .control,
      sampleSizeForProportions({ baseline: 0.3, lift: -0.05, power, alternative: "less" }).control,
    ]);
    expect(planned.n.control).toBe(Math.max(...sizes));
  });

  it("takes n from the plan where it is set by hand, and says when that is too few", () => {
    const short = planExperiment(plan({ n: 5000 }));
    expect(short.n).toEqual({ control: 5000, treatment: 5000, total: 10_000 });
    expect(short.warnings.map((warning) => warning.code)).toEqual(["UNDERPOWERED"]);
    expect(planExperiment(plan({ n: 500_000 })).warnings).toEqual([]);
  });

  it("counts days from the traffic of all arms, and waits for the slowest deciding metric", () => {
    const planned = planExperiment(
      plan({
        totalUnitsPerDay: 4000,
        metrics: [
          { ...order, attributionDays: 7 },
          { ...cart, attributionDays: 30 },
        ],
      }),
    );
    expect(planned.duration?.days).toBeCloseTo(planned.n.control / 2000 + 7, 10);
    expect(planned.proxies[0]?.calendar?.speedup).toBeGreaterThan(0);
  });

  it("shows each proxy's decision beside its detection, known or not", () => {
    const unknown = planExperiment(plan()).proxies[0]!.detection;
    expect(unknown.speedup).toBeGreaterThan(5);
    expect(unknown.decision.status).toBe("undetermined");
    expect(unknown.decision.byRho.length).toBeGreaterThan(3);
    const effects = { elasticity: 0.8, tauProxy: 0.05, directEffectSd: 0.02 };
    const believed = planExperiment(plan({ metrics: [order, { ...cart, effects }] })).proxies[0]!.detection;
    expect(believed.decision.speedup).toBeLessThan(believed.speedup!);
    expect(believed.decision.ceiling).not.toBeNull();
    expect(believed.decision.crossoverN).not.toBeNull();
  });

  it("plans metrics and proxies for the same split", () => {
    const planned = planExperiment(plan({ allocation: 0.25, totalUnitsPerDay: 4000 }));
    const [macro, proxy] = planned.metrics;
    const { detection, calendar } = planned.proxies[0]!;
    expect(detection.nMacro).toBe(macro!.sampleSize.exact.control);
    expect(detection.nMicro).toBe(proxy!.sampleSize.exact.control);
    expect(calendar!.daysMacro).toBeCloseTo(macro!.sampleSize.exact.control / (4000 / 1.25), 6);
    // Equal arms that know as much: the harmonic mean of the two.
    expect(detection.decision.n).toBeCloseTo((2 * detection.nMicro * 0.25) / 1.25, 6);
  });

  it("says that a proxy cannot be judged against a mean", () => {
    const spend: PlannedMetric = {
      name: "spend",
      role: "macro",
      kind: "mean",
      baseline: 3,
      standardDeviation: 20,
      lift: 0.05,
    };
    const planned = planExperiment(plan({ metrics: [spend, cart] }));
    expect(planned.proxies).toEqual([]);
    expect(planned.warnings.map((warning) => warning.code)).toEqual(["PROXY_NOT_JUDGED"]);
  });

  it("answers Infinity where no traffic is enough", () => {
    const planned = planExperiment(plan({ totalUnitsPerDay: 100, metrics: [{ ...order, lift: 0 }] }));
    expect(planned.n.control).toBe(Infinity);
    expect(planned.duration?.days).toBe(Infinity);
  });

  it("gives the same bytes for the same plan, whatever the order of its keys, and leaves it alone", () => {
    const one = plan();
    const before = structuredClone(one);
    const reordered = Object.fromEntries(Object.entries(one).toReversed()) as unknown as ExperimentPlan;
    expect(JSON.stringify(planExperiment(one))).toBe(JSON.stringify(planExperiment(reordered)));
    expect(one).toEqual(before);
    expect(structuredClone(planExperiment(one))).toEqual(planExperiment(one));
    expect(planExperiment(plan({ alpha: 0.01 })).fingerprint).not.toBe(planExperiment(one).fingerprint);
  });
});
