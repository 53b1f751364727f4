import { logGammaPrefix } from "../numerics/gamma-prefix.ts";
import { gammaLogPdf, gammaLogSf, gammaSf, gammaUpperQuantile } from "../numerics/gamma.ts";
import { normalLogPdf, normalLogSf } from "../numerics/normal.ts";
import { trapezoidal } from "../numerics/trapezoidal.ts";
import { logAxis, type Marginal } from "./marginal.ts";
import { type Mixture, mixtureLogs } from "./mixture.ts";
import type { NormalInverseGammaPrior } from "./normal-inverse-gamma-prior.ts";
import type { EffectMoments } from "./effect-posterior.ts";
import { tabulatedLogs } from "./tabulated-logs.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { cosh, sinh } from "../numerics/elementary/hyperbolic.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { asinh } from "../numerics/elementary/inverse-hyperbolic.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** The posterior of the mean of log-normal values. */
export interface LogNormalValue {
  readonly marginal: Marginal;
  /** Of the axis's zero over the mean value, for ratios to it. */
  readonly inverse: EffectMoments;
  /** By how many percent the mean would grow if the largest deviation grew by one. */
  readonly boundElasticity: number;
}

/** A variance of the logs, by the coordinate that `boundedVariance` describes. */
interface VarianceAt {
  readonly precision: number;
  /** The variance less its central value, with the digits that their difference would lose. */
  readonly excess: number;
  /** ln of the density of the coordinate. */
  readonly logWeight: number;
}

/** The posterior of the variance of the logs. */
interface BoundedVariance {
  readonly central: number;
  readonly width: number;
  at(x: number): VarianceAt;
  /** The average of f, by its values along the coordinate. */
  expected(f: (variance: VarianceAt) => number): number;
}

/**
 * The mean value exp(μ + σ²/2) of log-normal values, where (μ, σ²) has a Normal–Inverse-Gamma posterior given that σ is
 * at most `largest`. Given σ² its log is normal, so density, tails and moments are averages over σ².
 */
export function logNormalValue(
  { mu, kappa, alpha, beta }: NormalInverseGammaPrior,
  largest: number,
): LogNormalValue {
  const variance = boundedVariance(alpha, beta, pow(largest, -2));
  const { central } = variance;
  const zero = exp(mu + 0.5 * central);
  const given: Mixture["given"] = (x) => {
    const { precision, excess } = variance.at(x);
    const scale = Math.sqrt(kappa * precision);
    const logScale = ln(scale);
    return (u, side, logs) => {
      const deviate = (u - 0.5 * excess) * scale;
      logs.density = normalLogPdf(deviate) + logScale;
      logs.tail = normalLogSf(side === "upper" ? deviate : -deviate);
    };
  };
  /** Of (mean value / central value)^sign: given the variance it is log-normal. */
  const moments = (sign: 1 | -1): EffectMoments => {
    const logMean = ({ excess, precision }: VarianceAt): number =>
      sign * 0.5 * excess + 0.5 / (kappa * precision);
    const mean = variance.expected((at) => exp(logMean(at)));
    // About the centre, so that nothing large is subtracted.
    const square = variance.expected((at) => {
      const log = logMean(at);
      return expm1(log) ** 2 + exp(2 * log) * expm1(1 / (kappa * at.precision));
    });
    return { mean, standardDeviation: square === Infinity ? Infinity : Math.sqrt(square - (mean - 1) ** 2) };
  };
  const { mean, standardDeviation } = moments(1);
  const bound = largest ** 2;
  const logMeanAtBound = 0.5 * (bound - central) + (0.5 * bound) / kappa;
  // Of ln σ, whose derivative by ln(1/σ²) is −1/2.
  const densityAtBound =
    (2 * exp(gammaLogPdf(1 / bound, alpha, beta) - gammaLogSf(1 / bound, alpha, beta))) / bound;
  const width = hypot(Math.sqrt(central / kappa), 0.5 * central * variance.width);
  const mixture = {
    logWeight: (x: number): number => variance.at(x).logWeight,
    width: variance.width,
    start: (): number => 0,
    given,
  };
  return {
    marginal: {
      axis: logAxis(zero),
      center: 0,
      width,
      mean: zero * mean,
      standardDeviation: zero * standardDeviation,
      ...tabulatedLogs((points, side) => mixtureLogs(mixture, points, side), 0, width),
    },
    inverse: moments(-1),
    boundElasticity: densityAtBound * (exp(logMeanAtBound) / mean - 1),
  };
}

/** Logs of weights below −NEGLIGIBLE count for nothing, and neither do as many units of the coordinate. */
const NEGLIGIBLE = 50;
/** In units of asinh, over which integrands vary that are spread from the width of the posterior to all of its range. */
const STEP = 0.4;

/**
 * An Inverse-Gamma variance that is at most 1 / leastPrecision. The precision 1/σ² less its least value is positive; the
 * coordinate is minus its log, less that of the median. Along it the density is smooth and falls exponentially to both
 * sides.
 */
function boundedVariance(alpha: number, beta: number, leastPrecision: number): BoundedVariance {
  const within = gammaSf(leastPrecision, alpha, beta);
  const logWithin = gammaLogSf(leastPrecision, alpha, beta);
  const median = gammaUpperQuantile(0.5 * within, alpha, beta);
  const room = median - leastPrecision;
  const logRoom = ln(room);
  const offset = (beta * median - alpha) / alpha;
  const at = (x: number): VarianceAt => {
    const step = room * expm1(-x);
    if (step === Infinity) return { precision: Infinity, excess: -1 / median, logWeight: -Infinity };
    // Not from the median down: of a least precision next to nothing no digit would be left.
    const precision = leastPrecision + room * exp(-x);
    const logPrefix = logGammaPrefix(beta * precision, alpha, alpha * (offset + (step * beta) / alpha));
    return {
      precision,
      excess: -step / precision / median,
      logWeight: logPrefix - ln(precision) + logRoom - x - logWithin,
    };
  };
  const width = 1 / Math.sqrt(alpha + 1);
  let lower = -width;
  while (at(lower).logWeight > -NEGLIGIBLE) lower *= 2;
  const upper = Math.max(0, logRoom - ln(leastPrecision)) + NEGLIGIBLE;
  return {
    central: 1 / median,
    width,
    at,
    expected: (f) =>
      trapezoidal(
        (w) => {
          const here = at(width * sinh(w));
          const weight = exp(here.logWeight) * width * cosh(w);
          return weight === 0 ? 0 : weight * f(here);
        },
        asinh(lower / width),
        asinh(upper / width),
        STEP,
      ),
  };
}
