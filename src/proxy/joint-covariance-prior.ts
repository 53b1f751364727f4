import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import { type CovariancePrior, logCorrelationPrior } from "./covariance-prior.ts";
import { readCovariancePrior } from "./read-covariance-prior.ts";
import type { EffectScale } from "./effect-covariance.ts";
import { cosh } from "../numerics/elementary/hyperbolic.ts";
import { ln } from "../numerics/elementary/ln.ts";

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

/**
 * ln of the prior density of a partial correlation in the correlation chart, up to a constant, at its inverse hyperbolic
 * tangent.
 *
 * Partial correlations along a vine whose root is the macro metric are free of one another (Lewandowski, Kurowicka and
 * Joe 2009), so that each proxy's correlation with the macro metric has the prior of a pair whatever stands beside it: a
 * joint LKJ prior would believe less in every proxy for each that is added. Those between proxies, given the k before
 * them, are as under LKJ, (1 − r²)^(lkj − 1 + (metrics − 2 − k)/2).
 *
 * @param given - 0 for a correlation with the macro metric, otherwise k
 */
export function logPartialPrior(prior: JointCovariancePrior, given: number): (z: number) => number {
  // The Jacobian of the hyperbolic tangent is 1 − r².
  if (given === 0) {
    const logCorrelation = logCorrelationPrior(prior);
    return (z) => logCorrelation(z) + logOneLessSquare(z);
  }
  const power = prior.lkj + 0.5 * (prior.typicalProxyEffects.length - 1 - given);
  return (z) => power * logOneLessSquare(z);
}

/** ln(1 − tanh² z), of coordinates that are not beyond the largest. */
function logOneLessSquare(z: number): number {
  return -2 * ln(cosh(z));
}
