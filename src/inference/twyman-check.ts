import { checkFinite, checkNonNegative, checkObject, checkOpenUnit, checkPositive } from "../core/checks.ts";
import { DEFAULT_ALARM_THRESHOLD, DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Result } from "../core/result.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { normalLogPValue, normalPValue } from "./normal-p-value.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

export interface TwymanCheckOptions {
  /** What the experiment found: a difference or a lift. */
  readonly estimate: number;
  /** Of the estimate, at or above 0. */
  readonly standardError: number;
  /** Standard deviation of the true effects of changes like this one, on the same scale. */
  readonly priorStandardDeviation: number;
  /** Their mean; 0 unless said. */
  readonly priorMean?: number | undefined;
  /** The probability below which the estimate is `suspicious`, in (0, 1); 0.001 unless said. */
  readonly threshold?: number | undefined;
  /** Of the interval for the true effect; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** Whether an effect is too good, or too bad, to be true. */
export interface TwymanCheck extends Result<"twyman-check"> {
  /** How many standard deviations of what such experiments show the estimate lies off their mean. */
  readonly statistic: number;
  /** Chance that a sound experiment on such a change shows an estimate at least this far off, on either side. */
  readonly pValue: number;
  /** Natural log of the p-value, finite far below 1e-308. */
  readonly logPValue: number;
  readonly threshold: number;
  /** Whether that chance is below the threshold: look for a fault before believing it. */
  readonly suspicious: boolean;
  /** The true effect, given the estimate and what such changes do. */
  readonly posterior: Estimate;
}

/**
 * Warns of an effect too good to be true: "any figure that looks interesting or different is usually wrong" (Twyman).
 *
 * H0: the estimate comes from a sound experiment on a change like those before. H1: it does not. Before the data such
 * an estimate is normal around the mean of the effects with variance sd² + se², where sd is what the effects of past
 * changes vary by; take it from `estimateEffectCovariance` or from the lifts of past experiments less their sampling
 * noise. There is no default, since nobody measured one for your changes. A significant effect is not suspicious for
 * that, and a suspicious one not wrong: it deserves a check of logging, bots, and the sample ratio first.
 *
 * @param options.estimate - a difference or a lift
 * @param options.standardError - of the estimate, at or above 0
 * @param options.priorStandardDeviation - of the true effects on the same scale, above 0
 * @param options.priorMean - of the true effects; 0 unless said
 * @param options.threshold - in (0, 1); 0.001 unless said
 * @param options.confidenceLevel - of the interval for the true effect, in (0, 1); 0.95 unless said
 * @returns how surprising the estimate is, and what remains of it
 * @throws {DomainError} for a number that is not finite, or a standard deviation at or below 0
 * @example
 * ```ts
 * import { twymanCheck } from "microlift";
 * const check = twymanCheck({ estimate: 0.3, standardError: 0.05, priorStandardDeviation: 0.03 });
 * check.suspicious; // true, p = 2.7e-7
 * check.posterior.estimate; // 0.0794
 * ```
 * Kohavi, Tang and Xu (2020), chapter 3; Box (1980) for the check against the prior predictive distribution.
 */
export function twymanCheck(options: TwymanCheckOptions): TwymanCheck {
  checkObject("options", options);
  const {
    estimate,
    standardError,
    priorStandardDeviation,
    priorMean = 0,
    threshold = DEFAULT_ALARM_THRESHOLD,
    confidenceLevel = DEFAULT_CONFIDENCE_LEVEL,
  } = options;
  checkFinite("estimate", estimate);
  checkNonNegative("standardError", standardError);
  checkPositive("priorStandardDeviation", priorStandardDeviation);
  checkFinite("priorMean", priorMean);
  checkOpenUnit("threshold", threshold);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const predictive = hypot(priorStandardDeviation, standardError);
  const statistic = estimate / predictive - priorMean / predictive;
  const pValue = normalPValue(statistic, "two-sided");
  const suspicious = pValue < threshold;
  return {
    kind: "twyman-check",
    method: "prior-predictive",
    statistic,
    pValue,
    logPValue: normalLogPValue(statistic, "two-sided"),
    threshold,
    suspicious,
    posterior: posterior(options, priorMean, predictive, confidenceLevel),
    warnings: suspicious
      ? [
          {
            code: "TOO_GOOD_TO_BE_TRUE",
            message:
              "Changes like this one hardly ever move the metric so far. Before believing it, look for a fault: logging, bots, the sample ratio, a metric that changed its meaning.",
          },
        ]
      : [],
    assumptions: [
      "The true effects of such changes are normal with the mean and standard deviation given; where a few are far larger, the alarm comes too often.",
    ],
  };
}

/** The prior pulled to the estimate by the prior's share of the variance, sd² / (sd² + se²). */
function posterior(
  { estimate, standardError, priorStandardDeviation }: TwymanCheckOptions,
  priorMean: number,
  predictive: number,
  confidenceLevel: number,
): Estimate {
  const signal = (priorStandardDeviation / predictive) ** 2;
  const noise = (standardError / predictive) ** 2;
  const mean = priorMean * noise + estimate * signal;
  const standardDeviation = priorStandardDeviation * (standardError / predictive);
  const reach = normalUpperQuantile((1 - confidenceLevel) / 2) * standardDeviation;
  return {
    estimate: mean,
    standardError: standardDeviation,
    interval: {
      lower: mean - reach,
      upper: mean + reach,
      confidenceLevel,
      method: "normal-posterior",
      dualToTest: false,
      excluded: null,
    },
    status: "ok",
  };
}
