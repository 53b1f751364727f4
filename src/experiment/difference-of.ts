import type { Estimate } from "../core/estimate.ts";
import type { ObservedEffect } from "../bayesian/observed-effects.ts";

/** A difference that can be weighed against others; null where it is not finite, or has no error. */
export function differenceOf({ estimate, standardError, status }: Estimate): ObservedEffect | null {
  if (estimate === null || standardError === null || status === "undetermined") return null;
  return standardError > 0 && standardError < Infinity ? { estimate, standardError } : null;
}
