import { digamma, trigamma } from "../numerics/digamma.ts";
import type { Vector } from "../numerics/matrix.ts";
import type { Curved } from "../numerics/maximize-in-box.ts";
import { LOG_SQRT_TWO_PI } from "../numerics/normal-tail.ts";
import { studentTMixture } from "../numerics/student-t-mixture.ts";
import type { EffectFamily } from "./effect-prior.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** Where the coordinates of a distribution of effects stand; those that a family does not have are held fixed. */
export const MEAN = 0;
export const SPREAD = 1;
export const WIDE_SPREAD = 2;
export const SHAPE = 3;

/** Estimates and their sampling variances, on a scale on which the variances are about 1. */
export interface ScaledEffects {
  readonly estimates: Vector;
  readonly variances: Vector;
}

/** One normal distribution of the mixture. */
interface Part {
  readonly weight: number;
  /** First and second derivative of the weight by the shape, over the weight. */
  readonly slopeOfLog: number;
  readonly bendOfLog: number;
  /** Which coordinate its variance comes from, and by what it is multiplied; null for the point at 0. */
  readonly spread: typeof SPREAD | typeof WIDE_SPREAD | null;
  readonly factor: number;
}

/** The variance of true effects at a spread coordinate ln(1 + variance): 0 is an ordinary point of it, with a slope. */
export function varianceAt(coordinate: number): number {
  return expm1(coordinate);
}

export function spreadCoordinate(variance: number): number {
  return log1p(variance);
}

/**
 * ln of the marginal likelihood of a distribution of effects, with exact first and second derivatives.
 *
 * Every family is a mixture of normal distributions, and so is what it predicts for an estimate. The coordinates are the
 * mean, ln(1 + variance) of one or two normal distributions, and a shape: the share of the wide distribution (or of
 * effects that are not 0), or 1 over the degrees of freedom.
 */
export function effectLikelihood(
  family: EffectFamily,
  { estimates, variances }: ScaledEffects,
): (at: Vector) => Curved {
  const count = estimates.length;
  return (at) => {
    const mean = at[MEAN]!;
    const farthest = estimates.reduce((most, y) => Math.max(most, Math.abs(y - mean)), 0);
    const parts = partsOf(family, at, farthest);
    const logWeights = parts.map(({ weight }) => ln(weight));
    const added = parts.map(({ spread, factor }) => (spread === null ? 0 : factor * varianceAt(at[spread]!)));
    const growths = parts.map(({ spread, factor }) => (spread === null ? 0 : factor * exp(at[spread]!)));
    const logs = new Float64Array(parts.length);
    const gradient = [0, 0, 0, 0];
    const hessian = [0, 0, 0, 0].map(() => [0, 0, 0, 0]);
    let value = -count * LOG_SQRT_TWO_PI;
    for (let i = 0; i < count; i++) {
      let largest = -Infinity;
      for (let k = 0; k < parts.length; k++) {
        const variance = variances[i]! + added[k]!;
        const distance = estimates[i]! - (parts[k]!.spread === null ? 0 : mean);
        logs[k] = logWeights[k]! - 0.5 * (ln(variance) + (distance * distance) / variance);
        if (logs[k]! > largest) largest = logs[k]!;
      }
      let sum = 0;
      for (let k = 0; k < parts.length; k++) {
        logs[k] = exp(logs[k]! - largest);
        sum += logs[k]!;
      }
      value += largest + ln(sum);

      const slope = [0, 0, 0, 0];
      for (let k = 0; k < parts.length; k++) {
        // The part's share in what is predicted, of which each derivative is a multiple.
        const share = logs[k]! / sum;
        if (share < NEGLIGIBLE) continue;
        const { slopeOfLog, bendOfLog, spread } = parts[k]!;
        slope[SHAPE]! += share * slopeOfLog;
        hessian[SHAPE]![SHAPE]! += share * bendOfLog;
        if (spread === null) continue;
        const growth = growths[k]!;
        const variance = variances[i]! + added[k]!;
        const pull = (estimates[i]! - mean) / variance;
        const push = 0.5 * (pull * pull - 1 / variance);
        slope[MEAN]! += share * pull;
        slope[spread]! += share * push * growth;
        hessian[MEAN]![MEAN]! += share * (pull * pull - 1 / variance);
        hessian[MEAN]![spread]! += share * pull * (push - 1 / variance) * growth;
        const bend = push * push + (0.5 / variance - pull * pull) / variance;
        hessian[spread]![spread]! += share * (bend * growth + push) * growth;
        hessian[MEAN]![SHAPE]! += share * slopeOfLog * pull;
        hessian[spread]![SHAPE]! += share * slopeOfLog * push * growth;
      }
      for (let j = 0; j < 4; j++) {
        gradient[j]! += slope[j]!;
        for (let k = j; k < 4; k++) hessian[j]![k]! -= slope[j]! * slope[k]!;
      }
    }
    for (let j = 0; j < 4; j++) for (let k = 0; k < j; k++) hessian[j]![k] = hessian[k]![j]!;
    return { value, gradient, hessian };
  };
}

function partsOf(family: EffectFamily, at: Vector, farthest: number): Part[] {
  const shape = at[SHAPE]!;
  switch (family) {
    case "normal":
      return [{ weight: 1, slopeOfLog: 0, bendOfLog: 0, spread: SPREAD, factor: 1 }];
    case "student-t":
      return studentTParts(shape, farthest / Math.sqrt(Math.max(varianceAt(at[SPREAD]!), NEXT_TO_NOTHING)));
    case "spike-and-normal":
      return [
        { weight: 1 - shape, slopeOfLog: -1 / (1 - shape), bendOfLog: 0, spread: null, factor: 0 },
        { weight: shape, slopeOfLog: 1 / shape, bendOfLog: 0, spread: SPREAD, factor: 1 },
      ];
    case "two-normals":
      return [
        { weight: 1 - shape, slopeOfLog: -1 / (1 - shape), bendOfLog: 0, spread: SPREAD, factor: 1 },
        { weight: shape, slopeOfLog: 1 / shape, bendOfLog: 0, spread: WIDE_SPREAD, factor: 1 },
      ];
  }
}

/** Digits, in powers of e, of Student's t as a mixture: the log-likelihood of an effect is right to 1e-11. */
const DIGITS = 26;

/** A part with so small a share changes no digit of a derivative. */
const NEGLIGIBLE = 1e-18;

/** Of true effects, where sampling variances are about 1. */
const NEXT_TO_NOTHING = 1e-12;

/** The mixture that is Student's t, with derivatives by 1 over the degrees of freedom: the places stand, the weights change. */
function studentTParts(inverseDf: number, reach: number): Part[] {
  const df = 1 / inverseDf;
  const half = 0.5 * df;
  const { logPrecisions, logWeights } = studentTMixture(df, reach, DIGITS);
  const constant = ln(half) + 1 - digamma(half);
  const curvature = 0.5 / df - 0.25 * trigamma(half);
  return logPrecisions.map((u, k) => {
    const weight = exp(logWeights[k]!);
    // By df, then by its inverse q: d/dq = −df² d/ddf.
    const slope = 0.5 * (constant + u - exp(u));
    const first = -df * df * slope;
    const second = pow(df, 4) * curvature + 2 * pow(df, 3) * slope;
    return {
      weight,
      slopeOfLog: first,
      bendOfLog: first * first + second,
      spread: SPREAD,
      factor: exp(-u),
    };
  });
}
