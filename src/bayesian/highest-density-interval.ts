import { checkObject, checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import { type Distribution, type DistributionIntervals, INTERVALS_OF } from "./distribution-intervals.ts";

export interface HighestDensityIntervalOptions {
  readonly distribution: Distribution;
  /** Probability of the intervals, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** What `highestDensityInterval` finds. */
export interface HighestDensityInterval extends Result<"highest-density-interval"> {
  readonly distribution: Distribution;
  readonly confidenceLevel: number;
  /** The shortest interval of this probability. */
  readonly interval: Interval;
  /** The one that leaves out as much on either side, which the shortest one is never longer than. */
  readonly equalTailed: Interval;
  readonly status: Status;
}

/**
 * Finds the shortest interval that holds a given probability of a distribution, beside the equal-tailed one.
 *
 * No value outside is denser than any inside. Where the density rises to an end, the interval begins or ends there; a
 * Beta distribution that rises to both ends has no one interval of highest density, and the shorter of those from
 * either end is returned.
 *
 * @param options.distribution - `{ family, … }` with the parameters of the family: `beta` (alpha, beta), `gamma` (shape,
 *   rate), `inverse-gamma` (shape, scale), with shapes from 1e-3 to 1e15; `normal` (mean, standardDeviation);
 *   `log-normal` (mu within ±300, sigma from 1e-8 to 10); `student-t` (degreesOfFreedom from 0.05, location, scale)
 * @param options.confidenceLevel - probability of the intervals, in (0, 1); 0.95 unless said
 * @returns both intervals; an end that no double holds is 0 or infinite
 * @throws {DomainError} for an unknown family, a parameter out of range, or a level outside (0, 1)
 * @example
 * ```ts
 * import { highestDensityInterval } from "microlift";
 * const { interval } = highestDensityInterval({ distribution: { family: "beta", alpha: 51, beta: 951 } });
 * interval.lower; // 0.037623
 * interval.upper; // 0.064681
 * ```
 * Box and Tiao (1973), Bayesian inference in statistical analysis, 2.8.
 */
export function highestDensityInterval(options: HighestDensityIntervalOptions): HighestDensityInterval {
  checkObject("options", options);
  const { distribution, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = options;
  checkObject("distribution", distribution);
  checkOneOf(
    "distribution.family",
    distribution.family,
    Object.keys(INTERVALS_OF) as Distribution["family"][],
  );
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const { highestDensity, equalTailed } = intervalsOf(distribution, confidenceLevel);
  const isUnbounded = highestDensity.upper === Infinity || equalTailed.upper === Infinity;
  return {
    kind: "highest-density-interval",
    method: distribution.family,
    distribution: { ...distribution },
    confidenceLevel,
    interval: highestDensity,
    equalTailed,
    status: isUnbounded ? "unbounded" : "ok",
    warnings: [],
    assumptions: [],
  };
}

function intervalsOf<Family extends Distribution["family"]>(
  distribution: Extract<Distribution, { readonly family: Family }>,
  confidenceLevel: number,
): DistributionIntervals {
  return INTERVALS_OF[distribution.family as Family](distribution, confidenceLevel);
}
