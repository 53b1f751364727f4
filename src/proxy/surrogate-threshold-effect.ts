import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { findRoot } from "../numerics/find-root.ts";
import { mixtureTail } from "../numerics/normal-mixture.ts";
import { normalCdf, normalUpperQuantile } from "../numerics/normal.ts";
import { sortWithOrder } from "../numerics/sort-with-order.ts";
import { assistedWeights } from "./assisted-weights.ts";
import {
  type CompleteEffectNode,
  type EffectCovariance,
  effectNodes,
  effectScale,
  type EffectScale,
} from "./effect-covariance.ts";
import { deviationLeft, macroMixture, shareWithoutEffect } from "./macro-posterior.ts";
import { movingComponents } from "./population-average.ts";
import type { UnitCovariance } from "./unit-covariance.ts";
import { effectAssumptions } from "./effect-assumptions.ts";
import { proxyOnly } from "./sample-sizes.ts";
import { checkEffectsAndSampling } from "./check-effects-and-sampling.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import { pow } from "../numerics/elementary/pow.ts";

export interface SurrogateThresholdEffectInput {
  /** How true effects spread and go together; with a posterior, its uncertainty is in the prediction. */
  readonly effects: EffectCovariance;
  /** Sampling covariance of the two estimates times n per arm. */
  readonly sampling: UnitCovariance;
  /** Units per arm behind an observed proxy effect, above 0. */
  readonly n: number;
  /** Of the two-sided prediction interval whose lower end is to lie above 0; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

export interface SurrogateThresholdEffect extends Result<"surrogate-threshold-effect"> {
  readonly status: Status;
  /** Scale of every effect here. */
  readonly scale: EffectScale;
  readonly n: number;
  readonly confidenceLevel: number;
  /** The smallest true proxy effect that foretells a macro gain; Infinity when none does. */
  readonly steTrueEffect: number;
  /** The smallest proxy effect, estimated on n units per arm, that foretells a macro gain; Infinity when none does. */
  readonly steObservedEffect: number;
}

/**
 * The smallest effect on the proxy whose prediction interval for the macro effect lies above 0.
 *
 * @param input - effects, sampling, n per arm and the level of the prediction interval
 * @returns the threshold for a true effect and for one estimated on n units per arm
 * @throws {DomainError} for broken covariances, different scales, or an n that is not above 0
 * @example
 * ```ts
 * import { surrogateThresholdEffect } from "microlift";
 * const { steObservedEffect } = surrogateThresholdEffect({
 *   effects: { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8, scale: "difference" },
 *   sampling: { proxy: 0.18, macro: 0.0392, correlation: 3 / 7 },
 *   n: 20_000,
 *   confidenceLevel: 0.9,
 * });
 * steObservedEffect; // 0.009873939492902155
 * ```
 * Source: Burzykowski and Buyse (2006).
 */
export function surrogateThresholdEffect(input: SurrogateThresholdEffectInput): SurrogateThresholdEffect {
  checkObject("input", input);
  const { effects, sampling, n, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkEffectsAndSampling(input);
  checkMagnitude("n", n);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  const nodes = effectNodes(effects);
  const threshold = (size: number): number =>
    smallestSafeEffect(nodes, sampling, size, (1 - confidenceLevel) / 2);
  const steTrueEffect = threshold(Infinity);
  const steObservedEffect = threshold(n);
  return {
    kind: "surrogate-threshold-effect",
    method: "prediction-interval",
    scale: effectScale(effects),
    status: steObservedEffect === Infinity ? "unbounded" : "ok",
    n,
    confidenceLevel,
    steTrueEffect,
    steObservedEffect,
    warnings: warnings(steObservedEffect),
    assumptions: [...effectAssumptions(effects)],
  };
}

/** The macro effect given a proxy effect x, in one normal distribution: normal around intercept + slope · x. */
interface PredictionLine {
  readonly weight: number;
  readonly intercept: number;
  readonly slope: number;
  readonly standardDeviation: number;
}

/** For an effect estimated on n units per arm; n = Infinity for a true effect. */
function predictionLine(node: CompleteEffectNode, sampling: UnitCovariance, n: number): PredictionLine {
  const { proxy, intercept } = assistedWeights(node, sampling, proxyOnly(n));
  const standardDeviation = deviationLeft(node, sampling, proxyOnly(n));
  return { weight: node.weight, intercept, slope: proxy, standardDeviation };
}

/** The smallest x at which P(macro effect <= 0) is at most `tail`; n = Infinity for a true effect. */
function smallestSafeEffect(
  nodes: readonly CompleteEffectNode[],
  sampling: UnitCovariance,
  n: number,
  tail: number,
): number {
  const z = normalUpperQuantile(tail);
  const lines = nodes.flatMap(movingComponents).map((node) => predictionLine(node, sampling, n));
  const own = lines
    .filter(({ slope }) => slope > 0)
    .map(({ intercept, slope, standardDeviation }) => (z * standardDeviation - intercept) / slope);
  const isNormal = nodes[0]!.components === undefined;
  if (isNormal && lines.length === 1) return own[0] ?? Infinity;
  const excess = (x: number): number => (isNormal ? lossOnLines(lines, x) : lossAt(x)) / tail - 1;
  const lossAt = (x: number): number => {
    const mixture = macroMixture(nodes, sampling, proxyOnly(n), { proxy: x, macro: 0 });
    return mixtureTail(mixture, 0, "lower") + shareWithoutEffect(mixture);
  };
  const thresholds = sortWithOrder(own).sorted;
  // In order, since falling lines may close the window again further out.
  let lower = thresholds[0];
  for (const upper of [...thinned(thresholds), ...beyond(thresholds)]) {
    const left = excess(upper);
    // Squares of it overflow: no effect is as large.
    if (Number.isNaN(left)) return Infinity;
    if (left <= ROUNDING) return left >= 0 || lower === upper ? upper : findRoot(excess, lower!, upper);
    lower = upper;
  }
  return Infinity;
}

/** P(macro effect < 0) at a proxy effect x, averaged over the lines. */
function lossOnLines(lines: readonly PredictionLine[], x: number): number {
  let sum = 0;
  for (const { weight, intercept, slope, standardDeviation } of lines) {
    const mean = intercept + slope * x;
    if (standardDeviation > 0) sum += weight * normalCdf(-mean / standardDeviation);
    else if (mean < 0) sum += weight;
  }
  return sum;
}

/** Identical lines miss their common threshold by no more than this. */
const ROUNDING = 1e-12;
/** Enough steps to tell where the average crosses; the crossing itself is solved for. */
const STEPS = 64;

/** Falling lines can push the average's crossing past the last threshold: on from there in growing steps. */
function beyond(sorted: Float64Array): number[] {
  if (sorted.length === 0) return [];
  const last = sorted[sorted.length - 1]!;
  const span = Math.max(Math.abs(last), last - sorted[0]!, Number.MIN_VALUE);
  return Array.from({ length: STEPS }, (_, i) => last + span * (pow(1.25, i + 1) - 1));
}

/** At most STEPS + 1 of the values, the first and the last among them. */
function thinned(values: Float64Array): number[] {
  const last = values.length - 1;
  const picked = Array.from({ length: STEPS + 1 }, (_, i) => values[Math.round((last * i) / STEPS)]!);
  return last < STEPS ? [...values] : picked;
}

function warnings(threshold: number): Warning[] {
  if (threshold < Infinity) return [];
  return [
    {
      code: "NO_SAFE_EFFECT",
      message: "No effect on the proxy, however large, foretells a macro gain at this level of confidence.",
    },
  ];
}
