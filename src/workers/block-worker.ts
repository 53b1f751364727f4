import { parentPort, workerData } from "node:worker_threads";
import { DomainError } from "../core/domain-error.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import { type SimulationJob, simulationOf } from "./simulations.ts";

// What a thread runs: it makes the simulation of its job, and parts of it as they are asked for, until it is ended.

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
const say = (message: FromWorker): void => parentPort?.postMessage(message);

/** Any other error ends the thread, which says so by itself. */
function answer(work: () => unknown): void {
  try {
    say({ answer: work() });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { field, value, expected } = error;
    say({ fault: { field, value, expected } });
  }
}

// Who listens stays: a thread that ended right after it had said a fault could be gone before that is heard.
let simulation: ReturnType<typeof simulationOf> | undefined;
parentPort?.on("message", (question: ToWorker) =>
  answer(() => ("run" in question ? simulation!.run(question.run) : simulation!.join(question.join))),
);
answer(() => {
  simulation = simulationOf(workerData as SimulationJob);
  return simulation.blocks;
});
