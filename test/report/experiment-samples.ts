import type { AnyResult } from "../../src/report/any-result.ts";
import { analyzeDays } from "../../src/experiment/analyze-days.ts";
import { analyzeSegments } from "../../src/experiment/analyze-segments.ts";
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
  "day-analysis that levels off": analyzeDays({
    by: "day-of-exposure",
    days: Array.from({ length: 14 }, (_, k) => ({
      day: k + 1,
      control: { n: 400_000 - 20_000 * k, conversions: Math.round(0.03 * (400_000 - 20_000 * k)) },
      treatment: {
        n: 395_000 - 21_000 * k,
        conversions: Math.round(0.03 * (1.05 + 0.2 * 0.6 ** k) * (395_000 - 21_000 * k)),
      },
    })),
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
  "segment-analysis": analyzeSegments({
    segmentation: "device",
    measured: "before-exposure",
    plannedSegmentation: true,
    segments: [
      { name: "phone", control: { n: 9000, conversions: 540 }, treatment: { n: 9020, conversions: 652 } },
      { name: "tablet", control: { n: 1100, conversions: 70 }, treatment: { n: 1080, conversions: 74 } },
      { name: "desktop", control: { n: 5000, conversions: 410 }, treatment: { n: 4990, conversions: 424 } },
    ],
  }),
  "segment-analysis that differs": analyzeSegments({
    segmentation: "customer",
    measured: "before-exposure",
    segments: [
      { name: "new", control: { n: 9000, conversions: 540 }, treatment: { n: 9020, conversions: 752 } },
      { name: "known", control: { n: 5000, conversions: 410 }, treatment: { n: 4990, conversions: 340 } },
      { name: "staff", control: { n: 0, conversions: 0 }, treatment: { n: 2, conversions: 2 } },
    ],
  }),
  "segment-analysis of means": analyzeSegments({
    segmentation: "country",
    measured: "before-exposure",
    scale: "difference",
    segments: [
      {
        name: "north",
        control: { n: 900, mean: 21, variance: 150 },
        treatment: { n: 920, mean: 21.4, variance: 160 },
      },
      {
        name: "south",
        control: { n: 400, mean: 18, variance: 120 },
        treatment: { n: 410, mean: 18.3, variance: 118 },
      },
    ],
  }),
  "funnel-analysis nobody bought": analyzeFunnel({
    steps: ["visit", "order"],
    control: { n: 50, reached: [40, 0] },
    treatment: { n: 50, reached: [42, 1] },
    adjustment: "max-z",
  }),
};
