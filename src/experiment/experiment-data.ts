import type { Alternative } from "../core/alternative.ts";
import type { JointCounts } from "../summaries/joint-counts.ts";
import type { ExperimentPlan } from "./experiment-plan.ts";
import type { MetricDefinition } from "./metric-definition.ts";

/** What one arm showed in one metric: conversions of a proportion, or mean and variance of a mean. */
export interface MetricResult {
  readonly metric: string;
  /** Matured units, those whose attribution window is over; the arm's n unless said. */
  readonly n?: number;
  readonly conversions?: number;
  readonly mean?: number;
  /** Sample variance between units. */
  readonly variance?: number;
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

/** A test as it stood at an earlier read-out, from its start until then. */
export interface EarlierLook {
  /** Every arm of the test, with the macro metric at least. */
  readonly arms: readonly ArmData[];
}

/** A test as it was observed, with its plan where there was one. */
export interface ExperimentData {
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
  /** Every earlier look at a test whose plan has it watched, in their order; none unless said. */
  readonly earlierLooks?: readonly EarlierLook[];
}
