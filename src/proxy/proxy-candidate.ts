import { checkBetween, checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import { type EffectCovariance, effectScale } from "./effect-covariance.ts";
import { checkedEffects } from "./programme-policy.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/** A micro conversion that might decide in place of sales. */
export interface ProxyCandidate {
  readonly name: string;
  /** How its true effects and those on the macro metric spread and go together; best learned, with its posterior. */
  readonly effects: EffectCovariance;
  /** Sampling covariance of its effect and the macro metric's, times n per arm. */
  readonly sampling: UnitCovariance;
  /** Days after the last unit entered until it is known, at or above 0; 0 unless said. */
  readonly delayDays?: number | undefined;
  /** What it takes to measure it, above 0, in any unit that all candidates share. */
  readonly effort?: number | undefined;
}

/**
 * Checks candidates where they enter a public function.
 *
 * @param longestDays - that sales are waited for: a proxy that is known later is none
 */
export function checkCandidates(candidates: readonly ProxyCandidate[], longestDays: number): void {
  if (!Array.isArray(candidates) || candidates.length === 0) {
    throw new DomainError("candidates", candidates, "must be a list of at least one candidate");
  }
  for (let i = 0; i < candidates.length; i++) checkCandidate(candidates, i, longestDays);
}

function checkCandidate(candidates: readonly ProxyCandidate[], i: number, longestDays: number): void {
  const own = `candidates[${i}]`;
  const candidate = candidates[i]!;
  checkObject(own, candidate);
  const { name, effects, delayDays = 0, effort } = candidate;
  if (typeof name !== "string" || candidates.findIndex((other) => other.name === name) < i) {
    throw new DomainError(`${own}.name`, name, "must be a name that no other candidate has");
  }
  checkedEffects(`${own}.`, candidate);
  checkOneOf(`${own}.effects.scale`, effectScale(effects), [effectScale(candidates[0]!.effects)]);
  checkBetween(`${own}.delayDays`, delayDays, 0, longestDays);
  if ((effort === undefined) !== (candidates[0]!.effort === undefined)) {
    throw new DomainError(`${own}.effort`, effort, "must be given for all candidates or for none");
  }
  if (effort !== undefined) checkMagnitude(`${own}.effort`, effort);
}
