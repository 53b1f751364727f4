import { checkObject, checkOneOf } from "../core/checks.ts";
import type { ComparisonOptions } from "./comparison-options.ts";
import type { EachArm } from "./each-arm.ts";
import type { GammaPrior } from "./gamma-prior.ts";
import { gammaRevenue } from "./gamma-revenue.ts";
import { logNormalRevenue } from "./log-normal-revenue.ts";
import type { NormalInverseGammaPrior } from "./normal-inverse-gamma-prior.ts";
import type { GammaRevenueArm, LogNormalRevenueArm } from "./revenue-arm.ts";
import { type RevenueFindings, revenueFindings } from "./revenue-findings.ts";
import {
  checkedGammaRevenuePriors,
  checkedLogNormalRevenuePriors,
  type RevenuePrior,
  type RevenuePriorChoice,
} from "./revenue-prior.ts";

/** Revenue with gamma distributed values of conversions. */
export interface GammaRevenueOptions extends ComparisonOptions {
  readonly model: "gamma";
  readonly control: GammaRevenueArm;
  readonly treatment: GammaRevenueArm;
  readonly prior?: RevenuePriorChoice<GammaPrior> | undefined;
  /** From 1e-3 to 1e6, or `moments`: mean²/variance. Unless said, by moments, or 1 where no variance is known. */
  readonly valueShape?: number | "moments" | undefined;
}

/** Revenue with log-normal values of conversions. */
export interface LogNormalRevenueOptions extends ComparisonOptions {
  readonly model: "log-normal";
  readonly control: LogNormalRevenueArm;
  readonly treatment: LogNormalRevenueArm;
  readonly prior?: RevenuePriorChoice<NormalInverseGammaPrior> | undefined;
  /** Largest standard deviation of the logs of values, from 0.01 to 10; 3 unless said. */
  readonly largestLogDeviation?: number | undefined;
}

export type CompareRevenueOptions = GammaRevenueOptions | LogNormalRevenueOptions;

/** What `compareRevenue` finds. */
export interface RevenueComparison extends RevenueFindings {
  readonly prior: EachArm<RevenuePrior<GammaPrior>> | EachArm<RevenuePrior<NormalInverseGammaPrior>>;
}

/**
 * Compares revenue per unit, zeros included, of two arms by a two-part model: how many units convert, and what a
 * conversion is worth.
 *
 * The conversion rate has a Beta posterior. The values of conversions are either gamma distributed with a known shape,
 * so that their mean is inverse-gamma, or log-normal with a Normal–Inverse-Gamma posterior of mean and variance of the
 * logs. Revenue per unit is the product of rate and mean value, and all posteriors are exact for it, by deterministic
 * quadrature.
 *
 * Under a log-normal model the expected revenue is infinite as long as any variance of the logs is possible, whatever
 * the data: their standard deviation is bounded instead, by `largestLogDeviation`. A warning says where means and
 * expected losses rest on the bound.
 *
 * @param options.model - `"gamma"` or `"log-normal"`
 * @param options.control - units, conversions, and mean and variance of the conversions' `values` (gamma) or of their
 *   `logValues` (log-normal); these are left out where nobody converted, which is legal under a proper prior
 * @param options.treatment - the same of the treatment arm
 * @param options.prior - `conversionRate`: as of `compareBetaBinomial`, uniform unless said, shapes from 0.1 where there
 *   are no data. `value`: `"reference"`, the improper prior 1/rate or 1/variance (the default); or, for gamma values,
 *   `{ shape, rate }` of their rate; for log-normal ones `{ mu, kappa, alpha, beta }`: variance of the logs ~
 *   Inverse-Gamma(alpha, beta), their mean ~ N(mu, variance/kappa). Both may be `{ control, treatment }`
 * @param options.valueShape - of gamma values, from 1e-3 to 1e6: 1 is exponential, 1/cv² in general; or `"moments"`
 * @param options.largestLogDeviation - of log-normal values, from 0.01 to 10; 3 unless said: a mean of at most 90 times
 *   the median
 * @param options.confidenceLevel - posterior probability of the intervals, in (0, 1); 0.95 unless said
 * @param options.thresholdOfCaring - revenue per unit, at or above 0: an arm that is expected to lose no more may be
 *   chosen
 * @param options.quantileLevels - levels in (0, 1) at which every posterior is read
 * @returns probabilities, losses, difference and lift of revenue per unit, the lifts of its two parts, and the posterior
 *   of each arm
 * @throws {DomainError} for a broken arm, a prior out of range, an improper posterior (no conversions under a reference
 *   prior, fewer than two for log-normal values, values that do not vary), or data that contradict the bound
 * @example
 * ```ts
 * import { compareRevenue } from "microlift";
 * const result = compareRevenue({
 *   model: "gamma",
 *   control: { n: 10_000, conversions: 300, values: { mean: 52, variance: 1900 } },
 *   treatment: { n: 10_000, conversions: 330, values: { mean: 53, variance: 2100 } },
 * });
 * result.probabilityToBeat; // 0.8641
 * result.parts.value.lift.estimate; // 0.0192
 * ```
 * Two-part models: Aitchison (1955), JASA 50, 901–908. Infinite means of log-normal posteriors: Fabrizi and Trivisano
 * (2012), Bayesian Analysis 7, 975–996.
 */
export function compareRevenue(options: CompareRevenueOptions): RevenueComparison {
  checkObject("options", options);
  checkOneOf("model", options.model, ["gamma", "log-normal"]);
  if (options.model === "gamma") {
    const prior = checkedGammaRevenuePriors(options.prior);
    const findings = revenueFindings(options, prior, (values) =>
      gammaRevenue(options, values, options.valueShape),
    );
    return { ...findings, prior };
  }
  const prior = checkedLogNormalRevenuePriors(options.prior);
  const findings = revenueFindings(options, prior, (values) =>
    logNormalRevenue(options, values, options.largestLogDeviation),
  );
  return { ...findings, prior };
}
