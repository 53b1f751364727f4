import type { Alternative } from "../core/alternative.ts";
import type { Traffic } from "../models/traffic.ts";
import type { VarianceReduction } from "../planning/variance-factor.ts";
import { DEFAULT_SHIP_THRESHOLD } from "../proxy/assisted-decision-rule.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import type { PlannedMonitoring } from "./planned-monitoring.ts";

/** A metric with what is known of it before the test. */
export interface PlannedMetric extends MetricDefinition {
  /** Rate in (0, 1) of a proportion, or mean of a mean, in the control arm. */
  readonly baseline: number;
  /** Standard deviation between units; means only. */
  readonly standardDeviation?: number;
  /** Lift that the test shall be able to see; every role but guardrail. */
  readonly lift?: number;
  /** What the analysis will adjust for (CUPED, strata), and so needs fewer units. */
  readonly varianceReduction?: VarianceReduction;
}

/** What ships a treatment: the macro metric's own test, or the pre-registered posterior of macro and proxy together. */
export type ShippingPolicy =
  | { readonly kind: "macro" }
  | {
      readonly kind: "proxy-assisted";
      /** Name of the proxy metric; its effects must have been learned, not assumed. */
      readonly proxy: string;
      /** Ship where the posterior probability of a gain in the macro metric exceeds this; 0.9 unless said. */
      readonly threshold?: number;
    };

/** What ships a treatment under a plan, with nothing left out; the macro metric's own test where there is none. */
export function shippingPolicy(plan: ExperimentPlan | undefined): Required<ShippingPolicy> {
  const rule = plan?.decisionRule ?? { kind: "macro" };
  return rule.kind === "macro" ? rule : { ...rule, threshold: rule.threshold ?? DEFAULT_SHIP_THRESHOLD };
}

/** A test before it starts: arms, metrics, and the errors it accepts. */
export interface ExperimentPlan {
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
}
