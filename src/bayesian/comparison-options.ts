import { checkNonNegative, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { checkQuantileLevels } from "./quantiles-at.ts";

/** What every comparison of two arms can be asked beside its arms and their prior. */
export interface ComparisonOptions {
  /** Posterior probability of each interval, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
  /** The expected loss, in units of the metric, that is small enough not to matter; no choice is made unless said. */
  readonly thresholdOfCaring?: number | undefined;
  /** Levels in (0, 1) at which the posterior of each arm and effect is to be read; none unless said. */
  readonly quantileLevels?: readonly number[] | undefined;
}

/** The same, checked and complete. */
export interface CheckedComparisonOptions {
  readonly confidenceLevel: number;
  readonly thresholdOfCaring: number | undefined;
  readonly quantileLevels: readonly number[];
}

export function checkedComparison({
  confidenceLevel = DEFAULT_CONFIDENCE_LEVEL,
  thresholdOfCaring,
  quantileLevels = [],
}: ComparisonOptions): CheckedComparisonOptions {
  checkOpenUnit("confidenceLevel", confidenceLevel);
  if (thresholdOfCaring !== undefined) checkNonNegative("thresholdOfCaring", thresholdOfCaring);
  checkQuantileLevels(quantileLevels);
  return { confidenceLevel, thresholdOfCaring, quantileLevels };
}
