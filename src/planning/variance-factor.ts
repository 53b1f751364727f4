import { checkNonNegative, checkObject, checkProbability } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkExactlyOne } from "./check-exactly-one.ts";

/** What makes the variance of an effect smaller or larger than that of independent units compared plainly. */
export interface VarianceOptions {
  /** What the analysis adjusts for: exactly one of the two. */
  readonly varianceReduction?: VarianceReduction | undefined;
  /** Units that come in clusters, which are assigned whole. */
  readonly clusters?: PlannedClusters | undefined;
}

/** What the analysis will explain of the metric's variance. */
export interface VarianceReduction {
  /** Correlation of the metric with its covariate before the experiment (CUPED), between −1 and 1, both excluded. */
  readonly covariateCorrelation?: number | undefined;
  /** Share of the metric's variance between strata (or explained by several covariates), at or above 0, below 1. */
  readonly explainedVariance?: number | undefined;
}

/** Clusters that are randomised as a whole, such as shops or households. */
export interface PlannedClusters {
  /** Mean number of units in a cluster, at or above 1. */
  readonly size: number;
  /** Correlation of two units of one cluster, in [0, 1]. */
  readonly intraclassCorrelation: number;
  /** Standard deviation of the clusters' sizes over their mean, at or above 0; 0 unless said. */
  readonly sizeVariation?: number | undefined;
}

/**
 * How many times as many units are needed as without adjustment and clusters: 1 − R² for what a covariate or strata
 * explain (Deng et al. 2013; Cochran 1977, section 5.6), times 1 + ((1 + cv²) m − 1) ICC for clusters of mean size m
 * (Eldridge, Ashby and Kerry 2006).
 */
export function varianceFactor({ varianceReduction, clusters }: VarianceOptions): number {
  const remaining = varianceReduction === undefined ? 1 : remainingVariance(varianceReduction);
  return clusters === undefined ? remaining : remaining * designEffect(clusters);
}

function remainingVariance(reduction: VarianceReduction): number {
  checkObject("varianceReduction", reduction);
  const { covariateCorrelation: r, explainedVariance } = reduction;
  checkExactlyOne(
    "varianceReduction.covariateCorrelation",
    r,
    "varianceReduction.explainedVariance",
    explainedVariance,
  );
  if (r !== undefined) {
    if (!(Number.isFinite(r) && Math.abs(r) < 1)) {
      throw new DomainError(
        "varianceReduction.covariateCorrelation",
        r,
        "must lie strictly between -1 and 1",
      );
    }
    return (1 - r) * (1 + r);
  }
  checkProbability("varianceReduction.explainedVariance", explainedVariance as number);
  if (explainedVariance === 1) {
    throw new DomainError("varianceReduction.explainedVariance", explainedVariance, "must be below 1");
  }
  return 1 - (explainedVariance as number);
}

function designEffect(clusters: PlannedClusters): number {
  checkObject("clusters", clusters);
  const { size, intraclassCorrelation, sizeVariation = 0 } = clusters;
  if (!(Number.isFinite(size) && size >= 1)) {
    throw new DomainError("clusters.size", size, "must be a finite number at or above 1");
  }
  checkProbability("clusters.intraclassCorrelation", intraclassCorrelation);
  checkNonNegative("clusters.sizeVariation", sizeVariation);
  const effect = 1 + ((1 + sizeVariation * sizeVariation) * size - 1) * intraclassCorrelation;
  if (effect === Infinity) {
    throw new DomainError("clusters.size", size, "must leave a finite design effect");
  }
  return effect;
}
