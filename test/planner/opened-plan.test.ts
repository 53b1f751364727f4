import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FIELD_NAMES, INITIAL_INPUT } from "../../docs/planner/source/fields.ts";
import { openedPlan } from "../../docs/planner/source/opened-plan.ts";
import { readLink, writeLink } from "../../docs/planner/source/plan-link.ts";
import { workOut } from "../../docs/planner/source/work-out.ts";

describe("the plan of a link", () => {
  it("is what the link says where that makes a plan", () => {
    const link = `#${writeLink({ ...INITIAL_INPUT, lift: 0.2 })}`;
    expect(openedPlan(link)).toEqual(readLink(link));
  });

  it.each([
    ["baseline=0.5&lift=1.5", "Lift of sales to see must leave the rate between 0 and 1"],
    ["microRate=0.01", 'Rate of the micro conversion today must be above that of "sales", 0.02'],
    ["power=0.04", "Chance to see the lift (power) must be above alpha = 0.05"],
    ["micro=sales", 'Name of the micro conversion is a name given twice: "sales".'],
    [
      "effects=believed&elasticity=0&directEffectSd=0",
      "Spread of lifts of sales that bypass it must be above 0",
    ],
  ])("is the default where %s contradict each other, and says why", (fragment, why) => {
    const { input, refused } = openedPlan(`#${fragment}&oops=1`);
    expect(input).toEqual(INITIAL_INPUT);
    expect(refused[0]).toBe("Nothing here is called “oops”.");
    expect(refused[1]).toContain("Its entries make no plan together, so that all defaults stand.");
    expect(refused[1]).toContain(why);
  });

  it("can always be worked out, whatever a link says", () => {
    const numbers = fc.constantFrom("0", "1e-6", "0.02", "0.5", "0.999999", "1", "2", "-1", "100");
    const entries = fc.dictionary(fc.constantFrom(...FIELD_NAMES), numbers, { minKeys: 1 });
    fc.assert(
      fc.property(entries, fc.constantFrom("unknown", "past", "believed"), (values, effects) => {
        const { input } = openedPlan(new URLSearchParams({ ...values, effects }).toString());
        expect(() => workOut(input)).not.toThrow();
      }),
      { numRuns: 30 },
    );
  });
});
