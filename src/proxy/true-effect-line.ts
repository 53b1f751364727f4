import type { Interval } from "../core/interval.ts";
import { mixtureQuantile } from "../numerics/normal-mixture.ts";
import { sortWithOrder } from "../numerics/sort-with-order.ts";
import { SUMS } from "./covariance-likelihood.ts";
import { type CovariancePosterior, everyFourthNode, inUnits, meanOfEffects } from "./covariance-posterior.ts";
import { effectMatrix } from "./effect-matrix.ts";
import { equalTailedInterval } from "./posterior-interval.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** What past experiments say of the true macro effects of changes with one true effect on the proxy. */
export interface TrueEffectLinePoint {
  /** True effect on the proxy. */
  readonly proxyEffect: number;
  /** Of the average true macro effect of such changes: the line through the true effects. */
  readonly median: number;
  readonly interval: Interval;
  /** Where the true macro effect of one such change lies. */
  readonly trueEffects: Interval;
}

/** Bands are hyperbolas, or nearly: so many points draw them. */
const POINTS = 11;
/** Share of the weight that may be left out with the lightest nodes. */
const LEFT_OUT = 1e-3;

/**
 * The line through the true effects, E[θ_y | θ_s] = μ_y + β (θ_s − μ_s) with β = ρ τ_y / τ_s, over the posterior of
 * covariance and means, from the lowest past estimate of a proxy effect (or 0) to the highest. Ends of intervals are
 * right to about a hundredth of an interval.
 */
export function trueEffectLine(
  posterior: CovariancePosterior,
  confidenceLevel: number,
): TrueEffectLinePoint[] {
  const lines = heaviestLines(everyFourthNode(posterior));
  const { experiments, effects } = posterior.table;
  let [lowest, highest] = [0, 0];
  for (let k = 0; k < experiments; k++) {
    lowest = Math.min(lowest, effects[2 * k]!);
    highest = Math.max(highest, effects[2 * k]!);
  }
  return Array.from({ length: POINTS }, (_, i) => {
    const proxyEffect = lowest * (1 - i / (POINTS - 1)) + highest * (i / (POINTS - 1));
    const height = quantilesOf(lines, proxyEffect, false);
    const effect = quantilesOf(lines, proxyEffect, true);
    return {
      proxyEffect,
      median: height(0.5),
      interval: equalTailedInterval(height, confidenceLevel),
      trueEffects: equalTailedInterval(effect, confidenceLevel),
    };
  });
}

/** The line of one node, whose slope is known, and whose height is normal as the means are that it goes through. */
interface NodeLine {
  readonly weight: number;
  /** Where the proxy effect is 0. */
  readonly height: number;
  readonly slope: number;
  readonly variance: number;
  /** Variance of true macro effects around the line. */
  readonly scatter: number;
}

function heaviestLines(posterior: CovariancePosterior): NodeLine[] {
  const { sorted, order } = sortWithOrder(posterior.weights);
  let [first, leftOut] = [0, 0];
  while (leftOut + sorted[first]! <= LEFT_OUT) leftOut += sorted[first++]!;
  return Array.from(order.subarray(first), (node) =>
    nodeLine(posterior, node, posterior.weights[node]! / (1 - leftOut)),
  );
}

function nodeLine(
  { points, sums, prior, units }: CovariancePosterior,
  node: number,
  weight: number,
): NodeLine {
  const { unitProxy, unitMacro } = units;
  const effects = effectMatrix(points[3 * node]!, points[3 * node + 1]!, points[3 * node + 2]!);
  const means = meanOfEffects(sums.subarray(SUMS * node, SUMS * (node + 1)), effects, inUnits(prior, units));
  const slope = effects.both / effects.proxy;
  const variance =
    means === null
      ? 0
      : means.varianceMacro - 2 * slope * means.covariance + slope ** 2 * means.varianceProxy;
  return {
    weight,
    height: means === null ? 0 : unitMacro * (means.meanMacro - slope * means.meanProxy),
    slope: slope * (unitMacro / unitProxy),
    // Means that are known best along the line leave a difference that rounding may carry below 0.
    variance: unitMacro ** 2 * Math.max(0, variance),
    scatter: unitMacro ** 2 * (effects.determinant / effects.proxy),
  };
}

/** Quantiles of the height of the line at a proxy effect, or of true macro effects around it. */
function quantilesOf(
  lines: readonly NodeLine[],
  proxyEffect: number,
  withScatter: boolean,
): (p: number) => number {
  const mixture = lines.map(({ weight, height, slope, variance, scatter }) => ({
    logWeight: ln(weight),
    mean: height + slope * proxyEffect,
    standardDeviation: Math.sqrt(withScatter ? variance + scatter : variance),
  }));
  return (p) => (p < 0.5 ? mixtureQuantile(mixture, "lower", p) : mixtureQuantile(mixture, "upper", 1 - p));
}
