import type { Row } from "./run.ts";

/** The best of a few rounds, after one that warms up, against a limit. */
export function limitedRow(rounds: number, what: string, limitSeconds: number, task: () => unknown): Row {
  let seconds = Infinity;
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    task();
    if (round > 0) seconds = Math.min(seconds, (performance.now() - start) / 1000);
  }
  return {
    what,
    figure: `${(1e3 * seconds).toPrecision(3)} ms`,
    yardstick: `${(seconds / limitSeconds).toPrecision(2)} of the limit`,
    limit: `${(1e3 * limitSeconds).toPrecision(3)} ms`,
    within: seconds <= limitSeconds,
  };
}
