import type { AnyResult } from "../../src/report/any-result.ts";
import { analyzeFunnel } from "../../src/experiment/analyze-funnel.ts";
import { conversionCatalog } from "../../src/experiment/conversion-catalog.ts";

const STEPS = ["visit", "product view", "add to cart", "checkout", "order"];

/** What the functions of the experiment floor find beside read-outs and plans. */
export const EXPERIMENT_SAMPLES: Readonly<Record<string, AnyResult>> = {
  "conversion-catalog": conversionCatalog({ stage: "intent", site: "shop" }),
  "conversion-catalog whole": conversionCatalog(),
  "funnel-analysis": analyzeFunnel({
    steps: STEPS,
    control: { n: 10_000, reached: [8000, 5000, 1200, 700, 400] },
    treatment: { n: 10_050, reached: [8060, 5030, 1450, 850, 490] },
  }),
  "funnel-analysis without an effect": analyzeFunnel({
    steps: STEPS,
    control: { n: 1000, reached: [800, 500, 120, 70, 40] },
    treatment: { n: 1005, reached: [806, 503, 125, 71, 41] },
  }),
  "funnel-analysis nobody bought": analyzeFunnel({
    steps: ["visit", "order"],
    control: { n: 50, reached: [40, 0] },
    treatment: { n: 50, reached: [42, 1] },
    adjustment: "max-z",
  }),
};
