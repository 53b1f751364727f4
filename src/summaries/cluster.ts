import { checkCount, checkModerate, checkNonNegative, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";

/** One randomised cluster, such as a shop or an account: its units, and a metric added up over them. */
export interface Cluster {
  /** Units in the cluster, a whole number of at least 1. */
  readonly n: number;
  /** Sum of the metric over the cluster's units; conversions, for a rate. */
  readonly total: number;
  /** Sample variance between the units of the cluster, with n − 1 in the denominator, if it is known. */
  readonly variance?: number | undefined;
}

/** The clusters of one arm. */
export interface ClusteredArm {
  readonly clusters: readonly Cluster[];
}

/**
 * Checks the clusters of an arm where they enter a public function.
 *
 * @param field - path of the arm as the caller wrote it, such as `control`
 * @throws {DomainError} for fewer than two clusters, an empty one, or numbers that are not finite
 */
export function checkClusteredArm(field: string, arm: ClusteredArm): void {
  checkObject(field, arm);
  const { clusters } = arm;
  if (!Array.isArray(clusters) || clusters.length < 2) {
    throw new DomainError(
      `${field}.clusters`,
      clusters,
      "must be a list of at least two clusters: one alone does not tell how much clusters differ",
    );
  }
  let units = 0;
  clusters.forEach((cluster: Cluster, i) => {
    const path = `${field}.clusters[${i}]`;
    checkObject(path, cluster);
    checkCount(`${path}.n`, cluster.n, 1);
    checkModerate(`${path}.total`, cluster.total);
    if (cluster.variance !== undefined) checkNonNegative(`${path}.variance`, cluster.variance);
    if (cluster.n === 1 && (cluster.variance ?? 0) !== 0) {
      throw new DomainError(
        `${path}.variance`,
        cluster.variance,
        "must be 0 where n = 1: one unit has no variance",
      );
    }
    units += cluster.n;
  });
  checkCount(`${field}.n (its total)`, units, 1);
}

/** Units of an arm. */
export function clusteredUnits({ clusters }: ClusteredArm): number {
  return clusters.reduce((sum, { n }) => sum + n, 0);
}
