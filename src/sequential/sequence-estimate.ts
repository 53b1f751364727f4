import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import { intersection } from "./intersection.ts";

/** An estimate with the interval of this look, and what the looks so far leave together. */
export interface SequenceEstimate extends Estimate {
  /** What no look so far has ruled out; the interval of this look where nothing is left. Never wider than it was. */
  readonly running: Interval;
}

/** An estimate that takes over what the last look left. */
export function sequenceEstimate(now: Estimate, previous: Interval | undefined): SequenceEstimate {
  const running = previous === undefined ? now.interval : intersection(previous, now.interval);
  return { ...now, running: running ?? { ...now.interval, dualToTest: false } };
}

/** Whether the looks so far rule out every value, so that the running interval had to start anew. */
export function isStartedAnew(now: Interval, previous: Interval | undefined): boolean {
  return previous !== undefined && intersection(previous, now) === null;
}
