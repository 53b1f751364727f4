import { checkCorrelation, checkObject, checkOneOf, checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { EffectCovariance, EffectScale } from "./effect-covariance.ts";

/**
 * The sampling covariance of the two effect estimates of an experiment, times n per arm: what is left to chance, where
 * an `EffectCovariance` is what the changes truly do. On the difference scale two equal arms at rate m have
 * proxy = 2 m (1 − m); on the log-lift scale 2 (1 − m) / m.
 */
export interface UnitCovariance {
  /** Scale of the effects; the scale of the effect covariance beside it unless said. */
  readonly scale?: EffectScale;
  /** n times the sampling variance of the effect on the proxy, above 0. */
  readonly proxy: number;
  /** n times the sampling variance of the effect on the macro metric, above 0. */
  readonly macro: number;
  /** Sampling correlation of the two estimates, in [−1, 1]: the correlation of the two metrics between users. */
  readonly correlation: number;
}

/**
 * Checks a unit covariance where it enters a public function.
 *
 * @throws {DomainError} for variances that are not above 0 or a correlation outside [−1, 1]
 */
export function checkUnitCovariance(field: string, value: UnitCovariance): void {
  checkObject(field, value);
  if (value.scale !== undefined) checkOneOf(`${field}.scale`, value.scale, ["difference", "log-lift"]);
  checkPositive(`${field}.proxy`, value.proxy);
  checkPositive(`${field}.macro`, value.macro);
  checkCorrelation(`${field}.correlation`, value.correlation);
}

/**
 * Refuses to mix scales: an effect covariance on one with a sampling covariance on the other.
 *
 * @throws {DomainError} when both state a scale and the two differ
 */
export function checkSameScale(effects: EffectCovariance, sampling: UnitCovariance): void {
  if (effects.scale !== undefined && sampling.scale !== undefined && effects.scale !== sampling.scale) {
    throw new DomainError(
      "sampling.scale",
      sampling.scale,
      `must be "${effects.scale}", as effects.scale is`,
    );
  }
}
