import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { ArmData, ExperimentData, MetricResult } from "../../src/experiment/experiment-data.ts";
import type { ExperimentPlan } from "../../src/experiment/experiment-plan.ts";
import type { MetricDefinition } from "../../src/experiment/metric-definition.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { sampleRatioMismatch } from "../../src/inference/sample-ratio-mismatch.ts";
import type { EffectCovariance } from "../../src/proxy/effect-covariance.ts";

const order: MetricDefinition = { name: "order", role: "macro", kind: "proportion" };

function arm(name: string, n: number, results: readonly MetricResult[]): ArmData {
  return { name, n, results };
}

function orders(conversions: number): MetricResult {
  return { metric: "order", conversions };
}

function data(change: Partial<ExperimentData> = {}): ExperimentData {
  return {
    name: "Green button",
    control: "grey",
    metrics: [order],
    plannedN: 10_000,
    arms: [arm("grey", 10_000, [orders(200)]), arm("green", 10_000, [orders(280)])],
    ...change,
  };
}

const decisionOf = (
  document: ExperimentData,
): ReturnType<typeof analyzeExperiment>["treatments"][number]["decision"] =>
  analyzeExperiment(document).treatments[0]!.decision;
const codes = (list: readonly { code: string }[]): string[] => list.map(({ code }) => code);

describe("the order of a decision", () => {
  it("ships a macro metric that improved at the planned n", () => {
    const decision = decisionOf(data());
    expect(decision).toMatchObject({ action: "ship", step: "macro", untilDay: null });
    expect(codes(decision.reasons)).toEqual(["MACRO_IMPROVED"]);
  });

  it("stops at a broken split before it looks at anything else", () => {
    const arms = [arm("grey", 10_000, [orders(200)]), arm("green", 10_700, [orders(400)])];
    const readout = analyzeExperiment(data({ arms }));
    expect(readout.sampleRatio.pValue).toBe(
      sampleRatioMismatch({ observed: [10_000, 10_700], expected: [1, 1] }).pValue,
    );
    expect(readout.treatments[0]!.decision).toMatchObject({ action: "blocked", step: "sample-ratio" });
  });

  it("takes the planned split for the check: from shares, or from the plan's allocation", () => {
    const uneven = [arm("grey", 10_000, [orders(200)]), arm("green", 20_000, [orders(400)])];
    expect(decisionOf(data({ arms: uneven })).action).toBe("blocked");
    const shares = uneven.map((one, i) => ({ ...one, share: i + 1 }));
    expect(decisionOf(data({ arms: shares })).action).not.toBe("blocked");
  });

  it("blocks an arm that nobody entered, and does not fall over", () => {
    const arms = [arm("grey", 10_000, [orders(200)]), arm("green", 0, [orders(0)])];
    const readout = analyzeExperiment(data({ arms }));
    expect(readout.treatments[0]!.decision.action).toBe("blocked");
    expect(readout.treatments[0]!.metrics[0]!.comparison).toBeNull();
  });

  it("keeps running before the planned n, however good it looks, and says until when", () => {
    const arms = [arm("grey", 5000, [orders(100)]), arm("green", 5000, [orders(200)])];
    const decision = decisionOf(data({ arms, days: 10, metrics: [{ ...order, attributionDays: 3 }] }));
    expect(decision).toMatchObject({ action: "keep-running", step: "planned-n", untilDay: 23 });
    expect(decisionOf(data({ arms })).untilDay).toBeNull();
  });

  it("asks of a treatment its own share of the planned n", () => {
    const arms = [
      { ...arm("grey", 10_000, [orders(200)]), share: 2 },
      { ...arm("green", 5000, [orders(150)]), share: 1 },
    ];
    expect(decisionOf(data({ arms })).action).toBe("ship");
  });

  it("keeps running until the macro metric has matured", () => {
    const arms = [
      arm("grey", 10_000, [{ ...orders(160), n: 8000 }]),
      arm("green", 10_000, [{ ...orders(240), n: 8000 }]),
    ];
    expect(decisionOf(data({ arms }))).toMatchObject({ action: "keep-running", step: "maturity" });
    const young = data({ days: 2, metrics: [{ ...order, attributionDays: 7 }] });
    expect(decisionOf(young)).toMatchObject({ action: "keep-running", step: "maturity" });
  });

  it("stops at a macro metric that worsened, and cannot tell where it did not move", () => {
    const fell = [arm("grey", 10_000, [orders(280)]), arm("green", 10_000, [orders(200)])];
    expect(decisionOf(data({ arms: fell }))).toMatchObject({ action: "stop", step: "macro" });
    const still = [arm("grey", 10_000, [orders(200)]), arm("green", 10_000, [orders(210)])];
    expect(decisionOf(data({ arms: still }))).toMatchObject({ action: "cannot-tell", step: "macro" });
  });

  it("reads a metric that should decrease the other way round", () => {
    const cancelled: MetricDefinition = { ...order, improvesWhen: "decrease" };
    const fell = [arm("grey", 10_000, [orders(280)]), arm("green", 10_000, [orders(200)])];
    expect(decisionOf(data({ arms: fell, metrics: [cancelled] })).action).toBe("ship");
    expect(decisionOf(data({ metrics: [cancelled] })).action).toBe("stop");
  });

  it("says that no n was planned", () => {
    const { plannedN: _, ...unplanned } = data();
    const readout = analyzeExperiment(unplanned);
    expect(codes(readout.warnings)).toContain("NO_PLANNED_N");
    expect(readout.treatments[0]!.decision.action).toBe("ship");
  });

  it("survives a test in which nobody, and one in which everybody converted", () => {
    for (const conversions of [0, 10_000]) {
      const arms = [arm("grey", 10_000, [orders(conversions)]), arm("green", 10_000, [orders(conversions)])];
      expect(decisionOf(data({ arms })).action).toBe("cannot-tell");
    }
  });
});

describe("guardrails", () => {
  const speed: MetricDefinition = {
    name: "load",
    role: "guardrail",
    kind: "mean",
    improvesWhen: "decrease",
    margin: 0.05,
  };
  const load = (mean: number, variance: number): MetricResult => ({ metric: "load", mean, variance });
  const read = (mean: number, variance: number): ReturnType<typeof decisionOf> =>
    decisionOf(
      data({
        metrics: [order, speed],
        arms: [
          arm("grey", 10_000, [orders(200), load(2, variance)]),
          arm("green", 10_000, [orders(280), load(mean, variance)]),
        ],
      }),
    );

  it("must all hold for a treatment to ship", () => {
    expect(read(2, 1)).toMatchObject({ action: "ship", step: "guardrails" });
  });

  it("leave the decision open while harm is not ruled out", () => {
    expect(read(2.05, 25)).toMatchObject({ action: "cannot-tell", step: "guardrails" });
  });

  it("stop a treatment that harms beyond the margin, though sales rose", () => {
    const decision = read(2.3, 1);
    expect(decision).toMatchObject({ action: "stop", step: "guardrails" });
    expect(codes(decision.reasons)).toContain("GUARDRAIL_VIOLATED");
  });

  it("are tested one-sided at alpha: the interval at 1 − 2 alpha against the margin", () => {
    const rate: MetricDefinition = { name: "account", role: "guardrail", kind: "proportion", margin: 0.05 };
    const accounts = (conversions: number): MetricResult => ({ metric: "account", conversions });
    const arms = [
      arm("grey", 10_000, [orders(200), accounts(3000)]),
      arm("green", 10_000, [orders(280), accounts(2960)]),
    ];
    const readout = analyzeExperiment(data({ metrics: [order, rate], arms }));
    const { lift } = compareProportions({
      control: { n: 10_000, conversions: 3000 },
      treatment: { n: 10_000, conversions: 2960 },
      confidenceLevel: 0.9,
    });
    expect(readout.treatments[0]!.metrics[1]!.guardrail).toMatchObject({
      margin: 0.05,
      worstCase: -lift.interval.lower,
      outcome: "holds",
    });
  });
});

describe("several treatments", () => {
  it("share one type I error by Holm's method", () => {
    const arms = [
      arm("grey", 10_000, [orders(200)]),
      arm("green", 10_000, [orders(242)]),
      arm("red", 10_000, [orders(205)]),
    ];
    const readout = analyzeExperiment(data({ arms }));
    const [green] = readout.treatments;
    const { pValue } = green!.metrics[0]!.comparison!;
    expect(pValue).toBeLessThan(0.05);
    expect(green!.metrics[0]!.adjustedPValue).toBe(2 * pValue!);
    expect(green!.decision.action).toBe("cannot-tell");
  });

  it("give secondary metrics one false discovery rate", () => {
    const clicks: MetricDefinition = { name: "click", role: "secondary", kind: "proportion" };
    const click = (conversions: number): MetricResult => ({ metric: "click", conversions });
    const arms = [
      arm("grey", 10_000, [orders(200), click(900)]),
      arm("green", 10_000, [orders(280), click(1000)]),
    ];
    const readout = analyzeExperiment(data({ metrics: [order, clicks], arms }));
    const [, secondary] = readout.treatments[0]!.metrics;
    expect(secondary).toMatchObject({
      adjustment: "benjamini-hochberg",
      adjustedPValue: secondary!.comparison!.pValue,
    });
  });
});

const plan: ExperimentPlan = {
  name: "Green button",
  control: "grey",
  treatments: ["green"],
  n: 10_000,
  metrics: [
    { name: "order", role: "macro", kind: "proportion", baseline: 0.02, lift: 0.1 },
    { name: "cart", role: "proxy", kind: "proportion", baseline: 0.1, lift: 0.2, nested: true },
  ],
};

function withPlan(
  change: Partial<ExperimentPlan>,
  counts: readonly [number, number, number, number],
  macroN = 10_000,
): ExperimentData {
  const [sales, carts, moreSales, moreCarts] = counts;
  return {
    name: "Green button",
    plan: { ...plan, ...change },
    arms: [
      arm("grey", 10_000, [
        { metric: "order", conversions: sales, n: macroN },
        { metric: "cart", conversions: carts },
      ]),
      arm("green", 10_000, [
        { metric: "order", conversions: moreSales, n: macroN },
        { metric: "cart", conversions: moreCarts },
      ]),
    ],
  };
}

describe("a plan", () => {
  it("gives the analysis its metrics, its n and its fingerprint", () => {
    const readout = analyzeExperiment(withPlan({}, [200, 1000, 280, 1150]));
    expect(readout).toMatchObject({ plannedN: 10_000, departures: [] });
    expect(readout.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });

  it("lets a planned lift that is ruled out stop a treatment", () => {
    const decision = decisionOf(withPlan({}, [2000, 4000, 2010, 4010]));
    expect(decision.action).toBe("stop");
    expect(codes(decision.reasons)).toEqual(["PLANNED_LIFT_RULED_OUT"]);
  });

  it("is held against the analysis: every departure is named", () => {
    const document = {
      ...withPlan({}, [200, 1000, 280, 1150]),
      alpha: 0.1,
      metrics: [order, { name: "cart", role: "secondary" as const, kind: "proportion" as const }],
    };
    const { departures } = analyzeExperiment(document);
    expect(departures.map(({ message }) => message)).toEqual([
      "alpha was planned as 0.05 and analysed as 0.1.",
      'The role of "cart" was planned as "proxy" and analysed as "secondary".',
      'The nested of "cart" was planned as true and analysed as false.',
    ]);
  });

  it("says alone how many units it takes", () => {
    const document = { ...withPlan({}, [200, 1000, 280, 1150]), plannedN: 1000 };
    expect(() => analyzeExperiment(document)).toThrow(/^data\.plannedN = 1000, must be left out/);
  });

  it("is not outvoted in silence by a split of the data", () => {
    const document = withPlan({}, [200, 1000, 280, 1150]);
    const arms = document.arms.map((one, i) => ({ ...one, share: i + 1 }));
    const { departures } = analyzeExperiment({ ...document, arms });
    expect(departures.map(({ message }) => message)).toEqual([
      'The share of "green" against the control was planned as 1 and analysed as 2.',
    ]);
  });

  it("asks of each arm what it planned, to the unit", () => {
    const uneven = { ...withPlan({ n: 100, allocation: 1.1 }, [2, 10, 2, 10], 100) };
    const arms = uneven.arms.map((one, i) => {
      const n = i === 0 ? 100 : 110;
      return { ...one, n, results: one.results.map((result) => ({ ...result, n })) };
    });
    expect(decisionOf({ ...uneven, arms }).step).not.toBe("planned-n");
  });
});

describe("proxies", () => {
  const learned: EffectCovariance = {
    source: "learned",
    tauProxy: 0.05,
    tauMacro: 0.05,
    rho: 0.95,
    posterior: [0.9, 0.95, 0.97].map((rho) => ({ weight: 1, tauProxy: 0.05, tauMacro: 0.05, rho })),
  };
  const withEffects = (effects: MetricDefinition["effects"]): ExperimentPlan["metrics"] => [
    plan.metrics[0]!,
    { ...plan.metrics[1]!, ...(effects === undefined ? {} : { effects }) },
  ];

  it("are judged from the margins of a nested funnel, and never green on beliefs", () => {
    const metrics = withEffects({ elasticity: 1, tauProxy: 0.05, directEffectSd: 0.001 });
    const [proxy] = analyzeExperiment(withPlan({ metrics }, [200, 1000, 210, 1200])).treatments[0]!.proxies;
    expect(proxy?.isLearned).toBe(false);
    expect(proxy?.assessment?.light).not.toBe("green");
  });

  it("show what one would have to believe where nothing is known", () => {
    const [proxy] = analyzeExperiment(withPlan({}, [200, 1000, 210, 1200])).treatments[0]!.proxies;
    expect(proxy?.assessment).toBeNull();
    expect(proxy?.reason).toContain("Nothing is known or assumed");
    expect(proxy?.observed?.decision.byRho.length).toBeGreaterThan(0);
  });

  it("say what is missing where the joint counts are", () => {
    const loose = withPlan(
      { metrics: [plan.metrics[0]!, { ...plan.metrics[1]!, nested: false }] },
      [200, 1000, 210, 1200],
    );
    const [proxy] = analyzeExperiment(loose).treatments[0]!.proxies;
    expect(proxy?.reason).toContain("give jointCounts");
  });

  it("say that the two are counted on different units, where a funnel's sales are final for fewer", () => {
    const document = withPlan({}, [200, 1000, 210, 1200]);
    const arms = document.arms.map((one) => ({
      ...one,
      results: one.results.map((result, i) => (i === 0 ? { ...result, n: one.n - 100 } : result)),
    }));
    const [proxy] = analyzeExperiment({ ...document, arms } as ExperimentData).treatments[0]!.proxies;
    expect(proxy?.reason).toContain("counted on different numbers of units");
  });

  it("never decide, however far they moved, unless the plan says so", () => {
    const readout = analyzeExperiment(withPlan({ metrics: withEffects(learned) }, [200, 1000, 205, 2000]));
    expect(readout.treatments[0]!.decision).toMatchObject({ action: "cannot-tell", step: "macro" });
  });

  const rule = { kind: "proxy-assisted", proxy: "cart", threshold: 0.9 } as const;

  it("decide together with sales under a pre-registered rule on a learned covariance", () => {
    const readout = analyzeExperiment(
      withPlan({ metrics: withEffects(learned), decisionRule: rule }, [200, 1000, 220, 1200]),
    );
    const [treatment] = readout.treatments;
    expect(codes(treatment!.decision.reasons)).toEqual(["ASSISTED_RULE_PASSES"]);
    expect(treatment!.decision.action).toBe("ship");
    expect(treatment!.proxies[0]!.assessment!.assisted.posterior!.probabilityPositive).toBeGreaterThan(0.9);
  });

  it("are kept out of a pre-registered rule where their covariance was only assumed", () => {
    const metrics = withEffects({ elasticity: 1, tauProxy: 0.05, directEffectSd: 0.001 });
    const readout = analyzeExperiment(withPlan({ metrics, decisionRule: rule }, [200, 1000, 220, 1200]));
    expect(codes(readout.warnings)).toContain("ASSUMED_COVARIANCE");
    expect(codes(readout.treatments[0]!.decision.reasons)).toEqual(["MACRO_INCONCLUSIVE"]);
  });

  it("leave a rule on assumed effects to sales that have matured", () => {
    const metrics = withEffects({ elasticity: 1, tauProxy: 0.05, directEffectSd: 0.001 });
    const young = withPlan({ metrics, decisionRule: rule }, [20, 1000, 60, 1200], 1000);
    const table = (both: number, microOnly: number): NonNullable<ArmData["jointCounts"]> => [
      { micro: "cart", neither: 1000 - both - microOnly, macroOnly: 0, microOnly, both },
    ];
    const arms = young.arms.map((one, i) => ({
      ...one,
      jointCounts: i === 0 ? table(20, 80) : table(60, 60),
    }));
    expect(decisionOf({ ...young, arms })).toMatchObject({ action: "keep-running", step: "maturity" });
  });

  it("are held to the threshold of the plan's rule", () => {
    const metrics = withEffects(learned);
    const strict = { ...rule, threshold: 0.9999999 };
    const readout = analyzeExperiment(withPlan({ metrics, decisionRule: strict }, [200, 1000, 220, 1200]));
    const [treatment] = readout.treatments;
    expect(treatment!.decision.action).toBe("cannot-tell");
    expect(treatment!.proxies[0]!.assessment!.assisted).toMatchObject({
      shipThreshold: 0.9999999,
      posterior: { ships: false },
    });
  });

  it("are not judged where less of a metric is better", () => {
    const [macro, proxy] = withEffects(learned);
    const metrics = [{ ...macro!, improvesWhen: "decrease" as const, lift: -0.1 }, proxy!];
    const readout = analyzeExperiment(withPlan({ metrics }, [200, 1000, 150, 900]));
    expect(readout.treatments[0]!.proxies[0]).toMatchObject({ assessment: null });
  });

  it("say why they cannot be judged where nobody converted", () => {
    const metrics = withEffects(learned);
    const [proxy] = analyzeExperiment(withPlan({ metrics }, [0, 0, 0, 0])).treatments[0]!.proxies;
    expect(proxy?.assessment).toBeNull();
    expect(proxy?.reason).toContain("The counts do not allow it");
  });

  it("read joint counts of matured units beside a proxy that has matured on more", () => {
    const joint = (both: number, microOnly: number): NonNullable<ArmData["jointCounts"]> => [
      { micro: "cart", neither: 5000 - both - microOnly, macroOnly: 0, microOnly, both },
    ];
    const document = withPlan({ metrics: withEffects(learned) }, [100, 1000, 120, 1150], 5000);
    const arms = document.arms.map((one, i) => ({
      ...one,
      jointCounts: i === 0 ? joint(100, 400) : joint(120, 450),
    }));
    const [proxy] = analyzeExperiment({ ...document, arms }).treatments[0]!.proxies;
    expect(proxy?.assessment?.seen).toMatchObject({ nProxy: 10_000, nMacro: 5000 });
  });
});

describe("Hillstrom's test", () => {
  const document = JSON.parse(
    readFileSync(new URL("../../examples/hillstrom-data.json", import.meta.url), "utf8"),
  ) as ExperimentData;
  const readout = analyzeExperiment(document);

  it("ships, on sales, with the visit as a proxy that is not green", () => {
    const [treatment] = readout.treatments;
    expect(treatment!.decision).toMatchObject({ action: "ship", step: "macro" });
    expect(treatment!.metrics.map((metric) => metric.name)).toEqual(["visit", "conversion", "spend (USD)"]);
    expect(treatment!.proxies[0]!.assessment!.light).toBe("amber");
  });

  it("gives the same bytes every time", () => {
    expect(JSON.stringify(analyzeExperiment(structuredClone(document)))).toBe(JSON.stringify(readout));
  });
});
