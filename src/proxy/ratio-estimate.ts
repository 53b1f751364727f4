import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { withinOne } from "../numerics/within-one.ts";
import { effectRatioSet } from "./effect-ratio-set.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/** Two normal estimates whose ratio is asked for. */
export interface RatioParts {
  readonly numerator: number;
  readonly denominator: number;
  readonly numeratorVariance: number;
  readonly denominatorVariance: number;
  readonly covariance: number;
}

/**
 * numerator / denominator with Fieller's set and the delta method's standard error; undetermined where the denominator
 * is estimated at 0, or either of the two has no variance.
 */
export function ratioEstimate(parts: RatioParts, confidenceLevel: number): Estimate {
  const { numerator, denominator, covariance } = parts;
  const [top, bottom] = [Math.sqrt(parts.numeratorVariance), Math.sqrt(parts.denominatorVariance)];
  if (!(top > 0 && bottom > 0)) {
    const line = interval(-Infinity, Infinity, null, confidenceLevel);
    return makeEstimate(null, null, line, "two-sided");
  }
  const correlation = withinOne(covariance / top / bottom);
  const critical = normalUpperQuantile((1 - confidenceLevel) / 2);
  const set = effectRatioSet(numerator / top, denominator / bottom, correlation, critical);
  const unit = top / bottom;
  const gap =
    set.excluded === null ? null : { lower: unit * set.excluded.lower, upper: unit * set.excluded.upper };
  const own = interval(unit * set.lower, unit * set.upper, gap, confidenceLevel);
  if (denominator === 0) return makeEstimate(null, null, own, "two-sided");
  const ratio = numerator / denominator;
  const across = ratio / unit - correlation;
  const standardError =
    (top / Math.abs(denominator)) * hypot(across, Math.sqrt((1 - correlation) * (1 + correlation)));
  return makeEstimate(ratio, standardError, own, "two-sided");
}

function interval(
  lower: number,
  upper: number,
  excluded: Interval["excluded"],
  confidenceLevel: number,
): Interval {
  return { lower, upper, confidenceLevel, method: "fieller", dualToTest: false, excluded };
}
