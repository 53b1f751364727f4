import type { Alternative } from "./alternative.ts";
import type { Estimate } from "./estimate.ts";
import type { Interval } from "./interval.ts";
import type { Status } from "./status.ts";

/** An estimate with its status: `unbounded` where it is infinite, or where the data leave open an end that the alternative asks for. */
export function makeEstimate(
  estimate: number | null,
  standardError: number | null,
  interval: Interval,
  alternative: Alternative,
): Estimate {
  return { estimate, standardError, interval, status: statusOf(estimate, interval, alternative) };
}

function statusOf(estimate: number | null, { lower, upper }: Interval, alternative: Alternative): Status {
  if (estimate === null) return "undetermined";
  const isOpenBelow = alternative !== "less" && lower === -Infinity;
  const isOpenAbove = alternative !== "greater" && upper === Infinity;
  return isOpenBelow || isOpenAbove || Math.abs(estimate) === Infinity ? "unbounded" : "ok";
}
