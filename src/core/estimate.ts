import type { Interval } from "./interval.ts";
import type { Status } from "./status.ts";

/** A quantity with its uncertainty. `estimate` is null only together with the status `undetermined`. */
export interface Estimate {
  readonly estimate: number | null;
  readonly standardError: number | null;
  readonly interval: Interval;
  readonly status: Status;
}
