import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { checkEffectSize, checkMagnitudeOrZero } from "./check-magnitude.ts";

/** A fitted line macro effect = intercept + slope · proxy effect, with what is uncertain about it. */
export interface EffectLine {
  readonly intercept: number;
  readonly slope: number;
  readonly interceptVariance: number;
  readonly slopeVariance: number;
  /** Covariance of the estimated intercept and slope. */
  readonly covariance: number;
  /** Variance of true macro effects around the line, at or above 0. */
  readonly residualVariance: number;
}

export interface SurrogateThresholdFromLine extends Result<"surrogate-threshold-from-line"> {
  readonly status: Status;
  readonly confidenceLevel: number;
  /** The smallest proxy effect that foretells a macro gain; Infinity when none does. */
  readonly threshold: number;
}

/**
 * The smallest effect on the proxy whose prediction interval for the macro effect lies above 0, from a regression line
 * with the uncertainty of its two coefficients.
 *
 * The lower end of the interval is 0 where (b0 + b1 x)² = z² (v00 + 2 v01 x + v11 x² + residual variance). Where the
 * slope is not significantly positive at this level no effect is large enough.
 *
 * @param input.line - coefficients, their covariance and the residual variance
 * @param input.confidenceLevel - of the two-sided prediction interval, in (0, 1); 0.95 unless said
 * @returns the threshold, on the scale that the line's proxy effects are on
 * @throws {DomainError} for numbers that are not finite, negative variances or an impossible covariance
 * @example
 * ```ts
 * import { surrogateThresholdFromLine } from "microlift";
 * const { threshold } = surrogateThresholdFromLine({
 *   line: {
 *     intercept: -0.44671171,
 *     slope: 1.1252081,
 *     interceptVariance: 0.587630419,
 *     slopeVariance: 0.019308247,
 *     covariance: 0.016930635,
 *     residualVariance: 3,
 *   },
 * });
 * threshold; // 3.885385625988303
 * ```
 * Source: Burzykowski and Buyse (2006).
 */
export function surrogateThresholdFromLine(input: {
  readonly line: EffectLine;
  readonly confidenceLevel?: number | undefined;
}): SurrogateThresholdFromLine {
  checkObject("input", input);
  const { line, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkLine(line);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const threshold = upperRoot(line, normalUpperQuantile((1 - confidenceLevel) / 2));
  return {
    kind: "surrogate-threshold-from-line",
    method: "prediction-interval",
    status: threshold === Infinity ? "unbounded" : "ok",
    confidenceLevel,
    threshold,
    warnings: threshold === Infinity ? [NO_SAFE_EFFECT] : [],
    assumptions: [
      "Macro effects scatter normally around the line, by the same variance at every proxy effect.",
    ],
  };
}

const NO_SAFE_EFFECT: Warning = {
  code: "NO_SAFE_EFFECT",
  message:
    "The slope is not significantly positive: no effect on the proxy, however large, foretells a macro gain.",
};

/** The larger root of A x² + 2 H x + C, beyond which the lower prediction bound stays above 0. */
function upperRoot(line: EffectLine, z: number): number {
  const { intercept, slope, interceptVariance, slopeVariance, covariance, residualVariance } = line;
  const a = slope ** 2 - z ** 2 * slopeVariance;
  if (slope <= 0 || a <= 0) return Infinity;
  const h = intercept * slope - z ** 2 * covariance;
  const c = intercept ** 2 - z ** 2 * (interceptVariance + residualVariance);
  // At −b0/b1 the quadratic is at or below 0, so that roots exist whatever rounding says.
  const root = Math.sqrt(Math.max(0, h * h - a * c));
  return h <= 0 ? (root - h) / a : -c / (h + root);
}

function checkLine(line: EffectLine): void {
  checkObject("line", line);
  checkEffectSize("line.intercept", line.intercept);
  checkEffectSize("line.slope", line.slope);
  checkMagnitudeOrZero("line.interceptVariance", line.interceptVariance);
  checkMagnitudeOrZero("line.slopeVariance", line.slopeVariance);
  checkMagnitudeOrZero("line.residualVariance", line.residualVariance);
  checkEffectSize("line.covariance", line.covariance);
  const most = Math.sqrt(line.interceptVariance * line.slopeVariance);
  if (Math.abs(line.covariance) > most) {
    throw new DomainError(
      "line.covariance",
      line.covariance,
      `must be at most √(interceptVariance · slopeVariance) = ${most} in size`,
    );
  }
}
