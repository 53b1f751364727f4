import { checkOneOf } from "../core/checks.ts";
import { LEVEL_SCALES, type LevelScale } from "../models/level-scale.ts";
import { poissonScoreAt } from "../models/poisson-score-at.ts";
import type { Count } from "../summaries/count.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { compareCounts } from "./compare-counts.ts";
import { type EffectUnderTest, relevant, type TestRequest, withoutTest } from "./tested-effect.ts";

// The exact test given all events has no answer on the scale of the difference.
const TESTS = ["quasi-poisson", "score"] as const;

/** Two rates of events, by the score test of Poisson counts, its variance times their dispersion where that is known. */
export function countsUnderTest(
  { control, treatment }: TwoArms<Count>,
  { scale: asked, alpha, test }: TestRequest,
): EffectUnderTest {
  checkOneOf("scale", asked, LEVEL_SCALES);
  if (test !== undefined) checkOneOf("test", test, TESTS);
  const scale = asked as LevelScale;
  const comparison = compareCounts({
    control,
    treatment,
    test: test as (typeof TESTS)[number] | undefined,
    confidenceLevel: 1 - 2 * alpha,
  });
  const method = comparison.method as (typeof TESTS)[number];
  const dispersion = method === "quasi-poisson" ? (comparison.dispersion ?? 1) : 1;
  return {
    metric: "count",
    control: comparison.control,
    treatment: comparison.treatment,
    method,
    scale,
    alpha,
    effect: dispersion > 0 ? comparison[scale] : withoutTest(comparison[scale]),
    degreesOfFreedom: comparison.degreesOfFreedom!,
    statisticAt: (nullValue) =>
      dispersion > 0 ? poissonScoreAt(scale, control, treatment, nullValue) / Math.sqrt(dispersion) : null,
    warnings: relevant(comparison.warnings, scale),
    assumptions: comparison.assumptions,
  };
}
