import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { DomainError } from "../library.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import type { SimulationJob } from "./simulations.ts";

/** A thread with a simulation, which is asked one thing after the other. */
export interface Thread {
  /** How many blocks the simulation has. */
  readonly blocks: Promise<number>;
  run(block: number): Promise<unknown>;
  join(parts: readonly unknown[]): Promise<unknown>;
  end(): Promise<unknown>;
}

/** Starts a thread. What goes wrong in it, whatever was asked, rejects the answer. */
export function engageThread(module: URL, job: SimulationJob): Thread {
  const worker = new Worker(module, { workerData: job });
  const failed = new Promise<never>((_, reject) => {
    worker.once("error", reject);
    worker.once("exit", (code) =>
      reject(new Error(`A thread of the simulation ended by itself, with code ${code}.`)),
    );
  });
  // It is looked at where something is asked; a thread that is no longer needed may end.
  failed.catch(() => undefined);
  const hear = async (): Promise<unknown> => {
    const [message] = (await Promise.race([once(worker, "message"), failed])) as [FromWorker];
    if ("answer" in message) return message.answer;
    const { field, value, expected } = message.fault;
    throw new DomainError(field, value, expected);
  };
  const ask = (question: ToWorker): Promise<unknown> => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
    worker.postMessage(question);
    return hear();
  };
  const blocks = hear() as Promise<number>;
  blocks.catch(() => undefined);
  return {
    blocks,
    run: (block) => ask({ run: block }),
    join: (parts) => ask({ join: parts }),
    end: () => worker.terminate(),
  };
}
