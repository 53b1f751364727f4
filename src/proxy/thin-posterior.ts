import { sortWithOrder } from "../numerics/sort-with-order.ts";
import { meanOfEffects, type CovariancePosterior, inUnits } from "./covariance-posterior.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { effectMatrix } from "./effect-matrix.ts";
import { SUMS } from "./covariance-likelihood.ts";

/** Few nodes that stand for a posterior. */
export interface ThinPosterior {
  /** Predictive for a new change: the uncertainty of the means is in the covariances. Weights sum to 1. */
  readonly nodes: readonly CompleteEffectNode[];
  /** Share of the posterior's weight that was left out. */
  readonly weightLeftOut: number;
}

/** Share of the weight, and of the mean squares of the effects, that may be left out with the lightest nodes. */
const LEFT_OUT = 1e-5;

/**
 * Thins a posterior for those who integrate over it. Every fourth node of the lattice, those whose steps are all even or
 * all odd, is a lattice of its own (body-centred), over which smooth functions of the effects are integrated nearly as
 * well; its lightest nodes are left out.
 */
export function thinPosterior(posterior: CovariancePosterior): ThinPosterior {
  const { lattice, weights, points } = posterior;
  const kept: number[] = [];
  let [total, squaresProxy, squaresMacro] = [0, 0, 0];
  for (let node = 0; node < lattice.size; node++) {
    const [i, j, k] = [lattice.steps[3 * node]!, lattice.steps[3 * node + 1]!, lattice.steps[3 * node + 2]!];
    if ((((i ^ j) | (i ^ k)) & 1) === 1) continue;
    kept.push(node);
    total += weights[node]!;
    squaresProxy += weights[node]! * Math.exp(2 * points[3 * node]!);
    squaresMacro += weights[node]! * Math.exp(2 * points[3 * node + 1]!);
  }
  const share = (node: number): number =>
    weights[node]! *
    Math.max(
      1 / total,
      Math.exp(2 * points[3 * node]!) / squaresProxy,
      Math.exp(2 * points[3 * node + 1]!) / squaresMacro,
    );
  const shares = Float64Array.from(kept, share);
  const { sorted, order } = sortWithOrder(shares);
  let [first, shareLeftOut, leftOut] = [0, 0, 0];
  while (shareLeftOut + sorted[first]! <= LEFT_OUT) {
    shareLeftOut += sorted[first]!;
    leftOut += weights[kept[order[first]!]!]!;
    first++;
  }
  const heavy = Array.from(order.subarray(first), (rank) => kept[rank]!).toReversed();
  return {
    nodes: heavy.map((node) => predictiveNode(posterior, node, weights[node]! / (total - leftOut))),
    weightLeftOut: leftOut / total,
  };
}

/**
 * A new change at a node: its mean is that of the means given the past, and its covariance that of true effects plus
 * what is uncertain of the means. Expected gains are linear in the distribution of effects, so that this is exact.
 */
export function predictiveNode(
  { points, sums, prior, likelihood: { columns } }: CovariancePosterior,
  node: number,
  weight: number,
): CompleteEffectNode {
  const effects = effectMatrix(points[3 * node]!, points[3 * node + 1]!, points[3 * node + 2]!);
  const { unitProxy, unitMacro } = columns;
  const means = meanOfEffects(
    sums.subarray(SUMS * node, SUMS * (node + 1)),
    effects,
    inUnits(prior, unitProxy, unitMacro),
  );
  const proxy = effects.proxy + (means?.varianceProxy ?? 0);
  const macro = effects.macro + (means?.varianceMacro ?? 0);
  const both = effects.both + (means?.covariance ?? 0);
  return {
    tauProxy: unitProxy * Math.sqrt(proxy),
    tauMacro: unitMacro * Math.sqrt(macro),
    // Rounding may carry a perfect correlation past 1.
    rho: Math.min(1, Math.max(-1, both / Math.sqrt(proxy * macro))),
    meanProxy: unitProxy * (means?.meanProxy ?? 0),
    meanMacro: unitMacro * (means?.meanMacro ?? 0),
    weight,
  };
}
