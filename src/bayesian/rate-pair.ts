import { binomialDeviance } from "../models/binomial-deviance.ts";
import { betaDeviation } from "../numerics/beta-prefix.ts";
import type { EachArm } from "./each-arm.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** A rate that an arm may have, told so that a billion units leave it its digits: nothing here is a difference of two. */
export interface Rate {
  readonly rate: number;
  /** 1 − rate. */
  readonly rest: number;
  /** How far the rate lies above the arm's reference. */
  readonly move: number;
}

export interface RatePair extends EachArm<Rate> {
  /** Treatment rate − control rate. */
  readonly difference: number;
}

/** What one arm says about its rate: conversions and others, seen or counted in by a Beta prior in the log-odds. */
export interface ArmEvidence {
  readonly n: number;
  readonly conversions: number;
  /** A rate within reach of the data, from which others are told; `rest` is 1 − rate. */
  readonly reference: { readonly rate: number; readonly rest: number };
  /** Reference − conversions / n. */
  readonly offset: number;
  /** Fisher information about the log-odds at the reference. */
  readonly information: number;
}

export function armEvidence(conversions: number, others: number): ArmEvidence {
  const n = conversions + others;
  const reference = { rate: (conversions + 0.5) / (n + 1), rest: (others + 0.5) / (n + 1) };
  const { rate, rest } = reference;
  const offset = n === 0 ? 0 : -betaDeviation(rate, rest, conversions, others) / n;
  return { n, conversions, reference, offset, information: (n + 1) * rate * rest };
}

/** The rate at a distance in log-odds from another; `move` is how far it lies above that. */
export function rateAt({ rate, rest }: Pick<Rate, "rate" | "rest">, distance: number): Rate {
  // One of the two exponentials is at most 1, so that neither product overflows.
  const rise = exp(Math.min(0, distance));
  const fall = exp(Math.min(0, -distance));
  const scale = 1 / (rest * fall + rate * rise);
  const step = distance > 0 ? -expm1(-distance) : expm1(distance);
  return { rate: rate * rise * scale, rest: rest * fall * scale, move: rate * rest * step * scale };
}

/** Reference of the treatment − reference of the control, from whichever of rate and rest is exact. */
export function referenceGap(arms: EachArm<ArmEvidence>): number {
  const { reference: control } = arms.control;
  const { reference: treatment } = arms.treatment;
  return control.rate + treatment.rate < 1 ? treatment.rate - control.rate : control.rest - treatment.rest;
}

/** ln likelihood of the pair, over its largest value. */
export function logLikelihood({ control, treatment }: EachArm<ArmEvidence>, pair: RatePair): number {
  return -0.5 * (deviance(control, pair.control) + deviance(treatment, pair.treatment));
}

function deviance(arm: ArmEvidence, { rate, rest, move }: Rate): number {
  return arm.n === 0 ? 0 : binomialDeviance(arm, arm.offset + move, rate, rest);
}

/** ln(treatment rate / control rate). */
export function logRateRatio({ control, treatment, difference }: RatePair): number {
  const excess = difference / control.rate;
  return Math.abs(excess) < 0.5 ? log1p(excess) : ln(treatment.rate / control.rate);
}

/** ln of the odds ratio of treatment and control. */
export function logOddsRatio({ control, treatment, difference }: RatePair): number {
  const excess = difference / (control.rate * treatment.rest);
  if (Math.abs(excess) < 0.5) return log1p(excess);
  return ln(treatment.rate / control.rate) + ln(control.rest / treatment.rest);
}

/** Treatment rate − control rate, from moves or from rates or rests, whichever are the smaller numbers to subtract. */
export function rateDifference(control: Rate, treatment: Rate, gap: number): number {
  return excessOf(treatment, control, treatment.move, -control.move, gap);
}

/** A rate with its distance from the reference, which is the sum of three numbers unless those cancel. */
export function movedRate(
  { rate, rest }: Omit<Rate, "move">,
  { reference }: ArmEvidence,
  ...parts: readonly [number, number, number]
): Rate {
  return { rate, rest, move: excessOf({ rate, rest }, reference, ...parts) };
}

/** One rate − another, from three parts or from rates or rests, whichever are the smaller numbers. */
function excessOf(
  one: Omit<Rate, "move">,
  other: Omit<Rate, "move">,
  ...[first, second, third]: readonly [number, number, number]
): number {
  const largest = Math.max(Math.abs(first), Math.abs(second), Math.abs(third));
  if (Math.max(one.rate, other.rate) < largest) return one.rate - other.rate;
  if (Math.max(one.rest, other.rest) < largest) return other.rest - one.rest;
  return first + second + third;
}
