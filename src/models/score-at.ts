import type { Proportion } from "../summaries/proportion.ts";
import { differenceBeyond } from "./restricted-difference-rates.ts";
import { oddsRatioShift } from "./restricted-odds-ratio-rates.ts";
import { ratioBeyond } from "./restricted-ratio-rates.ts";
import { type ComparisonScale, restrictedRates } from "./restricted-rates.ts";

/**
 * The score statistic of two proportions at any null value of the effect, with the variance at the restricted rates:
 * Farrington and Manning (1990), and at no effect the pooled z. Standard normal if the null value is true; positive
 * where the effect lies above it; 0 where the counts say nothing.
 *
 * @param nullValue - a difference in (−1, 1), a lift above −1, or an odds ratio above 0
 */
export function scoreAt(
  scale: ComparisonScale,
  control: Proportion,
  treatment: Proportion,
  nullValue: number,
): number {
  const { control: first, treatment: second } = restrictedRates(scale, control, treatment, nullValue);
  const variance1 = first.rate * first.rest;
  const variance2 = second.rate * second.rest;
  if (scale === "odds-ratio") {
    const shift = oddsRatioShift(control, treatment, nullValue);
    return shift === 0 ? 0 : shift * Math.sqrt(1 / (control.n * variance1) + 1 / (treatment.n * variance2));
  }
  const [beyond, factor] =
    scale === "difference"
      ? [differenceBeyond(control, treatment, nullValue), 1]
      : [ratioBeyond(control, treatment, nullValue), 1 + nullValue];
  return beyond === 0
    ? 0
    : beyond / Math.sqrt((factor * factor * variance1) / control.n + variance2 / treatment.n);
}
