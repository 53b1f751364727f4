import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { planExperiment } from "../../src/experiment/plan-experiment.ts";
import { SCENARIOS } from "../simulation/decision-procedure/scenarios.ts";
import { simulateDecisions } from "../simulation/decision-procedure/simulate-decisions.ts";
import { planOf } from "../simulation/decision-procedure/worlds.ts";
import { tableRows } from "../support/table-rows.ts";

// What is simulated at length is held to the page in the slow lane; here stands what is quick to know.
const page = readFileSync(resolve(import.meta.dirname, "../../docs/methods/decision.md"), "utf8");

describe("the page on errors of the whole decision", () => {
  it.each(Object.entries(SCENARIOS))("has the rows of its scenarios: %s", (heading, scenarios) => {
    const labels = tableRows(page, heading).map((row) => row.slice(0, scenarios[0]!.label.length));
    expect(labels).toEqual(scenarios.map(({ label }) => label));
  });

  it("is on the test that it describes", () => {
    const plan = planExperiment(planOf({}));
    expect(page).toContain(`${plan.n.control.toLocaleString("en")} units an arm`);
  });
});

describe("whole decisions, briefly", () => {
  it("ship next to nothing where nothing works", () => {
    const { ship, guardrailStop, blocked } = simulateDecisions({ treatments: 3 }, 60, 20_261_123);
    expect(ship).toBeLessThan(0.1);
    expect(guardrailStop).toBe(0);
    expect(blocked).toBe(0);
  });

  it("ship most of what works as planned", () => {
    const { ship } = simulateDecisions({ lifts: { order: 0.1, cart: 0.1 } }, 60, 20_261_124);
    expect(ship).toBeGreaterThan(0.65);
  });

  it("stop what harms a guardrail far beyond its margin, and block a broken split, whatever sales do", () => {
    const lifts = { order: 0.1, cart: 0.1, "page view": -0.06 };
    expect(simulateDecisions({ lifts }, 20, 20_261_125)).toMatchObject({ ship: 0, guardrailStop: 1 });
    expect(simulateDecisions({ lost: 0.06, lifts: { order: 0.1 } }, 20, 20_261_126)).toMatchObject({
      ship: 0,
      blocked: 1,
    });
  });
});
