import { checkBetween, checkObject, checkOpenUnit } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { findRoot } from "../numerics/find-root.ts";
import { normalSf, normalUpperQuantile } from "../numerics/normal.ts";
import type { CheckedRateEffectPrior } from "./rate-effect-prior.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** How unlikely an effect beyond one size is held before the data: a lift, or an odds ratio. */
export type SkepticalPriorOptions = {
  /** Chance of an effect beyond that size to either side, in (0, 1); 0.05 unless said. */
  readonly probability?: number | undefined;
} & (
  | { readonly lift: number; readonly oddsRatio?: undefined }
  | { readonly oddsRatio: number; readonly lift?: undefined }
);

const DEFAULT_PROBABILITY = 0.05;
const SIZES = [1e-5, 1] as const;
const ODDS_RATIOS = [1.00001, 100] as const;

/**
 * A prior that expects no effect and holds large ones unlikely, for `compareWithEffectPrior`.
 *
 * With `lift` it is normal on the log of treatment rate / control rate, with P(|lift| > the one given) = `probability`:
 * a lift of 10 % with 0.05 says that of twenty changes one moves the rate by more than that, up or down. With `oddsRatio`
 * it is normal on the log odds ratio, and the odds ratio lies beyond the one given or its inverse with `probability`.
 *
 * @param options.lift - size of a large lift, from 1e-5 to 1; either this or
 * @param options.oddsRatio - size of a large odds ratio, from 1.00001 to 100
 * @param options.probability - chance of an effect beyond, in (0, 1), below one half for a lift of 1; 0.05 unless said
 * @returns the prior: its scale, mean 0 and standard deviation
 * @throws {DomainError} for a size or probability out of range, for both sizes or none
 * @example
 * ```ts
 * import { skepticalPrior } from "microlift";
 * skepticalPrior({ lift: 0.1, probability: 0.05 }).standardDeviation; // 0.0509
 * skepticalPrior({ oddsRatio: 1.5, probability: 0.05 }).standardDeviation; // 0.2069
 * ```
 * Spiegelhalter, Freedman and Parmar (1994), Journal of the Royal Statistical Society A 157, 357–416.
 */
export function skepticalPrior(options: SkepticalPriorOptions): CheckedRateEffectPrior {
  checkObject("options", options);
  const { lift, oddsRatio, probability = DEFAULT_PROBABILITY } = options;
  checkOpenUnit("probability", probability);
  if (probability < LEAST_PROBABILITY)
    throw new DomainError("probability", probability, `must be at least ${LEAST_PROBABILITY}`);
  if (oddsRatio !== undefined) {
    if (lift !== undefined)
      throw new DomainError("lift", lift, "must be left out where there is an oddsRatio");
    checkBetween("oddsRatio", oddsRatio, ...ODDS_RATIOS);
    return centred("log-odds", ln(oddsRatio) / normalUpperQuantile(probability / 2));
  }
  checkBetween("lift", lift, ...SIZES);
  return centred("log-lift", deviationOfLogLift(lift, probability));
}

/** Doubles hold half of a smaller one with few digits. */
const LEAST_PROBABILITY = 1e-300;

/** The deviation σ of a centred normal log lift with P(lift > size) + P(lift < −size) = probability. */
function deviationOfLogLift(size: number, probability: number): number {
  const [up, down] = [log1p(size), -log1p(-size)];
  const z = normalUpperQuantile(probability / 2);
  if (down === Infinity) {
    if (probability >= 0.5)
      throw new DomainError("probability", probability, "must be below 0.5 for a lift of 1");
    return up / normalUpperQuantile(probability);
  }
  // A fall by the size is farther on the log scale than a rise by it.
  return findRoot((sigma) => normalSf(up / sigma) + normalSf(down / sigma) - probability, up / z, down / z);
}

function centred(scale: CheckedRateEffectPrior["scale"], standardDeviation: number): CheckedRateEffectPrior {
  return { family: "normal", scale, mean: 0, standardDeviation };
}
