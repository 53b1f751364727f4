import type { Side } from "../numerics/beside-line.ts";
import { logSum } from "../numerics/log-sum.ts";
import { newtonRoot } from "../numerics/newton-root.ts";
import { LOG_SQRT_TWO_PI } from "../numerics/normal-tail.ts";
import { normalLogCdf, normalLogPdf, normalLogSf, normalUpperQuantile } from "../numerics/normal.ts";
import { type EffectComponent, effectComponents } from "./effect-components.ts";
import type { EffectPrior } from "./effect-prior.ts";
import type { ObservedEffect } from "./observed-effects.ts";

/** The posterior of one effect under an effect prior, a mixture of normal distributions and points. */
export interface EffectMixture {
  readonly components: readonly EffectComponent[];
  /** ln of the density that the prior predicts at the estimate. */
  readonly logEvidence: number;
  readonly mean: number;
  readonly standardDeviation: number;
  /** Weight of the estimate itself in the posterior mean, from 0 to 1; the rest is with the prior. */
  readonly shrinkageFactor: number;
}

/** In standard errors: what the likelihood leaves of an effect so far from its estimate is no double. */
const FARTHEST = 40;

/** The posterior of the effect behind an estimate that is normal around it. */
export function effectMixture(
  prior: EffectPrior,
  { estimate, standardError }: ObservedEffect,
): EffectMixture {
  const reach = Math.abs(estimate - prior.mean) + Math.abs(prior.mean) + FARTHEST * standardError;
  const parts = effectComponents(prior, reach).map(({ logWeight, mean, standardDeviation }) => {
    const total = Math.hypot(standardError, standardDeviation);
    const kept = (standardDeviation / total) ** 2;
    return {
      kept,
      logJoint: logWeight + normalLogPdf((estimate - mean) / total) - Math.log(total),
      mean: mean + kept * (estimate - mean),
      standardDeviation: standardError * (standardDeviation / total),
    };
  });
  const logEvidence = logSum(parts.map(({ logJoint }) => logJoint));
  const components = parts.map((part) => ({
    logWeight: part.logJoint - logEvidence,
    mean: part.mean,
    standardDeviation: part.standardDeviation,
  }));
  const average = (value: (k: number) => number): number =>
    components.reduce((sum, { logWeight }, k) => sum + Math.exp(logWeight) * value(k), 0);
  const mean = average((k) => parts[k]!.mean);
  return {
    components,
    logEvidence,
    mean,
    standardDeviation: Math.sqrt(
      average((k) => parts[k]!.standardDeviation ** 2 + (parts[k]!.mean - mean) ** 2),
    ),
    shrinkageFactor: average((k) => parts[k]!.kept),
  };
}

/** ln P(effect < value) or ln P(effect > value), each a tail of its own; a point at the value itself is in neither. */
export function mixtureLogTail(components: readonly EffectComponent[], value: number, side: Side): number {
  const logTail = side === "lower" ? normalLogCdf : normalLogSf;
  const sign = side === "lower" ? -1 : 1;
  return Math.min(
    0,
    logSum(
      components.map(({ logWeight, mean, standardDeviation }) => {
        if (standardDeviation > 0) return logWeight + logTail((value - mean) / standardDeviation);
        return sign * (mean - value) > 0 ? logWeight : -Infinity;
      }),
    ),
  );
}

/** ln of the density beside the points. */
export function mixtureLogDensity(components: readonly EffectComponent[], value: number): number {
  return logSum(
    components.map(({ logWeight, mean, standardDeviation }) =>
      standardDeviation > 0
        ? logWeight -
          0.5 * ((value - mean) / standardDeviation) ** 2 -
          Math.log(standardDeviation) -
          LOG_SQRT_TWO_PI
        : -Infinity,
    ),
  );
}

/** The value that the effect stays below (`lower`) or above (`upper`) with probability `tail`; at a point, the point. */
export function mixtureQuantile(components: readonly EffectComponent[], side: Side, tail: number): number {
  const sign = side === "lower" ? 1 : -1;
  const z = normalUpperQuantile(tail);
  // The quantile lies between those of the components.
  let lowest = Infinity;
  let highest = -Infinity;
  for (const { mean, standardDeviation } of components) {
    const own = mean - sign * z * standardDeviation;
    lowest = Math.min(lowest, own);
    highest = Math.max(highest, own);
  }
  if (!(highest > lowest)) return lowest;
  const other = side === "lower" ? "upper" : "lower";
  for (const { mean: point, standardDeviation } of components) {
    if (standardDeviation > 0) continue;
    const isOnSide = tail <= Math.exp(mixtureLogTail(components, point, side));
    const isOnOther = 1 - tail < Math.exp(mixtureLogTail(components, point, other));
    if (!isOnSide && !isOnOther) return point;
    if (isOnSide === (side === "lower")) highest = Math.min(highest, point);
    else lowest = Math.max(lowest, point);
  }
  const logTail = Math.log(tail);
  const excess = (value: number): readonly [number, number] => {
    const log = mixtureLogTail(components, value, side);
    return [sign * (log - logTail), Math.exp(mixtureLogDensity(components, value) - log)];
  };
  return newtonRoot(excess, lowest, highest, lowest + 0.5 * (highest - lowest));
}
