import { checkObject } from "../core/checks.ts";
import type { Result } from "../core/result.ts";
import type { BetaPriors } from "./beta-prior.ts";
import { betterArm } from "./better-arm.ts";
import { type ArmOrderWithLosses, armOrderWithLosses } from "./compared-arms.ts";
import { ratesCompared, type RatesToCompare } from "./rates-compared.ts";

/** What `probabilityToBeat` finds. */
export interface ProbabilityToBeat extends Result<"probability-to-beat">, ArmOrderWithLosses {
  readonly prior: BetaPriors;
}

/**
 * The probability that the treatment converts better than the control, with what either choice is expected to lose: the
 * part of `compareBetaBinomial` that a dashboard asks for thousands of times, in some tens of microseconds.
 *
 * @param options.control - conversions and units of the control arm; n = 0 is legal and leaves the prior
 * @param options.treatment - the same of the treatment arm
 * @param options.prior - `{ alpha, beta }` with shapes from 1e-6 to 1e15, `"uniform"` (1 and 1, the default) or
 *   `"jeffreys"` (1/2 and 1/2), for both arms; or `{ control, treatment }` with one of these each
 * @returns the probabilities to beat and to lose with their logs, expected losses and gains in units of the rate
 * @throws {DomainError} for a broken arm or a prior shape out of range
 * @example
 * ```ts
 * import { probabilityToBeat } from "microlift";
 * const result = probabilityToBeat({
 *   control: { n: 1000, conversions: 50 },
 *   treatment: { n: 1000, conversions: 65 },
 * });
 * result.probabilityToBeat; // 0.924480378902574
 * result.logProbabilityToLose; // -2.583362774405544
 * ```
 * Quadrature: Trefethen and Weideman (2014), SIAM Review 56, 385–458.
 */
export function probabilityToBeat(options: RatesToCompare): ProbabilityToBeat {
  checkObject("options", options);
  const { control, treatment, prior, warnings, assumptions } = ratesCompared(options);
  return {
    kind: "probability-to-beat",
    method: "quadrature",
    prior,
    ...armOrderWithLosses(betterArm(control, treatment)),
    warnings,
    assumptions,
  };
}
