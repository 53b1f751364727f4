import type { Interval } from "../core/interval.ts";
import { differenceStandardError } from "../models/effect-standard-errors.ts";
import { rateDifference } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { intervalWithoutTest } from "./interval-without-test.ts";
import type { NormalConfidence } from "./two-proportions.ts";

/** Wald's interval after one conversion and one unit without are added to each arm (Agresti and Caffo 2000); not cut. */
export function agrestiCaffoInterval(
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
): Interval {
  const [first, second] = [control, treatment].map(({ n, conversions }) => ({
    n: n + 2,
    conversions: conversions + 1,
  })) as [Proportion, Proportion];
  const difference = rateDifference(first, second);
  const reach = confidence.z * differenceStandardError(first, second);
  return intervalWithoutTest(
    "agresti-caffo",
    confidence,
    { lower: difference - reach, upper: difference + reach },
    { lower: -1, upper: 1 },
  );
}
