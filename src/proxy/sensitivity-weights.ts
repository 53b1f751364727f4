import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA, DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { generalizedEigen } from "../numerics/generalized-eigen.ts";
import { leastNormSolution } from "../numerics/least-norm-solution.ts";
import { dot, type Vector } from "../numerics/matrix.ts";
import { checkJointEffectsAndSampling } from "./check-effects-and-sampling.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import { type CompositeReading, compositeReading, normalisedWeights } from "./composite-reading.ts";
import { effectAssumptions } from "./effect-assumptions.ts";
import {
  averageCovariance,
  checkProxyEffects,
  type JointEffectCovariance,
  jointEffectNodes,
  type JointUnitCovariance,
  proxyNames,
} from "./joint-effect-covariance.ts";
import { proxyBlock } from "./proxy-block.ts";

export interface SensitivityWeightsInput {
  /** True effects on the proxies and the macro metric. */
  readonly effects: JointEffectCovariance;
  /** Sampling covariance of all estimates times n per arm; its part of the proxies is positive definite. */
  readonly sampling: JointUnitCovariance;
  /** Units per arm of a test, above 0. */
  readonly n: number;
  /** Effects on the proxies that one wants to see, such as those of one change; leave them out for history's alone. */
  readonly proxyEffects?: readonly number[] | undefined;
  /** Of `power`; 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** Of the credible intervals; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** Weights that move most, with where they move to. */
export interface SensitivityWeights extends Result<"sensitivity-weights"> {
  readonly proxies: readonly string[];
  readonly n: number;
  /** The composite whose estimates vary most for their noise over the changes tested: the top generalized eigenvector. */
  readonly history: CompositeReading;
  /** The composite that shows the given effects best; null where none were given. */
  readonly given: {
    /** Σ⁻¹ d, not normalised. */
    readonly rawWeights: readonly number[];
    /** Its expected z at those effects, √(dᵀ Σ⁻¹ d). */
    readonly z: number;
    readonly reading: CompositeReading;
  } | null;
}

/**
 * The weights that make a composite as sensitive as can be, whatever it means for the macro metric, with the directionality
 * that they leave out: the correlation with the macro metric's true effects, and its probability of being positive.
 *
 * A metric that moves at every change is not for that a good one; `optimalProxyWeights` asks for both.
 *
 * @param input - effects, sampling and n per arm
 * @returns the composite of history, and that of given effects where there are any
 * @throws {DomainError} for broken covariances, different scales, or proxies whose noise is not positive definite
 * @example
 * ```ts
 * import { sensitivityWeights } from "microlift";
 * const { given } = sensitivityWeights({
 *   effects: {
 *     scale: "difference",
 *     covariance: [
 *       [1.6e-5, 4e-6, 2.56e-6],
 *       [4e-6, 9e-6, 1.2e-6],
 *       [2.56e-6, 1.2e-6, 6.4e-7],
 *     ],
 *   },
 *   sampling: {
 *     scale: "difference",
 *     covariance: [
 *       [0.04, 0.01, 0],
 *       [0.01, 0.09, 0],
 *       [0, 0, 0.04],
 *     ],
 *   },
 *   n: 10_000,
 *   proxyEffects: [0.004, 0.003],
 * });
 * given?.z; // 2.11119465164
 * given?.reading.rho > 0.8; // true
 * ```
 * Source: Fisher (1936); Kharitonov, Drutsa and Serdyukov (2017) learn such weights from history; Deng and Shi (2016) on
 * sensitivity and directionality.
 */
export function sensitivityWeights(input: SensitivityWeightsInput): SensitivityWeights {
  checkObject("input", input);
  const { effects, sampling, n, proxyEffects } = input;
  const { alpha = DEFAULT_ALPHA, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkJointEffectsAndSampling(input);
  const metrics = effects.covariance.length;
  checkMagnitude("n", n);
  checkOpenUnit("alpha", alpha);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  if (proxyEffects !== undefined) checkSomeEffect(proxyEffects, metrics - 1);

  const nodes = jointEffectNodes(effects);
  const noise = proxyBlock(sampling.covariance);
  const average = averageCovariance(nodes);
  const eigen = generalizedEigen(proxyBlock(average), noise);
  if (eigen === null) {
    throw new DomainError(
      "sampling.covariance",
      sampling.covariance,
      "must be positive definite in the proxies",
    );
  }
  const setting = {
    nodes,
    unitCovariance: sampling.covariance,
    n,
    alpha,
    confidenceLevel: effects.posterior === undefined ? null : confidenceLevel,
  };
  const history = compositeReading(setting, towards(eigen.vectors[0]!, average.at(-1)!))!;
  const rawWeights = proxyEffects === undefined ? null : fisherWeights(proxyEffects, noise, n);
  const given =
    rawWeights === null
      ? null
      : {
          rawWeights,
          z: Math.sqrt(dot(rawWeights, proxyEffects!)),
          reading: compositeReading(setting, normalisedWeights(rawWeights))!,
        };
  return {
    kind: "sensitivity-weights",
    method: "generalized-eigenvector",
    proxies: proxyNames(effects),
    n,
    history,
    given,
    warnings: [SENSITIVITY_ONLY],
    assumptions: effectAssumptions(effects),
  };
}

function checkSomeEffect(proxyEffects: readonly number[], proxies: number): void {
  checkProxyEffects("proxyEffects", proxyEffects, proxies);
  if (proxyEffects.every((effect) => effect === 0)) {
    throw new DomainError("proxyEffects", proxyEffects, "must not all be 0");
  }
}

/** Σ⁻¹ d with Σ the sampling covariance at n units per arm. */
function fisherWeights(effects: Vector, noise: readonly (readonly number[])[], n: number): number[] {
  return leastNormSolution(
    noise.map((row) => row.map((entry) => entry / n)),
    effects,
  );
}

/** A direction of absolute sum 1, turned so that it goes with the macro metric rather than against it. */
function towards(direction: Vector, toMacro: Vector): number[] {
  const weights = normalisedWeights(direction);
  return dot(weights, toMacro) < 0 ? weights.map((weight) => -weight) : weights;
}

const SENSITIVITY_ONLY: Warning = {
  code: "SENSITIVITY_ONLY",
  message:
    "These weights were chosen for how much they move, not for what that means: look at rho and its probability of the right sign before using them.",
};
