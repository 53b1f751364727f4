import { checkCount } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { lowerDifferenceLimit, upperDifferenceLimit } from "../models/difference-score-limit.ts";
import { rateVariance } from "../models/effect-standard-errors.ts";
import { levelFiellerSet } from "../models/level-fieller-set.ts";
import { welchLevels } from "../models/levels.ts";
import { lowerLiftLimit, upperLiftLimit } from "../models/lift-score-limit.ts";
import { pooledZ } from "../models/pooled-z.ts";
import { rateDifference, rateLift } from "../models/proportion-effects.ts";
import { normalSf } from "../numerics/normal.ts";
import { normalUpperQuantileOfLog } from "../numerics/normal-upper-quantile-of-log.ts";
import { studentTLogSf, studentTUpperQuantile } from "../numerics/student-t.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";

/**
 * The way from the z scale, on which a design has its boundaries, to the effects of two arms: by the test that made z.
 *
 * `below(q)` is the effect above which z lies by q, that is the limit of an interval with critical value q; the estimate
 * for q = 0, and above it for q < 0.
 */
export interface EffectScale {
  readonly z: number;
  /** Value of the control. */
  readonly control: number;
  /** Of the difference, as the test has it under no effect. */
  readonly standardError: number;
  readonly difference: Effect;
  readonly lift: Effect;
}

interface Effect {
  /** Null where the data have none. */
  readonly estimate: number | null;
  readonly method: string;
  below(q: number): number;
}

// Stands for z = 0, where the limit is the estimate: the limits approach it.
const SMALLEST_CHI_SQUARED = 1e-200;

/** By the score test: pooled z, with the limits of Mee (1984) and Koopman (1984). */
export function proportionScale(control: Proportion, treatment: Proportion): EffectScale {
  const total = control.n + treatment.n;
  const pooled = { n: total, conversions: control.conversions + treatment.conversions };
  return {
    z: pooledZ(control, treatment),
    control: control.conversions / control.n,
    standardError: Math.sqrt(rateVariance(pooled)) * (total / Math.sqrt(control.n) / Math.sqrt(treatment.n)),
    difference: {
      estimate: rateDifference(control, treatment),
      method: "mee",
      below(q) {
        if (Math.abs(q) === Infinity) return -Math.sign(q);
        const limit = q < 0 ? upperDifferenceLimit : lowerDifferenceLimit;
        return limit(control, treatment, Math.max(q * q, SMALLEST_CHI_SQUARED));
      },
    },
    lift: {
      estimate: rateLift(control, treatment),
      method: "koopman",
      below(q) {
        if (Math.abs(q) === Infinity) return q > 0 ? -1 : Infinity;
        const limit = q < 0 ? upperLiftLimit : lowerLiftLimit;
        // At the bottom a limit may be rounded to below it.
        return Math.max(-1, limit(control, treatment, Math.max(q * q, SMALLEST_CHI_SQUARED)));
      },
    },
  };
}

/** By Welch's t, brought to the z scale by its tail probability, with Fieller's limits of the lift. */
export function meanScale(control: Mean, treatment: Mean): EffectScale {
  const levels = welchLevels(control, treatment);
  const { difference, standardError, degreesOfFreedom } = levels;
  const t = difference / standardError;
  const toT = (q: number): number =>
    Math.sign(q) * studentTUpperQuantile(normalSf(Math.abs(q)), degreesOfFreedom);
  return {
    control: control.mean,
    standardError,
    z: Math.sign(t) * normalUpperQuantileOfLog(studentTLogSf(Math.abs(t), degreesOfFreedom)),
    difference: {
      estimate: difference,
      method: "welch",
      below: (q) => difference - toT(q) * standardError,
    },
    lift: {
      estimate: control.mean > 0 ? difference / control.mean : null,
      method: "fieller",
      below(q) {
        const set = levelFiellerSet(levels, Math.abs(toT(q)));
        // Where the control cannot be told from 0 the lift has no end.
        if (set.shape !== "between" || control.mean <= 0) return q > 0 ? -Infinity : Infinity;
        return q > 0 ? set.lower : set.upper;
      },
    },
  };
}

/** Welch's t needs two units in each arm, and a variance. */
export function checkWelchUnits(field: string, { control, treatment }: TwoArms<Mean>): void {
  checkCount(`${field}.control.n`, control.n, 2);
  checkCount(`${field}.treatment.n`, treatment.n, 2);
  if (control.variance === 0 && treatment.variance === 0) {
    throw new DomainError(`${field}.treatment.variance`, 0, "must be above 0 in at least one arm");
  }
}
