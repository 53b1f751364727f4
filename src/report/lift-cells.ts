import type { Estimate } from "../core/estimate.ts";
import { change, LIFT_ENDS, span } from "./figures.ts";

/** A lift and its interval, as two cells of a table. */
export function liftCells({
  estimate,
  interval,
}: Pick<Estimate, "estimate" | "interval">): [lift: string, interval: string] {
  const shown = estimate === null ? "unknown" : estimate === Infinity ? "infinite" : change(estimate);
  return [shown, span(interval, change, LIFT_ENDS)];
}
