export type { CalendarSpeedup, CalendarSpeedupInput, DaysCompared } from "./calendar-speedup.ts";
export { calendarSpeedup } from "./calendar-speedup.ts";
export type { DecisionBeside } from "./decision-beside.ts";
export type { BelievedDecision, DecisionCeiling } from "./decision-by-rho.ts";
export type { DetectionSpeedup, DetectionSpeedupInput } from "./detection-speedup.ts";
export { detectionSpeedup } from "./detection-speedup.ts";
export type { EffectCovariance, EffectDistribution, EffectNode, EffectScale } from "./effect-covariance.ts";
export type { EffectBeliefs, ElicitedEffectCovariance } from "./elicit-effect-covariance.ts";
export { elicitEffectCovariance } from "./elicit-effect-covariance.ts";
export type { ObservedSpeedup, ObservedSpeedupInput } from "./observed-speedup.ts";
export { observedSpeedup } from "./observed-speedup.ts";
export type { ObservedCounts, ObservedStatistics } from "./observed-statistics.ts";
export type { PlanningSpeedup, PlanningSpeedupInput } from "./planning-speedup.ts";
export { planningSpeedup } from "./planning-speedup.ts";
export type { LiftTransmission, TransmissionModel, TransmitLiftInput } from "./transmit-lift.ts";
export { transmitLift } from "./transmit-lift.ts";
export type {
  CorrelationRange,
  UnitCovariance,
  UnitCovarianceFromCounts,
  UnitCovarianceFromRates,
  UnitCovarianceResult,
} from "./unit-covariance.ts";
export { unitCovariance } from "./unit-covariance.ts";
