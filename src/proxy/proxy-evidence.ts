import type { ProportionComparison } from "../inference/proportion-comparison.ts";
import type { DecisionSpeedup } from "./decision-speedup.ts";
import type { AssistedPosterior } from "./assisted-posterior.ts";

/** Which of the two metrics moved significantly; `opposite` when both did, in different directions. */
export type SeenPattern = "both" | "micro-only" | "macro-only" | "neither" | "opposite";

/** Chances of gaining more than by waiting: green above the one, red below the other. */
export interface LightThresholds {
  readonly green: number;
  readonly red: number;
}

/** What the judgement weighs. */
export interface ProxyEvidence {
  readonly micro: ProportionComparison;
  readonly macro: ProportionComparison;
  readonly alpha: number;
  /** Learned from past experiments, and with its posterior. */
  readonly isLearned: boolean;
  readonly rho: number;
  readonly detectionSpeedup: number | null;
  readonly decision: DecisionSpeedup;
  readonly posterior: AssistedPosterior;
  readonly shipThreshold: number;
  readonly probabilityGainsMore: number;
  readonly thresholds: LightThresholds;
  readonly proxyEffect: number;
  readonly thresholdEffect: number;
  readonly largestPastProxyEffect: number | null;
  readonly nMacro: number;
  readonly waitingN: number;
}
