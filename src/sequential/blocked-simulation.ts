import { DomainError } from "../core/domain-error.ts";
import type { Random } from "../numerics/random.ts";

/** A simulation that is a sum over blocks, each with a stream of its own, so that threads may share them out. */
export interface BlockedSimulation<Part, Outcome> {
  readonly blocks: number;
  /** Runs one block, by its number from 0. Numbers may be left out, and have to increase. Parts can be cloned. */
  run(block: number): Part;
  /** What the parts of all blocks, in their order, say together. */
  join(parts: readonly Part[]): Outcome;
}

/** Experiments in a block: as many as there are unless more are asked for. */
const EXPERIMENTS_IN_BLOCK = 100_000;

/** How many blocks experiments fill. */
export function blocksOf(experiments: number): number {
  return Math.ceil(experiments / EXPERIMENTS_IN_BLOCK);
}

/** How many of the experiments fall into one block. */
export function experimentsIn(block: number, experiments: number): number {
  return Math.min(EXPERIMENTS_IN_BLOCK, experiments - block * EXPERIMENTS_IN_BLOCK);
}

/**
 * The stream of each block. A single block draws from the stream itself, and leaves it where its draws end; of several
 * each splits its own off, the first where the stream stands.
 *
 * @returns the stream of a block by its number; numbers may be left out, and have to increase
 */
export function blockStreams(blocks: number, rng: Random): (block: number) => Random {
  if (blocks === 1) return () => rng;
  if (typeof rng.split !== "function") {
    throw new DomainError("rng", rng, "must be a stream that splits, such as createRandom makes");
  }
  let next = 0;
  return (block) => {
    for (; next < block; next++) rng.split();
    next += 1;
    return rng.split();
  };
}

/** All blocks, one after the other. */
export function runBlocks<Part, Outcome>(simulation: BlockedSimulation<Part, Outcome>): Outcome {
  return simulation.join(Array.from({ length: simulation.blocks }, (_, block) => simulation.run(block)));
}
