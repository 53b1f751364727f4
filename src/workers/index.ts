export type { Progress } from "./run-in-workers.ts";
export { simulateSequentialInWorkers } from "./simulate-sequential-in-workers.ts";
export type { SimulateSequentialInWorkersOptions } from "./simulate-sequential-in-workers.ts";
