import type { MetricArms } from "../inference/effect-under-test.ts";
import { testNonInferiority } from "../inference/test-non-inferiority.ts";
import type { MetricDefinition } from "./metric-definition.ts";

/** Whether a guardrail held: its interval of the lift against the margin of tolerated worsening. */
export interface GuardrailReading {
  /** Relative worsening that is tolerated. */
  readonly margin: number;
  /** Confidence of the interval that is held against the margin, 1 − 2 alpha. */
  readonly confidenceLevel: number;
  /** The worst worsening that the data leave open: above 0 is worse, at or below `margin` is tolerated. */
  readonly worstCase: number;
  /** The least worsening that the data leave open. */
  readonly bestCase: number;
  /** `holds`: worse by the margin is ruled out. `violated`: better than the margin is ruled out. */
  readonly outcome: "holds" | "violated" | "open";
}

/** Reads a guardrail by the test of non-inferiority on the lift, and by the interval that inverts it. */
export function readGuardrail(metric: MetricDefinition, arms: MetricArms, alpha: number): GuardrailReading {
  const margin = metric.margin!;
  const improvesWhen = metric.improvesWhen ?? "increase";
  const test = testNonInferiority({ ...arms, margin, scale: "lift", improvesWhen, alpha });
  const { lower, upper, excluded, confidenceLevel } = test.effect.interval;
  const [worstCase, bestCase] = improvesWhen === "decrease" ? [upper, lower] : [-lower, -upper];
  // A set that is no interval settles nothing.
  const isSettled = excluded === null && test.status === "ok" && test.effect.status !== "undetermined";
  const isViolated = isSettled && bestCase > margin;
  const outcome = test.nonInferior ? "holds" : isViolated ? "violated" : "open";
  return { margin, confidenceLevel, worstCase, bestCase, outcome };
}
