import { checkObject, checkOneOf } from "../core/checks.ts";
import type { Warning } from "../core/warning.ts";
import { clusterRatio } from "../models/cluster-ratio.ts";
import { designEffect, intraclassCorrelation } from "../models/intraclass-correlation.ts";
import { euclideanNorm } from "../numerics/euclidean-norm.ts";
import { checkClusteredArm, type ClusteredArm, clusteredUnits } from "../summaries/cluster.ts";
import { compareLevels } from "./compare-levels.ts";
import type { Comparison } from "./comparison.ts";
import { checkedConfidence, type ConfidenceOptions } from "../core/confidence.ts";
import { LEVEL_LIFT_METHODS, type LevelLiftMethod } from "../models/level-lift-interval.ts";
import { independentLevels, type Levels } from "../models/levels.ts";

/** Whose mean is compared: every unit counts the same, or every cluster does. */
export type ClusterWeighting = "unit" | "cluster";

export interface CompareClustersOptions extends ConfidenceOptions {
  readonly control: ClusteredArm;
  readonly treatment: ClusteredArm;
  /** `unit` unless said. */
  readonly weighting?: ClusterWeighting | undefined;
  /** `fieller` unless said. */
  readonly liftMethod?: LevelLiftMethod | undefined;
}

/** An arm of clusters in figures. */
export interface ClusterArm {
  readonly clusters: number;
  /** Units in all clusters. */
  readonly n: number;
  /** Per unit, or the mean of the cluster means: what is compared. */
  readonly mean: number;
}

/** What `compareClusters` finds: the test, and the effect on two scales. */
export interface ClusterComparison extends Comparison<"cluster-comparison", ClusterArm> {
  /** Of Bell and McCaffrey for `cr2`; clusters less two for `cluster-means`. */
  readonly degreesOfFreedom: number;
  readonly weighting: ClusterWeighting;
  /** How alike units of a cluster are; null unless every cluster of several units brings its variance. */
  readonly intraclassCorrelation: number | null;
  /** How many times larger clusters make the variance of a mean per unit; null with the correlation. */
  readonly designEffect: number | null;
}

const WEIGHTINGS: readonly ClusterWeighting[] = ["unit", "cluster"];

/**
 * Compares two arms whose clusters (shops, accounts, cities) were randomised, and not the units in them.
 *
 * H0: both means are equal. H1: they differ (`two-sided`), or the treatment's is larger (`greater`) or smaller (`less`).
 *
 * - `unit` weighs every unit the same, and answers what the change does per unit: total over units, with the
 *   bias-reduced variance between clusters (CR2) and Bell and McCaffrey's degrees of freedom, few where clusters are few
 *   or unequal. It is the mean in a linear model of the units with errors that are robust to clusters. With four clusters
 *   an arm, of 20 to 500 units, it rejects a true null 6 % of the time at a level of 5 %.
 * - `cluster` weighs every cluster the same, and answers what it does per cluster: the pooled t-test of the cluster
 *   means, with two degrees of freedom less than clusters. It keeps its level best with few clusters.
 *
 * They differ where the effect depends on the size of a cluster. The interval of the difference and Fieller's set of the
 * lift invert the test. A cluster that is known in parts (days, say) must be added up first.
 *
 * @param options.control - units and total of each cluster of the control arm, of at least two clusters
 * @param options.treatment - the same of the treatment arm
 * @param options.weighting - `unit` unless said
 * @param options.liftMethod - `fieller` unless said
 * @param options.alternative - `two-sided` unless said; one-sided alternatives give one-sided intervals
 * @param options.confidenceLevel - coverage of the intervals, in (0, 1); 0.95 unless said
 * @returns test and estimates, with the intraclass correlation and the design effect where clusters bring variances
 * @throws {DomainError} for fewer than two clusters in an arm, a broken cluster, an unknown name, or a level outside (0, 1)
 * @example
 * ```ts
 * import { compareClusters } from "microlift";
 * const shops = compareClusters({
 *   control: { clusters: [{ n: 120, total: 14 }, { n: 90, total: 13 }, { n: 200, total: 21 }, { n: 75, total: 8 }] },
 *   treatment: { clusters: [{ n: 110, total: 19 }, { n: 95, total: 13 }, { n: 160, total: 26 }, { n: 90, total: 14 }] },
 * });
 * shops.difference.estimate; // 0.0428
 * shops.degreesOfFreedom; // 5.36
 * ```
 * Bell and McCaffrey (2002); Pustejovsky and Tipton (2018); Donner and Klar (2000), 6.3 and 7.1.
 */
export function compareClusters(options: CompareClustersOptions): ClusterComparison {
  checkObject("options", options);
  const { control, treatment, weighting = "unit", liftMethod = "fieller" } = options;
  checkClusteredArm("control", control);
  checkClusteredArm("treatment", treatment);
  checkOneOf("weighting", weighting, WEIGHTINGS);
  checkOneOf("liftMethod", liftMethod, LEVEL_LIFT_METHODS);
  const confidence = checkedConfidence(options.alternative, options.confidenceLevel);
  const method = weighting === "unit" ? "cr2" : "cluster-means";
  const levels = weighting === "unit" ? unitLevels(control, treatment) : clusterLevels(control, treatment);
  const { warnings, ...compared } = compareLevels(levels, confidence, method, liftMethod);
  const arms = [control, treatment];
  const correlation = intraclassCorrelation(arms);
  return {
    kind: "cluster-comparison",
    method,
    ...compared,
    weighting,
    control: clusterArm(control, levels.control),
    treatment: clusterArm(treatment, levels.treatment),
    intraclassCorrelation: correlation,
    designEffect: correlation === null ? null : designEffect(arms, correlation),
    warnings: [...warnings, ...cautions(levels)],
    assumptions: [
      "Clusters are independent of each other and were randomised as wholes, and the test is read once, at the planned size.",
      weighting === "unit"
        ? "The arms' totals are close to normal, which fails where a few clusters carry most of the total."
        : "The clusters' means are close to normal and vary alike in both arms.",
    ],
  };
}

/** Means per unit, each with the CR2 variance of its own arm. */
function unitLevels(control: ClusteredArm, treatment: ClusteredArm): Levels {
  const [first, second] = [clusterRatio(control), clusterRatio(treatment)];
  const trace = first.trace + second.trace;
  return independentLevels(
    first.mean,
    second.mean,
    first.standardError,
    second.standardError,
    (trace * trace) / (first.squaredTrace + second.squaredTrace),
  );
}

/** Means of the clusters' means, with one variance between clusters in both arms. */
function clusterLevels(control: ClusteredArm, treatment: ClusteredArm): Levels {
  const [first, second] = [clusterMean(control), clusterMean(treatment)];
  const [firstSize, secondSize] = [control.clusters.length, treatment.clusters.length];
  const degreesOfFreedom = firstSize + secondSize - 2;
  const deviations = [...deviationsFrom(first, control), ...deviationsFrom(second, treatment)];
  const deviation = euclideanNorm(deviations) / Math.sqrt(degreesOfFreedom);
  return independentLevels(
    first,
    second,
    deviation / Math.sqrt(firstSize),
    deviation / Math.sqrt(secondSize),
    degreesOfFreedom,
  );
}

function clusterMean({ clusters }: ClusteredArm): number {
  return clusters.reduce((sum, { n, total }) => sum + total / n / clusters.length, 0);
}

function deviationsFrom(mean: number, { clusters }: ClusteredArm): number[] {
  return clusters.map(({ n, total }) => total / n - mean);
}

function clusterArm(arm: ClusteredArm, mean: number): ClusterArm {
  return { clusters: arm.clusters.length, n: clusteredUnits(arm), mean };
}

/** Below so many degrees of freedom p-values of CR2 are not to be trusted: Tipton (2015). */
const FEWEST_DEGREES = 4;

function cautions({ degreesOfFreedom }: Levels): Warning[] {
  if (degreesOfFreedom >= FEWEST_DEGREES) return [];
  return [
    {
      code: "FEW_CLUSTERS",
      message: `There are fewer than ${FEWEST_DEGREES} degrees of freedom: so few clusters, or so unequal ones, tell little about how much clusters differ.`,
    },
  ];
}
