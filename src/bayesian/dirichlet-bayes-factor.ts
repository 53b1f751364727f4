import { betaBinomialLogPmf } from "../numerics/beta-binomial-tails.ts";

/**
 * ln of the Bayes factor of two arms with shares of their own, each with this Dirichlet prior, against shares in common.
 *
 * A Dirichlet–multinomial is a chain of beta-binomials, one for every category among itself and those after it; and each
 * factor compares how well the treatment's count is predicted by the prior, and by the prior with the control's counts.
 */
export function logDirichletBayesFactor(
  control: readonly number[],
  treatment: readonly number[],
  prior: readonly number[],
): number {
  // Of the categories after the one in turn: prior concentration, units of the control, units of the treatment.
  let concentration = prior.at(-1)!;
  let seen = control.at(-1)!;
  let n = treatment.at(-1)!;
  let log = 0;
  for (let i = prior.length - 2; i >= 0; i--) {
    const count = treatment[i]!;
    n += count;
    log += betaBinomialLogPmf(count, n, prior[i]!, concentration);
    log -= betaBinomialLogPmf(count, n, prior[i]! + control[i]!, concentration + seen);
    concentration += prior[i]!;
    seen += control[i]!;
  }
  return log;
}
