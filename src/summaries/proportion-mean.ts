import { checkObject } from "../core/checks.ts";
import { checkMean, type Mean } from "./mean.ts";
import { checkProportion, type Proportion } from "./proportion.ts";

/**
 * A conversion rate as the mean of 0 and 1 over an arm's units, for functions that take means.
 *
 * @param proportion - units and conversions of an arm
 * @returns units, rate and sample variance, with n − 1 in the denominator
 * @throws {DomainError} for a broken proportion
 * @example
 * ```ts
 * import { proportionMean } from "microlift";
 * proportionMean({ n: 1000, conversions: 50 }); // { n: 1000, mean: 0.05, variance: 0.04755 }
 * ```
 */
export function proportionMean(proportion: Proportion): Mean {
  checkProportion("proportion", proportion);
  const { n, conversions } = proportion;
  return {
    n,
    mean: conversions / n,
    variance: n > 1 ? (conversions / n) * ((n - conversions) / (n - 1)) : 0,
  };
}

/** A metric of an arm, checked, as a mean: a rate is the mean of 0 and 1. */
export function checkedMean(field: string, arm: Mean | Proportion): Mean {
  checkObject(field, arm);
  if ("conversions" in arm) {
    checkProportion(field, arm);
    return proportionMean(arm);
  }
  checkMean(field, arm);
  return arm;
}
