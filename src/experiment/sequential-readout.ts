import type { Alternative } from "../core/alternative.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Result } from "../core/result.ts";
import type { WatchedMethod } from "./planned-monitoring.ts";

/** What the macro metric of a watched test shows, with all looks accounted for. */
export interface SequentialReadout extends Result<"sequential-readout"> {
  readonly method: WatchedMethod;
  /** Type I error of this treatment's test over all looks, as the treatments share it out: alpha over their number unless said. */
  readonly alpha: number;
  readonly alternative: Alternative;
  /**
   * `reject`: a boundary was passed; `futility`: a group-sequential test has come to its boundary of futility; `accept`:
   * the end was reached without either; `continue` otherwise.
   */
  readonly decision: "continue" | "reject" | "futility" | "accept";
  /** Number of the look that ended the test, from 1; null while it goes on. */
  readonly stoppedAt: number | null;
  /**
   * Over all looks: of a group-sequential test stage-wise at its end, and the repeated p-value before; otherwise always
   * valid. Null where the boundary of an early look is the same for every alpha (Haybittle–Peto).
   */
  readonly pValue: number | null;
  readonly logPValue: number | null;
  /** Treatment − control, with a stage-wise interval at the end of a group-sequential test, else one that holds at all looks. */
  readonly difference: SequentialEffect;
  /** Treatment / control − 1, likewise. */
  readonly lift: SequentialEffect;
  /** Units of either arm at the planned end. */
  readonly planned: { readonly control: number; readonly treatment: number };
  readonly looks: readonly SequentialLook[];
  /** Units at which to look next, all of them final; null where the test has ended. */
  readonly nextLook: { readonly control: number; readonly treatment: number } | null;
}

/** An estimate whose interval allows for the looks. Null only together with the status `undetermined`. */
export type SequentialEffect = Pick<Estimate, "estimate" | "interval" | "status">;

/** One look at the macro metric. */
export interface SequentialLook {
  /** Units that had entered. */
  readonly entered: { readonly control: number; readonly treatment: number };
  /** Units whose outcome was final. */
  readonly matured: { readonly control: number; readonly treatment: number };
  /** Standard errors of the effect from 0; null where there is no variance to judge by. */
  readonly z: number | null;
  /** Counted towards the alternative: the test stops where |z|, z or −z reaches this. */
  readonly boundary: number;
  /** The same for futility, at or below it; null where there is none. */
  readonly futility: number | null;
  /** p-value over all looks up to this one; null as above. */
  readonly pValue: number | null;
}
