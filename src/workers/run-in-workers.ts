import { engageThread, type Thread } from "./thread.ts";
import type { SimulationJob } from "./simulations.ts";

/** Blocks that are done, of all. */
export type Progress = (done: number, blocks: number) => void;

export interface RunOptions {
  /** How many threads at most. */
  readonly workers: number;
  readonly onProgress?: Progress | undefined;
  /** The module that threads run: block-worker. */
  readonly module: URL;
}

/**
 * Shares the blocks of a simulation out among threads, each taking the next one when it has done one, and joins the
 * parts in the order of the blocks, so that nothing depends on who ran what. All threads are ended, whatever happens.
 */
export async function runInWorkers(
  job: SimulationJob,
  { workers, onProgress, module }: RunOptions,
): Promise<unknown> {
  const threads: Thread[] = [];
  const engage = (): Thread => {
    const thread = engageThread(module, job);
    threads.push(thread);
    return thread;
  };
  try {
    const first = engage();
    const blocks = await first.blocks;
    const parts: unknown[] = [];
    let [next, done] = [0, 0];
    const employ = async (thread: Thread): Promise<void> => {
      await thread.blocks;
      while (next < blocks) {
        const block = next++;
        parts[block] = await thread.run(block);
        onProgress?.(++done, blocks);
      }
    };
    const others = Array.from({ length: Math.min(workers, blocks) - 1 }, engage);
    await Promise.all([first, ...others].map(employ));
    return await first.join(parts);
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}
