import type { Estimate } from "../core/estimate.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { inverse } from "../numerics/solve.ts";
import { freeCoordinates, type Box, type Curved, type Maximum } from "../numerics/maximize-in-box.ts";
import { profileLimit } from "../numerics/profile-limit.ts";
import type { Vector } from "../numerics/matrix.ts";

/**
 * One parameter of a fitted prior. The standard error is null where the estimate lies at an end of its range, at which
 * there is none; the interval, by profile likelihood, still tells how far the data leave it open.
 */
export interface FittedParameter extends Estimate {
  readonly name: string;
}

/** A coordinate of the likelihood, and the parameter that is reported for it. */
export interface Coordinate {
  readonly name: string;
  readonly index: number;
  /** The parameter at the coordinate; exact at the ends of the box. */
  readonly value: (coordinate: number) => number;
  /** Its derivative. */
  readonly slope: (coordinate: number) => number;
  /** The parameter at the ends of the box. */
  readonly ends: readonly [lower: number, upper: number];
  /** The box of all coordinates where this one is held at a value; by default the box of the fit. */
  readonly boxAt?: (value: number) => Box;
}

/** Estimates, standard errors from the observed information, and profile-likelihood intervals. */
export function fittedParameters(
  f: (x: Vector) => Curved,
  maximum: Maximum,
  box: Box,
  coordinates: readonly Coordinate[],
  confidenceLevel: number,
): FittedParameter[] {
  const score = normalUpperQuantile((1 - confidenceLevel) / 2);
  const errors = standardErrors(maximum, box);
  return coordinates.map(({ name, index, value, slope, ends, boxAt = () => box }) => {
    const at = maximum.at[index]!;
    const lowest = box.lower[index];
    const highest = box.upper[index];
    const estimate = at === lowest ? ends[0] : at === highest ? ends[1] : value(at);
    const limits = ([-1, 1] as const).map((sign, i) => {
      const limit = profileLimit(f, maximum, index, sign, score, boxAt);
      return limit === null ? ends[i]! : value(limit);
    });
    // A parameter that falls with its coordinate has its ends the other way round.
    const [lower, upper] = limits[0]! <= limits[1]! ? limits : [limits[1], limits[0]];
    const error = errors[index] ?? null;
    return {
      name,
      estimate,
      standardError: error === null ? null : Math.abs(slope(at)) * error,
      interval: {
        lower: lower!,
        upper: upper!,
        confidenceLevel,
        method: "profile-likelihood",
        dualToTest: false,
        excluded: null,
      },
      status: Math.abs(estimate) === Infinity || upper === Infinity ? "unbounded" : "ok",
    };
  });
}

/** Of each coordinate inside the box; null at its ends, and where the likelihood is no peak. */
function standardErrors({ at, gradient, hessian }: Maximum, { lower, upper }: Box): (number | null)[] {
  const free = freeCoordinates(at, gradient, lower, upper);
  const covariance = inverse(free.map((i) => free.map((j) => -hessian[i]![j]!)));
  return at.map((_, i) => {
    const place = free.indexOf(i);
    const variance = place < 0 ? undefined : covariance?.[place]?.[place];
    return variance !== undefined && variance > 0 ? Math.sqrt(variance) : null;
  });
}
