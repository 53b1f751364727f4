import { checkCount, checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import type { Matrix } from "../numerics/matrix.ts";
import type { EffectScale } from "./effect-covariance.ts";
import { type PosteriorReading, readMarginal } from "./posterior-reading.ts";
import { type EffectTable, jointEffectTable } from "./effect-table.ts";
import {
  isKnown,
  type JointCovarianceDraw,
  type JointCovariancePosterior,
  jointCovariancePosterior,
  predictiveJointNode,
} from "./joint-covariance-posterior.ts";
import { completeJointPrior, type JointCovariancePrior } from "./joint-covariance-prior.ts";
import {
  averageCovariance,
  averageMean,
  checkedProxyNames,
  type CompleteJointNode,
} from "./joint-effect-covariance.ts";
import { fewExperiments, wrongSign } from "./learning-warnings.ts";
import { type Liml, liml } from "./liml.ts";
import { jackknifeCovariance, type MomentCovariance, totalCovariance } from "./moment-covariance.ts";
import {
  type NaiveCorrelation,
  naiveCorrelation,
  type NaiveSlopes,
  naiveSlopes,
} from "./naive-decomposition.ts";
import type { JointPastExperiment } from "./past-experiment.ts";
import { weightedQuantiles } from "./posterior-interval.ts";
import { shareOfNodes } from "./share-of-nodes.ts";
import { randomEffectsFit, type RandomEffectsFit } from "./random-effects-fit.ts";

export interface EstimateJointEffectCovarianceInput {
  /** Three past experiments or more, each with its effects on the same proxies and on the macro metric. */
  readonly experiments: readonly JointPastExperiment[];
  /** Names of the proxies, in order; "proxy 1", "proxy 2", … unless said. */
  readonly proxies?: readonly string[] | undefined;
  /** Of all effects; `log-lift` unless said. */
  readonly scale?: EffectScale | undefined;
  /** What is believed beforehand; each part has a default on the log-lift scale. */
  readonly prior?: Partial<JointCovariancePrior> | undefined;
  /** Draws from the posterior, at least 200; 4,000 unless said. Up to four times as many where these tell too little. */
  readonly draws?: number | undefined;
  /** Of the draws, a whole number; the same seed gives the same result. 1 unless said. */
  readonly seed?: number | undefined;
  /** Of the credible intervals; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** What the past says of one proxy. */
export interface LearnedProxy {
  readonly proxy: string;
  /** Standard deviation of the true effects on it. */
  readonly tau: PosteriorReading;
  /** Correlation of its true effects with the macro metric's. */
  readonly rho: PosteriorReading;
  /** Macro effect per effect on this proxy. */
  readonly slope: PosteriorReading;
  /** Posterior probability that rho > 0. */
  readonly probabilityRhoPositive: number;
  /** Largest size of a past estimated effect on it: beyond it a new one extrapolates. */
  readonly largestPastEffect: number;
  /** Where the correlation of the raw estimates comes from; null where the estimates do not vary. */
  readonly naive: NaiveCorrelation | null;
}

/** A joint effect covariance learned from past experiments. */
export interface JointEffectCovarianceEstimate extends Result<"joint-effect-covariance-estimate"> {
  /**
   * `undetermined` where the draws do not tell the posterior: every interval is then all that its quantity can be, and
   * functions that take a learned covariance refuse this one.
   */
  readonly status: Status;
  readonly scale: EffectScale;
  readonly source: "learned";
  readonly proxies: readonly string[];
  /** Posterior mean of the covariance of a new change's true effects, uncertain means included. */
  readonly covariance: Matrix;
  /** Posterior mean of the means of the true effects. */
  readonly mean: readonly number[];
  /** Weighted draws, each the covariance and mean of a new change's true effects. */
  readonly posterior: readonly CompleteJointNode[];
  readonly experiments: number;
  /** Of the covariance of true effects itself, one a proxy. */
  readonly learned: readonly LearnedProxy[];
  /** Standard deviation of the true effects on the macro metric. */
  readonly tauMacro: PosteriorReading;
  /** Where the regression of raw macro effects on all raw proxy effects comes from; null where these are collinear. */
  readonly naiveSlopes: NaiveSlopes | null;
  readonly prior: JointCovariancePrior;
  /** Draws that were made. */
  readonly draws: number;
  readonly seed: number;
  /** As many independent draws would tell as much as these do. */
  readonly effectiveDraws: number;
  /** Estimates without a prior, to compare with. */
  readonly estimates: {
    readonly totalCovariance: MomentCovariance;
    readonly jackknife: MomentCovariance;
    readonly reml: RandomEffectsFit;
    readonly liml: Liml;
  };
}

/** Fewer would leave the tails of an interval to a handful of draws. */
const FEWEST_DRAWS = 200;
const DEFAULT_DRAWS = 4000;
/** Below it the ends of intervals rest on a few draws. */
const FEWEST_EFFECTIVE = 200;

/**
 * Learns from past experiments how true effects on several proxies and on the macro metric spread and go together.
 *
 * The posterior is drawn by importance sampling, the same for the same seed; it goes on to `jointProxyAssisted` and
 * `optimalProxyWeights`, and by `compositeEffects` or `pairEffects` to every function of one proxy. Cost: about
 * `draws` likelihoods, each linear in the number of experiments.
 *
 * @param input - past experiments, with a prior on the difference scale, where there is no typical effect
 * @returns the covariance with its posterior, intervals for each proxy, and estimates without a prior beside
 * @throws {DomainError} for fewer than three experiments, duplicates, effects without covariances, mixed scales, or a prior
 *   that is no prior
 * @example
 * ```ts
 * import { estimateJointEffectCovariance } from "microlift";
 * const covariance = [
 *   [4e-4, 1e-4, 1e-4],
 *   [1e-4, 9e-4, 1e-4],
 *   [1e-4, 1e-4, 4e-4],
 * ];
 * const past = [
 *   [0.08, 0.02, 0.06],
 *   [-0.05, 0.01, -0.03],
 *   [0.03, -0.06, 0.01],
 *   [0.1, 0.07, 0.09],
 *   [-0.02, 0.04, -0.04],
 * ];
 * const { learned } = estimateJointEffectCovariance({
 *   experiments: past.map(([cart, search, sales]) => ({
 *     proxyEffects: [cart, search],
 *     macroEffect: sales,
 *     covariance,
 *   })),
 *   proxies: ["cart", "search"],
 * });
 * learned[0].probabilityRhoPositive > 0.9; // true
 * ```
 * Source: van Houwelingen, Arends and Stijnen (2002) for the model; Raftery and Bao (2010) for the draws;
 * Vehtari, Simpson, Gelman, Yao and Gabry (2024) for their weights.
 */
export function estimateJointEffectCovariance(
  input: EstimateJointEffectCovarianceInput,
): JointEffectCovarianceEstimate {
  checkObject("input", input);
  const {
    scale = "log-lift",
    draws = DEFAULT_DRAWS,
    seed = 1,
    confidenceLevel = DEFAULT_CONFIDENCE_LEVEL,
  } = input;
  checkOpenUnit("confidenceLevel", confidenceLevel);
  checkCount("draws", draws, FEWEST_DRAWS);
  checkCount("seed", seed);
  const table = jointEffectTable("experiments", input.experiments, scale);
  const count = table.metrics - 1;
  const proxies = checkedProxyNames(input.proxies, count);
  const prior = completeJointPrior(input.prior ?? {}, scale, count);

  const posterior = jointCovariancePosterior(table, prior, draws, seed);
  const nodes = posterior.draws.map((draw) => predictiveJointNode(draw, table.metrics));
  const moments = totalCovariance(table);
  const learned = proxies.map((proxy, i) => ({
    proxy,
    ...learnedProxy(posterior, table, i, confidenceLevel),
    naive: naiveCorrelation(moments.observed, moments.sampling, i),
  }));
  return {
    kind: "joint-effect-covariance-estimate",
    method: "importance-draws",
    status: isKnown(posterior) ? "ok" : "undetermined",
    scale,
    source: "learned",
    proxies,
    covariance: averageCovariance(nodes),
    mean: averageMean(nodes),
    posterior: nodes,
    experiments: table.experiments,
    learned,
    tauMacro: reading(posterior, confidenceLevel, (draw) => deviation(draw, count, table.metrics), POSITIVE),
    naiveSlopes: naiveSlopes(moments.observed, moments.sampling),
    prior,
    draws: posterior.made,
    seed,
    effectiveDraws: posterior.effectiveDraws,
    estimates: {
      totalCovariance: moments,
      jackknife: jackknifeCovariance(table),
      reml: randomEffectsFit(table, "reml"),
      liml: liml(table),
    },
    warnings: [
      ...fewExperiments(table.experiments),
      ...learned.flatMap(({ proxy, probabilityRhoPositive }) =>
        wrongSign(probabilityRhoPositive, `"${proxy}"`),
      ),
      ...moments.warnings,
      ...fewDraws(posterior),
    ],
    assumptions: [
      "True effects of the changes tested are normal, and those of different experiments are independent.",
      "A new change is drawn from the population of the past ones.",
    ],
  };
}

function learnedProxy(
  posterior: JointCovariancePosterior,
  table: EffectTable,
  proxy: number,
  confidenceLevel: number,
): Omit<LearnedProxy, "proxy" | "naive"> {
  const { metrics, experiments, effects } = table;
  const macro = metrics - 1;
  const both = ({ covariance }: JointCovarianceDraw): number => covariance[proxy * metrics + macro]!;
  let largestPastEffect = 0;
  for (let k = 0; k < experiments; k++) {
    largestPastEffect = Math.max(largestPastEffect, Math.abs(effects[k * metrics + proxy]!));
  }
  return {
    tau: reading(posterior, confidenceLevel, (draw) => deviation(draw, proxy, metrics), POSITIVE),
    rho: reading(
      posterior,
      confidenceLevel,
      (draw) => both(draw) / deviation(draw, proxy, metrics) / deviation(draw, macro, metrics),
      CORRELATIONS,
    ),
    slope: reading(
      posterior,
      confidenceLevel,
      (draw) => both(draw) / deviation(draw, proxy, metrics) ** 2,
      REALS,
    ),
    probabilityRhoPositive: shareOfNodes(posterior.draws, (draw) => both(draw) > 0),
    largestPastEffect,
  };
}

function deviation({ covariance }: JointCovarianceDraw, metric: number, metrics: number): number {
  return Math.sqrt(covariance[metric * metrics + metric]!);
}

/** Ends of what a quantity can be. */
type Range = readonly [lower: number, upper: number];
const POSITIVE: Range = [0, Infinity];
const CORRELATIONS: Range = [-1, 1];
const REALS: Range = [-Infinity, Infinity];

/** Median and interval of a quantity; all that it can be where the draws do not tell. */
function reading(
  posterior: JointCovariancePosterior,
  confidenceLevel: number,
  of: (draw: JointCovarianceDraw) => number,
  [lower, upper]: Range,
): PosteriorReading {
  const { draws } = posterior;
  const quantile = weightedQuantiles(
    draws.map(of),
    draws.map(({ weight }) => weight),
  );
  const found = readMarginal({ quantile }, confidenceLevel);
  return isKnown(posterior) ? found : { ...found, interval: { ...found.interval, lower, upper } };
}

function fewDraws(posterior: JointCovariancePosterior): Warning[] {
  const told = `The draws from the posterior tell no more than ${Math.floor(posterior.effectiveDraws)} independent ones would`;
  if (!isKnown(posterior)) {
    return [
      {
        code: "POSTERIOR_NOT_KNOWN",
        message: `${told}, too few to know it by: what is said of it is a guess. Take more draws, fewer proxies, or more experiments.`,
      },
    ];
  }
  if (posterior.effectiveDraws >= FEWEST_EFFECTIVE) return [];
  return [{ code: "FEW_EFFECTIVE_DRAWS", message: `${told}: take more of them, or fewer proxies.` }];
}
