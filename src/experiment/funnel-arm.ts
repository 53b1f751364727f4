import type { Estimate } from "../core/estimate.ts";
import { undeterminedEstimate } from "../core/whole-line.ts";
import { intervalWithoutTest } from "../inference/interval-without-test.ts";
import type { NormalConfidence } from "../inference/two-proportions.ts";
import { wilsonLimit } from "../inference/wilson-limit.ts";
import { rateVariance, relativeVariance } from "../models/effect-standard-errors.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { atStep, type FunnelCounts, otherVariance, pastStep } from "./funnel-counts.ts";
import { type LeadingStep, leadingStep, unknownLeader } from "./leading-step.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** One step of one arm. */
export interface FunnelStepRates {
  readonly name: string;
  readonly reached: number;
  /** Among all units. */
  readonly rate: Estimate;
  /** Among the units at the step before; undetermined where there are none. */
  readonly conditionalRate: Estimate;
  /** Units at the step before that did not take this one. */
  readonly droppedOff: number;
  /** Among the units at the step before. */
  readonly dropOffRate: Estimate;
  /**
   * How many more units would take the last step were the conditional rate at its benchmark, or 1 without one, and all
   * later ones as they are; undetermined where no unit took the last step.
   */
  readonly atStake: Estimate;
  /** How many more would take the last step for each 0.01 on the conditional rate; null with `atStake`. */
  readonly perPoint: number | null;
}

/** One arm of a funnel. */
export interface FunnelArm {
  readonly n: number;
  /** In the order of the funnel. */
  readonly steps: readonly FunnelStepRates[];
  /** The names of the steps, the one with the most at stake first; empty where no unit took the last step. */
  readonly ranking: readonly string[];
  /** The step with the most at stake. */
  readonly bottleneck: LeadingStep;
}

/** All that is said of one arm; its intervals are two-sided, whatever the alternative of the effects. */
export function funnelArm(
  names: readonly string[],
  arm: FunnelCounts,
  benchmark: readonly number[] | undefined,
  confidence: NormalConfidence,
): FunnelArm {
  const goals = names.map((_, k) => benchmark?.[k] ?? 1);
  const steps = names.map((name, k): FunnelStepRates => {
    const past = pastStep(arm, k);
    const droppedOff = past.n - past.conversions;
    return {
      name,
      reached: past.conversions,
      rate: rateEstimate(atStep(arm, k), confidence),
      conditionalRate: rateEstimate(past, confidence),
      droppedOff,
      dropOffRate: rateEstimate({ n: past.n, conversions: droppedOff }, confidence),
      ...stakes(arm, k, goals[k]!, confidence),
    };
  });
  return { n: arm.n, steps, ...ranked(names, arm, goals, 1 - confidence.confidenceLevel) };
}

/** What is at stake at a step is the last count times (goal / rate − 1), so the logs of goal / rate rank the steps. */
function ranked(
  names: readonly string[],
  arm: FunnelCounts,
  goals: readonly number[],
  alpha: number,
): Pick<FunnelArm, "ranking" | "bottleneck"> {
  if (arm.reached.at(-1) === 0) return { ranking: [], bottleneck: unknownLeader(NO_LAST_STEP) };
  const figures = goals.map((goal, k) => {
    const past = pastStep(arm, k);
    return { value: ln(goal * (past.n / past.conversions)), variance: relativeVariance(past) };
  });
  const order = names.map((_, k) => k).toSorted((i, j) => figures[j]!.value - figures[i]!.value);
  return { ranking: order.map((k) => names[k]!), bottleneck: leadingStep(names, figures, alpha) };
}

const NO_LAST_STEP = "No unit took the last step, so nothing tells what is lost at the others.";

/** A rate with Wilson's interval. */
function rateEstimate(part: Proportion, confidence: NormalConfidence): Estimate {
  const isKnown = part.n > 0;
  const limits = isKnown
    ? { lower: wilsonLimit(part, -confidence.z), upper: wilsonLimit(part, confidence.z) }
    : ANY_RATE;
  return {
    estimate: isKnown ? part.conversions / part.n : null,
    standardError: isKnown ? Math.sqrt(rateVariance(part)) : null,
    interval: intervalWithoutTest("wilson", confidence, limits, ANY_RATE),
    status: isKnown ? "ok" : "undetermined",
  };
}

const ANY_RATE = { lower: 0, upper: 1 };
const EVERY_NUMBER = { lower: -Infinity, upper: Infinity };

/**
 * With conditional rates q the last count is n Π q_j, and at stake is n Π_{j≠k} q_j times what q_k lacks of its goal. By
 * the delta method on the logs of the independent rates, its variance is stake² Σ_{j≠k} v_j + count² v_k, where v_j is
 * the variance of ln q_j. The limits recover it from those of both factors, Wilson's and the ones on the log scale (Zou
 * and Donner 2008), which keeps the interval where few units drop off.
 */
function stakes(
  arm: FunnelCounts,
  k: number,
  goal: number,
  confidence: NormalConfidence,
): Pick<FunnelStepRates, "atStake" | "perPoint"> {
  const past = pastStep(arm, k);
  const last = arm.reached.at(-1)!;
  if (last === 0) return { atStake: undeterminedEstimate("mover", confidence), perPoint: null };
  const { estimate: lack, below, above } = lackOf(past, goal, confidence.z);
  // How many take the last step for each unit of the conditional rate.
  const worth = past.n * (last / past.conversions);
  const estimate = lack * worth;
  const logError = Math.sqrt(otherVariance(arm, k));
  const [less, more] = [-expm1(-confidence.z * logError), expm1(confidence.z * logError)];
  const [down, up] = estimate < 0 ? [more, less] : [less, more];
  const lower = estimate - hypot(worth * below, estimate * down);
  const limits = {
    // Without a benchmark nothing below 0 can be at stake.
    lower: goal === 1 ? Math.max(0, lower) : lower,
    upper: estimate + hypot(worth * above, estimate * up),
  };
  return {
    atStake: {
      estimate,
      standardError: hypot(estimate * logError, last * Math.sqrt(relativeVariance(past))),
      interval: intervalWithoutTest("mover", confidence, limits, EVERY_NUMBER),
      status: "ok",
    },
    perPoint: 0.01 * worth,
  };
}

/** What a rate lacks of its goal, and how far Wilson's limits lie below and above. */
function lackOf(
  part: Proportion,
  goal: number,
  z: number,
): { estimate: number; below: number; above: number } {
  const missing = { n: part.n, conversions: part.n - part.conversions };
  const rate = missing.conversions / part.n;
  return {
    // A goal of 1 is lacked by what drops off, which nothing is subtracted from 1 for.
    estimate: goal === 1 ? rate : (goal * part.n - part.conversions) / part.n,
    below: rate - wilsonLimit(missing, -z),
    above: wilsonLimit(missing, z) - rate,
  };
}
