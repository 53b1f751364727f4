import { createRandom } from "../numerics/random.ts";
import type { BlockedSimulation } from "../sequential/blocked-simulation.ts";
import { sequentialBlocks } from "../sequential/simulate-sequential.ts";

type Simulation = (options: never) => BlockedSimulation<unknown, unknown>;

const SIMULATIONS: { readonly sequential: Simulation } = { sequential: sequentialBlocks };

/** What threads are to simulate: all of it is data, since they share no functions. */
export interface SimulationJob {
  readonly simulation: keyof typeof SIMULATIONS;
  /** Those of the simulation, without its stream. */
  readonly options: object;
  readonly seed: number;
}

/** A job's simulation. It checks what it is given, and may throw a DomainError. */
export function simulationOf({
  simulation,
  options,
  seed,
}: SimulationJob): BlockedSimulation<unknown, unknown> {
  const blocksOf = SIMULATIONS[simulation];
  return blocksOf({ ...options, rng: createRandom(seed) } as never);
}
