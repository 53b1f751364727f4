import { describe, expect, it } from "vitest";
import { planExperiment } from "../../src/experiment/plan-experiment.ts";
import type { PlannedMetric } from "../../src/experiment/experiment-plan.ts";

const ORDER: PlannedMetric = { name: "order", role: "macro", kind: "proportion", baseline: 0.02, lift: 0.1 };
const CART: PlannedMetric = { name: "cart", role: "proxy", kind: "proportion", baseline: 0.1, lift: 0.1 };

function codes(macro: Partial<PlannedMetric>, proxy: Partial<PlannedMetric> = {}): readonly string[] {
  const metrics = [
    { ...ORDER, ...macro },
    { ...CART, ...proxy },
  ];
  const { warnings } = planExperiment({ name: "Test", control: "a", treatments: ["b"], metrics });
  return warnings.map(({ code }) => code);
}

describe("the place of a metric among the conversions", () => {
  it("says nothing where the sale decides, or nobody says what is what", () => {
    expect(codes({})).toEqual([]);
    expect(codes({ conversion: "purchase" })).toEqual([]);
  });

  it("warns where a micro conversion decides in place of the sale", () => {
    expect(codes({ conversion: "newsletter" })).toEqual(["MACRO_NOT_THE_SALE"]);
  });

  it("warns of proxies that move easily, with what the catalogue knows of them", () => {
    expect(codes({}, { conversion: "add-to-cart" })).toEqual(["PROXY_CAN_MISLEAD"]);
    const place = { tier: "nano", stage: "intent", kind: "interaction", path: "secondary-action" } as const;
    expect(codes({}, { conversion: place })).toEqual(["NANO_PROXY"]);
  });

  it("refuses a name that the catalogue does not have", () => {
    expect(() => codes({}, { conversion: "add-to-cat" })).toThrow(
      /^plan\.metrics\[1\]\.conversion = "add-to-cat"/,
    );
  });
});
