import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { correlationPriorSpread } from "./correlation-prior-spread.ts";
import { covarianceMarginals } from "./covariance-marginals.ts";
import { type CovariancePosterior, covariancePosterior } from "./covariance-posterior.ts";
import type { CovariancePrior } from "./covariance-prior.ts";
import type { Complete, EffectCovariance, EffectScale } from "./effect-covariance.ts";
import { effectMoments } from "./effect-moments.ts";
import { type EffectTable, effectTable } from "./effect-table.ts";
import { fewExperiments, wrongSign } from "./learning-warnings.ts";
import { type Liml, liml } from "./liml.ts";
import { jackknifeCovariance, type MomentCovariance, totalCovariance } from "./moment-covariance.ts";
import { type NaiveCorrelation, naiveCorrelation } from "./naive-decomposition.ts";
import { type PastEffectPair, pastEffects } from "./past-effects.ts";
import type { PastExperiment } from "./past-experiment.ts";
import { type PosteriorReading, readMarginal } from "./posterior-reading.ts";
import { type PriorSensitivity, priorSensitivity } from "./prior-sensitivity.ts";
import { profileEffectCovariance, type ProfiledCovariance } from "./profile-effect-covariance.ts";
import { randomEffectsFit, type RandomEffectsFit } from "./random-effects-fit.ts";
import { readCovariancePrior } from "./read-covariance-prior.ts";
import { thinPosterior } from "./thin-posterior.ts";
import { trueEffectLine, type TrueEffectLinePoint } from "./true-effect-line.ts";
import { tanh } from "../numerics/elementary/hyperbolic.ts";

export interface EstimateEffectCovarianceInput {
  /** Past experiments on the proxy, three or more: joint counts, or effects with their sampling covariance. */
  readonly experiments: readonly PastExperiment[];
  /** Scale of the effects; `log-lift` unless said. */
  readonly scale?: EffectScale | undefined;
  /** What is believed before; what is left out is the default. */
  readonly prior?: Partial<CovariancePrior> | undefined;
  /** Of all intervals; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** A likelihood fit with profile-likelihood intervals. */
export interface LikelihoodEstimate extends RandomEffectsFit {
  readonly intervals: ProfiledCovariance;
}

/** Estimates without a prior, to compare with. */
export interface PriorFreeEstimates {
  readonly totalCovariance: MomentCovariance;
  readonly jackknife: MomentCovariance;
  /** A diagnostic: its distance from the slope of total covariance is a sign of direct effects. */
  readonly liml: Liml;
  /** Null for more than 2,000 experiments, where the posterior says the same for a fraction of the cost. */
  readonly ml: LikelihoodEstimate | null;
  /** Null where `ml` is. */
  readonly reml: LikelihoodEstimate | null;
}

/** The covariance of true effects as past experiments tell it. */
export interface EffectCovarianceEstimate
  extends Result<"effect-covariance-estimate">, Complete<Omit<EffectCovariance, "population">> {
  readonly source: "learned";
  /** Number of past experiments. */
  readonly experiments: number;
  /** Geometric means of the standard errors of the past estimates. */
  readonly typicalErrors: { readonly proxy: number; readonly macro: number };
  /** Size of the largest past estimate of a proxy effect: beyond it a prediction extrapolates. */
  readonly largestPastProxyEffect: number;
  /** As used, defaults filled in. */
  readonly prior: CovariancePrior;
  /** Over the posterior of the covariance itself, what is uncertain of the means left aside. */
  readonly readings: {
    readonly tauProxy: PosteriorReading;
    readonly tauMacro: PosteriorReading;
    readonly rho: PosteriorReading;
    /** Macro effect per proxy effect: rho tauMacro / tauProxy. */
    readonly slope: PosteriorReading;
    /** rho². */
    readonly rSquared: PosteriorReading;
  };
  /** P(rho > 0). */
  readonly probabilityRhoPositive: number;
  /** Share of the posterior's weight that its thinned nodes leave out. */
  readonly weightLeftOut: number;
  /** What would be learned of rho under other priors. */
  readonly sensitivity: readonly PriorSensitivity[];
  /** Where the correlation of the raw estimates comes from; null where the estimates do not vary. */
  readonly naive: NaiveCorrelation | null;
  readonly estimates: PriorFreeEstimates;
  /** What each experiment found by itself, in the order given. */
  readonly past: readonly PastEffectPair[];
  /** The line through the true effects over the range of the past, in rising order of the effect on the proxy. */
  readonly line: readonly TrueEffectLinePoint[];
}

/**
 * Learns from past experiments how true effects on a proxy and on the macro metric spread and go together. What remains
 * unknown stays as a posterior, which `decisionSpeedup`, `proxyAssisted`, `predictMacro` and `assessProxy` integrate
 * over: plugging an estimate in can lose more than waiting for sales.
 *
 * `tauProxy`, `tauMacro`, `rho` and the means are those of the posterior predictive distribution of a new change, what
 * is uncertain of the means included; `readings` holds medians and intervals of the covariance itself. The sum over the
 * posterior costs some ten thousand nodes for each experiment of another sampling covariance (a tenth of a
 * second for a hundred of them, in proportion beyond: tens of seconds for a hundred thousand unlike ones), the likelihood
 * fits with their profiles beside it about as much for a hundred, and the line half as much. Quantiles are those of the lattice, mostly to 1e-5 of
 * their interval's width and to 1e-2 where the posterior of rho has two lobes.
 *
 * @param input - three experiments or more, scale, prior and confidence level in (0, 1)
 * @returns an `EffectCovariance` with source `learned` and its posterior, readings, and estimates without a prior
 * @throws {DomainError} for fewer than three experiments, duplicates, mixed scales or broken covariances; on the
 *   difference scale without counts, for typical effects that are not given
 * @example
 * ```ts
 * import { estimateEffectCovariance } from "microlift";
 * const covariance = [
 *   [0.0004, 0.0002],
 *   [0.0002, 0.0016],
 * ];
 * const past = [
 *   [0.05, 0.04],
 *   [-0.03, -0.05],
 *   [0.09, 0.11],
 *   [0.01, -0.02],
 *   [-0.06, -0.03],
 *   [0.02, 0.03],
 * ];
 * const learned = estimateEffectCovariance({
 *   experiments: past.map(([proxyEffect, macroEffect]) => ({ proxyEffect, macroEffect, covariance })),
 * });
 * learned.probabilityRhoPositive > 0.7; // true
 * learned.experiments; // 6
 * ```
 * Source: the bivariate random-effects model of Daniels and Hughes (1997), with a prior on its covariance.
 */
export function estimateEffectCovariance(input: EstimateEffectCovarianceInput): EffectCovarianceEstimate {
  checkObject("input", input);
  const { experiments, scale = "log-lift", confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const table = effectTable("experiments", experiments, scale);
  const prior = readCovariancePrior("prior", input.prior, scale, experiments);
  const posterior = covariancePosterior(table, prior);
  const marginals = covarianceMarginals(posterior);
  const { nodes, weightLeftOut } = thinPosterior(posterior);
  const { tauProxy, tauMacro, rho, meanProxy, meanMacro } = effectMoments(nodes);
  const { probabilityPositive } = marginals.rho;
  const estimates = priorFreeEstimates(table, confidenceLevel);
  const { observed, sampling } = estimates.totalCovariance;
  return {
    kind: "effect-covariance-estimate",
    method: "posterior-quadrature",
    scale,
    source: "learned",
    tauProxy,
    tauMacro,
    rho,
    meanProxy,
    meanMacro,
    posterior: nodes,
    experiments: table.experiments,
    typicalErrors: { proxy: posterior.units.unitProxy, macro: posterior.units.unitMacro },
    largestPastProxyEffect: largestProxyEffect(table),
    prior,
    readings: {
      tauProxy: readMarginal(marginals.tauProxy, confidenceLevel),
      tauMacro: readMarginal(marginals.tauMacro, confidenceLevel),
      rho: readMarginal(marginals.rho, confidenceLevel),
      slope: readMarginal(marginals.slope, confidenceLevel),
      rSquared: readMarginal(marginals.rSquared, confidenceLevel),
    },
    probabilityRhoPositive: probabilityPositive,
    weightLeftOut,
    sensitivity: priorSensitivity(posterior, confidenceLevel),
    naive: naiveCorrelation(observed, sampling, 0),
    estimates,
    past: pastEffects(table, experiments),
    line: trueEffectLine(posterior, confidenceLevel),
    warnings: [...learningWarnings(posterior, probabilityPositive), ...estimates.totalCovariance.warnings],
    assumptions: [
      "True effects of the changes tested are normal and independent of one another.",
      "Sampling covariances of the past estimates are known.",
    ],
  };
}

/** Their costs grow with every experiment, where that of the posterior only does with every sampling covariance. */
const MOST_FOR_LIKELIHOOD = 2000;

function priorFreeEstimates(table: EffectTable, confidenceLevel: number): PriorFreeEstimates {
  const fitted = (method: "ml" | "reml"): LikelihoodEstimate | null => {
    if (table.experiments > MOST_FOR_LIKELIHOOD) return null;
    const fit = randomEffectsFit(table, method);
    return { ...fit, intervals: profileEffectCovariance(table, fit, confidenceLevel) };
  };
  return {
    totalCovariance: totalCovariance(table),
    jackknife: jackknifeCovariance(table),
    liml: liml(table),
    ml: fitted("ml"),
    reml: fitted("reml"),
  };
}

function largestProxyEffect({ experiments, effects }: EffectTable): number {
  let largest = 0;
  for (let k = 0; k < experiments; k++) largest = Math.max(largest, Math.abs(effects[2 * k]!));
  return largest;
}

/** Share of the prior's spread of rho that is left: with more, the tests have told next to nothing of it. */
const MOST_SPREAD_LEFT = 0.8;
function learningWarnings(posterior: CovariancePosterior, probabilityRhoPositive: number): Warning[] {
  const { table, prior } = posterior;
  const isPrior = rhoSpread(posterior) > MOST_SPREAD_LEFT * correlationPriorSpread(prior);
  return [
    ...fewExperiments(table.experiments),
    ...(isPrior ? [PRIOR_DOMINATES] : []),
    ...wrongSign(probabilityRhoPositive),
  ];
}

const PRIOR_DOMINATES: Warning = {
  code: "PRIOR_DOMINATES",
  message:
    "The correlation of true effects is hardly better known than before any experiment: what is said of it is the prior, until there are more or larger tests.",
};

function rhoSpread({ points, weights, size }: CovariancePosterior): number {
  let [mean, square] = [0, 0];
  for (let node = 0; node < size; node++) {
    const rho = tanh(points[3 * node + 2]!);
    mean += weights[node]! * rho;
    square += weights[node]! * rho * rho;
  }
  return Math.sqrt(Math.max(0, square - mean * mean));
}
