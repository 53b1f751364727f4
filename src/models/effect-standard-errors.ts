import type { Proportion } from "../summaries/proportion.ts";

// Standard errors of the effects of two proportions, arms unpooled.

/** Estimated variance of a rate, p(1 − p)/n. */
export function rateVariance({ n, conversions }: Proportion): number {
  return ((conversions / n) * ((n - conversions) / n)) / n;
}

/** Of p₂ − p₁. */
export function differenceStandardError(control: Proportion, treatment: Proportion): number {
  return Math.sqrt(rateVariance(control) + rateVariance(treatment));
}

/** Of p₂/p₁ − 1 by the delta method; Infinity over a control rate of 0. */
export function liftStandardError(control: Proportion, treatment: Proportion): number {
  if (control.conversions === 0) return Infinity;
  const rate = control.conversions / control.n;
  const ratio = treatment.conversions / treatment.n / rate;
  return Math.sqrt(rateVariance(treatment) + ratio * ratio * rateVariance(control)) / rate;
}

/** Of the log of p₂/p₁ (Katz et al. 1978); Infinity where an arm has no conversions. */
export function logRatioStandardError(control: Proportion, treatment: Proportion): number {
  return Math.sqrt(relativeVariance(control) + relativeVariance(treatment));
}

/** Of the log of one rate, 1/x − 1/n; Infinity without conversions. */
export function relativeVariance({ n, conversions }: Proportion): number {
  // A zero may have a sign.
  return (n - conversions) / n / Math.abs(conversions);
}

/** Of the log of the odds ratio (Woolf 1955); Infinity with an empty cell. */
export function logOddsRatioStandardError(control: Proportion, treatment: Proportion): number {
  return Math.sqrt(
    inverse(control.conversions) +
      inverse(control.n - control.conversions) +
      inverse(treatment.conversions) +
      inverse(treatment.n - treatment.conversions),
  );
}

/** Of a count, a zero with a sign included. */
function inverse(count: number): number {
  return 1 / Math.abs(count);
}
