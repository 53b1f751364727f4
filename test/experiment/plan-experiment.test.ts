import { describe, expect, it } from "vitest";
import type { ExperimentPlan, PlannedMetric } from "../../src/experiment/experiment-plan.ts";
import { planExperiment } from "../../src/experiment/plan-experiment.ts";
import { sampleSizeForNonInferiority } from "../../src/planning/sample-size-for-non-inferiority.ts";
import { durationDays } from "../../src/planning/duration-days.ts";
import { powerForProportions } from "../../src/planning/power-for-proportions.ts";
import { groupSequentialDesign } from "../../src/sequential/group-sequential-design.ts";
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

  it("plans guardrails for the test of non-inferiority that reads them, with the error of missing shared out", () => {
    const planned = planExperiment(plan({ metrics: [order, speed, refunds] }));
    const power = 1 - 0.2 / 3;
    expect(planned.powerPerTest).toBeCloseTo(power, 15);
    const sizes = planned.metrics.map((metric) => metric.sampleSize.control);
    expect(sizes).toEqual([
      sampleSizeForProportions({ baseline: 0.02, lift: 0.1, power }).control,
      sampleSizeForNonInferiority({
        baseline: 2.1,
        standardDeviation: 1.4,
        margin: 0.02,
        scale: "lift",
        improvesWhen: "decrease",
        power,
      }).control,
      sampleSizeForNonInferiority({ baseline: 0.3, margin: 0.05, scale: "lift", power }).control,
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
          { ...cart, attributionDays: 3 },
          {
            name: "account",
            role: "secondary",
            kind: "proportion",
            baseline: 0.1,
            lift: 0.1,
            attributionDays: 30,
          },
        ],
      }),
    );
    expect(planned.duration?.days).toBeCloseTo(planned.n.control / 2000 + 7, 10);
    expect(planned.proxies[0]?.calendar?.speedup).toBeGreaterThan(0);
  });

  it("counts days along a traffic that changes, and tells the power on some days", () => {
    const totalTraffic = {
      unitsPerWeekday: [5000, 4800, 4700, 4600, 4000, 2500, 3000],
      startWeekday: "wednesday",
    } as const;
    const planned = planExperiment(plan({ totalTraffic }));
    const { control } = planned.n;
    expect(planned.duration).toEqual(durationDays({ n: control, totalTraffic, attributionDays: 0 }));
    const [macro] = planned.metrics;
    expect(macro!.powerByDay.map(({ day }) => day)).toEqual([7, 14, 28]);
    for (const { n, power } of macro!.powerByDay) {
      expect(power).toBe(powerForProportions({ baseline: 0.02, lift: 0.1, n }).power);
    }
    expect(macro!.powerByDay[0]!.n).toBeCloseTo(28_600 / 2, 8);
  });

  it("enrols more units where their conversions are still to come when they are read", () => {
    const conversionDelay = { meanDays: 5 };
    const late = planExperiment(plan({ totalUnitsPerDay: 4000, metrics: [{ ...order, conversionDelay }] }));
    const { control } = planExperiment(plan()).n;
    const expected = durationDays({
      n: control,
      totalUnitsPerDay: 4000,
      baseline: 0.02,
      lift: 0.1,
      conversionDelay,
    });
    expect(late.n.control).toBe(Math.ceil(expected.enrolled));
    expect(late.n.control).toBeGreaterThan(control);
    expect(late.duration!.days).toBeCloseTo(expected.days, 2);
  });

  it("counts on a covariate where the analysis will adjust, and says so", () => {
    const adjusted = planExperiment(
      plan({ metrics: [{ ...order, varianceReduction: { covariateCorrelation: 0.6 } }] }),
    );
    const plain = planExperiment(plan());
    expect(adjusted.metrics[0]!.sampleSize.exact.control).toBeCloseTo(
      plain.metrics[0]!.sampleSize.exact.control * 0.64,
      6,
    );
    expect(adjusted.assumptions.join(" ")).toContain("the analysis has to adjust");
  });

  it("makes room for looks so that the power stays, and tells what each look needs", () => {
    const design = groupSequentialDesign({ looks: 4, futility: {} });
    const watched = planExperiment(
      plan({ totalUnitsPerDay: 4000, monitoring: { method: "group-sequential", looks: 4, futility: {} } }),
    );
    const once = planExperiment(plan());
    const exact = once.metrics[0]!.sampleSize.exact.control;
    expect(watched.monitoring.design).toEqual(design);
    expect(watched.n.control).toBe(Math.ceil(exact * design.inflation));
    expect(watched.monitoring.looks.map(({ control }) => control)).toEqual(
      [0.25, 0.5, 0.75, 1].map((share) => Math.ceil(exact * design.inflation * share)),
    );
    for (const { control, day } of watched.monitoring.looks) expect(day).toBeCloseTo(control / 2000, 8);
    expect(watched.method).toBe("group-sequential");
  });

  it("shares alpha out among treatments before it shares it out among looks", () => {
    const { design } = planExperiment(
      plan({ treatments: ["green", "red"], monitoring: { method: "group-sequential", looks: 3 } }),
    ).monitoring;
    expect(design).toEqual(groupSequentialDesign({ looks: 3, alpha: 0.025 }));
  });

  it("tells what each way of watching costs at most and on average", () => {
    const { choices } = planExperiment(plan({ totalUnitsPerDay: 8000 })).monitoring;
    expect(choices.map(({ method, looks }) => [method, looks])).toEqual([
      ["fixed-horizon", 1],
      ["group-sequential", 3],
      ["normal-mixture", Infinity],
    ]);
    const [once, looks, anyTime] = choices;
    expect(once!.days!.atMost).toBe(once!.days!.expectedWithEffect);
    const design = groupSequentialDesign({ looks: 3 });
    const exact = planExperiment(plan()).metrics[0]!.sampleSize.exact.control;
    expect(looks!.units.expectedWithEffect / exact).toBeCloseTo(design.expectedSize.alternative.ofFixed, 4);
    expect(looks!.units.expectedWithoutEffect / exact).toBeCloseTo(design.expectedSize.null.ofFixed, 4);
    expect(anyTime!.units.atMost).toBeGreaterThan(1.6 * once!.units.atMost);
    expect(anyTime!.units.expectedWithEffect).toBeLessThan(0.7 * anyTime!.units.atMost);
  });

  it("recommends looks by design, what makes a long test shorter, and what to let a proxy do", () => {
    const codes = (change: Partial<ExperimentPlan>): string[] =>
      planExperiment(plan(change)).recommendations.map(({ code }) => code);
    const effects = { elasticity: 0.8, tauProxy: 0.05, directEffectSd: 0.02 };
    expect(codes({ totalUnitsPerDay: 8000 })).toEqual(["LOOK_BY_DESIGN"]);
    expect(codes({ totalUnitsPerDay: 1000 })).toEqual(["LOOK_BY_DESIGN", "LONG_TEST"]);
    expect(codes({ monitoring: { method: "group-sequential", looks: 5 } })).toEqual([]);
    expect(codes({ metrics: [order, { ...refunds, baseline: 0.02, margin: 0.03 }] })).toContain(
      "GUARDRAIL_SETS_SIZE",
    );
    const proxied = codes({ metrics: [order, { ...cart, effects }] });
    expect(proxied.filter((code) => code.startsWith("PROXY"))).toHaveLength(1);
  });

  it("never takes a proxy that merely moves easily for one that decides sooner", () => {
    const vanity = { elasticity: 0.02, tauProxy: 0.3, directEffectSd: 0.05 };
    const { recommendations, proxies } = planExperiment(
      plan({ metrics: [order, { ...cart, lift: 0.3, effects: vanity }] }),
    );
    expect(proxies[0]!.detection.speedup).toBeGreaterThan(10);
    expect(recommendations.map(({ code }) => code)).toContain("PROXY_DECIDES_LATER");
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
