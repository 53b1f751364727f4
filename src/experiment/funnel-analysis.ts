import type { Alternative } from "../core/alternative.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Result } from "../core/result.ts";
import type { ChiSquaredTest } from "../inference/chi-squared-test.ts";
import type { ProportionComparison } from "../inference/proportion-comparison.ts";
import type { FunnelAdjustment } from "./adjust-funnel.ts";
import type { FunnelArm } from "./funnel-arm.ts";
import type { LeadingStep } from "./leading-step.ts";

/** What the treatment did to one step. */
export interface FunnelStepEffect {
  readonly name: string;
  /** On the rate among all units, which randomisation makes a fair comparison. */
  readonly effect: ProportionComparison;
  /** The p-value of `effect`, accounted for the number of steps. */
  readonly adjustedPValue: number;
  /** Whether it is below alpha = 1 − confidenceLevel. */
  readonly rejected: boolean;
  /** On the rate among units that reached the step before; null where an arm has none. */
  readonly conditional: ProportionComparison | null;
  /**
   * ln(1 + lift of the conditional rate): these add up to that of the last step. The interval inverts the test of
   * `conditional`. Undetermined where an arm has no unit at the step before, or neither arm has one at the step.
   */
  readonly logPart: Estimate;
  /** `logPart` over that of the last step; unbounded where the change of the last step may be none. */
  readonly share: Estimate;
  /** What the change of this step added to the rate of the last one: these add up to its difference. */
  readonly contribution: Estimate;
  /** `contribution` for all units of the treatment: so many more of them took the last step. Null with it. */
  readonly conversions: number | null;
}

/** The effect on the last step, which the steps share out. */
export interface FunnelTotal {
  /** ln(1 + lift). */
  readonly logLift: Estimate;
  /** Treatment − control. */
  readonly difference: Estimate;
  /** The same for all units of the treatment. */
  readonly conversions: number;
  readonly pValue: number;
}

/** What `analyzeFunnel` finds. */
export interface FunnelAnalysis extends Result<"funnel-analysis"> {
  readonly method: "score";
  readonly alternative: Alternative;
  readonly confidenceLevel: number;
  readonly adjustment: FunnelAdjustment;
  readonly control: FunnelArm;
  readonly treatment: FunnelArm;
  /** In the order of the funnel. */
  readonly steps: readonly FunnelStepEffect[];
  readonly total: FunnelTotal;
  /** Whether the treatment changed anything anywhere in the funnel; it looks at both sides, whatever the alternative. */
  readonly anywhere: ChiSquaredTest;
  /** The step with the largest part of the effect on the last step. */
  readonly carriedBy: LeadingStep;
  /**
   * Of the statistics of the steps where the treatment changes nothing: the root of the ratio of their odds in both arms
   * together. 0 beside a step that all units took, or none.
   */
  readonly correlation: readonly (readonly number[])[];
}
