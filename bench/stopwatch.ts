// Two pieces of work are timed in turns within one run, so that a machine that slows down slows both.

const ROUNDS = 15;
const ROUND_MS = 20;

/** Nanoseconds a call, for each task: the best round of several taken in turns, after a warm-up. */
export function timeInTurns<Name extends string>(
  tasks: Readonly<Record<Name, () => unknown>>,
): Record<Name, number> {
  const entries = Object.entries(tasks) as [Name, () => unknown][];
  const sizes = entries.map(([, task]) => calibrate(task));
  const best = entries.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    entries.forEach(([, task], i) => {
      best[i] = Math.min(best[i]!, run(task, sizes[i]!) / sizes[i]!);
    });
  }
  return Object.fromEntries(entries.map(([name], i) => [name, 1e6 * best[i]!])) as Record<Name, number>;
}

/** Calls in a round, so that a round lasts about `ROUND_MS`. */
function calibrate(task: () => unknown): number {
  let calls = 1;
  for (;;) {
    const elapsed = run(task, calls);
    if (elapsed >= ROUND_MS) return calls;
    calls = elapsed < 1 ? calls * 8 : Math.ceil((calls * ROUND_MS * 1.1) / elapsed);
  }
}

let sink: unknown;

/** Milliseconds for a number of calls. */
function run(task: () => unknown, calls: number): number {
  const start = performance.now();
  for (let i = 0; i < calls; i++) sink = task();
  return performance.now() - start;
}

/** Keeps the results alive, so that no call is optimised away. */
export const lastResult = (): unknown => sink;
