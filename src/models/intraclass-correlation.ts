import { euclideanNorm } from "../numerics/euclidean-norm.ts";
import { type ClusteredArm, clusteredUnits } from "../summaries/cluster.ts";

/**
 * How alike the units of a cluster are, beyond the mean of their arm: the analysis-of-variance estimate of the intraclass
 * correlation over several arms. It is below 0 where clusters differ less than chance would have them, and null where a
 * cluster of several units comes without its variance, all clusters have one unit, or nothing varies.
 *
 * Donner and Klar (2000), "Design and Analysis of Cluster Randomization Trials", 1.3 and 6.3.
 */
export function intraclassCorrelation(arms: readonly ClusteredArm[]): number | null {
  const units = arms.reduce((sum, arm) => sum + clusteredUnits(arm), 0);
  const all = arms.flatMap(({ clusters }) => clusters);
  if (units === all.length || all.some(({ n, variance }) => n > 1 && variance === undefined)) return null;
  // Roots of sums of squares, which neither over- nor underflow.
  const within = euclideanNorm(all.map(({ n, variance = 0 }) => Math.sqrt(n - 1) * Math.sqrt(variance)));
  const between = euclideanNorm(arms.flatMap(deviations));
  if (within === 0 && between === 0) return null;
  const unevenness = arms.reduce((sum, arm) => sum + sizeOfTypicalCluster(arm), 0);
  const freeClusters = all.length - arms.length;
  const size = (units - unevenness) / freeClusters;
  const ratio = ((within / between) ** 2 * freeClusters) / (units - all.length);
  return ratio < Infinity ? (1 - ratio) / (1 + (size - 1) * ratio) : -1 / (size - 1);
}

/** Of each cluster's mean from its arm's, times the root of its units. */
function deviations(arm: ClusteredArm): number[] {
  const units = clusteredUnits(arm);
  const mean = arm.clusters.reduce((sum, { total }) => sum + total / units, 0);
  return arm.clusters.map(({ n, total }) => Math.sqrt(n) * (total / n - mean));
}

/** Mean size of the cluster that a unit is in. */
function sizeOfTypicalCluster(arm: ClusteredArm): number {
  const units = clusteredUnits(arm);
  return arm.clusters.reduce((sum, { n }) => sum + n * (n / units), 0);
}

/**
 * How many times the variance of a mean per unit grows by clusters whose units are correlated, 1 + (m − 1)·ρ with the
 * mean size m of the cluster that a unit is in (Donner and Klar 2000).
 */
export function designEffect(arms: readonly ClusteredArm[], correlation: number): number {
  const clusters = arms.flatMap((arm) => arm.clusters);
  return 1 + (sizeOfTypicalCluster({ clusters }) - 1) * correlation;
}
