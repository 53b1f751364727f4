import type { Vector } from "../numerics/matrix.ts";
import type { Curved } from "../numerics/maximize-in-box.ts";
import { risingPower, type Tally } from "../numerics/rising-power.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Where the coordinates stand: the log-odds of the mean rate, and ln(dispersion + sampling dispersion). */
export const LOG_ODDS = 0;
export const DISPERSION = 1;

/** The likelihood is a sum over conversions, over the rest, and over units, each of which may occur more than once. */
function tally(counts: readonly number[]): Tally {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  return { counts: Float64Array.from(times.keys()), times: Float64Array.from(times.values()) };
}

/**
 * ln of the beta-binomial likelihood of many rates without its binomial coefficients, with exact first and second
 * derivatives. With mean m and dispersion q = 1 / (alpha + beta) it is the sum of
 * ln m (m + q) (m + 2q) … over the conversions, the same of 1 − m over the rest, less that of 1 over all units.
 *
 * @param sampling a dispersion of the size of that of sampling, so that a dispersion of 0 is an ordinary point
 */
export function betaBinomialLikelihood(
  rates: readonly Proportion[],
  sampling: number,
): (at: Vector) => Curved {
  const conversions = tally(rates.map((rate) => rate.conversions));
  const rest = tally(rates.map((rate) => rate.n - rate.conversions));
  const units = tally(rates.map((rate) => rate.n));
  return (at) => {
    const logOdds = at[LOG_ODDS]!;
    const mean = 1 / (1 + exp(-logOdds));
    const other = 1 / (1 + exp(logOdds));
    const grown = exp(at[DISPERSION]!);
    const dispersion = dispersionAt(at[DISPERSION]!, sampling);
    const up = risingPower(conversions, mean, dispersion);
    const down = risingPower(rest, other, dispersion);
    const all = risingPower(units, 1, dispersion);

    const byMean = up.byA - down.byA;
    const byDispersion = up.byQ + down.byQ - all.byQ;
    const slope = mean * other;
    const bend = slope * (other - mean);
    const mixed = (up.byAQ - down.byAQ) * slope * grown;
    return {
      value: up.log + down.log - all.log,
      gradient: [byMean * slope, byDispersion * grown],
      hessian: [
        [(up.byAA + down.byAA) * slope * slope + byMean * bend, mixed],
        [mixed, (up.byQQ + down.byQQ - all.byQQ) * grown * grown + byDispersion * grown],
      ],
    };
  };
}

/** The dispersion 1 / (alpha + beta) at its coordinate; 0 at the lowest. */
export function dispersionAt(coordinate: number, sampling: number): number {
  return sampling * expm1(coordinate - ln(sampling));
}
