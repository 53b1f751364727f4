import { correlationChart, LARGEST_COORDINATE, partialCoordinate } from "./correlation-chart.ts";
import { type CovariancePrior, logCovariancePrior } from "./covariance-prior.ts";

/** A `CovariancePrior` of several proxies: each with the macro metric as one would be, and LKJ among the proxies. */
export interface JointCovariancePrior extends Omit<CovariancePrior, "typicalProxyEffect"> {
  /** Scale of the half-Cauchy of each proxy's standard deviation, in their order. */
  readonly typicalProxyEffects: readonly number[];
}

/** The prior of one of the proxies with the macro metric. */
export function pairPrior(prior: JointCovariancePrior, proxy: number): CovariancePrior {
  const { typicalProxyEffects, ...rest } = prior;
  return { ...rest, typicalProxyEffect: typicalProxyEffects[proxy]! };
}

/**
 * ln of the prior density of the coordinates of `correlationChart`, up to a constant.
 *
 * Where the prior of a pair is LKJ, correlations together are LKJ of the same shape: in the chart's coordinates partial
 * correlations are then independent, that of a pair given k others with the density (1 − r²)^(lkj − 1 + (metrics − 2 −
 * k)/2) (Lewandowski, Kurowicka and Joe 2009). What the prior of a pair says beyond LKJ it says of each proxy.
 */
export function logJointCovariancePrior(prior: JointCovariancePrior): (x: ArrayLike<number>) => number {
  const proxies = prior.typicalProxyEffects.length;
  const metrics = proxies + 1;
  const { size } = correlationChart(metrics);
  const pairs = prior.typicalProxyEffects.map((_, i) => pairPrior(prior, i));
  return (x) => {
    const tauMacro = Math.exp(x[proxies]!);
    // Every pair counts the macro metric's standard deviation, which there is once.
    let log = (proxies - 1) * Math.log1p((tauMacro / prior.typicalMacroEffect) ** 2);
    for (let i = 0; i < metrics; i++) log += x[i]!;
    for (let i = metrics; i < size; i++) if (Math.abs(x[i]!) > LARGEST_COORDINATE) return -Infinity;
    for (let i = 0; i < proxies; i++) {
      const toMacro = x[partialCoordinate(metrics, i, 0)]!;
      log += logCovariancePrior(pairs[i]!, Math.exp(x[i]!), tauMacro, Math.tanh(toMacro));
      // Jacobian of the hyperbolic tangent, and what further metrics take from each correlation.
      log += (1 + 0.5 * (metrics - 2)) * logOneLessSquare(toMacro);
      for (let given = 1; given <= i; given++) {
        const r = x[partialCoordinate(metrics, i, given)]!;
        log += (prior.lkj + 0.5 * (metrics - 2 - given)) * logOneLessSquare(r);
      }
    }
    return log;
  };
}

/** ln(1 − tanh² z), of coordinates that are not beyond the largest. */
function logOneLessSquare(z: number): number {
  return -2 * Math.log(Math.cosh(z));
}
