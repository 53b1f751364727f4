import { checkBetween, checkCorrelation, checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { checkEffectsAndSampling } from "./check-effects-and-sampling.ts";
import { checkMagnitude, LARGEST_MAGNITUDE } from "./check-magnitude.ts";
import { type CompleteEffectNode, type EffectCovariance, effectNodes } from "./effect-covariance.ts";
import { FEWEST_EXPERIMENTS } from "./effect-table.ts";
import type { UnitCovariance } from "./unit-covariance.ts";
import { atanh } from "../numerics/elementary/inverse-hyperbolic.ts";

interface Precision {
  /** Half-width wanted of the confidence interval of rho, in (0, 1). */
  readonly halfWidth: number;
  /** Of that interval, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** From reliabilities. */
export interface ExperimentsNeededFromReliabilities extends Precision {
  /** Correlation of the true effects that is expected, strictly between −1 and 1. */
  readonly rho: number;
  /** Share of true effects in the variance of a test's estimates on the proxy, in (0, 1]: 1 is without noise. */
  readonly reliabilityProxy: number;
  /** The same for the macro metric. */
  readonly reliabilityMacro: number;
  /** Correlation of the sampling errors of the two estimates, in [−1, 1]. */
  readonly samplingCorrelation: number;
}

/** From what the past experiments were like. */
export interface ExperimentsNeededFromEffects extends Precision {
  /** The true effects that are expected; of a posterior, the variance is averaged. */
  readonly effects: EffectCovariance;
  /** Sampling covariance of a past experiment, times n per arm; of a range of correlations the worst counts. */
  readonly sampling: UnitCovariance;
  /** Units per arm of a past experiment. */
  readonly n: number;
}

export type ExperimentsNeededInput = ExperimentsNeededFromReliabilities | ExperimentsNeededFromEffects;

/** A number of experiments, whole and before rounding up. */
export interface ExperimentNumber {
  /** At least 3. */
  readonly experiments: number;
  readonly exact: number;
}

/** How many past experiments the correlation of true effects takes. */
export interface ExperimentsNeeded extends Result<"experiments-needed">, ExperimentNumber {
  readonly method: "delta";
  /** For an interval on Fisher's z scale whose lower half is as wide as asked. */
  readonly fisherZ: ExperimentNumber;
  /** If every experiment showed its true effects. */
  readonly noiseFree: ExperimentNumber;
  /** (experiments − 1) times the large-sample variance of the estimated rho. */
  readonly unitVariance: number;
}

/**
 * How many past experiments are needed before their correlation of true effects is known to a given precision: a lower
 * bound, from the large-sample variance of the total-covariance estimate.
 *
 * With a = 1 / reliabilityProxy, b = 1 / reliabilityMacro and q = rho + r √((a − 1)(b − 1)), the variance of the
 * estimate times K − 1 is ab + q² + rho² (a² + b² + 2q²) / 2 − 2 rho q (a + b); without noise (1 − rho²)². At 400 weak
 * experiments the true spread is a fifth above it.
 *
 * @param input.rho - correlation expected of true effects, in (−1, 1), with both reliabilities in (0, 1] and the
 *   sampling correlation in [−1, 1]; or `effects`, `sampling` and `n` per arm, which imply them
 * @param input.halfWidth - wanted half-width of the interval, in (0, 1)
 * @param input.confidenceLevel - of the interval, in (0, 1); 0.95 unless said
 * @returns the number by the delta method, by Fisher's z (with its own half-width on the lower side), and without noise
 * @throws {DomainError} for a correlation of ±1 or arguments out of range
 * @example
 * ```ts
 * import { experimentsNeeded } from "microlift";
 * const needed = experimentsNeeded({
 *   rho: 0.8,
 *   reliabilityProxy: 0.64,
 *   reliabilityMacro: 0.246,
 *   samplingCorrelation: 0.43,
 *   halfWidth: 0.1,
 * });
 * needed.experiments; // 1226
 * needed.noiseFree.experiments; // 51
 * ```
 * Source: derived for this library by the delta method and checked by simulation; Fisher (1921) for z.
 */
export function experimentsNeeded(input: ExperimentsNeededInput): ExperimentsNeeded {
  checkObject("input", input);
  const { halfWidth, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkOpenUnit("halfWidth", halfWidth);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const { rho, unitVariance, noiseFreeVariance } =
    "effects" in input ? fromEffects(input) : fromReliabilities(input);
  const z = normalUpperQuantile((1 - confidenceLevel) / 2);
  const size = Math.abs(rho);
  const width = atanh(size) - atanh(size - halfWidth);
  return {
    kind: "experiments-needed",
    method: "delta",
    ...rounded(1 + unitVariance * (z / halfWidth) ** 2),
    fisherZ: rounded(3 + (Math.sqrt(unitVariance) / (1 - rho ** 2)) ** 2 * (z / width) ** 2),
    noiseFree: rounded(1 + noiseFreeVariance * (z / halfWidth) ** 2),
    unitVariance,
    warnings: [LOWER_BOUND],
    assumptions: [
      "True effects and estimates are normal, and all experiments have about the same sampling covariance.",
    ],
  };
}

const LOWER_BOUND: Warning = {
  code: "LOWER_BOUND",
  message:
    "A lower bound: with weak experiments the estimate of rho is skewed and scatters more than its large-sample variance says.",
};

function rounded(exact: number): ExperimentNumber {
  return { experiments: Math.max(FEWEST_EXPERIMENTS, Math.ceil(exact)), exact };
}

interface Expected {
  readonly rho: number;
  readonly unitVariance: number;
  readonly noiseFreeVariance: number;
}

function fromReliabilities(input: ExperimentsNeededFromReliabilities): Expected {
  const { rho, reliabilityProxy, reliabilityMacro, samplingCorrelation } = input;
  checkBetween("rho", rho, -LARGEST_RHO, LARGEST_RHO);
  checkBetween("reliabilityProxy", reliabilityProxy, 1 / LARGEST_MAGNITUDE, 1);
  checkBetween("reliabilityMacro", reliabilityMacro, 1 / LARGEST_MAGNITUDE, 1);
  checkCorrelation("samplingCorrelation", samplingCorrelation);
  const noiseOver = (reliability: number): number => (1 - reliability) / reliability;
  const unitVariance = correlationVariance(
    rho,
    noiseOver(reliabilityProxy),
    noiseOver(reliabilityMacro),
    samplingCorrelation,
  );
  return { rho, unitVariance, noiseFreeVariance: (1 - rho ** 2) ** 2 };
}

function fromEffects({ effects, sampling, n }: ExperimentsNeededFromEffects): Expected {
  checkEffectsAndSampling({ effects, sampling });
  checkMagnitude("n", n);
  const nodes = effectNodes(effects);
  const average = (figure: (node: CompleteEffectNode) => number): number =>
    nodes.reduce((sum, node) => sum + node.weight * figure(node), 0);
  const rho = average((node) => node.rho);
  if (Math.abs(rho) > LARGEST_RHO) {
    throw new DomainError("effects.rho", rho, "must lie strictly between -1 and 1");
  }
  const { lower, upper } = sampling.correlationRange ?? {
    lower: sampling.correlation,
    upper: sampling.correlation,
  };
  const varianceAt = (correlation: number): number =>
    average((node) =>
      correlationVariance(
        node.rho,
        sampling.proxy / n / node.tauProxy ** 2,
        sampling.macro / n / node.tauMacro ** 2,
        correlation,
      ),
    );
  return {
    rho,
    // The variance is a convex parabola in the sampling correlation, so the worst is at an end.
    unitVariance: Math.max(varianceAt(lower), varianceAt(upper)),
    noiseFreeVariance: average((node) => (1 - node.rho ** 2) ** 2),
  };
}

/** Closest to ±1 that leaves Fisher's z finite. */
const LARGEST_RHO = 1 - Number.EPSILON;

/**
 * The variance of the total-covariance estimate of rho, times K − 1, in powers of the noise: so that nothing cancels
 * where the noise is small.
 *
 * @param a - noise variance over true variance on the proxy
 * @param b - the same on the macro metric
 * @param r - sampling correlation
 */
function correlationVariance(rho: number, a: number, b: number, r: number): number {
  const unexplained = (1 - rho) * (1 + rho);
  const s = r * Math.sqrt(a * b);
  const ofNoise = a * b + s * s * (1 + rho ** 2) + 0.5 * rho ** 2 * (a * a + b * b) - 2 * rho * s * (a + b);
  // A sum of squares, which rounding alone may carry below 0.
  return Math.max(0, unexplained ** 2 + unexplained * (a + b - 2 * rho * s) + ofNoise);
}
