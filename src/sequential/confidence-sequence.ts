import { checkObject } from "../core/checks.ts";
import type { PreviousLook } from "./check-previous-look.ts";
import { type SequentialEffects, sequentialLook, type SequentialLookOptions } from "./sequential-look.ts";

export interface ConfidenceSequenceOptions extends SequentialLookOptions {
  /** What the last look returned; nothing at the first. */
  readonly previous?: PreviousLook | undefined;
}

/** Intervals for an effect that hold at all looks together. */
export type ConfidenceSequence = SequentialEffects<"confidence-sequence">;

/**
 * Intervals for the difference and the lift of two arms that may be read as often as one likes.
 *
 * One call for each look, with what was seen since the start and what the last look returned. The chance that any of the
 * intervals ever misses the true effect is at most 1 − `confidenceLevel`, however often one looks and whenever one
 * stops. So the running interval, what all looks so far leave together, holds too; it never widens, and where nothing
 * is left (the effect changed over time, or chance missed) it starts anew, with a warning.
 *
 * - `normal-mixture` is what the mixture sequential probability ratio test does not reject (`alwaysValidPValue`), with
 *   a half-normal mixture for one-sided alternatives. With `mixtureVariance` the τ² of Johari et al.; by `tightestN` or
 *   `rho` the mixture follows the variance seen.
 * - `asymptotic` is the sequence of Waudby-Smith et al.: two-sided the same numbers, and one-sided a closed form that is
 *   up to 2 % wider at 95 %.
 *
 * The guarantee is asymptotic: with the true variance and normal estimates it is exact, and it is rough where few units
 * have converted, above all in arms of unequal size (a warning says so; `liftConfidenceSequence` and
 * `proportionConfidenceSequence` are exact). Until units of both kinds have been seen in both arms there are no limits. The lift
 * comes as Fieller's set: each lift R − 1 is judged by m₂ − R m₁, with a guarantee like that of the difference, and the
 * set may have a gap (`excluded`) or be the whole line while the control cannot be told from 0. `delta` and `log` rest
 * on the delta method besides.
 *
 * @param options.control - what was seen in the control arm since the start: a proportion, a mean, a ratio, or moments
 *   with covariates (CUPED), of at least 2 units but for proportions
 * @param options.treatment - the same of the treatment arm
 * @param options.tightestN - control units at which the intervals are tightest; 5,000 unless one of the three is given
 * @param options.mixtureVariance - instead: the variance of the differences one expects, above 0
 * @param options.rho - instead: ρ, above 0, with time counted in control units
 * @param options.method - `normal-mixture` unless said
 * @param options.liftMethod - `fieller` unless said
 * @param options.metric - with covariates: as in `compareWithCovariates`, and so `covariates`, `theta`, `covariateMean`
 * @param options.alternative - `two-sided` unless said; `greater` gives lower limits only, `less` upper ones
 * @param options.confidenceLevel - chance that no interval ever misses, in (0, 1); 0.95 unless said
 * @param options.previous - what the last look returned; nothing at the first
 * @returns difference and lift, each with the interval of this look and the running one
 * @throws {DomainError} for a broken arm, units that were lost since the last look, two tunings, or a tuning, method or
 *   level unlike that of the last look
 * @example
 * ```ts
 * import { confidenceSequence } from "microlift";
 * const monday = confidenceSequence({
 *   control: { n: 5000, conversions: 260 }, treatment: { n: 5000, conversions: 310 }, tightestN: 20_000,
 * });
 * const tuesday = confidenceSequence({
 *   control: { n: 10_000, conversions: 530 }, treatment: { n: 10_000, conversions: 640 }, tightestN: 20_000,
 *   previous: monday,
 * });
 * tuesday.difference.running.lower; // 0.00078
 * tuesday.lift.interval.upper; // 0.44
 * ```
 * Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024); Howard, Ramdas, McAuliffe and Sekhon (2021); Johari, Koomen,
 * Pekelis and Walsh (2022); Fieller (1954).
 */
export function confidenceSequence(options: ConfidenceSequenceOptions): ConfidenceSequence {
  checkObject("options", options);
  return sequentialLook("confidence-sequence", options, options.previous).effects;
}
