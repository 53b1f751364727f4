import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { tableRows } from "../support/table-rows.ts";
import { type Scenario, SCENARIOS, seedOf } from "./decision-procedure/scenarios.ts";
import { type Outcomes, simulateDecisions } from "./decision-procedure/simulate-decisions.ts";

// Each figure of docs/methods/decision.md again, with the seeds of the page, and what the page promises of it.
const page = readFileSync(resolve(import.meta.dirname, "../../docs/methods/decision.md"), "utf8");

/** A test whose figures lie within rounding of a boundary may end otherwise on another engine. */
const LAST_DIGITS = 0.002;

describe.each(Object.entries(SCENARIOS))("tests in which %s", (heading, scenarios) => {
  const rows = tableRows(page, heading);

  it("have their rows on the page", () => {
    expect(rows.map((row) => row.slice(0, scenarios[0]!.label.length))).toEqual(
      scenarios.map(({ label }) => label),
    );
  });

  it.each(scenarios.map((scenario, i) => [scenario.label.join(", "), scenario, i] as const))(
    "end as the page says: %s",
    (_, scenario, i) => {
      const outcomes = simulateDecisions(scenario.world(), scenario.experiments, seedOf(heading, i));
      const shown = rows[i]!.slice(scenario.label.length).map(Number);
      expect(shown).toHaveLength(scenario.shown.length);
      scenario.shown.forEach((outcome, k) =>
        expect(Math.abs(outcomes[outcome] - shown[k]!)).toBeLessThan(LAST_DIGITS),
      );
      expectPromises(scenario, outcomes);
    },
  );
});

/** To three standard errors of the promised share. */
function expectPromises({ promises = {}, experiments }: Scenario, outcomes: Outcomes): void {
  for (const [outcome, [sense, share]] of Object.entries(promises)) {
    const noise = 3 * Math.sqrt((share * (1 - share)) / experiments);
    const seen = outcomes[outcome as keyof Outcomes];
    if (sense === "<=") expect(seen).toBeLessThanOrEqual(share + noise);
    else expect(seen).toBeGreaterThanOrEqual(share - noise);
  }
}
