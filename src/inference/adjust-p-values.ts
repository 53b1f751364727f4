import { checkObject, checkOneOf } from "../core/checks.ts";
import { ADJUSTMENT_METHODS, type AdjustmentMethod, adjustOn } from "./adjust-on.ts";
import { checkLogPValues, checkPValues, checkWeights } from "./check-p-values.ts";
import { LINEAR, LOG } from "./p-value-scale.ts";

export type { AdjustmentMethod } from "./adjust-on.ts";

export interface AdjustmentOptions {
  /**
   * How much each test counts: one weight above 0 for each, with sum 1. For `bonferroni`, `sidak`, `holm`,
   * `benjamini-hochberg` and `benjamini-yekutieli`; equal weights unless said.
   */
  readonly weights?: readonly number[] | undefined;
}

/**
 * Adjusts the p-values of several tests, so that each can be compared with alpha itself.
 *
 * Bonferroni, Holm and Benjamini–Yekutieli hold whatever the dependence of the tests; Šidák, Hochberg, Hommel and
 * Benjamini–Hochberg ask for independence or positive dependence. `weights`, fixed before the data are seen, give some
 * tests a larger part of alpha. Time grows with the number of tests, for `hommel` with its square.
 *
 * @param pValues - p-values in [0, 1], in any order
 * @param method - `holm` unless said; `none` leaves the values as they are
 * @param options.weights - one number above 0 for each test, with sum 1
 * @returns the adjusted p-values in the order given, each at most 1
 * @throws {DomainError} for a p-value outside [0, 1], an unknown method, or weights that do not fit
 * @example
 * ```ts
 * import { adjustPValues } from "microlift";
 * adjustPValues([0.01, 0.04, 0.03], "holm"); // [0.03, 0.06, 0.06]
 * adjustPValues([0.01, 0.04, 0.03], "holm", { weights: [0.2, 0.4, 0.4] }); // [0.05, 0.06, 0.06]
 * ```
 * Holm (1979); Hochberg (1988); Hommel (1988); Benjamini and Hochberg (1995, 1997); Benjamini and Yekutieli (2001);
 * Genovese, Roeder and Wasserman (2006).
 */
export function adjustPValues(
  pValues: readonly number[],
  method: AdjustmentMethod = "holm",
  options: AdjustmentOptions = {},
): number[] {
  checkPValues("pValues", pValues);
  return adjustOn(LINEAR, pValues, method, checkedWeights(pValues, method, options));
}

/**
 * Adjusts p-values that are given by their natural logs, and keeps their digits far below 1e-308.
 *
 * @param logPValues - logs of p-values, each at or below 0; −Infinity is a p-value of 0
 * @param method - as in `adjustPValues`
 * @param options.weights - as in `adjustPValues`
 * @returns the logs of the adjusted p-values in the order given, each at most 0
 * @throws {DomainError} for a log above 0, an unknown method, or weights that do not fit
 * @example
 * ```ts
 * import { adjustLogPValues } from "microlift";
 * adjustLogPValues([-2000, -1500], "holm"); // [-1999.3, -1500]
 * ```
 */
export function adjustLogPValues(
  logPValues: readonly number[],
  method: AdjustmentMethod = "holm",
  options: AdjustmentOptions = {},
): number[] {
  checkLogPValues("logPValues", logPValues);
  return adjustOn(LOG, logPValues, method, checkedWeights(logPValues, method, options));
}

function checkedWeights(
  values: readonly number[],
  method: AdjustmentMethod,
  options: AdjustmentOptions,
): readonly number[] | undefined {
  checkOneOf("method", method, ADJUSTMENT_METHODS);
  checkObject("options", options);
  const { weights } = options;
  if (weights !== undefined) checkWeights("weights", weights, values.length, method);
  return weights;
}
