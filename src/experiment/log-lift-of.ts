import type { Estimate } from "../core/estimate.ts";
import type { ObservedEffect } from "../bayesian/observed-effects.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/**
 * The log of treatment / control, with its standard error by the delta method, from a lift (for rates that of Katz et al.
 * 1978); null where it is not finite, or has no error.
 *
 * @param ratio - treatment / control, where it is known to more digits than 1 + lift has
 */
export function logLiftOf(
  { estimate, standardError, status }: Estimate,
  ratio: number = 1 + (estimate ?? 0),
): ObservedEffect | null {
  if (estimate === null || standardError === null || status === "undetermined") return null;
  const error = standardError / ratio;
  const isKnown = ratio > 0 && ratio < Infinity && error > 0 && error < Infinity;
  if (!isKnown) return null;
  // 1 + lift is known to its last digit where the lift is far from −1.
  return { estimate: estimate > -0.5 ? log1p(estimate) : ln(ratio), standardError: error };
}
