import type { Interval } from "../core/interval.ts";
import { mixtureLogDensity, mixtureMean, mixtureQuantile, mixtureTail } from "../numerics/normal-mixture.ts";
import type { ReplayedEstimates } from "./backtest-experiment.ts";
import {
  BACKTEST_POLICIES,
  type BacktestPolicyName,
  type ReplayedDecision,
  replayPolicy,
} from "./backtest-policy.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { effectGivenAll, maturePrediction, maturePrior } from "./replayed-prediction.ts";

/** One experiment as the others foretold it, and as it came out. */
export interface ReplayedExperiment {
  /** Null where it has none. */
  readonly name: string | null;
  readonly proxyEffect: number;
  /** The mature estimate. */
  readonly macroEffect: number;
  /** The same, foretold from the proxy. */
  readonly prediction: { readonly mean: number; readonly interval: Interval };
  /** Share of the prediction below the mature estimate: even over (0, 1) where predictions are calibrated. */
  readonly predictedShareBelow: number;
  /** Log density of the mature estimate with the proxy less that without it. */
  readonly logScoreGain: number;
  /** P(true macro effect > 0) given both estimates. */
  readonly probabilityPositive: number;
  /** P(true macro effect < 0). */
  readonly probabilityNegative: number;
  readonly decisions: Readonly<Record<BacktestPolicyName, ReplayedDecision>>;
}

export interface ReplayOptions {
  readonly alpha: number;
  readonly shipThreshold: number;
  readonly confidenceLevel: number;
}

/** @param nodes - learned without this experiment */
export function replayExperiment(
  name: string | null,
  nodes: readonly CompleteEffectNode[],
  seen: ReplayedEstimates,
  { alpha, shipThreshold, confidenceLevel }: ReplayOptions,
): ReplayedExperiment {
  const { proxyEffect, macroEffect } = seen;
  const foretold = maturePrediction(nodes, seen);
  const given = effectGivenAll(nodes, seen);
  const tail = (1 - confidenceLevel) / 2;
  return {
    name,
    proxyEffect,
    macroEffect,
    prediction: {
      mean: mixtureMean(foretold),
      interval: {
        lower: mixtureQuantile(foretold, "lower", tail),
        upper: mixtureQuantile(foretold, "upper", tail),
        confidenceLevel,
        method: "posterior-predictive",
        dualToTest: false,
        excluded: null,
      },
    },
    predictedShareBelow: mixtureTail(foretold, macroEffect, "lower"),
    logScoreGain:
      mixtureLogDensity(foretold, macroEffect) - mixtureLogDensity(maturePrior(nodes, seen), macroEffect),
    probabilityPositive: mixtureTail(given, 0, "upper"),
    probabilityNegative: mixtureTail(given, 0, "lower"),
    decisions: Object.fromEntries(
      BACKTEST_POLICIES.map((policy) => [policy, replayPolicy(policy, nodes, seen, alpha, shipThreshold)]),
    ) as Record<BacktestPolicyName, ReplayedDecision>,
  };
}
