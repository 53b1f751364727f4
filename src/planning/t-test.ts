import { bracketRoot } from "../numerics/bracket-root.ts";
import { chiSquaredCdf, chiSquaredSf } from "../numerics/chi-squared.ts";
import { findRoot } from "../numerics/find-root.ts";
import { nearLineRoot } from "../numerics/near-line-root.ts";
import { noncentralTSf } from "../numerics/noncentral-t.ts";
import { normalCdf, normalQuantile, normalUpperQuantile } from "../numerics/normal.ts";
import { studentTUpperQuantile } from "../numerics/student-t.ts";
import { drift } from "./drift.ts";
import type { PlannedTest } from "./planned-test.ts";
import { dunnettCriticalValue, effectSought, type TestDesign } from "./test-design.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** How well the standard error under a t statistic is known. */
export interface ErrorEstimate {
  /** Degrees of freedom with n units in the control arm. */
  degreesOfFreedom(n: number, treatments: number): number;
  /** The fewest units of the control arm that leave one degree of freedom: with less there is no test. */
  fewestUnits(treatments: number): number;
  /** Whether the tests of all treatments share one estimate, as Dunnett's has it. */
  readonly isShared: boolean;
}

/**
 * The power of a test that rejects when T passes the critical value of Student's t, where T follows the noncentral t
 * distribution with the noncentrality effect · √n, and n counts the units of the control arm. Arms too small for a test
 * never reject.
 *
 * @param effect treatment against control in units of √n times its standard error, with its sign
 */
export function plannedTTest(estimate: ErrorEstimate, effect: number): PlannedTest {
  const tailPower = (design: TestDesign, n: number, sought: number): number => {
    if (isTooSmall(estimate, design, n)) return 0;
    return tailAbove(criticalAt(estimate, design, n), drift(sought, n));
  };
  return {
    requiredUnits: (design, power) =>
      requiredUnits(estimate, effectSought(effect, design.alternative), design, power),
    nearTailPower: (design, n) => tailPower(design, n, effectSought(effect, design.alternative)),
    farTailPower: (design, n) =>
      design.alternative === "two-sided" ? tailPower(design, n, -Math.abs(effect)) : 0,
  };
}

/**
 * The noncentrality that is detected with the power asked for with n units in the control arm, and 0 where the test
 * rejects that often anyway; null where the units are too few for a test.
 */
export function requiredNoncentrality(
  estimate: ErrorEstimate,
  design: TestDesign,
  n: number,
  power: number,
): number | null {
  if (isTooSmall(estimate, design, n)) return null;
  const critical = criticalAt(estimate, design, n);
  const target = normalQuantile(power);
  const excess = (noncentrality: number): number => powerScore(critical, noncentrality) - target;
  if (excess(0) >= 0) return 0;
  const start = likelyNoncentrality(critical, target);
  return solve(excess, 0, start > 0 ? start : 1, 1 / widening(critical), critical);
}

function requiredUnits(estimate: ErrorEstimate, effect: number, design: TestDesign, power: number): number {
  if (!(effect > 0)) return Infinity;
  const target = normalQuantile(power);
  const excess = (rootN: number): number =>
    powerScore(criticalAt(estimate, design, rootN * rootN), effect * rootN) - target;
  const fewest = estimate.fewestUnits(design.treatments);
  const least = Math.sqrt(fewest);
  // What is enough where the deviation is known is the least that is enough where it is not.
  const known = Math.max(0, design.criticalValue + target) / effect;
  if (known * known === Infinity) return Infinity;
  if (known <= least && excess(least) >= 0) return fewest;
  let likely = known;
  let critical: Critical = { value: design.criticalValue, df: Infinity };
  for (let i = 0; i < MOST_GUESSES; i++) {
    const df = estimate.degreesOfFreedom(Math.max(fewest, likely * likely), design.treatments);
    critical = { value: likelyCriticalValue(design.criticalValue, df), df };
    likely = likelyNoncentrality(critical, target) / effect;
  }
  const rootN = solve(excess, least, Math.max(likely, 1.01 * least), effect / widening(critical), critical);
  return rootN * rootN;
}

/** Sizes carry a few roundings. */
const ROUNDING = 1e-12;

/** Whether so few units leave no degree of freedom. */
export function isTooSmall({ fewestUnits }: ErrorEstimate, { treatments }: TestDesign, n: number): boolean {
  return n < fewestUnits(treatments) * (1 - ROUNDING);
}

export interface Critical {
  readonly value: number;
  readonly df: number;
}

/** What the t statistic has to pass. */
export function criticalAt(
  { degreesOfFreedom, isShared }: ErrorEstimate,
  design: TestDesign,
  n: number,
): Critical {
  const exactDf = degreesOfFreedom(n, design.treatments);
  const df = exactDf > NORMAL_FROM ? Infinity : exactDf;
  const single = studentTUpperQuantile(design.tailAlpha, df);
  const isJoint = isShared && design.adjustment === "dunnett" && single < Infinity;
  return { value: isJoint ? dunnettCriticalValue(design, df) : single, df };
}

/** The critical value moves the degrees of freedom, and these it: each guess has three digits more. */
const MOST_GUESSES = 3;

/** The quantile of Student's t beside a normal one: Abramowitz and Stegun (1964), 26.7.5. */
function likelyCriticalValue(z: number, df: number): number {
  return z + (z * (z * z + 1)) / (4 * df) + (z * (5 * pow(z, 4) + 16 * z * z + 3)) / (96 * df * df);
}

/** About the noncentrality with such a score of power, from mean and deviation of the standard error (26.7.10). */
function likelyNoncentrality(critical: Critical, target: number): number {
  return critical.value * (1 - 1 / (4 * critical.df)) + target * widening(critical);
}

/** How much wider than a normal variable the statistic is spread, about: the standard error that it divides by varies. */
function widening({ value, df }: Critical): number {
  return hypot(1, value / Math.sqrt(2 * df));
}

/** Power as a standard normal score, in which it is nearly linear, and with digits where it is nearly certain. */
function powerScore(critical: Critical, noncentrality: number): number {
  const missed = tailBelow(critical, noncentrality);
  return missed < 0.5 ? normalUpperQuantile(missed) : normalQuantile(tailAbove(critical, noncentrality));
}

/** From here on T is normal to the last digit. */
const NORMAL_FROM = 1e30;
/** From here on the numerator of T stands still beside its denominator. */
const CERTAIN_FROM = 1e10;

/** P(T > critical value). */
function tailAbove({ value, df }: Critical, noncentrality: number): number {
  if (Math.abs(value) === Infinity) return value > 0 ? 0 : 1;
  if (df === Infinity) return normalCdf(noncentrality - value);
  if (Math.abs(noncentrality) <= CERTAIN_FROM) return noncentralTSf(value, df, noncentrality);
  if (noncentrality > 0 !== value > 0) return noncentrality > 0 ? 1 : 0;
  const squares = df * (noncentrality / value) ** 2;
  return noncentrality > 0 ? chiSquaredCdf(squares, df) : chiSquaredSf(squares, df);
}

/** P(T <= critical value), a tail of its own. */
function tailBelow({ value, df }: Critical, noncentrality: number): number {
  return tailAbove({ value: -value, df }, -noncentrality);
}

/** The statistic is spread so much wider than a normal one that its score is a line no more. */
const CURVED = 1.5;

/** Relative error of a root that is as good as none, times the degrees of freedom: the score bends by about 1 / df. */
const SETTLED = 5e-15;

/** The root of an increasing function that is nearly a line where the statistic is not much wider than a normal one. */
function solve(
  excess: (x: number) => number,
  lower: number,
  start: number,
  slope: number,
  critical: Critical,
): number {
  if (widening(critical) > CURVED) {
    const bracket = bracketRoot(excess, lower, start, { minimum: lower });
    return bracket === null ? Infinity : findRoot(excess, ...bracket);
  }
  const settled = start * start * Math.min(1e-9, SETTLED * critical.df);
  return nearLineRoot(excess, start, slope, { minimum: lower, settled }) ?? Infinity;
}
