import { type Alternative, checkAlternative } from "../core/alternative.ts";
import { checkObject, checkOpenUnit, checkProbability } from "../core/checks.ts";
import { DEFAULT_ALPHA, DEFAULT_POWER } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import { findRoot } from "../numerics/find-root.ts";
import { normalCdf, normalSf, normalUpperQuantile } from "../numerics/normal.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

export interface FalsePositiveRiskOptions {
  /** Share of tested changes that do have the effect the power is for, in [0, 1]. */
  readonly priorProbability: number;
  /** Chance that the test calls a change without effect significant, in (0, 1); 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** Chance that it finds the effect, from alpha to 1; 0.8 unless said. */
  readonly power?: number | undefined;
  /** The p-value of one result, in (0, 1]; without it only the risk of all significant results is known. */
  readonly pValue?: number | undefined;
  /** `two-sided` unless said: which p-values `alpha`, `power` and `pValue` are about. */
  readonly alternative?: Alternative | undefined;
}

/** How likely a significant result is false. */
export interface FalsePositiveRisk extends Result<"false-positive-risk"> {
  readonly priorProbability: number;
  readonly alpha: number;
  readonly power: number;
  readonly pValue: number | null;
  /** Share of false ones among all results with p < alpha. */
  readonly significant: number;
  /** Chance that a result with exactly this p-value is false; null where none was given. */
  readonly atPValue: number | null;
  /** How much likelier this p-value is under the effect than without; null where none was given. */
  readonly likelihoodRatio: number | null;
}

/**
 * Says how likely a significant result is a false alarm, which is not what its p-value says.
 *
 * Among all results with p < alpha the share of false ones is α π₀ / (α π₀ + power π₁), with π₁ the share of changes
 * that have the effect and π₀ = 1 − π₁ that of changes without any. A result whose p-value lies just below alpha is
 * false more often: `atPValue` is the chance for one p-value (Colquhoun's "p-equals"). Where only increases count as
 * wins of a two-sided test at 0.05, give `alpha: 0.025` and `alternative: "greater"`.
 *
 * @param options.priorProbability - share of tested changes that have the effect, in [0, 1]
 * @param options.alpha - in (0, 1); 0.05 unless said
 * @param options.power - from alpha to below 1; 0.8 unless said
 * @param options.pValue - of one result, in (0, 1]
 * @param options.alternative - `two-sided` unless said
 * @returns the risk of significant results, and of the one p-value
 * @throws {DomainError} for a probability out of range, or a power below alpha
 * @example
 * ```ts
 * import { falsePositiveRisk } from "microlift";
 * const risk = falsePositiveRisk({ priorProbability: 0.1, pValue: 0.04 });
 * risk.significant; // 0.36
 * risk.atPValue; // 0.743
 * ```
 * Colquhoun (2017); Kohavi, Deng and Vermeer (2022), table 2; normal statistics in place of Student's.
 */
export function falsePositiveRisk(options: FalsePositiveRiskOptions): FalsePositiveRisk {
  checkObject("options", options);
  const {
    priorProbability,
    alpha = DEFAULT_ALPHA,
    power = DEFAULT_POWER,
    pValue,
    alternative = "two-sided",
  } = options;
  checkProbability("priorProbability", priorProbability);
  checkOpenUnit("alpha", alpha);
  checkOpenUnit("power", power);
  if (power < alpha) throw new DomainError("power", power, `must be at least alpha = ${alpha}`);
  checkAlternative("alternative", alternative);
  if (pValue !== undefined && !(typeof pValue === "number" && pValue > 0 && pValue <= 1)) {
    throw new DomainError("pValue", pValue, "must lie in (0, 1]");
  }
  const logRatio =
    pValue === undefined
      ? null
      : alternative === "two-sided"
        ? twoSidedLogRatio(normalUpperQuantile(pValue / 2), twoSidedEffect(alpha, power))
        : oneSidedLogRatio(normalUpperQuantile(pValue), oneSidedEffect(alpha, power));
  return {
    kind: "false-positive-risk",
    method: "normal",
    priorProbability,
    alpha,
    power,
    pValue: pValue ?? null,
    significant: falseShare(priorProbability, ln(power / alpha)),
    atPValue: logRatio === null ? null : falseShare(priorProbability, logRatio),
    likelihoodRatio: logRatio === null ? null : exp(logRatio),
    warnings: [],
    assumptions: [
      "A change has either no effect at all or the one that the power is for.",
      "The share of changes with an effect is that of the programme the result comes from.",
    ],
  };
}

/** π₀ / (π₀ + π₁ ratio). */
function falseShare(prior: number, logRatio: number): number {
  if (prior === 0 || prior === 1) return 1 - prior;
  return 1 / (1 + exp(logRatio + ln(prior) - log1p(-prior)));
}

/** Mean of the statistic under the effect, with power Φ(δ − z) + Φ(−δ − z). */
function twoSidedEffect(alpha: number, power: number): number {
  if (power === alpha) return 0;
  const critical = normalUpperQuantile(alpha / 2);
  // Without the far tail the effect comes out a little large, which makes an upper end; a little more against rounding.
  const nearTail = critical - normalUpperQuantile(power);
  return findRoot(
    (effect) => normalSf(critical - effect) + normalCdf(-critical - effect) - power,
    0,
    1.001 * Math.max(nearTail, 1),
  );
}

function oneSidedEffect(alpha: number, power: number): number {
  return normalUpperQuantile(alpha) - normalUpperQuantile(power);
}

/** ln of [φ(z − δ) + φ(z + δ)] / 2φ(z) = exp(−δ²/2) cosh(zδ). */
function twoSidedLogRatio(z: number, effect: number): number {
  if (effect === 0) return 0;
  const product = Math.abs(z * effect);
  return product - 0.5 * effect * effect + log1p(exp(-2 * product)) - Math.LN2;
}

function oneSidedLogRatio(z: number, effect: number): number {
  return effect === 0 ? 0 : effect * (z - 0.5 * effect);
}
