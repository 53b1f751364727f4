import type { Interval } from "../core/interval.ts";
import {
  mixtureMean,
  mixtureQuantile,
  mixtureTail,
  mixtureVariance,
  type NormalMixture,
} from "../numerics/normal-mixture.ts";
import { knownAssistedN } from "./assisted-equivalent-n.ts";
import { assistedWeights } from "./assisted-weights.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import type { SampleSizes } from "./sample-sizes.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/** What is known about the true macro effect of one change. */
export interface MacroPosterior {
  readonly mean: number;
  readonly standardDeviation: number;
  readonly interval: Interval;
  /** P(true macro effect > 0). */
  readonly probabilityPositive: number;
  /** P(true macro effect < 0), computed as a tail of its own. */
  readonly probabilityNegative: number;
}

/** Estimated effects of one change; the macro effect is not looked at while nMacro is 0. */
export interface ObservedEffects {
  readonly proxy: number;
  readonly macro: number;
}

/**
 * The true macro effect given the estimates, one normal a node. The nodes keep the weights that the past gave them:
 * so the mean stays linear in the estimates, and the gain of deciding by it can be told beforehand.
 */
export function macroMixture(
  nodes: readonly CompleteEffectNode[],
  sampling: UnitCovariance,
  sizes: SampleSizes,
  observed: ObservedEffects,
): NormalMixture {
  return nodes.map((node) => {
    const { proxy, macro, intercept } = assistedWeights(node, sampling, sizes);
    // The estimates are worth n macro units, so k/(n + k) of the variance is left, with k = Ω_yy/τ².
    const n = knownAssistedN(node, sampling, sizes);
    return {
      logWeight: Math.log(node.weight),
      mean: intercept + proxy * observed.proxy + (macro === 0 ? 0 : macro * observed.macro),
      standardDeviation: Math.sqrt(sampling.macro / (n + sampling.macro / node.tauMacro ** 2)),
    };
  });
}

/** Reads a mixture: mean of the means, with the spread of the means in the standard deviation. */
export function readMacroPosterior(mixture: NormalMixture, confidenceLevel: number): MacroPosterior {
  const tail = (1 - confidenceLevel) / 2;
  return {
    mean: mixtureMean(mixture),
    standardDeviation: Math.sqrt(mixtureVariance(mixture)),
    interval: {
      lower: mixtureQuantile(mixture, "lower", tail),
      upper: mixtureQuantile(mixture, "upper", tail),
      confidenceLevel,
      method: "posterior",
      dualToTest: false,
      excluded: null,
    },
    probabilityPositive: mixtureTail(mixture, 0, "upper"),
    probabilityNegative: mixtureTail(mixture, 0, "lower"),
  };
}
