import { binomialLogPmf } from "../numerics/binomial-tails.ts";
import { chiSquaredLogSf } from "../numerics/chi-squared.ts";
import { logSum } from "../numerics/log-sum.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** Whether effects of groups have both signs. */
export interface CrossoverTest {
  /** The smaller of both sums. */
  readonly statistic: number;
  readonly pValue: number;
  /** Natural log of the p-value. */
  readonly logPValue: number;
  /** Sums of squared z-values of the groups with a positive, and with a negative effect. */
  readonly positive: number;
  readonly negative: number;
}

/**
 * The test of qualitative interaction: H0: all true effects are of one sign (or 0), whichever it is; H1: some are positive
 * and some negative. The p-value is that of the effects that are hardest to tell from H0: one far from 0, the others 0.
 *
 * Gail and Simon (1985), Biometrics 41, 361–372.
 *
 * @param zValues - estimates over their standard errors, at least two
 */
export function crossoverTest(zValues: readonly number[]): CrossoverTest {
  let positive = 0;
  let negative = 0;
  for (const z of zValues) {
    if (z > 0) positive += z * z;
    else negative += z * z;
  }
  const statistic = Math.min(positive, negative);
  const logPValue = statistic === 0 ? 0 : logTail(statistic, zValues.length - 1);
  return { statistic, pValue: exp(logPValue), logPValue, positive, negative };
}

/** Σ_h b(h; free, 1/2) P(χ²_h > statistic): of the other groups, half are on the wrong side by chance. */
function logTail(statistic: number, free: number): number {
  const terms: number[] = [];
  for (let h = 1; h <= free; h++) {
    terms.push(binomialLogPmf(h, free, 0.5) + chiSquaredLogSf(statistic, h));
  }
  return Math.min(0, logSum(terms));
}
