import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import { correlationChart, LARGEST_COORDINATE, partialCoordinate } from "./correlation-chart.ts";
import { type CovariancePrior, logCovariancePrior } from "./covariance-prior.ts";
import { readCovariancePrior } from "./read-covariance-prior.ts";
import type { EffectScale } from "./effect-covariance.ts";

/** A `CovariancePrior` of several proxies: each with the macro metric as one would be, and LKJ among the proxies. */
export interface JointCovariancePrior extends Omit<CovariancePrior, "typicalProxyEffect"> {
  /** Scale of the half-Cauchy of each proxy's standard deviation, in their order. */
  readonly typicalProxyEffects: readonly number[];
}

/**
 * Completes a prior and checks it.
 *
 * @throws {DomainError} for numbers outside their range, or typical effects left out on the difference scale
 */
export function completeJointPrior(
  prior: Partial<JointCovariancePrior>,
  scale: EffectScale,
  proxies: number,
): JointCovariancePrior {
  checkObject("prior", prior);
  const { typicalProxyEffects = Array.from({ length: proxies }, () => undefined), ...rest } = prior;
  if (!Array.isArray(typicalProxyEffects) || typicalProxyEffects.length !== proxies) {
    throw new DomainError(
      "prior.typicalProxyEffects",
      typicalProxyEffects,
      `must be a list of ${proxies} effects, one a proxy`,
    );
  }
  const pairs = typicalProxyEffects.map((typicalProxyEffect, i) => {
    if (typicalProxyEffect !== undefined)
      checkMagnitude(`prior.typicalProxyEffects[${i}]`, typicalProxyEffect);
    else if (scale === "difference") throw leftOut("typicalProxyEffects");
    if (prior.typicalMacroEffect === undefined && scale === "difference") throw leftOut("typicalMacroEffect");
    const own = typicalProxyEffect === undefined ? rest : { ...rest, typicalProxyEffect };
    return readCovariancePrior("prior", own, scale, []);
  });
  const { typicalProxyEffect: _, ...shared } = pairs[0]!;
  return { ...shared, typicalProxyEffects: pairs.map((pair) => pair.typicalProxyEffect) };
}

function leftOut(name: string): DomainError {
  return new DomainError(
    `prior.${name}`,
    undefined,
    "must be given on the difference scale, where no effect is typical",
  );
}

/** The prior of one of the proxies with the macro metric. */
function pairPrior(prior: JointCovariancePrior, proxy: number): CovariancePrior {
  const { typicalProxyEffects, ...rest } = prior;
  return { ...rest, typicalProxyEffect: typicalProxyEffects[proxy]! };
}

/**
 * ln of the prior density of the coordinates of `correlationChart`, up to a constant.
 *
 * Partial correlations along a vine whose root is the macro metric are free of one another (Lewandowski, Kurowicka and
 * Joe 2009), so that each proxy's correlation with the macro metric has the prior of a pair whatever stands beside it: a
 * joint LKJ prior would believe less in every proxy for each that is added. Those between proxies, given the k before
 * them, are as under LKJ, (1 − r²)^(lkj − 1 + (metrics − 2 − k)/2).
 */
export function logJointCovariancePrior(prior: JointCovariancePrior): (x: ArrayLike<number>) => number {
  const proxies = prior.typicalProxyEffects.length;
  const metrics = proxies + 1;
  const { size } = correlationChart(metrics);
  const pairs = prior.typicalProxyEffects.map((_, i) => logCovariancePrior(pairPrior(prior, i)));
  return (x) => {
    const tauMacro = Math.exp(x[proxies]!);
    // Every pair counts the macro metric's standard deviation, which there is once.
    let log = (proxies - 1) * Math.log1p((tauMacro / prior.typicalMacroEffect) ** 2);
    for (let i = 0; i < metrics; i++) log += x[i]!;
    for (let i = metrics; i < size; i++) if (Math.abs(x[i]!) > LARGEST_COORDINATE) return -Infinity;
    for (let i = 0; i < proxies; i++) {
      const toMacro = x[partialCoordinate(metrics, i, 0)]!;
      log += pairs[i]!(Math.exp(x[i]!), tauMacro, toMacro);
      // Jacobian of the hyperbolic tangent.
      log += logOneLessSquare(toMacro);
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
