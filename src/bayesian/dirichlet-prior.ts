import { checkBetween, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";

/**
 * What is held about the shares of k categories before the data: a concentration that counts like units seen before in
 * each category, the same for all or a list, or by name: `uniform` (1; all sets of shares are as likely), `jeffreys`
 * (1/2), `perks` (1/k, so that the prior counts for one unit however finely it is divided).
 */
export type DirichletPrior = number | readonly number[] | "uniform" | "jeffreys" | "perks";

const NAMES = ["uniform", "jeffreys", "perks"] as const;

/** As of a Beta prior: see there. Sums of concentrations are shapes of Beta distributions too. */
const SMALLEST = 1e-6;
const LARGEST = 1e13;

/** The concentration of each of k categories, checked. */
export function checkedDirichletPrior(prior: DirichletPrior, k: number): readonly number[] {
  if (typeof prior === "string") {
    checkOneOf("prior", prior, NAMES);
    const concentration = { uniform: 1, jeffreys: 0.5, perks: 1 / k }[prior];
    return Array.from({ length: k }, () => concentration);
  }
  if (!Array.isArray(prior)) {
    checkBetween("prior", prior as number, SMALLEST, LARGEST);
    return Array.from({ length: k }, () => prior as number);
  }
  const concentrations = prior as readonly number[];
  if (concentrations.length !== k) {
    throw new DomainError("prior", prior, `must have as many concentrations as there are categories: ${k}`);
  }
  concentrations.forEach((concentration, i) => checkBetween(`prior[${i}]`, concentration, SMALLEST, LARGEST));
  return [...concentrations];
}
