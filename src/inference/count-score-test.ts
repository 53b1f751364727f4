import type { Interval } from "../core/interval.ts";
import { eventCrossProduct } from "../models/count-effects.ts";
import { lowerPoissonDifference, upperPoissonDifference } from "../models/poisson-difference-limit.ts";
import { lowerPoissonLift, upperPoissonLift } from "../models/poisson-lift-limit.ts";
import { studentTUpperQuantile } from "../numerics/student-t.ts";
import type { Count } from "../summaries/count.ts";
import type { Confidence } from "../core/confidence.ts";
import { intervalWithoutTest } from "./interval-without-test.ts";
import { type EffectLimits, dualInterval } from "./dual-interval.ts";
import { tLogPValue, tPValue } from "./t-p-value.ts";

/** What a test of two counts finds; null where it has no such figure. */
export interface CountTest {
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly logPValue: number | null;
  /** Null for exact tests. */
  readonly degreesOfFreedom: number | null;
  readonly difference: Interval;
  readonly lift: Interval;
}

const DIFFERENCE: EffectLimits<Count> = {
  lowerLimit: lowerPoissonDifference,
  upperLimit: upperPoissonDifference,
  bottom: -Infinity,
  top: Infinity,
};
const LIFT: EffectLimits<Count> = {
  lowerLimit: lowerPoissonLift,
  upperLimit: upperPoissonLift,
  bottom: -1,
  top: Infinity,
};

/**
 * The score test of two Poisson rates, (x₂n₁ − x₁n₂) / √(φ N n₁n₂) with N events in all, and the intervals that invert it.
 *
 * @param dispersion - φ, the variance over the mean; 1 for Poisson counts
 * @param degreesOfFreedom - of φ, where it is an estimate; Infinity for a known one
 */
export function countScoreTest(
  control: Count,
  treatment: Count,
  confidence: Confidence,
  dispersion: number,
  degreesOfFreedom: number,
): CountTest {
  const statistic = scoreStatistic(control, treatment, dispersion);
  const { alternative, tail } = confidence;
  const z = studentTUpperQuantile(tail, degreesOfFreedom) * Math.sqrt(dispersion);
  const interval = (effect: EffectLimits<Count>): Interval =>
    dualInterval(effect, control, treatment, { ...confidence, z }, "score");
  return statistic === null
    ? {
        statistic,
        pValue: null,
        logPValue: null,
        degreesOfFreedom,
        difference: unknown(DIFFERENCE, confidence),
        lift: unknown(LIFT, confidence),
      }
    : {
        statistic,
        pValue: tPValue(statistic, degreesOfFreedom, alternative),
        logPValue: tLogPValue(statistic, degreesOfFreedom, alternative),
        degreesOfFreedom,
        difference: interval(DIFFERENCE),
        lift: interval(LIFT),
      };
}

/** 0 for equal rates, with or without events; null for unequal ones where no unit differs from its arm's mean. */
function scoreStatistic(control: Count, treatment: Count, dispersion: number): number | null {
  const gap = eventCrossProduct(control, treatment);
  if (gap === 0) return 0;
  if (dispersion === 0) return null;
  const events = control.events + treatment.events;
  return gap / Math.sqrt(control.n) / Math.sqrt(treatment.n) / Math.sqrt(events * dispersion);
}

function unknown({ bottom, top }: EffectLimits<Count>, confidence: Confidence): Interval {
  const everything = { lower: bottom, upper: top };
  return intervalWithoutTest("score", confidence, everything, everything);
}
