import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import { makeEstimate } from "../core/make-estimate.ts";
import { betaQuantile, betaUpperQuantile } from "../numerics/beta.ts";
import { studentTUpperQuantile } from "../numerics/student-t.ts";
import type { IndependentGroup } from "./independent-groups.ts";
import { ratioEstimate } from "./ratio-estimate.ts";

/** Past experiments in groups that are independent of each other, for estimates with intervals by group. */
export type Groups = readonly Pick<IndependentGroup, "members">[];

/**
 * A share of some of the experiments, with Clopper's and Pearson's interval on the number of groups they are in: exact
 * where every experiment has its own control, and conservative where some share one, as if they agreed throughout.
 */
export function groupedShare(
  groups: Groups,
  counts: (experiment: number) => boolean,
  holds: (experiment: number) => boolean,
  confidenceLevel: number,
): Estimate {
  let [units, successes, trials] = [0, 0, 0];
  for (const { members } of groups) {
    const counted = members.filter(counts);
    units += counted.length;
    successes += counted.filter(holds).length;
    if (counted.length > 0) trials++;
  }
  const tail = (1 - confidenceLevel) / 2;
  const share = units === 0 ? null : successes / units;
  const x = (share ?? 0) * trials;
  const interval: Interval = {
    lower: successes === 0 ? 0 : betaQuantile(tail, x, trials - x + 1),
    upper: successes === units ? 1 : betaUpperQuantile(tail, x + 1, trials - x),
    confidenceLevel,
    method: "clopper-pearson",
    dualToTest: false,
    excluded: null,
  };
  const error = share === null ? null : Math.sqrt((share * (1 - share)) / trials);
  return makeEstimate(share, error, interval, "two-sided");
}

/** Mean over experiments, with Student's interval over groups; undetermined with a single group. */
export function groupedMean(groups: Groups, values: ArrayLike<number>, confidenceLevel: number): Estimate {
  const { mean, variance } = groupedMoments(groups, [values]);
  const isKnown = groups.length > 1;
  const error = Math.sqrt(variance[0]![0]!);
  const reach = isKnown
    ? error * studentTUpperQuantile((1 - confidenceLevel) / 2, groups.length - 1)
    : Infinity;
  const interval: Interval = {
    lower: mean[0]! - reach,
    upper: mean[0]! + reach,
    confidenceLevel,
    method: "student-by-group",
    dualToTest: false,
    excluded: null,
  };
  return makeEstimate(mean[0]!, isKnown ? error : null, interval, "two-sided");
}

/** Ratio of two means over the same experiments, with Fieller's set over groups. */
export function groupedRatio(
  groups: Groups,
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  confidenceLevel: number,
): Estimate {
  const { mean, variance } = groupedMoments(groups, [numerators, denominators]);
  return ratioEstimate(
    {
      numerator: mean[0]!,
      denominator: mean[1]!,
      numeratorVariance: variance[0]![0]!,
      denominatorVariance: variance[1]![1]!,
      covariance: variance[0]![1]!,
    },
    confidenceLevel,
  );
}

/** Means over experiments and the covariance of these means, from sums by group (the linearised ratio estimator). */
function groupedMoments(
  groups: Groups,
  columns: readonly ArrayLike<number>[],
): { readonly mean: number[]; readonly variance: number[][] } {
  const experiments = groups.reduce((sum, { members }) => sum + members.length, 0);
  const mean = columns.map(
    (column) =>
      groups.reduce((sum, { members }) => members.reduce((part, k) => part + column[k]!, sum), 0) /
      experiments,
  );
  const deviations = columns.map((column, i) =>
    groups.map(({ members }) => members.reduce((sum, k) => sum + (column[k]! - mean[i]!), 0)),
  );
  const factor = groups.length / (groups.length - 1) / experiments ** 2;
  const variance = deviations.map((a) =>
    deviations.map((b) => factor * a.reduce((sum, value, group) => sum + value * b[group]!, 0)),
  );
  return { mean, variance };
}
