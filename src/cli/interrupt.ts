import { setImmediate } from "node:timers/promises";
import { runInNewContext } from "node:vm";

/** Runs what shall happen on Ctrl-C before the process ends by it; the function returned takes it back. */
export function exitOnInterrupt(before: () => void): () => void {
  const handler = (): void => {
    before();
    dieByInterrupt();
  };
  process.once("SIGINT", handler);
  return () => void process.removeListener("SIGINT", handler);
}

/**
 * Runs a task so that Ctrl-C ends it at once, and `before` is run before the process ends. A handler alone would wait for
 * the end of a computation; node's vm stops it.
 */
export function interruptible<T>(task: () => T, before: () => void): T {
  try {
    return runInNewContext("task()", { task }, { breakOnSigint: true, displayErrors: false }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw error;
    before();
    return dieByInterrupt();
  }
}

/**
 * Waits as long as a Ctrl-C that was pressed takes to be heard: what feeds a pipe ends by it too, and the end of its
 * output may be seen first.
 */
export async function lateInterrupt(): Promise<void> {
  // Signals come between two turns of the event loop.
  await setImmediate();
  await setImmediate();
}

/** Ends as a program does that takes no notice of Ctrl-C, so that a shell stops the script it stands in. */
function dieByInterrupt(): never {
  process.removeAllListeners("SIGINT");
  process.kill(process.pid, "SIGINT");
  // Where the signal is held back, such as by nohup.
  process.exit(EXIT_BY_INTERRUPT);
}

/** 128 and the number of the signal, as shells count. */
const EXIT_BY_INTERRUPT = 130;
