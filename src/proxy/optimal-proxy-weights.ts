import { checkBoolean, checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA, DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { checkJointEffectsAndSampling } from "./check-effects-and-sampling.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import {
  type CompositeReading,
  compositeReading,
  type CompositeSetting,
  normalisedWeights,
  singleWeights,
} from "./composite-reading.ts";
import { averageWeights, nonNegativeWeights } from "./composite-weights.ts";
import { type CompositeValidation, validateComposite } from "./validate-composite.ts";
import { effectAssumptions } from "./effect-assumptions.ts";
import type { EffectScale } from "./effect-covariance.ts";
import type { JointCovariancePrior } from "./joint-covariance-prior.ts";
import {
  type JointEffectCovariance,
  jointEffectNodes,
  type JointUnitCovariance,
  proxyNames,
} from "./joint-effect-covariance.ts";
import type { JointPastExperiment } from "./past-experiment.ts";

export interface OptimalProxyWeightsInput {
  /** True effects on the proxies and the macro metric; with a posterior, weights are averaged over it. */
  readonly effects: JointEffectCovariance;
  /** Sampling covariance of all estimates times n per arm. */
  readonly sampling: JointUnitCovariance;
  /** Units per arm of the next test, above 0: the weights depend on it. */
  readonly n: number;
  /** Whether no weight may be below 0; false unless said. */
  readonly nonNegative?: boolean | undefined;
  /** Further n at which to give the weights; from n/16 to 16 n unless said. */
  readonly curveAt?: readonly number[] | undefined;
  /** The past experiments that the covariance was learned from: the composite is then also tried on those left out. */
  readonly experiments?: readonly JointPastExperiment[] | undefined;
  /** The prior that it was learned with, where not the default. */
  readonly prior?: Partial<JointCovariancePrior> | undefined;
  /** Of `power`; 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** Of the credible intervals; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** The weights for one size of test. */
export interface WeightsAtN {
  /** Units per arm; 0 and Infinity stand for the limits. */
  readonly n: number;
  /** Of absolute sum 1. */
  readonly weights: readonly number[];
  /** Correlation of the composite's estimated effect with the true macro effect; 0 at n = 0. */
  readonly proxyQuality: number;
}

export interface OptimalProxyWeights extends Result<"optimal-proxy-weights"> {
  readonly status: Status;
  readonly scale: EffectScale;
  /** Names of the proxies, in the order of every list here. */
  readonly proxies: readonly string[];
  readonly n: number;
  /** Expected macro effect per estimated effect on each proxy: not normalised. */
  readonly rawWeights: readonly number[];
  /** The composite, its weights of absolute sum 1; null where all weights are 0. */
  readonly composite: CompositeReading | null;
  /** Each proxy by itself. */
  readonly single: readonly CompositeReading[];
  /** Smallest tests, all noise: Ω_ss⁻¹ Λ_sy. */
  readonly atSmallN: WeightsAtN;
  /** Largest tests, without noise: Λ_ss⁻¹ Λ_sy. */
  readonly atLargeN: WeightsAtN;
  /** The weights by size of the test, in rising order. */
  readonly curve: readonly WeightsAtN[];
  /** The composite on past experiments; null where none were given. */
  readonly validation: CompositeValidation | null;
}

/**
 * The weights that make one proxy out of several, so that its estimated effect goes with the true macro effect as
 * closely as it can.
 *
 * They depend on the size of the test: small ones need a composite with little noise, large ones one with the right
 * direction. With a posterior they are the average of the best weights; with `nonNegative` those of least mean squared
 * error over it that are not below 0. Plan with the composite before the test: to choose weights after it is to choose
 * the result.
 *
 * @param input - effects, sampling and n per arm; past experiments to try the composite on
 * @returns weights, quality of the composite and of each proxy, limits and curve over n
 * @throws {DomainError} for broken covariances, different scales, or an n that is not above 0
 * @example
 * ```ts
 * import { optimalProxyWeights } from "microlift";
 * const { composite } = optimalProxyWeights({
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
 *       [0.18, 0.05, 0.036],
 *       [0.05, 0.42, 0.02],
 *       [0.036, 0.02, 0.0392],
 *     ],
 *   },
 *   n: 1000,
 * });
 * composite?.weights[0]; // 0.9142250530785
 * composite?.proxyQuality; // 0.230582400982
 * ```
 * Source: Tripuraneni et al. (2023) for composites by correlation with the long-term effect; Henderson (1975).
 */
export function optimalProxyWeights(input: OptimalProxyWeightsInput): OptimalProxyWeights {
  checkObject("input", input);
  const { effects, sampling, n, nonNegative = false } = input;
  const { alpha = DEFAULT_ALPHA, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkJointEffectsAndSampling(input);
  const metrics = effects.covariance.length;
  checkMagnitude("n", n);
  checkBoolean("nonNegative", nonNegative);
  checkOpenUnit("alpha", alpha);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const sizes = curveSizes(input.curveAt, n);

  const nodes = jointEffectNodes(effects);
  const weigh = nonNegative ? nonNegativeWeights : averageWeights;
  const setting: CompositeSetting = {
    nodes,
    unitCovariance: sampling.covariance,
    n,
    alpha,
    confidenceLevel: effects.posterior === undefined ? null : confidenceLevel,
  };
  const at = (size: number): WeightsAtN => {
    const weights = normalisedWeights(weigh(nodes, sampling.covariance, size));
    const reading = compositeReading({ ...setting, n: size, confidenceLevel: null }, weights);
    return { n: size, weights, proxyQuality: reading?.proxyQuality ?? 0 };
  };
  const rawWeights = weigh(nodes, sampling.covariance, n);
  const composite = compositeReading(setting, normalisedWeights(rawWeights));
  const scale = effects.scale ?? "log-lift";
  return {
    kind: "optimal-proxy-weights",
    method: nonNegative ? "non-negative" : "posterior-mean",
    status: composite === null ? "undetermined" : "ok",
    scale,
    proxies: proxyNames(effects),
    n,
    rawWeights,
    composite,
    single: singleWeights(metrics - 1).map((weights) => compositeReading(setting, weights)!),
    atSmallN: at(0),
    atLargeN: at(Infinity),
    curve: sizes.map(at),
    validation:
      input.experiments === undefined
        ? null
        : validateComposite(input.experiments, input.prior, scale, metrics, (own) =>
            weigh(own, sampling.covariance, n),
          ),
    warnings: composite === null ? [NO_DIRECTION] : [],
    assumptions: effectAssumptions(effects),
  };
}

/** Factors of n at which weights are given. */
const CURVE = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16] as const;

function curveSizes(curveAt: readonly number[] | undefined, n: number): readonly number[] {
  if (curveAt === undefined) return CURVE.map((factor) => factor * n);
  if (!Array.isArray(curveAt))
    throw new DomainError("curveAt", curveAt, "must be a list of numbers of units");
  curveAt.forEach((size: number, i) => checkMagnitude(`curveAt[${i}]`, size));
  return curveAt.toSorted((a: number, b: number) => a - b);
}

const NO_DIRECTION: Warning = {
  code: "NO_DIRECTION",
  message: "No weights make these proxies go with the macro metric, so there is no composite to decide by.",
};
