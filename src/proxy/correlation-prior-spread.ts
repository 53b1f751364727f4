import type { CovariancePrior } from "./covariance-prior.ts";

/** The standard deviation of rho before any experiment is seen: of a mixture of two Beta variables on (−1, 1). */
export function correlationPriorSpread({
  unrelatedShare,
  unrelatedLkj,
  lkj,
  positiveTilt,
}: CovariancePrior): number {
  const unrelated = betaOnCorrelations(unrelatedLkj, unrelatedLkj);
  const related = betaOnCorrelations(lkj + positiveTilt, lkj);
  const relatedShare = 1 - unrelatedShare;
  const mean = unrelatedShare * unrelated.mean + relatedShare * related.mean;
  return Math.sqrt(
    unrelatedShare * (unrelated.variance + (unrelated.mean - mean) ** 2) +
      relatedShare * (related.variance + (related.mean - mean) ** 2),
  );
}

/** Moments of 2 B − 1. */
function betaOnCorrelations(a: number, b: number): { readonly mean: number; readonly variance: number } {
  const total = a + b;
  return { mean: (a - b) / total, variance: (4 * (a / total) * (b / total)) / (total + 1) };
}
