import { checkEffectCovariance, type EffectCovariance } from "./effect-covariance.ts";
import {
  checkJointEffectCovariance,
  checkJointUnitCovariance,
  type JointEffectCovariance,
  type JointUnitCovariance,
} from "./joint-effect-covariance.ts";
import { checkSameScale, checkUnitCovariance, type UnitCovariance } from "./unit-covariance.ts";

/**
 * Checks what most functions of one proxy stand on, where it enters a public one.
 *
 * @param owner - path of what both belong to, with its dot
 * @throws {DomainError} for broken covariances or different scales
 */
export function checkEffectsAndSampling(
  { effects, sampling }: { readonly effects: EffectCovariance; readonly sampling: UnitCovariance },
  owner = "",
): void {
  checkEffectCovariance(`${owner}effects`, effects);
  checkUnitCovariance(`${owner}sampling`, sampling);
  checkSameScale(effects, sampling, owner);
}

/** The same of several proxies, which both have to be about. */
export function checkJointEffectsAndSampling({
  effects,
  sampling,
}: {
  readonly effects: JointEffectCovariance;
  readonly sampling: JointUnitCovariance;
}): void {
  checkJointEffectCovariance("effects", effects);
  checkJointUnitCovariance("sampling", sampling, effects.covariance.length);
  checkSameScale(effects, sampling);
}
