import type { CovariancePrior } from "./covariance-prior.ts";

/** Priors of rho that know nothing of unrelated or well-chosen proxies, one wide and one close around 0. */
export type PlainPrior = "uniform-correlation" | "lkj-4";

/** A prior with each of the plain ones of rho in place of its own. */
export function plainPriors(prior: CovariancePrior): [PlainPrior, CovariancePrior][] {
  const lkjAlone = (lkj: number): CovariancePrior => ({ ...prior, unrelatedShare: 0, positiveTilt: 0, lkj });
  return [
    ["uniform-correlation", lkjAlone(1)],
    ["lkj-4", lkjAlone(4)],
  ];
}
