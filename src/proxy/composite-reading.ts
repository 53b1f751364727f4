import type { Interval } from "../core/interval.ts";
import { normalUpperQuantile, normalSf } from "../numerics/normal.ts";
import type { Matrix, Vector } from "../numerics/matrix.ts";
import { compositeNode, compositeVariances } from "./composite-effects.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { effectMoments } from "./effect-moments.ts";
import type { CompleteJointNode } from "./joint-effect-covariance.ts";
import { posteriorInterval } from "./posterior-interval.ts";
import { shareOfNodes } from "./share-of-nodes.ts";

/** A weighted sum of proxies, read as one proxy: how easily it moves, and whether it moves the right way. */
export interface CompositeReading {
  /** One a proxy, of absolute sum 1. */
  readonly weights: readonly number[];
  /** Correlation of its estimated effect with the true macro effect: rho × √reliability. */
  readonly proxyQuality: number;
  /** Credible interval of the same; null for a covariance without posterior. */
  readonly proxyQualityInterval: Interval | null;
  /** Correlation of its true effects with the macro metric's: its directionality, and the limit of its quality. */
  readonly rho: number;
  /** Probability that rho > 0: 0 or 1 for a covariance without posterior. */
  readonly probabilityRhoPositive: number;
  /** Share of true effects in the variance of its estimates. */
  readonly reliability: number;
  /** Expected |z| of its estimate over the changes tested. */
  readonly expectedAbsoluteZ: number;
  /** Probability that a change drawn at random moves it significantly, two-sided: its sensitivity. */
  readonly power: number;
}

/** What a composite is read against. */
export interface CompositeSetting {
  readonly nodes: readonly CompleteJointNode[];
  /** n per arm times the sampling covariance, the macro metric last. */
  readonly unitCovariance: Matrix;
  readonly n: number;
  readonly alpha: number;
  /** Null for a covariance without posterior. */
  readonly confidenceLevel: number | null;
}

/**
 * Reads a composite at the average covariance, with what the posterior leaves open of its quality; null for weights that
 * are all 0, which are no composite. n may be 0 or Infinity.
 */
export function compositeReading(
  { nodes, unitCovariance, n, alpha, confidenceLevel }: CompositeSetting,
  weights: Vector,
): CompositeReading | null {
  if (weights.every((weight) => weight === 0)) return null;
  const composites = nodes.map((node) => compositeNode(node, weights));
  const noise = compositeVariances(unitCovariance, weights).proxy / n;
  const average = effectMoments(composites);
  const signal = average.tauProxy ** 2;
  // z is normal with the variance of estimate over noise.
  const spread = Math.sqrt(1 + signal / noise);
  return {
    weights,
    proxyQuality: quality(average, noise),
    proxyQualityInterval:
      confidenceLevel === null
        ? null
        : posteriorInterval(
            composites,
            composites.map((node) => quality(node, noise)),
            confidenceLevel,
          ),
    rho: average.rho,
    probabilityRhoPositive: shareOfNodes(composites, ({ rho }) => rho > 0),
    reliability: 1 / (1 + noise / signal),
    expectedAbsoluteZ: Math.sqrt(2 / Math.PI) * spread,
    power: 2 * normalSf(normalUpperQuantile(alpha / 2) / spread),
  };
}

function quality({ rho, tauProxy }: Pick<CompleteEffectNode, "rho" | "tauProxy">, noise: number): number {
  const signal = tauProxy ** 2;
  return rho / Math.sqrt(1 + noise / signal);
}

/** Weights of absolute sum 1 with the same ratios; all 0 stay 0. */
export function normalisedWeights(weights: Vector): number[] {
  const total = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  return total === 0 ? [...weights] : weights.map((weight) => weight / total);
}

/** Each proxy by itself as a composite. */
export function singleWeights(proxies: number): number[][] {
  return Array.from({ length: proxies }, (_, i) =>
    Array.from({ length: proxies }, (__, j) => (i === j ? 1 : 0)),
  );
}
