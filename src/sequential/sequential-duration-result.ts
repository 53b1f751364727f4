import type { Alternative } from "../core/alternative.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { MonitoredTest } from "./monitored-metric.ts";
import type { MonitoringMethod } from "./monitoring.ts";

/** By recursive quadrature with normal statistics, or by a seeded simulation with exact counts. */
export type DurationComputation = "quadrature" | "simulation";

/** A look, with what has happened by then. */
export interface DurationLook {
  readonly day: number;
  /** Units of the control arm that are read. */
  readonly n: number;
  /** Share of their eventual conversions that has come in: 1 on mature cohorts. */
  readonly share: number;
  /** Critical z, where the effect is true; Infinity for none. */
  readonly upper: number;
  /** The same below; −Infinity for none. */
  readonly lower: number;
  /** Probability of having detected the effect by this look. */
  readonly power: number;
  /** Probability of having rejected by this look without an effect. */
  readonly typeIError: number;
}

/** A day by which a share of the experiments has detected the effect. */
export interface DayQuantile {
  readonly probability: number;
  readonly days: number;
}

/** How long a monitored experiment runs until it sees an effect. */
export interface SequentialDuration extends Result<"sequential-duration"> {
  readonly method: MonitoringMethod;
  /**
   * `unbounded` where fewer than half of the experiments detect the effect by the horizon; `undetermined` where none
   * does.
   */
  readonly status: Status;
  readonly computation: DurationComputation;
  readonly test: MonitoredTest | "z";
  readonly alpha: number;
  readonly alternative: Alternative;
  readonly baseline: number;
  readonly lift: number;
  readonly allocation: number;
  readonly horizonDays: number;
  /** Units of the control arm that are read at the horizon. */
  readonly n: number;
  readonly looks: readonly DurationLook[];
  /** Probability of detecting the effect by the horizon. */
  readonly power: number;
  /** Probability of rejecting by the horizon on the side opposite to the effect, which is no success. */
  readonly wrongSide: number;
  /** Probability of rejecting by the horizon without an effect, where one also stops for futility. */
  readonly typeIError: number;
  /** The day by which half of the experiments have detected the effect; Infinity where they have not by the horizon. */
  readonly medianDays: number;
  /** The same for other shares of all experiments. */
  readonly quantiles: readonly DayQuantile[];
  /** Mean days until the experiment ends: at a boundary of any kind, or at the horizon. */
  readonly meanDays: number;
  /** The same without an effect. */
  readonly meanDaysWithoutEffect: number;
  /** Days of those experiments only that detect the effect by the horizon; null where none does. */
  readonly ifDetected: {
    readonly meanDays: number;
    readonly medianDays: number;
    readonly quantiles: readonly DayQuantile[];
  } | null;
  /** How far chance may have moved the figures; null for a quadrature, which has no such error. */
  readonly simulation: {
    readonly experiments: number;
    readonly standardErrors: {
      readonly power: number;
      readonly wrongSide: number;
      readonly typeIError: number;
      readonly meanDays: number;
      readonly meanDaysWithoutEffect: number;
    };
  } | null;
}
