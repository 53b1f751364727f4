import { constants } from "node:os";
import { setImmediate } from "node:timers/promises";
import { runInNewContext } from "node:vm";

/** Ctrl-C, and the polite ways of others to end a program. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What shall happen before the process ends by a signal. */
const waiting = new Set<() => void>();

/** Runs what shall happen on Ctrl-C before the process ends by it; the function returned takes it back. */
export function exitOnInterrupt(before: () => void): () => void {
  const own = (): void => before();
  if (waiting.size === 0) for (const signal of SIGNALS) process.on(signal, dieBySignal);
  waiting.add(own);
  return () => {
    waiting.delete(own);
    if (waiting.size === 0) for (const signal of SIGNALS) process.removeListener(signal, dieBySignal);
  };
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
    return dieBySignal("SIGINT");
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

/** Ends as a program does that takes no notice of a signal, so that a shell stops the script it stands in. */
function dieBySignal(signal: (typeof SIGNALS)[number]): never {
  // What began last ends first.
  for (const before of [...waiting].toReversed()) before();
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // Where the signal is held back, such as by nohup.
  process.exit(128 + constants.signals[signal]);
}
