import type { Alternative } from "../core/alternative.ts";
import type { Interval } from "../core/interval.ts";
import type { Warning } from "../core/warning.ts";
import type { Levels } from "./levels.ts";

/**
 * Why the lift of two levels is unknown or has no bounds.
 *
 * @param lift - its interval; null where there is no variance to judge by, which is said elsewhere
 */
export function levelLiftCautions(
  { control, treatment }: Levels,
  lift: Interval | null,
  alternative: Alternative,
): Warning[] {
  if (control <= 0) {
    return [
      {
        code: "UNDETERMINED_LIFT",
        message:
          "The control's value is not above 0, so a lift over it means nothing; read the difference instead.",
      },
    ];
  }
  if (lift === null) return [];
  if (lift.method === "log" && treatment <= 0) {
    return [
      {
        code: "NO_LOG_LIFT",
        message:
          "The treatment's value is not above 0 and has no logarithm, so the lift has no bounds on that scale; read the difference instead.",
      },
    ];
  }
  if (alternative === "less" ? lift.upper < Infinity : lift.lower > -Infinity) return [];
  return [
    {
      code: "UNBOUNDED_LIFT",
      message:
        "The control's value cannot be told from 0 at this confidence, so the lift has no bounds; read the difference instead.",
    },
  ];
}
