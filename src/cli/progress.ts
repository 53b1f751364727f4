import { Worker } from "node:worker_threads";
import { plainText } from "../report/plain-text.ts";
import { shortened } from "../report/shortened.ts";
import { exitOnInterrupt, interruptible, lateInterrupt } from "./interrupt.ts";

/** The line that says what is going on while a command takes long. */
export interface Progress {
  /**
   * Runs work, which the line names once the command has taken a second, and calls it anew where the work says how far it
   * is; Ctrl-C ends it and takes the line away.
   */
  readonly work: <T>(what: string, task: (say: (what: string) => void) => T) => T;
  /** Takes the line away, for good. */
  readonly clear: () => void;
}

interface ProgressOptions {
  readonly isShown: boolean;
  /** Of the terminal; a line that breaks could not be taken away. */
  readonly columns: number | undefined;
}

const DEFAULT_COLUMNS = 80;
/** Room behind the words: " … 1234 s", and the last column, at which terminals break the line. */
const ROOM_FOR_TIME = 12;
const MOST_BYTES = 1024;

// Places and values of the state that both threads share.
const PHASE = 0;
const BYTES = 1;
const CLEARED = 2;
const STATE_BYTES = 3 * Int32Array.BYTES_PER_ELEMENT;
const QUIET = 0;
const SHOWN = 1;
const ENDED = 2;
const ERASE_LINE = "\r\u001b[2K";
const STANDARD_ERROR = 2;

// Computations keep the main thread busy, so that a second one draws. It waits first: a quick command shows nothing.
const DRAWER = `
const { writeSync } = require("node:fs");
const { shared } = require("node:worker_threads").workerData;
const state = new Int32Array(shared, 0, 3);
const started = Date.now();
Atomics.wait(state, ${PHASE}, ${QUIET}, 1000);
let isShown = false;
while (Atomics.compareExchange(state, ${PHASE}, ${QUIET}, ${SHOWN}) !== ${ENDED}) {
  const bytes = Buffer.from(shared, ${STATE_BYTES}, Atomics.load(state, ${BYTES}));
  const seconds = Math.round((Date.now() - started) / 1000);
  writeSync(${STANDARD_ERROR}, ${JSON.stringify(ERASE_LINE)} + bytes.toString() + " … " + seconds + " s");
  isShown = true;
  Atomics.wait(state, ${PHASE}, ${SHOWN}, 250);
}
if (isShown) writeSync(${STANDARD_ERROR}, ${JSON.stringify(ERASE_LINE)});
Atomics.store(state, ${CLEARED}, 1);
Atomics.notify(state, ${CLEARED});
`;

export function startProgress({ isShown, columns = DEFAULT_COLUMNS }: ProgressOptions): Progress {
  if (!isShown) return { work: (_, task) => task(() => undefined), clear: () => undefined };
  const shared = new SharedArrayBuffer(STATE_BYTES + MOST_BYTES);
  const state = new Int32Array(shared, 0, 3);
  let drawer: Worker | null = null;

  function name(what: string): void {
    const text = shortened(plainText(what), columns - ROOM_FOR_TIME);
    const bytes = new TextEncoder().encode(text).subarray(0, MOST_BYTES);
    new Uint8Array(shared, STATE_BYTES).set(bytes);
    Atomics.store(state, BYTES, bytes.length);
    if (drawer !== null) return;
    drawer = new Worker(DRAWER, { eval: true, execArgv: [], workerData: { shared } });
    drawer.unref();
  }

  function clear(): void {
    const before = Atomics.exchange(state, PHASE, ENDED);
    Atomics.notify(state, PHASE);
    // The line is the other thread's; a second is more than it needs.
    if (before === SHOWN) Atomics.wait(state, CLEARED, 0, 1000);
  }

  // Where results go to a file the line stays until then.
  process.once("exit", clear);

  return {
    work: (what, task) => {
      name(what);
      const result = interruptible(() => task(name), clear);
      if (!(result instanceof Promise)) return result;
      const release = exitOnInterrupt(clear);
      return result.finally(async () => {
        await lateInterrupt();
        release();
      }) as typeof result;
    },
    clear,
  };
}
