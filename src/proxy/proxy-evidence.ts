import type { ProportionComparison } from "../inference/proportion-comparison.ts";
import type { DecisionSpeedup } from "./decision-speedup.ts";
import type { AssistedPosterior } from "./assisted-posterior.ts";
import type { ProxyWorth } from "./proxy-worth.ts";

/** Which of the two metrics moved significantly; `opposite` when both did, in different directions. */
export type SeenPattern = "both" | "micro-only" | "macro-only" | "neither" | "opposite";

/** Chances above which the light is green and below which it is red. */
export interface LightThresholds {
  readonly green: number;
  readonly red: number;
  /** By which share the proxy must raise the gain of the sales at hand to be worthwhile, at or above 0; 0.05. */
  readonly margin?: number | undefined;
}

/** What the judgement weighs. */
export interface ProxyEvidence {
  readonly micro: ProportionComparison;
  readonly macro: ProportionComparison;
  readonly alpha: number;
  /** Learned from past experiments, and with its posterior. */
  readonly isLearned: boolean;
  readonly rho: number;
  /** How probably true effects on the two go opposite ways. */
  readonly probabilityWrongSign: number;
  readonly detectionSpeedup: number | null;
  readonly decision: DecisionSpeedup;
  readonly posterior: AssistedPosterior;
  readonly shipThreshold: number;
  readonly worth: ProxyWorth;
  readonly thresholds: LightThresholds;
  readonly proxyEffect: number;
  readonly thresholdEffect: number;
  readonly largestPastProxyEffect: number | null;
  readonly nMacro: number;
  readonly waitingN: number;
}
