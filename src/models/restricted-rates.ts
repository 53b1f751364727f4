import type { Proportion } from "../summaries/proportion.ts";
import { restrictedDifferenceRates } from "./restricted-difference-rates.ts";
import { restrictedOddsRatioRates } from "./restricted-odds-ratio-rates.ts";
import { restrictedRatioRates } from "./restricted-ratio-rates.ts";

/** On which scale two rates are compared; a lift is their ratio − 1. */
export type ComparisonScale = "difference" | "lift" | "odds-ratio";

export const COMPARISON_SCALES: readonly ComparisonScale[] = ["difference", "lift", "odds-ratio"];

/** A rate and its complement, each with its own digits. */
export interface Rate {
  readonly rate: number;
  readonly rest: number;
}

/** The most likely rates of two arms among those whose effect is a given value. */
export interface RestrictedRates {
  readonly control: Rate;
  readonly treatment: Rate;
}

/** Counts may be expected ones, not whole. */
type Restricted = (control: Proportion, treatment: Proportion, nullValue: number) => RestrictedRates;

const RESTRICTED: Readonly<Record<ComparisonScale, Restricted>> = {
  difference: restrictedDifferenceRates,
  lift: restrictedRatioRates,
  "odds-ratio": restrictedOddsRatioRates,
};

/**
 * The restricted maximum-likelihood rates of Farrington and Manning (1990) and Miettinen and Nurminen (1985): those
 * most likely to give the counts when the effect is `nullValue`.
 *
 * Closed for lift and odds ratio; about ten steps of Newton's method for the difference.
 *
 * @param scale - `nullValue` is a difference in (−1, 1), a lift above −1, or an odds ratio above 0
 * @param control - units above 0, and conversions; expected counts need not be whole
 * @param treatment - the same of the treatment arm
 */
export function restrictedRates(
  scale: ComparisonScale,
  control: Proportion,
  treatment: Proportion,
  nullValue: number,
): RestrictedRates {
  return RESTRICTED[scale](control, treatment, nullValue);
}
