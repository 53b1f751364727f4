import { checkCount, checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA, DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { findRoot } from "../numerics/find-root.ts";
import { generalizedEigen } from "../numerics/generalized-eigen.ts";
import { dot, type Matrix, type Vector } from "../numerics/matrix.ts";
import { checkJointEffectsAndSampling } from "./check-effects-and-sampling.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import {
  type CompositeReading,
  compositeReading,
  type CompositeSetting,
  normalisedWeights,
  singleWeights,
} from "./composite-reading.ts";
import { averageWeights } from "./composite-weights.ts";
import { effectAssumptions } from "./effect-assumptions.ts";
import {
  averageCovariance,
  type JointEffectCovariance,
  jointEffectNodes,
  type JointUnitCovariance,
  proxyNames,
} from "./joint-effect-covariance.ts";
import { proxyBlock } from "./proxy-block.ts";

export interface ProxyFrontInput {
  /** True effects on the proxies and the macro metric. */
  readonly effects: JointEffectCovariance;
  /** Sampling covariance of all estimates times n per arm; its part of the proxies is positive definite. */
  readonly sampling: JointUnitCovariance;
  /** Units per arm of a test, above 0. */
  readonly n: number;
  /** Points to give, ends included, at least 2; 41 unless said. */
  readonly points?: number | undefined;
  /** Of `power`; 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** Of the credible intervals; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** A composite beside the front. */
export interface MarkedComposite extends CompositeReading {
  readonly name: string;
  /** What the front has more of rho at no less sensitivity: 0 on the front. */
  readonly rhoForgone: number;
}

export interface ProxyFront extends Result<"proxy-front"> {
  /** `undetermined` where no composite goes with the macro metric: then there is no front. */
  readonly status: Status;
  readonly proxies: readonly string[];
  readonly n: number;
  /**
   * Composites that cannot gain sensitivity without losing correlation: from the one that goes with the macro metric most
   * closely to the one that moves most.
   */
  readonly front: readonly CompositeReading[];
  /** The single proxies and the optimal composite at n. */
  readonly marked: readonly MarkedComposite[];
}

/**
 * The Pareto front of composites: how much correlation with the true macro effects each step of sensitivity costs.
 *
 * In the basis in which noise is spherical and true effects have the variances λ, best first, the weights on the front
 * are c_i / ((1 − 2 s) λ_i / λ_1 + s), with c the covariances with the macro metric: s = 0 is closest to the macro
 * metric (Λ_ss⁻¹ Λ_sy), s = 1/2 the composite of the smallest tests (Ω_ss⁻¹ Λ_sy), s = 1 moves most. They are the stationary
 * points of correlation at given sensitivity, exactly, at the average covariance.
 *
 * @param input - effects, sampling and n per arm
 * @returns the front with sensitivity and correlation of each point, and where the proxies and the optimal composite lie
 * @throws {DomainError} for broken covariances, different scales, or proxies whose noise is not positive definite
 * @example
 * ```ts
 * import { proxyFront } from "microlift";
 * const { front, marked } = proxyFront({
 *   effects: {
 *     covariance: [
 *       [16e-4, 4e-4, 3e-4],
 *       [4e-4, 9e-4, 5e-4],
 *       [3e-4, 5e-4, 6e-4],
 *     ],
 *   },
 *   sampling: {
 *     covariance: [
 *       [4, 1, 1],
 *       [1, 18, 6],
 *       [1, 6, 98],
 *     ],
 *   },
 *   n: 20_000,
 * });
 * front.length; // 41
 * marked.map(({ name }) => name); // ["proxy 1", "proxy 2", "optimal composite"]
 * ```
 * Source: Richardson et al. (2023) for the two aims; the closed form of the front was derived for this library.
 */
export function proxyFront(input: ProxyFrontInput): ProxyFront {
  checkObject("input", input);
  const { effects, sampling, n, points = DEFAULT_POINTS } = input;
  const { alpha = DEFAULT_ALPHA, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkJointEffectsAndSampling(input);
  checkMagnitude("n", n);
  checkCount("points", points, 2);
  checkOpenUnit("alpha", alpha);
  checkOpenUnit("confidenceLevel", confidenceLevel);

  const nodes = jointEffectNodes(effects);
  const average = averageCovariance(nodes);
  const weightsAt = frontWeights(average, sampling.covariance);
  if (weightsAt === null) {
    throw new DomainError(
      "sampling.covariance",
      sampling.covariance,
      "must be positive definite in the proxies",
    );
  }
  const setting: CompositeSetting = {
    nodes,
    unitCovariance: sampling.covariance,
    n,
    alpha,
    confidenceLevel: effects.posterior === undefined ? null : confidenceLevel,
  };
  const hasDirection = average
    .at(-1)!
    .slice(0, -1)
    .some((value) => value !== 0);
  const names = proxyNames(effects);
  const marks: [string, Vector][] = singleWeights(names.length).map((own, i) => [names[i]!, own]);
  marks.push(["optimal composite", normalisedWeights(averageWeights(nodes, sampling.covariance, n))]);
  const ofAverage = { ...setting, nodes: [{ ...nodes[0]!, covariance: average, weight: 1 }] };
  return {
    kind: "proxy-front",
    method: "generalized-eigenvectors",
    status: hasDirection ? "ok" : "undetermined",
    proxies: names,
    n,
    front: hasDirection
      ? Array.from({ length: points }, (_, i) => compositeReading(setting, weightsAt(i / (points - 1)))!)
      : [],
    marked: marks.flatMap(([name, weights]) => {
      const reading = compositeReading(setting, weights);
      if (reading === null) return [];
      const own = compositeReading(ofAverage, weights)!;
      const forgone = hasDirection ? rhoForgone(own, (s) => compositeReading(ofAverage, weightsAt(s))!) : 0;
      return [{ name, ...reading, rhoForgone: forgone }];
    }),
    warnings: hasDirection ? [] : [NO_DIRECTION],
    assumptions: effectAssumptions(effects),
  };
}

const DEFAULT_POINTS = 41;

/** The weights on the front, of absolute sum 1; null where the noise of the proxies is not positive definite. */
export function frontWeights(covariance: Matrix, unitCovariance: Matrix): ((s: number) => number[]) | null {
  const eigen = generalizedEigen(proxyBlock(covariance), proxyBlock(unitCovariance));
  if (eigen === null) return null;
  const { values, vectors } = eigen;
  const toMacro = vectors.map((vector) => dot(vector, covariance.at(-1)!));
  return (s) => {
    // At the end one direction outweighs all others.
    const sizes = toMacro.map((c, i) => {
      if (s === 1) return i > 0 ? 0 : c < 0 ? -1 : 1;
      const distance = (1 - 2 * s) * Math.max(0, values[i]! / values[0]!) + s;
      // A direction in which nothing moves, with rounding for a covariance.
      return distance > 0 ? c / distance : 0;
    });
    return normalisedWeights(
      vectors[0]!.map((_, j) => sizes.reduce((sum, size, i) => sum + size * vectors[i]![j]!, 0)),
    );
  };
}

/** How much more of rho the front has at no less sensitivity. */
function rhoForgone(own: CompositeReading, at: (s: number) => CompositeReading): number {
  const missing = (s: number): number => at(s).reliability - own.reliability;
  // Sensitivity rises along the front.
  if (missing(0) >= 0) return Math.max(0, at(0).rho - own.rho);
  if (missing(1) <= 0) return Math.max(0, at(1).rho - own.rho);
  return Math.max(0, at(findRoot(missing, 0, 1)).rho - own.rho);
}

const NO_DIRECTION: Warning = {
  code: "NO_DIRECTION",
  message: "None of the proxies goes with the macro metric, so the front is but a row of sensitivities.",
};
