import type { Alternative } from "../core/alternative.ts";
import type { Traffic } from "../models/traffic.ts";
import type { VarianceReduction } from "../planning/variance-factor.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import type { MultiplicityPolicy } from "./multiplicity-policy.ts";
import type { PlannedMonitoring } from "./planned-monitoring.ts";
import type { ShippingPolicy } from "./shipping-policy.ts";

/** A metric with what is known of it before the test. */
export interface PlannedMetric extends MetricDefinition {
  /** Of the control arm: rate in (0, 1) of a proportion, mean, ratio, or events per unit of a count. */
  readonly baseline: number;
  /** Between units, of a mean; of a ratio, √n times the standard error of an arm's ratio. */
  readonly standardDeviation?: number;
  /** Counts only: variance of a unit's events over their mean; 1 (Poisson) unless said. */
  readonly dispersion?: number;
  /** Lift that the test shall be able to see; every role but guardrail. */
  readonly lift?: number;
  /** What the analysis will adjust for (CUPED, strata), and so needs fewer units. */
  readonly varianceReduction?: VarianceReduction;
}

/** What a read-out shows of a metric beside its chance to be better: tests and intervals, and posteriors. */
export type View = "frequentist" | "bayesian";

/** A test before it starts: arms, metrics, and the errors it accepts. */
export interface ExperimentPlan {
  /** Where its JSON Schema lies, for editors; it is not read, and not in the fingerprint. */
  readonly $schema?: string;
  readonly name: string;
  readonly control: string;
  readonly treatments: readonly string[];
  readonly metrics: readonly PlannedMetric[];
  /** Type I error of the macro test; 0.05 unless said. */
  readonly alpha?: number;
  /** Probability of seeing the planned lift; 0.8 unless said. */
  readonly power?: number;
  readonly alternative?: Alternative;
  /** n of each treatment over n of control; 1 unless said. */
  readonly allocation?: number;
  /** Units that enter the test per day, all arms together. */
  readonly totalUnitsPerDay?: number;
  /** How units enter, all arms together, where not as many every day; instead of `totalUnitsPerDay`. */
  readonly totalTraffic?: Traffic;
  /** Units of the control arm, where they are set by hand and not by the power for the macro metric. */
  readonly n?: number;
  /** How the macro metric is watched, and when the test may stop; it is read once, at the end, unless said. */
  readonly monitoring?: PlannedMonitoring;
  readonly decisionRule?: ShippingPolicy;
  readonly multiplicity?: MultiplicityPolicy;
  /** Names of the segmentations that will be read; others are exploratory. */
  readonly segmentations?: readonly string[];
  /** What the read-out shall show; `frequentist` unless said. */
  readonly views?: readonly View[];
}
