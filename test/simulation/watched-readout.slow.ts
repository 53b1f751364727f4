import { describe, expect, it } from "vitest";
import type { ExperimentPlan } from "../../src/experiment/experiment-plan.ts";
import { planExperiment } from "../../src/experiment/plan-experiment.ts";
import type { PlannedMonitoring } from "../../src/experiment/planned-monitoring.ts";
import { watchedRejections } from "../support/watched-simulation.ts";

const EXPERIMENTS = 1000;
/** Standard errors of a simulated share that are put down to chance. */
const CHANCE = 3.3;

const plan: ExperimentPlan = {
  name: "Green button",
  control: "grey",
  treatments: ["green"],
  metrics: [{ name: "order", role: "macro", kind: "proportion", baseline: 0.05, lift: 0.1 }],
};
const WATCHED: readonly (readonly [name: string, monitoring: PlannedMonitoring, looks: number])[] = [
  ["five looks", { method: "group-sequential", looks: 5 }, 5],
  ["five looks of a plan for three", { method: "group-sequential", looks: 3 }, 5],
  ["Pocock's four looks", { method: "group-sequential", looks: 4, spending: "pocock" }, 4],
  ["binding futility", { method: "group-sequential", looks: 4, futility: { binding: true } }, 4],
  ["the normal mixture", { method: "normal-mixture" }, 20],
];

describe.each(WATCHED)("a document read at the looks of %s", (name, monitoring, looks) => {
  const watched = { ...plan, monitoring };
  const terms = {
    plan: watched,
    n: planExperiment(watched).n.control,
    looks,
    experiments: EXPERIMENTS,
  };
  const slack = (p: number): number => CHANCE * Math.sqrt((p * (1 - p)) / EXPERIMENTS);

  it("ships or stops without an effect in at most alpha of experiments", () => {
    const { rejected } = watchedRejections({ ...terms, lift: 0, seed: 1 });
    expect(rejected).toBeLessThan(0.05 + slack(0.05));
    // All but the always-valid test use alpha up.
    if (monitoring.method === "group-sequential") expect(rejected).toBeGreaterThan(0.05 - slack(0.05));
  });

  it("finds the planned lift as often as planned", () => {
    const { rejectedUpwards } = watchedRejections({ ...terms, lift: 0.1, seed: 2 });
    // More looks than planned cost a little power.
    const cost = name.includes("plan for three") ? 0.01 : 0;
    expect(rejectedUpwards).toBeLessThan(0.8 + slack(0.8));
    expect(rejectedUpwards).toBeGreaterThan(0.8 - slack(0.8) - cost);
  });
});
