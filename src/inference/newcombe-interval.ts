import type { Interval } from "../core/interval.ts";
import { rateDifference } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { intervalWithoutTest } from "./interval-without-test.ts";
import type { NormalConfidence } from "./two-proportions.ts";
import { wilsonLimit } from "./wilson-limit.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/** Newcombe's (1998) hybrid score interval, his method 10: the distances of the arms' Wilson limits add in squares. */
export function newcombeInterval(
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
): Interval {
  const { z } = confidence;
  const difference = rateDifference(control, treatment);
  return intervalWithoutTest(
    "newcombe",
    confidence,
    {
      lower: difference - hypot(wilsonDistance(treatment, -z), wilsonDistance(control, z)) * Math.sign(z),
      upper: difference + hypot(wilsonDistance(treatment, z), wilsonDistance(control, -z)) * Math.sign(z),
    },
    { lower: -1, upper: 1 },
  );
}

/** How far Wilson's limit p is from the rate: by its definition |z| √(p(1 − p)/n), which loses no digit at any n. */
function wilsonDistance({ n, conversions }: Proportion, z: number): number {
  const limit = wilsonLimit({ n, conversions }, z);
  const rest = wilsonLimit({ n, conversions: n - conversions }, -z);
  return Math.abs(z) * Math.sqrt((limit * rest) / n);
}
