import { describe, expect, it } from "vitest";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { ExperimentData, MetricResult, PartData } from "../../src/experiment/experiment-data.ts";
import type { ExperimentPlan } from "../../src/experiment/experiment-plan.ts";

const PLAN: ExperimentPlan = {
  name: "Green button",
  control: "grey",
  treatments: ["green"],
  n: 1000,
  metrics: [{ name: "order", role: "macro", kind: "proportion", baseline: 0.1, lift: 0.5 }],
};

function arm(name: string, n: number, conversions: number, of?: number): PartData {
  const result: MetricResult = { metric: "order", conversions, ...(of !== undefined && { n: of }) };
  return { name, n, results: [result] };
}

const DATA: ExperimentData = {
  name: PLAN.name,
  plan: PLAN,
  arms: [arm("grey", 1000, 100), arm("green", 1000, 120)],
};

describe("a document that cannot be", () => {
  it("counts conversions among no units", () => {
    const message = /conversions = 5, must be 0 where n = 0/;
    const arms = [arm("grey", 1000, 5, 0), arm("green", 1000, 120)];
    expect(() => analyzeExperiment({ ...DATA, arms })).toThrow(/data\.arms\[0\]\.results\[0\]\./);
    expect(() => analyzeExperiment({ ...DATA, arms })).toThrow(message);
    const parts = [arm("grey", 0, 5), arm("green", 10, 1)];
    const days = [{ day: 1, arms: parts }];
    expect(() => analyzeExperiment({ ...DATA, dailySeries: [{ by: "day-of-entry", days }] })).toThrow(
      message,
    );
    expect(() =>
      analyzeExperiment({
        ...DATA,
        segmentations: [
          { name: "device", measured: "before-exposure", segments: [{ name: "phone", arms: parts }] },
        ],
      }),
    ).toThrow(/data\.segmentations\[0\]\.segments\[0\]\.arms\[0\]\.results\[0\]\.conversions = 5/);
  });

  it("leaves out the proxy by which its plan decides", () => {
    const plan: ExperimentPlan = {
      ...PLAN,
      metrics: [
        ...PLAN.metrics,
        { name: "cart", role: "proxy", kind: "proportion", baseline: 0.3, lift: 0.5 },
      ],
      decisionRule: { kind: "proxy-assisted", proxy: "cart" },
    };
    const metrics = [{ name: "order", role: "macro", kind: "proportion" } as const];
    expect(() => analyzeExperiment({ ...DATA, plan, metrics })).toThrow(
      /data\.metrics = .*, must hold the proxy "cart"/,
    );
  });

  it("takes another number of units for the planned one of a test that is watched", () => {
    const plan: ExperimentPlan = { ...PLAN, n: 30_000, monitoring: { method: "group-sequential", looks: 3 } };
    expect(analyzeExperiment({ ...DATA, plan, plannedN: 30_000 }).plannedN).toBe(30_000);
    expect(() => analyzeExperiment({ ...DATA, plan, plannedN: 1000 })).toThrow(
      /data\.plannedN = 1000, must be left out where there is a plan/,
    );
  });

  it("has more units in the test for some days than ever entered it", () => {
    const days = [{ day: 1, arms: [arm("grey", 1001, 10), arm("green", 1000, 10)] }];
    expect(() => analyzeExperiment({ ...DATA, dailySeries: [{ by: "day-of-exposure", days }] })).toThrow(
      /data\.dailySeries\[0\]\.days\[0\]\.arms\[0\]\.n = 1001, must be at most the 1000 units of "grey"/,
    );
  });
});

describe("a document that is read", () => {
  it("asks to go on until a day that is still to come, where one arm has its units and the other has not", () => {
    const arms = [arm("grey", 1010, 100), arm("green", 990, 100)];
    const [treatment] = analyzeExperiment({ ...DATA, days: 10, arms }).treatments;
    expect(treatment?.decision).toMatchObject({ action: "keep-running", untilDay: 11 });
  });

  it("takes shares for the planned ones that differ from them in the last digit", () => {
    const arms = [
      { ...arm("grey", 1000, 100), share: 0.1 },
      { ...arm("green", 3000, 300), share: 0.3 },
    ];
    expect(analyzeExperiment({ ...DATA, plan: { ...PLAN, allocation: 3 }, arms }).departures).toEqual([]);
  });
});

describe("what a document may not switch off", () => {
  const guarded: ExperimentPlan = {
    ...PLAN,
    metrics: [
      ...PLAN.metrics,
      {
        name: "crash",
        role: "guardrail",
        kind: "proportion",
        baseline: 0.01,
        margin: 0.5,
        improvesWhen: "decrease",
      },
    ],
  };
  const metrics = guarded.metrics.map(({ baseline: _b, lift: _l, ...metric }) => metric);
  const arms = DATA.arms.map((one) => ({
    ...one,
    results: [...one.results, { metric: "crash", conversions: 10 }],
  }));
  const read = (change: Partial<ExperimentData>): (() => unknown) => {
    return () => analyzeExperiment({ ...DATA, plan: guarded, arms, ...change });
  };

  it("is a planned guardrail", () => {
    expect(read({ metrics })).not.toThrow();
    expect(read({ metrics: metrics.slice(0, -1), arms: DATA.arms })).toThrow(
      /^data\.metrics = .* must hold the planned guardrail "crash"/,
    );
  });

  it.each([
    ["role", { role: "secondary", margin: undefined }],
    ["improvesWhen", { improvesWhen: "increase" }],
    ["margin", { margin: 0.9 }],
  ])("is the %s of a planned guardrail", (field, change) => {
    const changed = { ...metrics.at(-1)!, ...change };
    const kept = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
    const at = metrics.length - 1;
    expect(read({ metrics: metrics.with(at, kept as unknown as (typeof metrics)[number]) })).toThrow(
      new RegExp(`^data\\.metrics\\[${at}\\]\\.${field}`),
    );
  });
});

describe("what is not final", () => {
  const young: ExperimentPlan = {
    ...PLAN,
    metrics: [
      ...PLAN.metrics,
      {
        name: "return",
        role: "guardrail",
        kind: "proportion",
        baseline: 0.1,
        margin: 0.2,
        improvesWhen: "decrease",
        attributionDays: 60,
      },
    ],
  };

  it("keeps a guardrail from letting anything ship, and says until when", () => {
    const arms = [
      {
        ...arm("grey", 20_000, 1000),
        results: [
          { metric: "order", conversions: 1000 },
          { metric: "return", conversions: 2000 },
        ],
      },
      {
        ...arm("green", 20_000, 1300),
        results: [
          { metric: "order", conversions: 1300 },
          { metric: "return", conversions: 2000 },
        ],
      },
    ];
    const read = (days: number) =>
      analyzeExperiment({ ...DATA, plan: { ...young, n: 10_000 }, arms, days }).treatments[0]!.decision;
    expect(read(5)).toMatchObject({ action: "keep-running", step: "guardrails" });
    expect(read(5).reasons.at(-1)!.code).toBe("GUARDRAIL_NOT_MATURE");
    expect(read(5).untilDay).toBe(63);
    expect(read(70).action).toBe("ship");
  });
});

describe("harm while a test runs", () => {
  it("is told at once", () => {
    const plan: ExperimentPlan = {
      ...PLAN,
      n: 50_000,
      metrics: [
        ...PLAN.metrics,
        {
          name: "crash",
          role: "guardrail",
          kind: "proportion",
          baseline: 0.01,
          margin: 0.5,
          improvesWhen: "decrease",
        },
      ],
    };
    const arms = [
      {
        ...arm("grey", 10_000, 500),
        results: [
          { metric: "order", conversions: 500 },
          { metric: "crash", conversions: 100 },
        ],
      },
      {
        ...arm("green", 10_000, 500),
        results: [
          { metric: "order", conversions: 500 },
          { metric: "crash", conversions: 900 },
        ],
      },
    ];
    const { action, reasons } = analyzeExperiment({ ...DATA, plan, arms }).treatments[0]!.decision;
    expect(action).toBe("keep-running");
    expect(reasons.map(({ code }) => code)).toContain("GUARDRAIL_VIOLATED_SO_FAR");
  });
});
