import type { Alternative } from "../core/alternative.ts";
import type { JointCounts } from "../summaries/joint-counts.ts";
import type { Moments1 } from "../summaries/ratio.ts";
import type { DataQualityCount } from "./data-quality.ts";
import type { DayBasis } from "./day-series.ts";
import type { ExperimentPlan, View } from "./experiment-plan.ts";
import type { MetricDefinition } from "./metric-definition.ts";

/**
 * What one arm showed in one metric: `conversions` of a proportion, `mean` and `variance` of a mean, `numerator`,
 * `denominator` and `covariance` of a ratio, `events` of a count with their `variance` where it is known.
 */
export interface MetricResult {
  readonly metric: string;
  /** Matured units, those whose attribution window is over; the arm's n unless said. */
  readonly n?: number;
  readonly conversions?: number;
  readonly mean?: number;
  /** Sample variance between units. */
  readonly variance?: number;
  readonly numerator?: Moments1;
  readonly denominator?: Moments1;
  /** Sample covariance of numerator and denominator between units. */
  readonly covariance?: number;
  readonly events?: number;
}

/** An arm's table of one micro conversion against the macro conversion. */
export interface ArmJointCounts extends JointCounts {
  /** Name of the micro metric. */
  readonly micro: string;
}

/** One arm as it was observed. */
export interface ArmData {
  readonly name: string;
  /** Units randomised into the arm; 0 is legal, and a sample-ratio mismatch. */
  readonly n: number;
  /** Planned share of the traffic, on any positive scale; from the plan's allocation, or equal, unless said. */
  readonly share?: number;
  readonly results: readonly MetricResult[];
  readonly jointCounts?: readonly ArmJointCounts[];
}

/** What an arm's units of one segment, or of one day, showed. */
export type PartData = Pick<ArmData, "name" | "n" | "results">;

/** Units that have something in common, of every arm. */
export interface SegmentData {
  readonly name: string;
  /** Every arm of the test, with all metrics or some. */
  readonly arms: readonly PartData[];
}

/** One way of splitting the units up: no unit is in two of its segments. */
export interface SegmentationData {
  readonly name: string;
  /** When it was known in which segment a unit is; what was known only after exposure may be the treatment's doing. */
  readonly measured: "before-exposure" | "after-exposure";
  /** The metric that makes the segments, where one does. */
  readonly basedOn?: string;
  readonly segments: readonly SegmentData[];
}

/** One day of a series. */
export interface DayData {
  /** From 1. */
  readonly day: number;
  /** Every arm of the test, with all metrics or some. */
  readonly arms: readonly PartData[];
}

/** What each day showed: of the units that entered on it, or of those that were in the test for so many days. */
export interface DailySeries {
  readonly by: DayBasis;
  readonly days: readonly DayData[];
}

/** A test as it stood at an earlier read-out, from its start until then. */
export interface EarlierLook {
  /** Every arm of the test, with the macro metric at least. */
  readonly arms: readonly ArmData[];
}

/** A test as it was observed, with its plan where there was one. */
export interface ExperimentData {
  /** Where its JSON Schema lies, for editors; it is not read. */
  readonly $schema?: string;
  readonly name: string;
  /** The plan it was run under; metrics, control and errors are taken from it unless said here. */
  readonly plan?: ExperimentPlan;
  readonly control?: string;
  readonly metrics?: readonly MetricDefinition[];
  readonly alpha?: number;
  readonly alternative?: Alternative;
  /** Planned units of the control arm, where no plan says so. */
  readonly plannedN?: number;
  /** Days since the first unit entered. */
  readonly days?: number;
  readonly arms: readonly ArmData[];
  /** Ways of splitting the units up, each to be looked at for effects that differ. */
  readonly segmentations?: readonly SegmentationData[];
  /** At most one series of each basis. */
  readonly dailySeries?: readonly DailySeries[];
  /** What to show; from the plan unless said. */
  readonly views?: readonly View[];
  /** Fingerprint that the plan had when it was registered; a plan with another one was changed since. */
  readonly registeredFingerprint?: string;
  /** Every earlier look at a test whose plan has it watched, in their order; none unless said. */
  readonly earlierLooks?: readonly EarlierLook[];
  /** What was counted of the rows behind this document: those that were read, and those that were left out or changed. */
  readonly dataQuality?: readonly DataQualityCount[];
}
