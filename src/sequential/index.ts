// Experiments read more than once: group-sequential designs, always-valid p-values, confidence sequences.
export type {
  SequentialSimulation,
  Simulated,
  SimulatedLook,
  SimulateSequentialOptions,
} from "./simulate-sequential.ts";
export { simulateSequential } from "./simulate-sequential.ts";
export type { MonitoredMetric, MonitoredTest } from "./monitored-metric.ts";
