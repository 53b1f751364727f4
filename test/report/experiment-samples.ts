import type { AnyResult } from "../../src/report/any-result.ts";
import { analyzeDays } from "../../src/experiment/analyze-days.ts";
import { analyzeFunnel } from "../../src/experiment/analyze-funnel.ts";
import { conversionCatalog } from "../../src/experiment/conversion-catalog.ts";

const STEPS = ["visit", "product view", "add to cart", "checkout", "order"];

/** What the functions of the experiment floor find beside read-outs and plans. */
export const EXPERIMENT_SAMPLES: Readonly<Record<string, AnyResult>> = {
  "conversion-catalog": conversionCatalog({ stage: "intent", site: "shop" }),
  "conversion-catalog whole": conversionCatalog(),
  "day-analysis": analyzeDays({
    by: "day-of-exposure",
    days: [
      { day: 1, control: { n: 50_000, conversions: 2000 }, treatment: { n: 50_000, conversions: 2500 } },
      { day: 2, control: { n: 45_000, conversions: 1300 }, treatment: { n: 44_600, conversions: 1420 } },
      { day: 3, control: { n: 40_000, conversions: 1000 }, treatment: { n: 39_400, conversions: 1010 } },
      { day: 4, control: { n: 36_000, conversions: 800 }, treatment: { n: 35_300, conversions: 790 } },
    ],
  }),
  "day-analysis by entry": analyzeDays({
    by: "day-of-entry",
    days: [410, 395, 431, 120, 405, 417].map((conversions, k) => ({
      day: k + 1,
      control: { n: 4000, conversions: 400 + 3 * k },
      treatment: { n: 4010 - 5 * k, conversions },
    })),
  }),
  "day-analysis of means": analyzeDays({
    by: "day-of-entry",
    scale: "difference",
    days: [1, 2, 3, 4].map((day) => ({
      day,
      control: { n: 300, mean: 20 + day, variance: 90 },
      treatment: { n: day === 3 ? 1 : 310, mean: 21 + 0.5 * day, variance: day === 3 ? 0 : 95 },
    })),
  }),
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
