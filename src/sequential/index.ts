// Experiments read more than once: group-sequential designs, always-valid p-values, confidence sequences.
export type {
  SequentialSimulation,
  Simulated,
  SimulatedLook,
  SimulateSequentialOptions,
} from "./simulate-sequential.ts";
export { simulateSequential } from "./simulate-sequential.ts";
export type { MonitoredMetric, MonitoredTest } from "./monitored-metric.ts";
export type {
  DayQuantile,
  DurationComputation,
  DurationLook,
  SequentialDuration,
  SequentialDurationOptions,
} from "./sequential-duration.ts";
export { sequentialDuration } from "./sequential-duration.ts";
export type {
  AlwaysValidMonitoring,
  FixedHorizonMonitoring,
  Monitoring,
  MonitoringMethod,
  PeekingMonitoring,
} from "./monitoring.ts";
export type { GroupSequentialMonitoring } from "./designed-rule.ts";
