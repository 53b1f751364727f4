import type { Alternative } from "../core/alternative.ts";
import { checkOneOf } from "../core/checks.ts";
import type { Mixture } from "./mixture.ts";
import { ONE_SIDED_ASYMPTOTIC_MIXTURE } from "./one-sided-asymptotic-mixture.ts";
import { ONE_SIDED_MIXTURE } from "./one-sided-mixture.ts";
import { TWO_SIDED_MIXTURE } from "./two-sided-mixture.ts";

/**
 * `normal-mixture`: the mixture sequential probability ratio test, and what it does not reject; `asymptotic`: the
 * asymptotic confidence sequence of Waudby-Smith et al. (2024).
 */
export type MixtureMethod = "normal-mixture" | "asymptotic";

const METHODS: readonly MixtureMethod[] = ["normal-mixture", "asymptotic"];

export function checkMixtureMethod(field: string, method: MixtureMethod): void {
  checkOneOf(field, method, METHODS);
}

/** Two-sided, both methods mix alike; one-sided, `asymptotic` has a closed form that is a little wider. */
export function mixtureOf(method: MixtureMethod, alternative: Alternative): Mixture {
  if (alternative === "two-sided") return TWO_SIDED_MIXTURE;
  return method === "asymptotic" ? ONE_SIDED_ASYMPTOTIC_MIXTURE : ONE_SIDED_MIXTURE;
}
