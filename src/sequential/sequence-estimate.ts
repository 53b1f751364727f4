import type { Estimate } from "../core/estimate.ts";
import type { Interval } from "../core/interval.ts";
import { intersection } from "./intersection.ts";

/** An estimate with the interval of this look, and what the looks so far leave together. */
export interface SequenceEstimate extends Estimate {
  /** What no look so far has ruled out; the interval of this look where nothing is left. Never wider than it was. */
  readonly running: Interval;
}

/** An estimate that takes over what the last look left, and whether anything of it is left. */
export function sequenceEstimate(
  now: Estimate,
  previous: Interval | undefined,
): { readonly estimate: SequenceEstimate; readonly isContinued: boolean } {
  const { estimate, standardError, interval, status } = now;
  const running = previous === undefined ? interval : intersection(previous, interval);
  return {
    estimate: {
      estimate,
      standardError,
      interval,
      running: running ?? { ...interval, dualToTest: false },
      status,
    },
    isContinued: running !== null,
  };
}
