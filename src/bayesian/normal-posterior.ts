import { checkBetween, checkCount, checkFinite, checkObject, checkPositive } from "../core/checks.ts";
import type { Interval } from "../core/interval.ts";
import type { Side } from "../numerics/beside-line.ts";
import { studentTUpperQuantile } from "../numerics/student-t.ts";
import { checkMean, type Mean } from "../summaries/mean.ts";
import { equalTailed } from "./equal-tailed.ts";
import type { Marginal } from "./marginal.ts";
import {
  isImproper,
  LARGEST_MEAN,
  LARGEST_SQUARE,
  SMALLEST_SQUARE,
  type NormalInverseGammaPrior,
} from "./normal-inverse-gamma-prior.ts";
import { type QuantileAt, quantilesAt } from "./quantiles-at.ts";
import { studentTMarginal } from "./student-t-marginal.ts";

/**
 * The posterior of one arm's mean and variance: normal–inverse-gamma. The mean alone is Student's t with 2 `alpha`
 * degrees of freedom about `mu`, with the scale √(beta / (alpha kappa)).
 */
export interface NormalPosterior {
  readonly mu: number;
  readonly kappa: number;
  readonly alpha: number;
  readonly beta: number;
  /** Of the t distribution of the mean. */
  readonly degreesOfFreedom: number;
  readonly scale: number;
  /** Posterior mean; infinite with at most one degree of freedom, where there is none. */
  readonly mean: number;
  /** Infinite with at most two degrees of freedom. */
  readonly standardDeviation: number;
  /** Equal-tailed credible interval. */
  readonly interval: Interval;
  /** The shortest interval of the same probability: the equal-tailed one, since the density is symmetric. */
  readonly highestDensityInterval: Interval;
  /** One for each level asked for; none unless asked for. */
  readonly quantiles: readonly QuantileAt[];
}

/** Checks an arm, which may be empty under a proper prior, and updates its prior, which is checked already. */
export function updateNormal(
  field: string,
  arm: Mean,
  prior: NormalInverseGammaPrior,
): NormalInverseGammaPrior {
  checkArm(field, arm, prior);
  const { n, mean, variance } = arm;
  if (n === 0) return prior;
  const kappa = prior.kappa + n;
  const gap = mean - prior.mu;
  const squares = (n - 1) * variance + gap * gap * (prior.kappa / kappa) * n;
  return {
    mu: prior.kappa < n ? mean - gap * (prior.kappa / kappa) : prior.mu + gap * (n / kappa),
    kappa,
    alpha: prior.alpha + n / 2,
    beta: prior.beta + squares / 2,
  };
}

function checkArm(field: string, arm: Mean, prior: NormalInverseGammaPrior): void {
  checkObject(field, arm);
  if (isImproper(prior)) {
    checkCount(`${field}.n`, arm.n, 2);
    checkPositive(`${field}.variance`, arm.variance);
    checkBetween(`${field}.variance`, arm.variance, SMALLEST_SQUARE, LARGEST_SQUARE / arm.n);
  }
  if (arm.n === 0) {
    checkFinite(`${field}.mean`, arm.mean);
    checkBetween(`${field}.variance`, arm.variance, 0, 0);
    return;
  }
  checkMean(field, arm);
  checkBetween(`${field}.mean`, arm.mean, -LARGEST_MEAN, LARGEST_MEAN);
  checkBetween(`${field}.variance`, arm.variance, 0, LARGEST_SQUARE / arm.n);
}

/** Scale of the t distribution of the mean; roots before quotients, so that nothing underflows. */
function scaleOf({ kappa, alpha, beta }: NormalInverseGammaPrior): number {
  return Math.sqrt(beta) / Math.sqrt(alpha) / Math.sqrt(kappa);
}

export function meanMarginal(posterior: NormalInverseGammaPrior): Marginal {
  return studentTMarginal(posterior.mu, scaleOf(posterior), 2 * posterior.alpha);
}

export function normalPosterior(
  parameters: NormalInverseGammaPrior,
  confidenceLevel: number,
  quantileLevels: readonly number[] = [],
): NormalPosterior {
  const { mu, alpha } = parameters;
  const degreesOfFreedom = 2 * alpha;
  const scale = scaleOf(parameters);
  const { mean, standardDeviation } = meanMarginal(parameters);
  const quantile = (side: Side, tail: number): number =>
    mu + (side === "upper" ? scale : -scale) * studentTUpperQuantile(tail, degreesOfFreedom);
  const interval = equalTailed(confidenceLevel, quantile);
  return {
    ...parameters,
    degreesOfFreedom,
    scale,
    mean,
    standardDeviation,
    interval,
    highestDensityInterval: { ...interval, method: "highest-density" },
    quantiles: quantilesAt(quantileLevels, quantile),
  };
}
