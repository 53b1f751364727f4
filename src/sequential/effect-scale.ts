import { checkCount } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { lowerDifferenceLimit, upperDifferenceLimit } from "../models/difference-score-limit.ts";
import { rateVariance } from "../models/effect-standard-errors.ts";
import { levelFiellerSet } from "../models/level-fieller-set.ts";
import { type Levels, welchLevels } from "../models/levels.ts";
import { lowerLiftLimit, upperLiftLimit } from "../models/lift-score-limit.ts";
import { pooledZ } from "../models/pooled-z.ts";
import { ratioArm, ratioLevels } from "../models/ratio-levels.ts";
import { rateDifference, rateLift } from "../models/proportion-effects.ts";
import { normalSf } from "../numerics/normal.ts";
import { normalUpperQuantileOfLog } from "../numerics/normal-upper-quantile-of-log.ts";
import { studentTLogSf, studentTUpperQuantile } from "../numerics/student-t.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { Ratio } from "../summaries/ratio.ts";
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
  return levelScale(welchLevels(control, treatment), "welch");
}

/** By the delta method, with Fieller's limits of the lift; of arms that both have a ratio. */
export function ratioScale(control: Ratio, treatment: Ratio): EffectScale {
  return levelScale(ratioLevels(ratioArm("control", control), ratioArm("treatment", treatment))!, "delta");
}

function levelScale(levels: Levels, method: string): EffectScale {
  const { control, difference, standardError, degreesOfFreedom } = levels;
  const t = difference / standardError;
  const toT = (q: number): number =>
    Math.sign(q) * studentTUpperQuantile(normalSf(Math.abs(q)), degreesOfFreedom);
  return {
    control,
    standardError,
    z: Math.sign(t) * normalUpperQuantileOfLog(studentTLogSf(Math.abs(t), degreesOfFreedom)),
    difference: {
      estimate: difference,
      method,
      below: (q) => difference - toT(q) * standardError,
    },
    lift: {
      estimate: control > 0 ? difference / control : null,
      method: "fieller",
      below(q) {
        const set = levelFiellerSet(levels, Math.abs(toT(q)));
        // Where the control cannot be told from 0 the lift has no end.
        if (set.shape !== "between" || control <= 0) return q > 0 ? -Infinity : Infinity;
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

/** The delta method needs two units in each arm, denominators, and a variance. */
export function checkRatioUnits(field: string, { control, treatment }: TwoArms<Ratio>): void {
  checkCount(`${field}.control.n`, control.n, 2);
  checkCount(`${field}.treatment.n`, treatment.n, 2);
  const errors = [
    checkedRatioError(`${field}.control`, control),
    checkedRatioError(`${field}.treatment`, treatment),
  ];
  if (errors.every((error) => error === 0)) {
    const path = `${field}.treatment.numerator.variance`;
    throw new DomainError(
      path,
      treatment.numerator.variance,
      "must leave the ratio of at least one arm a variance",
    );
  }
}

function checkedRatioError(field: string, arm: Ratio): number {
  const { standardError } = ratioArm(field, arm);
  if (standardError === null) {
    throw new DomainError(`${field}.denominator.mean`, 0, "must not be 0: there is no ratio to look at");
  }
  return standardError;
}
