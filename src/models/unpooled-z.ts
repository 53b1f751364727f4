import type { Proportion } from "../summaries/proportion.ts";
import { differenceStandardError } from "./effect-standard-errors.ts";
import { rateDifference } from "./proportion-effects.ts";

/** p₂ − p₁ over its unpooled standard error; 0 for equal rates without variance, null for unequal ones. */
export function unpooledZ(control: Proportion, treatment: Proportion): number | null {
  const difference = rateDifference(control, treatment);
  if (difference === 0) return 0;
  const standardError = differenceStandardError(control, treatment);
  return standardError > 0 ? difference / standardError : null;
}
