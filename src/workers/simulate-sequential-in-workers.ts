import { availableParallelism } from "node:os";
import { DomainError } from "../library.ts";
import type { SequentialSimulation, SimulateSequentialOptions } from "../sequential/simulate-sequential.ts";
import { type Progress, runInWorkers } from "./run-in-workers.ts";

export interface SimulateSequentialInWorkersOptions extends Omit<SimulateSequentialOptions, "rng"> {
  /** Whole number of 0 or more: the draws are those of `createRandom(seed)`; 1 unless said. */
  readonly seed?: number | undefined;
  /** Threads, from 1 to 1024; as many as the machine runs at once unless said. The result does not depend on it. */
  readonly workers?: number | undefined;
  /** Told after each block of 100,000 experiments how many are done, and how many there are. */
  readonly onProgress?: Progress | undefined;
}

const MOST_WORKERS = 1024;

/**
 * `simulateSequential` on several threads: the same result to the last bit, whatever their number.
 *
 * Each block of 100,000 experiments has its own stream, which depends on the seed and on the number of the block alone,
 * and the blocks are added up in their order. Fewer experiments are one block, and gain nothing. A thread takes some
 * 50 ms to start. For runtimes with `node:worker_threads`: Node, Deno and Bun.
 *
 * @param options - those of `simulateSequential`, but for `rng`
 * @param options.seed - whole number of 0 or more; 1 unless said
 * @param options.workers - threads, from 1 to 1024; as many as the machine runs at once unless said
 * @param options.onProgress - called with the number of blocks that are done, and of all
 * @returns what `simulateSequential` returns with `rng: createRandom(seed)`; by then all threads have ended
 * @throws {DomainError} as a rejection, for what `simulateSequential` refuses, and for options that hold functions
 * @example
 * ```ts
 * import { simulateSequentialInWorkers } from "microlift/workers";
 * const peeking = await simulateSequentialInWorkers({
 *   baseline: 0.05, lift: 0, n: [2000, 4000], upper: [1.96, 1.96], lower: [-1.96, -1.96],
 *   experiments: 300_000, seed: 7, workers: 2,
 * });
 * peeking.rejection.estimate; // 0.083
 * ```
 */
export async function simulateSequentialInWorkers(
  options: SimulateSequentialInWorkersOptions,
): Promise<SequentialSimulation> {
  if (typeof options !== "object" || options === null) {
    throw new DomainError("options", options, "must be an object");
  }
  const { seed = 1, workers = availableParallelism(), onProgress, ...others } = options;
  checkWorkers(workers);
  checkProgress(onProgress);
  checkData(others);
  const job = { simulation: "sequential", options: others, seed } as const;
  return (await runInWorkers(job, { workers, onProgress, module: blockWorker() })) as SequentialSimulation;
}

function checkWorkers(workers: number): void {
  if (!Number.isInteger(workers) || workers < 1 || workers > MOST_WORKERS) {
    throw new DomainError("workers", workers, `must be a whole number from 1 to ${MOST_WORKERS}`);
  }
}

function checkProgress(onProgress: unknown): void {
  if (onProgress !== undefined && typeof onProgress !== "function") {
    throw new DomainError("onProgress", onProgress, "must be a function");
  }
}

/** Threads share no functions, and so no stream. */
function checkData(options: object): void {
  if ("rng" in options && options.rng !== undefined) {
    throw new DomainError("rng", options.rng, "must be left out: give the seed of its stream");
  }
  try {
    structuredClone(options);
  } catch {
    throw new DomainError("options", options, "must hold data alone: threads share no functions");
  }
}

/** Beside this module, in the package and in its sources. */
function blockWorker(): URL {
  const here = import.meta.url;
  return new URL(here.endsWith(".ts") ? "./block-worker.ts" : "./block-worker.js", here);
}
