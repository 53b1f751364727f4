import { checkObject, checkOpenUnit, checkProbability } from "../core/checks.ts";
import { DEFAULT_ALARM_THRESHOLD, DEFAULT_ALPHA } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { kolmogorovLogSf } from "../numerics/kolmogorov.ts";
import { sortWithOrder } from "../numerics/sort-with-order.ts";
import { proportionInterval } from "./proportion-interval.ts";
import { exp } from "../numerics/elementary/exp.ts";

export interface AaUniformityOptions {
  /** One p-value of each A/A test, all independent; at least one. */
  readonly pValues: readonly number[];
  /** Level whose share of significant tests is counted, in (0, 1); 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** The p-value below which `uniform` is false, in (0, 1); 0.001 unless said. */
  readonly threshold?: number | undefined;
  /** Of the interval for the share, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** Whether A/A tests give p-values as they should. */
export interface AaUniformity extends Result<"aa-uniformity"> {
  /** How many p-values. */
  readonly n: number;
  /** The largest distance between their distribution and the uniform one. */
  readonly statistic: number;
  /** Of the Kolmogorov–Smirnov test. */
  readonly pValue: number;
  readonly logPValue: number;
  readonly threshold: number;
  /** Whether the p-value is not below the threshold. */
  readonly uniform: boolean;
  readonly alpha: number;
  /** Share of p-values below alpha, with the interval of Clopper and Pearson: it should hold alpha. */
  readonly shareSignificant: Estimate;
}

/**
 * Checks whether the p-values of A/A tests are uniform, as those of tests without any effect must be.
 *
 * H0: the p-values are independent and uniform on [0, 1]. H1: they are not. The Kolmogorov–Smirnov test, exact up to
 * 5,000 p-values (beyond, to 3e-9). Too many small ones mean errors that are too small: often units that are not
 * independent of each other, such as sessions of one user. Discrete p-values, of exact tests or of small counts, cannot
 * be uniform, and the test then takes their steps for a departure.
 *
 * @param options.pValues - in [0, 1], of independent A/A tests
 * @param options.alpha - in (0, 1); 0.05 unless said
 * @param options.threshold - in (0, 1); 0.001 unless said
 * @param options.confidenceLevel - of the interval for the share, in (0, 1); 0.95 unless said
 * @returns the test, and the share of p-values below alpha
 * @throws {DomainError} for an empty list or a p-value outside [0, 1]
 * @example
 * ```ts
 * import { aaUniformity } from "microlift";
 * const check = aaUniformity({ pValues: [0.02, 0.21, 0.35, 0.48, 0.77, 0.93] });
 * check.pValue; // 0.9586
 * check.shareSignificant.estimate; // 0.1667
 * ```
 * Kolmogorov (1933); Simard and L'Ecuyer (2011); Kohavi, Tang and Xu (2020), chapter 19.
 */
export function aaUniformity(options: AaUniformityOptions): AaUniformity {
  checkObject("options", options);
  const { pValues, alpha = DEFAULT_ALPHA, threshold = DEFAULT_ALARM_THRESHOLD, confidenceLevel } = options;
  if (!Array.isArray(pValues) || pValues.length === 0) {
    throw new DomainError("pValues", pValues, "must be a list of at least one number");
  }
  pValues.forEach((p: number, i) => checkProbability(`pValues[${i}]`, p));
  checkOpenUnit("alpha", alpha);
  checkOpenUnit("threshold", threshold);
  const n = pValues.length;
  const { sorted } = sortWithOrder(pValues);
  const statistic = sorted.reduce((most, p, i) => Math.max(most, (i + 1) / n - p, p - i / n), 0);
  const logPValue = kolmogorovLogSf(statistic, n);
  const pValue = exp(logPValue);
  const conversions = pValues.filter((p) => p < alpha).length;
  return {
    kind: "aa-uniformity",
    method: "kolmogorov-smirnov",
    n,
    statistic,
    pValue,
    logPValue,
    threshold,
    uniform: pValue >= threshold,
    alpha,
    shareSignificant: {
      estimate: conversions / n,
      standardError: Math.sqrt(((conversions / n) * ((n - conversions) / n)) / n),
      interval: proportionInterval({ n, conversions, confidenceLevel, method: "clopper-pearson" }),
      status: "ok",
    },
    warnings: cautions(sorted, pValue < threshold),
    assumptions: ["The A/A tests are independent of each other, and their p-values continuous."],
  };
}

function cautions(sorted: Float64Array, deviates: boolean): Warning[] {
  const warnings: Warning[] = [];
  const ties = sorted.reduce((count, p, i) => count + (i > 0 && p === sorted[i - 1] ? 1 : 0), 0);
  if (ties > 0) {
    warnings.push({
      code: "DISCRETE_P_VALUES",
      message: `${ties} of the p-values occur more than once. Discrete p-values are not uniform even where all is well: add noise to the ties, or look at the share below alpha alone.`,
    });
  }
  if (deviates) {
    warnings.push({
      code: "NOT_UNIFORM",
      message:
        "The p-values of these A/A tests are not uniform, so those of A/B tests made the same way cannot be trusted either.",
    });
  }
  return warnings;
}
