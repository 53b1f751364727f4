import { checkOneOf } from "../core/checks.ts";
import { COMPARISON_SCALES } from "../models/restricted-rates.ts";
import { scoreAt } from "../models/score-at.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { compareProportions } from "./compare-proportions.ts";
import { type EffectUnderTest, relevant, type TestRequest } from "./tested-effect.ts";

const TESTS = ["score", "miettinen-nurminen"] as const;

/** Two proportions, by the score test with the restricted rates of Farrington and Manning (1990). */
export function ratesUnderTest(
  { control, treatment }: TwoArms<Proportion>,
  { scale, alpha, test: asked = "score" }: TestRequest,
): EffectUnderTest {
  checkOneOf("scale", scale, COMPARISON_SCALES);
  checkOneOf("test", asked, TESTS);
  const test = asked as (typeof TESTS)[number];
  const comparison = compareProportions({ control, treatment, test, confidenceLevel: 1 - 2 * alpha });
  const total = control.n + treatment.n;
  const narrowing = test === "score" ? 1 : Math.sqrt((total - 1) / total);
  const { difference, lift, oddsRatio, warnings, assumptions } = comparison;
  return {
    metric: "proportion",
    control: { n: control.n, conversions: control.conversions },
    treatment: { n: treatment.n, conversions: treatment.conversions },
    method: test,
    scale,
    alpha,
    effect: { difference, lift, "odds-ratio": oddsRatio }[scale],
    degreesOfFreedom: Infinity,
    statisticAt: (nullValue) => narrowing * scoreAt(scale, control, treatment, nullValue),
    warnings: relevant(warnings, scale),
    assumptions,
  };
}
