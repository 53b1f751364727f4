import { sortWithOrder } from "../numerics/sort-with-order.ts";
import { withinOne } from "../numerics/within-one.ts";
import { type CovariancePosterior, everyFourthNode, inUnits, meanOfEffects } from "./covariance-posterior.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { effectMatrix } from "./effect-matrix.ts";
import { SUMS } from "./covariance-likelihood.ts";
import { exp } from "../numerics/elementary/exp.ts";

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
 * Thins a posterior for those who integrate over it. A sum over every fourth node is a trapezoidal rule of its own, by
 * which smooth functions of the effects are integrated nearly as well; the lightest nodes are left out.
 */
export function thinPosterior(posterior: CovariancePosterior): ThinPosterior {
  return heavyNodes(everyFourthNode(posterior));
}

/** The nodes of a thin posterior without its lightest. */
export function heavyNodes(thin: CovariancePosterior): ThinPosterior {
  const { points, weights, size } = thin;
  const square = (node: number, i: number): number => weights[node]! * exp(2 * points[3 * node + i]!);
  let [squaresProxy, squaresMacro] = [0, 0];
  for (let node = 0; node < size; node++) {
    squaresProxy += square(node, 0);
    squaresMacro += square(node, 1);
  }
  const shares = weights.map((weight, node) =>
    Math.max(weight, square(node, 0) / squaresProxy, square(node, 1) / squaresMacro),
  );
  const { sorted, order } = sortWithOrder(shares);
  let [first, share, weightLeftOut] = [0, 0, 0];
  while (share + sorted[first]! <= LEFT_OUT) {
    share += sorted[first]!;
    weightLeftOut += weights[order[first++]!]!;
  }
  const kept = Array.from(order.subarray(first)).toReversed();
  return {
    nodes: kept.map((node) => predictiveNode(thin, node, weights[node]! / (1 - weightLeftOut))),
    weightLeftOut,
  };
}

/**
 * A new change at a node: its mean is that of the means given the past, and its covariance that of true effects plus
 * what is uncertain of the means. Expected gains are linear in the distribution of effects, so that this is exact.
 */
export function predictiveNode(
  { points, sums, prior, units }: CovariancePosterior,
  node: number,
  weight: number,
): CompleteEffectNode {
  const effects = effectMatrix(points[3 * node]!, points[3 * node + 1]!, points[3 * node + 2]!);
  const { unitProxy, unitMacro } = units;
  const means = meanOfEffects(sums.subarray(SUMS * node, SUMS * (node + 1)), effects, inUnits(prior, units));
  const proxy = effects.proxy + (means?.varianceProxy ?? 0);
  const macro = effects.macro + (means?.varianceMacro ?? 0);
  const both = effects.both + (means?.covariance ?? 0);
  return {
    tauProxy: unitProxy * Math.sqrt(proxy),
    tauMacro: unitMacro * Math.sqrt(macro),
    rho: withinOne(both / Math.sqrt(proxy * macro)),
    meanProxy: unitProxy * (means?.meanProxy ?? 0),
    meanMacro: unitMacro * (means?.meanMacro ?? 0),
    weight,
  };
}
