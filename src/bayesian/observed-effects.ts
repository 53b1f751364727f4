import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkEffect, checkEffectError } from "./effect-prior.ts";

/** An estimate of an effect, as an experiment gives it. */
export interface ObservedEffect {
  readonly estimate: number;
  /** Above 0. */
  readonly standardError: number;
}

/** Refuses what is no estimate with its standard error; `path` stands before their names. */
export function checkObservedEffect(path: string, { estimate, standardError }: ObservedEffect): void {
  checkEffect(`${path}estimate`, estimate);
  checkEffectError(`${path}standardError`, standardError);
}

/** Refuses what is no list of effects. */
export function checkObservedEffects(field: string, effects: readonly ObservedEffect[]): void {
  if (!Array.isArray(effects)) throw new DomainError(field, effects, "must be a list of effects");
  effects.forEach((effect, i) => {
    checkObject(`${field}[${i}]`, effect);
    checkObservedEffect(`${field}[${i}].`, effect as ObservedEffect);
  });
}
