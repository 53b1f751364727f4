import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import { type EffectCovariance, effectNodes, effectScale, type EffectScale } from "./effect-covariance.ts";
import { readMacroPosterior, updatedMacroMixture } from "./macro-posterior.ts";
import type { UnitCovariance } from "./unit-covariance.ts";
import { effectAssumptions } from "./effect-assumptions.ts";
import { proxyOnly } from "./sample-sizes.ts";
import { checkEffectsAndSampling } from "./check-effects-and-sampling.ts";
import { checkEffectSize, checkMagnitude } from "./check-magnitude.ts";

export interface PredictMacroInput {
  /** How true effects spread and go together; with a posterior, its uncertainty is in the prediction. */
  readonly effects: EffectCovariance;
  /** Sampling covariance of the two estimates times n per arm. */
  readonly sampling: UnitCovariance;
  /** Units per arm behind the proxy's effect, above 0. */
  readonly n: number;
  /** Estimated effect on the proxy, on the scale of the effects. */
  readonly proxyEffect: number;
  /** Of the prediction interval; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

export interface PredictMacro extends Result<"macro-prediction"> {
  /** Scale of every effect here. */
  readonly scale: EffectScale;
  readonly n: number;
  readonly proxyEffect: number;
  /** Expected true macro effect. */
  readonly mean: number;
  readonly standardDeviation: number;
  /** For the true macro effect of this change. */
  readonly interval: Interval;
  /** P(true macro effect < 0): the change loses macro conversions for all its effect on the proxy. */
  readonly probabilityMacroLoss: number;
}

/**
 * Predicts the true macro effect of a change from its estimated effect on the proxy alone.
 *
 * The mean is shrunk twice, for the noise of the estimate and for the part of the macro effect that the proxy does
 * not carry. Without a posterior the covariance of true effects counts as known, which makes the interval too narrow
 * where it was estimated (Gail et al. 2000).
 *
 * @param input - effects, sampling, n per arm and the estimated proxy effect
 * @returns mean, standard deviation, interval and probability of a macro loss
 * @throws {DomainError} for broken covariances, different scales, or an n that is not above 0
 * @example
 * ```ts
 * import { predictMacro } from "microlift";
 * const { mean, probabilityMacroLoss } = predictMacro({
 *   effects: { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8, scale: "difference" },
 *   sampling: { proxy: 0.18, macro: 0.0392, correlation: 3 / 7 },
 *   n: 20_000,
 *   proxyEffect: 0.006,
 * });
 * mean; // 0.0006144
 * probabilityMacroLoss; // 0.1587733460371299
 * ```
 * Source: Gail, Pfeiffer, van Houwelingen and Carroll (2000); Burzykowski and Buyse (2006).
 */
export function predictMacro(input: PredictMacroInput): PredictMacro {
  checkObject("input", input);
  const { effects, sampling, n, proxyEffect, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkEffectsAndSampling(input);
  checkMagnitude("n", n);
  checkEffectSize("proxyEffect", proxyEffect);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const mixture = updatedMacroMixture(effectNodes(effects), sampling, proxyOnly(n), {
    proxy: proxyEffect,
    macro: 0,
  });
  const { mean, standardDeviation, interval, probabilityNegative } = readMacroPosterior(
    mixture,
    confidenceLevel,
  );
  return {
    kind: "macro-prediction",
    method: effects.posterior === undefined ? "best-linear-unbiased-prediction" : "posterior-prediction",
    scale: effectScale(effects),
    n,
    proxyEffect,
    mean,
    standardDeviation,
    interval,
    probabilityMacroLoss: probabilityNegative,
    warnings: [],
    assumptions: [
      "The change is drawn from the population of changes whose effects are described.",
      ...effectAssumptions(effects, "used"),
    ],
  };
}
