import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { type BelievedDecision, decisionByRho, type DecisionCeiling } from "./decision-by-rho.ts";
import { decisionCautions } from "./decision-cautions.ts";
import { decisionReading, decisionStatus } from "./decision-reading.ts";
import {
  checkEffectCovariance,
  covarianceAlone,
  type EffectCovariance,
  effectNodes,
} from "./effect-covariance.ts";
import { effectMoments } from "./effect-moments.ts";
import { sameUnits } from "./sample-sizes.ts";
import { checkSameScale, type UnitCovariance } from "./unit-covariance.ts";
import { withWorstCorrelation } from "./worst-correlation.ts";

/**
 * What stands beside every detection speedup: how much sooner the proxy *decides*, which a faster detection does not
 * tell. Without an effect covariance nobody knows; then `byRho` says what one would have to believe.
 */
export interface DecisionBeside {
  /** `undetermined` without effects, or where they leave the proxy no speedup. */
  readonly status: Status;
  /** The effect covariance that was given, or null. */
  readonly effects: EffectCovariance | null;
  /** Units per arm that the proxy sees; null where not known. */
  readonly n: number | null;
  /** Macro units that one proxy unit is worth for deciding; below 1 sales decide better at this n. */
  readonly speedup: number | null;
  /** Probability that the proxy gets the sign of the macro effect right at n. */
  readonly accuracyProxy: number | null;
  /** What the proxy cannot pass, however many units it sees. */
  readonly ceiling: DecisionCeiling | null;
  /** Up to this n per arm the proxy decides better than the macro metric. */
  readonly crossoverN: number | null;
  /**
   * At or below this correlation of the true effects the proxy never decides better than the macro metric; above 1 no
   * correlation is enough, and null where the effects have no common direction.
   */
  readonly breakEvenRho: number | null;
  /** Speedup, ceiling and crossover for correlations one might believe in; empty where n or the effects are missing. */
  readonly byRho: readonly BelievedDecision[];
}

/** Sizes of the true effects on the scale of the sampling covariance, above 0. */
export interface EffectSizes {
  readonly proxy: number;
  readonly macro: number;
}

/** The block, with the warnings that belong on the result it stands in. */
export interface DecisionBesideResult {
  readonly decision: DecisionBeside;
  readonly warnings: readonly Warning[];
}

/**
 * Judges the decision beside a detection.
 *
 * @param n - units per arm that the proxy sees, or null
 * @param effects - the effect covariance, where somebody learned or assumed one
 * @param sampling - sampling covariance on the scale of the effects; null where the rates leave none
 * @param sizes - what to take for the typical true effects where there is no effect covariance; null where the observed
 *   or planned effects give none
 */
export function decisionBeside(
  n: number | null,
  effects: EffectCovariance | undefined,
  sampling: UnitCovariance | null,
  sizes: EffectSizes | null,
): DecisionBesideResult {
  if (effects === undefined) {
    return { decision: { ...UNKNOWN, n, ...beliefs(n, sampling, sizes) }, warnings: [DECISION_UNKNOWN] };
  }
  checkEffectCovariance("effects", effects);
  const believed = beliefs(n, sampling, { proxy: effects.tauProxy, macro: effects.tauMacro });
  if (sampling === null || n === null || !(n > 0 && n < Infinity)) {
    return { decision: { ...UNKNOWN, n, effects: covarianceAlone(effects), ...believed }, warnings: [] };
  }
  checkSameScale(effects, sampling);
  // The headline of `decisionSpeedup`, without what stands around it there.
  const nodes = effectNodes(effects);
  const { rho } = effectMoments(nodes);
  const own = withWorstCorrelation(nodes, sampling, sameUnits(n));
  const reading = decisionReading({ nodes, sampling: own, rule: { kind: "sign" } }, n, rho, null);
  return {
    decision: {
      status: decisionStatus(reading, null),
      effects: covarianceAlone(effects),
      n,
      speedup: reading.speedupProxy,
      accuracyProxy: reading.accuracyProxy,
      ceiling: reading.ceiling,
      crossoverN: reading.crossoverN,
      ...believed,
    },
    warnings: decisionCautions(nodes, rho, reading, null),
  };
}

/** Says so where a proxy detects sooner than sales, and yet decides later. */
export function detectsOnly(
  speedup: number | null,
  decision: Pick<DecisionBeside, "speedup">,
): readonly Warning[] {
  if (speedup === null || decision.speedup === null || !(speedup > 1 && decision.speedup < 1)) return [];
  return [
    {
      code: "DETECTS_ONLY",
      message:
        "The proxy shows a change sooner than sales do, but sales decide better from the same units: a win on it is no verdict.",
    },
  ];
}

function beliefs(
  n: number | null,
  sampling: UnitCovariance | null,
  sizes: EffectSizes | null,
): Pick<DecisionBeside, "breakEvenRho" | "byRho"> {
  if (sampling === null || sizes === null) return { breakEvenRho: null, byRho: [] };
  const proxyK = sampling.proxy / sizes.proxy ** 2;
  const macroK = sampling.macro / sizes.macro ** 2;
  // Effects too small for their square to be held in a double.
  if (proxyK === Infinity || macroK === Infinity) return { breakEvenRho: null, byRho: [] };
  return {
    breakEvenRho: Math.sqrt(proxyK / macroK),
    byRho: n === null ? [] : decisionByRho(proxyK, macroK, n),
  };
}

const UNKNOWN: Omit<DecisionBeside, "n" | "breakEvenRho" | "byRho"> = {
  status: "undetermined",
  effects: null,
  speedup: null,
  accuracyProxy: null,
  ceiling: null,
  crossoverN: null,
};

const DECISION_UNKNOWN: Warning = {
  code: "DECISION_UNKNOWN",
  message:
    "Nothing was said of how the true effects on proxy and sales go together, so this speedup is about seeing a change, not about deciding on it: say what is known or believed of it, or look at what one would have to believe.",
};
