import { describe, expect, it } from "vitest";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { ExperimentData, PartData } from "../../src/experiment/experiment-data.ts";
import type { ExperimentPlan } from "../../src/experiment/experiment-plan.ts";
import { planExperiment } from "../../src/experiment/plan-experiment.ts";

const PLAN: ExperimentPlan = {
  name: "Green button",
  control: "grey",
  treatments: ["green"],
  n: 1000,
  metrics: [{ name: "order", role: "macro", kind: "proportion", baseline: 0.1, lift: 0.5 }],
  segmentations: ["device"],
};

function arm(name: string, n: number, conversions: number): PartData {
  return { name, n, results: [{ metric: "order", conversions }] };
}

const HALVES = [
  { name: "mobile", arms: [arm("grey", 500, 50), arm("green", 500, 60)] },
  { name: "desktop", arms: [arm("grey", 500, 50), arm("green", 500, 60)] },
];
const DATA: ExperimentData = {
  name: PLAN.name,
  plan: PLAN,
  arms: [arm("grey", 1000, 100), arm("green", 1000, 120)],
  segmentations: [{ name: "device", measured: "before-exposure", segments: HALVES }],
};

function said(data: ExperimentData): readonly string[] {
  return analyzeExperiment(data).departures.map(({ message }) => message);
}

describe("departures from a plan", () => {
  it("are none where it was followed", () => {
    expect(said(DATA)).toEqual([]);
    expect(said({ ...DATA, registeredFingerprint: planExperiment(PLAN).fingerprint })).toEqual([]);
  });

  it("are a plan that was changed after it was registered", () => {
    const registeredFingerprint = planExperiment({ ...PLAN, alpha: 0.01 }).fingerprint;
    expect(said({ ...DATA, registeredFingerprint })).toEqual([
      `The plan was registered with the fingerprint ${registeredFingerprint} and has ${planExperiment(PLAN).fingerprint} now: it was changed since.`,
    ]);
  });

  it("are a test that went on after its end", () => {
    const arms = [arm("grey", 1049, 100), arm("green", 1049, 120)];
    expect(said({ ...DATA, arms })).toEqual([]);
    const late = [arm("grey", 1100, 100), arm("green", 1100, 120)];
    expect(said({ ...DATA, arms: late })).toEqual([
      'The test was to be read at 1,000 units of "grey" and is read at 1,100: going on until an effect shows makes false alarms frequent.',
    ]);
  });

  it("are segmentations that nobody planned, and planned ones that are missing", () => {
    const segmentations = [{ name: "channel", measured: "before-exposure" as const, segments: HALVES }];
    expect(said({ ...DATA, segmentations })).toEqual([
      'The segmentation "channel" was not planned: what it shows is exploratory.',
      'The planned segmentation "device" is missing.',
    ]);
  });
});

describe("the fingerprint of a plan", () => {
  it("does not change with where its schema lies", () => {
    const { fingerprint } = planExperiment({ ...PLAN, $schema: "./experiment-plan.schema.json" });
    expect(fingerprint).toBe(planExperiment(PLAN).fingerprint);
  });
});
