import { signedDevianceRoot } from "../models/signed-deviance-root.ts";
import { chiSquaredLogSf, chiSquaredSf } from "../numerics/chi-squared.ts";
import type { Proportion } from "../summaries/proportion.ts";

/** A likelihood-ratio test; the statistic is 0 and p 1 where there was nothing to compare. */
export interface LikelihoodRatioTest {
  /** G², asymptotically chi-squared under the null hypothesis. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  readonly logPValue: number;
}

/** The sum of G² over strata; one in which a margin is empty says nothing, and counts for no degree of freedom. */
export function testOfStrata(strata: readonly (readonly [Proportion, Proportion])[]): LikelihoodRatioTest {
  const telling = strata.filter(([a, b]) => {
    const conversions = a.conversions + b.conversions;
    return a.n > 0 && b.n > 0 && conversions > 0 && conversions < a.n + b.n;
  });
  const degreesOfFreedom = telling.length;
  const statistic = telling.reduce((sum, [a, b]) => sum + signedDevianceRoot(a, b) ** 2, 0);
  return degreesOfFreedom === 0
    ? { statistic: 0, degreesOfFreedom, pValue: 1, logPValue: 0 }
    : {
        statistic,
        degreesOfFreedom,
        pValue: chiSquaredSf(statistic, degreesOfFreedom),
        logPValue: chiSquaredLogSf(statistic, degreesOfFreedom),
      };
}
