import type { Interval } from "../core/interval.ts";
import { tableMargins } from "../models/table-margins.ts";
import { hypergeometricSupport } from "../numerics/hypergeometric-tails.ts";
import {
  noncentralLogBalance,
  noncentralLogUpperTail,
  type ValueAndSlope,
} from "../numerics/noncentral-hypergeometric.ts";
import { newtonRoot } from "../numerics/newton-root.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { Confidence } from "../core/confidence.ts";
import type { TwoSidedRule } from "./two-sided-rule.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

// Given all conversions, those of the treatment have Fisher's noncentral hypergeometric distribution, which depends on
// the odds ratio alone.

/**
 * The conditional maximum-likelihood estimate of the odds ratio, as R's `fisher.test`: the one under which the treatment
 * is expected to have the conversions that it has.
 *
 * @returns the estimate, 0 or Infinity where it lies at the end, and null where none or all of the units converted
 */
export function conditionalOddsRatio(control: Proportion, treatment: Proportion): number | null {
  const table = tableMargins({ control, treatment });
  const { lowest, highest } = hypergeometricSupport(table);
  const x = treatment.conversions;
  if (lowest === highest) return null;
  if (x === lowest) return 0;
  if (x === highest) return Infinity;
  const { logOddsRatio, variance } = normalApproximation(control, treatment, 0);
  const balance = (logOdds: number): ValueAndSlope => noncentralLogBalance(x, table, logOdds);
  return exp(rootNear(logOddsRatio, Math.sqrt(variance), balance));
}

/**
 * The exact conditional interval of the odds ratio, as R's `fisher.test`: the ratios at which neither one-sided Fisher
 * test rejects, each with half of alpha (Cornfield 1956); with `midP` the same of the mid-p tests.
 *
 * It inverts one-sided tests and the central two-sided one, not the two-sided test by minimum likelihood.
 *
 * @returns from 0 or up to Infinity where the conversions are the fewest or the most that the margins allow; all ratios
 *   where they allow no other, even at an alpha above one half, at which every mid-p test rejects
 */
export function conditionalOddsRatioInterval(
  control: Proportion,
  treatment: Proportion,
  { alternative, confidenceLevel, tail }: Confidence,
  midP: boolean,
  twoSided: TwoSidedRule,
): Interval {
  return {
    lower: alternative === "less" ? 0 : lowerLimit(control, treatment, tail, midP),
    upper: alternative === "greater" ? Infinity : 1 / lowerLimit(treatment, control, tail, midP),
    confidenceLevel,
    method: midP ? "mid-p" : "exact-conditional",
    dualToTest: alternative !== "two-sided" || twoSided === "central",
    excluded: null,
  };
}

/** The odds ratio at which P(X >= x₂), or its mid-p version, is as large as the tail. */
function lowerLimit(control: Proportion, treatment: Proportion, tail: number, midP: boolean): number {
  const table = tableMargins({ control, treatment });
  const { lowest, highest } = hypergeometricSupport(table);
  const x = treatment.conversions;
  const share = midP ? 0.5 : 1;
  // What the probability tends to as the odds ratio goes to 0 and to Infinity.
  const smallest = x === lowest ? share : 0;
  const largest = x === highest ? share : 1;
  if (tail <= smallest || lowest === highest) return 0;
  if (tail >= largest) return Infinity;
  const logTail = ln(tail);
  const { logOddsRatio, variance } = normalApproximation(control, treatment, 0.5);
  const deviation = Math.sqrt(variance);
  const excess = (logOdds: number): ValueAndSlope => {
    const [log, slope] = noncentralLogUpperTail(x, table, logOdds, share);
    const value = log - logTail;
    // The log is concave, and flat where the tail is nearly all: a step from there would lead too far.
    return [value, Math.max(slope, value / (LONGEST_STEP * deviation))];
  };
  return exp(rootNear(logOddsRatio - normalUpperQuantile(tail) * deviation, deviation, excess));
}

/** The log odds ratio with its variance, after adding something to each cell. */
function normalApproximation(
  control: Proportion,
  treatment: Proportion,
  added: number,
): { readonly logOddsRatio: number; readonly variance: number } {
  const x1 = control.conversions + added;
  const y1 = control.n - control.conversions + added;
  const x2 = treatment.conversions + added;
  const y2 = treatment.n - treatment.conversions + added;
  return { logOddsRatio: ln(x2 / y2) - ln(x1 / y1), variance: 1 / x1 + 1 / y1 + 1 / x2 + 1 / y2 };
}

/** In standard deviations. */
const LONGEST_STEP = 4;
/** In standard deviations: the square of so short a step no longer shows. */
const LAST_STEP = 1e-8;

function rootNear(start: number, deviation: number, f: (logOdds: number) => ValueAndSlope): number {
  return newtonRoot(f, -Infinity, Infinity, start, LAST_STEP * deviation);
}
