import { checkObject, checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import { covariancePosterior, type CovariancePosterior } from "./covariance-posterior.ts";
import type { CovariancePrior } from "./covariance-prior.ts";
import { readCovariancePrior } from "./read-covariance-prior.ts";
import type { EffectCovariance, EffectScale } from "./effect-covariance.ts";
import { effectMoments } from "./effect-moments.ts";
import { effectTable } from "./effect-table.ts";
import type { PastExperiment } from "./past-experiment.ts";
import { posteriorInterval } from "./posterior-interval.ts";
import { thinPosterior } from "./thin-posterior.ts";

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

/** A quantity of the effect covariance over its posterior. */
export interface PosteriorReading {
  readonly median: number;
  readonly interval: Interval;
}

/** The covariance of true effects as past experiments tell it. */
export interface EffectCovarianceEstimate
  extends Result<"effect-covariance-estimate">, Required<Omit<EffectCovariance, "population">> {
  readonly source: "learned";
  /** Number of past experiments. */
  readonly experiments: number;
  readonly prior: CovariancePrior;
  /** Over the posterior of the covariance itself, the uncertainty of the means left aside. */
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
  /** Size of the largest estimated proxy effect: beyond it a prediction extrapolates. */
  readonly largestPastProxyEffect: number;
}

/**
 * Learns from past experiments how true effects on a proxy and on the macro metric spread and go together, with what
 * remains unknown as a posterior that every decision integrates over.
 *
 * `tauProxy`, `tauMacro`, `rho` and the means are the moments of the posterior prediction for a new change.
 *
 * @param input - experiments, scale, prior and confidence level in (0, 1)
 * @returns an `EffectCovariance` with source `learned` and its posterior, with intervals beside
 * @throws {DomainError} for fewer than three experiments, duplicates, mixed scales or broken covariances
 * @example
 * ```ts
 * import { estimateEffectCovariance } from "microlift";
 * const covariance = [[0.0004, 0.0002], [0.0002, 0.0016]];
 * const effects = [[0.05, 0.04], [-0.03, -0.05], [0.09, 0.11], [0.01, -0.02], [-0.06, -0.03], [0.02, 0.03]];
 * const learned = estimateEffectCovariance({
 *   experiments: effects.map(([proxyEffect, macroEffect]) => ({ proxyEffect, macroEffect, covariance })),
 * });
 * learned.experiments; // 6
 * ```
 * Source: the bivariate random-effects model of Daniels and Hughes (1997), with a prior on its covariance.
 */
export function estimateEffectCovariance(input: EstimateEffectCovarianceInput): EffectCovarianceEstimate {
  checkObject("input", input);
  const { experiments, scale = "log-lift", confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkOneOf("scale", scale, ["difference", "log-lift"]);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const table = effectTable("experiments", experiments, scale);
  const prior = readCovariancePrior("prior", input.prior, scale, experiments);
  const posterior = covariancePosterior(table, prior);
  const { nodes } = thinPosterior(posterior);
  const { tauProxy, tauMacro, rho, meanProxy, meanMacro } = effectMoments(nodes);
  let largestPastProxyEffect = 0;
  for (let k = 0; k < table.experiments; k++) {
    largestPastProxyEffect = Math.max(largestPastProxyEffect, Math.abs(table.effects[2 * k]!));
  }
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
    prior,
    ...readPosterior(posterior, confidenceLevel),
    largestPastProxyEffect,
    warnings: [],
    assumptions: [
      "True effects of the changes tested are normal and independent of one another.",
      "Sampling covariances of the past estimates are known.",
    ],
  };
}

function readPosterior(
  { points, weights, size, units }: CovariancePosterior,
  confidenceLevel: number,
): Pick<EffectCovarianceEstimate, "readings" | "probabilityRhoPositive"> {
  const { unitProxy, unitMacro } = units;
  const reading = (f: (x: number, y: number, z: number) => number): PosteriorReading => {
    const values = Array.from({ length: size }, (_, node) =>
      f(points[3 * node]!, points[3 * node + 1]!, points[3 * node + 2]!),
    );
    const listed = Array.from(weights);
    return {
      median: posteriorInterval(values, listed, 1e-9).lower,
      interval: posteriorInterval(values, listed, confidenceLevel),
    };
  };
  let positive = 0;
  for (let node = 0; node < size; node++) if (points[3 * node + 2]! > 0) positive += weights[node]!;
  return {
    readings: {
      tauProxy: reading((x) => unitProxy * Math.exp(x)),
      tauMacro: reading((_x, y) => unitMacro * Math.exp(y)),
      rho: reading((_x, _y, z) => Math.tanh(z)),
      slope: reading((x, y, z) => ((Math.tanh(z) * unitMacro) / unitProxy) * Math.exp(y - x)),
      rSquared: reading((_x, _y, z) => Math.tanh(z) ** 2),
    },
    probabilityRhoPositive: Math.min(1, positive),
  };
}
