export type { MetricRole } from "../core/metric-role.ts";
export type { ExperimentReadout, ProxyReadout, TreatmentReadout } from "./analyze-experiment.ts";
export { analyzeExperiment } from "./analyze-experiment.ts";
export type { Decision, DecisionAction, DecisionReason, DecisionStep } from "./decide.ts";
export type { ArmData, ArmJointCounts, ExperimentData, MetricResult } from "./experiment-data.ts";
export { experimentDataSchema } from "./experiment-data-schema.ts";
export type { ShippingPolicy, ExperimentPlan, PlannedMetric } from "./experiment-plan.ts";
export { experimentPlanSchema } from "./experiment-plan-schema.ts";
export { fromJson, toJson } from "../core/json.ts";
export type { ElicitedEffects, MetricDefinition, MetricKind } from "./metric-definition.ts";
export type { MetricPlan, PlannedExperiment, ProxyPlan } from "./plan-experiment.ts";
export { planExperiment } from "./plan-experiment.ts";
export type { GuardrailReading } from "./read-guardrail.ts";
export type { MetricReadout } from "./read-metrics.ts";
export {
  effectCovarianceSchema,
  eventCountSchema,
  jointCountsSchema,
  meanSchema,
  proportionSchema,
  ratioSchema,
} from "./summary-schemas.ts";
