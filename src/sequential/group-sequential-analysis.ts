import type { Alternative } from "../core/alternative.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";

/** What the looks so far say of a group-sequential experiment. */
export interface GroupSequentialAnalysis extends Result<"group-sequential-analysis"> {
  readonly alternative: Alternative;
  readonly alpha: number;
  /** Of the intervals: 1 − alpha, for a one-sided design 1 − 2 alpha. */
  readonly confidenceLevel: number;
  /**
   * `reject`: an efficacy boundary was reached; `futility`: the last look lies at or below its futility boundary;
   * `accept`: the final look did not reject; `continue` otherwise.
   */
  readonly decision: "continue" | "reject" | "futility" | "accept";
  /** Number of the look that ended the experiment, from 1; null while it goes on. */
  readonly stoppedAt: number | null;
  readonly looks: readonly AnalyzedLook[];
  /** What the experiment shows at its end; null while it goes on. */
  readonly conclusion: GroupSequentialConclusion | null;
}

/** One look with the boundaries that its actual information gives it. */
export interface AnalyzedLook {
  readonly information: number;
  /** Of treatment against control. */
  readonly z: number;
  /** Counted towards the alternative as in the design: for `less` it is −z that is held against it. */
  readonly efficacy: number;
  readonly futility: number | null;
  /** Type I error spent up to and with this look. */
  readonly cumulativeAlpha: number;
  /** p-value as if this were the only look, of the design's alternative. */
  readonly nominalPValue: number;
  /**
   * The smallest alpha at which the design would reject at this look. Null before the last look of a Haybittle–Peto
   * design, whose early boundary is the same for every alpha.
   */
  readonly repeatedPValue: number | null;
  /** Hold together at all looks, whatever the rule by which one stops. */
  readonly repeatedIntervals: OnEffectScales<Interval>;
}

/** The same on three scales; the last two are null where looks were given by z alone. */
export interface OnEffectScales<T> {
  /** Expected z at information 1. */
  readonly drift: T;
  /** Treatment − control. */
  readonly difference: T | null;
  /** Treatment / control − 1. */
  readonly lift: T | null;
}

/** An estimate in whose interval the looks are accounted for. */
export interface StageWiseEstimate {
  /** As likely too high as too low. Null only together with the status `undetermined`. */
  readonly estimate: number | null;
  readonly interval: Interval;
  readonly status: Status;
}

/** What an experiment shows at its end, by the stage-wise ordering of its outcomes. */
export interface GroupSequentialConclusion {
  /** Information and z at the end, data after the stop included. */
  readonly information: number;
  readonly z: number;
  /** Of the design's alternative. */
  readonly pValue: number;
  readonly logPValue: number;
  /** Of each alternative. */
  readonly pValues: { readonly twoSided: number; readonly greater: number; readonly less: number };
  /** Median-unbiased estimates. */
  readonly effects: OnEffectScales<StageWiseEstimate>;
  /** Estimates as if there had been one look only: too far from 0 on average after an early rejection. */
  readonly naive: OnEffectScales<number | null>;
}
