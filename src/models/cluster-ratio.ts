import { euclideanNorm } from "../numerics/euclidean-norm.ts";
import { type ClusteredArm, clusteredUnits } from "../summaries/cluster.ts";

/** The mean per unit of an arm of clusters, and what its variance rests on. */
export interface ClusterRatio {
  readonly mean: number;
  readonly standardError: number;
  /** Expected variance where all units are independent, in units of their variance. */
  readonly trace: number;
  /** Sum of the squared covariances of what the variance adds up, in the same units. */
  readonly squaredTrace: number;
}

/**
 * Total over units of an arm with its bias-reduced ("CR2") variance: each cluster's residual sum T − n·R is divided by
 * the root of its expected share, 1 − n/N, so that the variance is right on average where units are independent.
 *
 * With these residuals g of covariance G = (n_j δ_jk − n_j n_k/N)/√((1 − n_j/N)(1 − n_k/N))/N² the degrees of freedom of
 * Bell and McCaffrey (2002) are (tr G)²/tr G², where tr G = 1/N; both traces add up over arms.
 */
export function clusterRatio(arm: ClusteredArm): ClusterRatio {
  const units = clusteredUnits(arm);
  const mean = arm.clusters.reduce((sum, { total }) => sum + total / units, 0);
  const errors = arm.clusters.map(
    ({ n, total }) => (total / units - (n / units) * mean) / Math.sqrt((units - n) / units),
  );
  // Shares of the arm's units, and the same over what the cluster leaves to the others.
  let squares = 0;
  let pulls = 0;
  let crossed = 0;
  for (const { n } of arm.clusters) {
    const share = n / units;
    const pull = (share * n) / (units - n);
    squares += share * share;
    crossed += 2 * pull * pulls;
    pulls += pull;
  }
  return {
    mean,
    standardError: euclideanNorm(errors),
    trace: 1 / units,
    squaredTrace: (squares + crossed) / units / units,
  };
}
