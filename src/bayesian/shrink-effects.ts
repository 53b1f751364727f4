import { checkObject, checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import {
  checkEffect,
  checkEffectPrior,
  EFFECT_FAMILIES,
  type EffectPrior,
  type EffectFamily,
} from "./effect-prior.ts";
import { type EmpiricalEffectPrior, fittedEffectPrior } from "./empirical-effect-prior.ts";
import { checkObservedEffects, type ObservedEffect } from "./observed-effects.ts";
import { type ShrunkenEffect, shrunkenEffect } from "./shrink-effect.ts";

export interface ShrinkEffectsOptions {
  /** What the experiments found, at least one; at least two where the prior is fitted to them. */
  readonly effects: readonly ObservedEffect[];
  /** How true effects are distributed; fitted to the effects unless given. */
  readonly prior?: EffectPrior | undefined;
  /** Of the fitted prior; `normal` unless said. Not beside `prior`. */
  readonly family?: EffectFamily | undefined;
  /** Of the fitted prior, where its mean is held; fitted unless said. Not beside `prior`. */
  readonly mean?: number | undefined;
  /** Posterior probability of the intervals, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** What the estimates of many experiments say about their effects. */
export interface ShrunkenEffects extends Result<"shrunken-effects"> {
  readonly prior: EffectPrior;
  /** How the prior was fitted; null where it was given. */
  readonly fit: EmpiricalEffectPrior | null;
  /** In the order given. */
  readonly effects: readonly ShrunkenEffect[];
  readonly status: Status;
}

/**
 * Shrinks the estimates of many experiments towards what their effects are like: each one's posterior under a prior
 * that is given, or fitted to all of them (empirical Bayes).
 *
 * The fitted prior is taken as known, so that with few experiments the intervals are too short.
 *
 * @param options.effects - `{ estimate, standardError }` of each experiment, on one scale
 * @param options.prior - how true effects are distributed; fitted unless given
 * @param options.family - of the fitted prior: `normal` (unless said), `student-t`, `spike-and-normal`, `two-normals`
 * @param options.mean - of the fitted prior, held fixed; fitted unless said
 * @param options.confidenceLevel - posterior probability of the intervals, in (0, 1); 0.95 unless said
 * @returns the prior, how it was fitted, and each effect shrunken
 * @throws {DomainError} for a broken effect or prior, fewer than two effects without a prior, a family or mean beside a
 *   prior, or a level outside (0, 1)
 * @example
 * ```ts
 * import { shrinkEffects } from "microlift";
 * const effects = [0.1, 0.3, -0.2, 0.5, -0.1].map((estimate) => ({ estimate, standardError: 0.1 }));
 * const shrunken = shrinkEffects({ effects, mean: 0 });
 * shrunken.effects.map(({ estimate }) => estimate); // [0.0875, 0.2625, -0.175, 0.4375, -0.0875]
 * ```
 * Efron and Morris (1975), Journal of the American Statistical Association 70, 311–319.
 */
export function shrinkEffects(options: ShrinkEffectsOptions): ShrunkenEffects {
  checkObject("options", options);
  const { effects, prior, family, mean, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = options;
  checkObservedEffects("effects", effects);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const least = prior === undefined ? 2 : 1;
  if (effects.length < least) {
    throw new DomainError("effects", effects, `must be a list of at least ${least} effects`);
  }
  if (prior !== undefined) {
    checkEffectPrior("prior", prior);
    for (const [name, value] of Object.entries({ family, mean })) {
      if (value !== undefined) throw new DomainError(name, value, "must be left out beside a prior");
    }
  }
  if (family !== undefined) checkOneOf("family", family, EFFECT_FAMILIES);
  if (mean !== undefined) checkEffect("mean", mean);

  const fit =
    prior === undefined ? fittedEffectPrior(effects, family ?? "normal", mean, confidenceLevel) : null;
  const chosen = prior ?? fit!.prior;
  const shrunken = effects.map((effect) => shrunkenEffect(effect, chosen, confidenceLevel));
  return {
    kind: "shrunken-effects",
    method: chosen.family,
    prior: chosen,
    fit,
    effects: shrunken,
    status: "ok",
    warnings: fit?.warnings ?? [],
    assumptions: [
      ...shrunken[0]!.assumptions,
      ...(fit === null ? [] : ["The fitted prior is taken as known: its own uncertainty is left out."]),
    ],
  };
}
