import type { Estimate } from "../core/estimate.ts";

/** An estimate that is taken for normal around the true effect. */
export interface LogEffect {
  readonly estimate: number;
  readonly standardError: number;
}

/**
 * The log of treatment / control, with its standard error by the delta method, from a lift (for rates that of Katz et al.
 * 1978); null where it is not finite, or has no error.
 */
export function logLiftOf({ estimate, standardError, status }: Estimate): LogEffect | null {
  if (estimate === null || standardError === null || status === "undetermined") return null;
  const ratio = 1 + estimate;
  const error = standardError / ratio;
  const isKnown = ratio > 0 && ratio < Infinity && error > 0 && error < Infinity;
  return isKnown ? { estimate: Math.log1p(estimate), standardError: error } : null;
}
