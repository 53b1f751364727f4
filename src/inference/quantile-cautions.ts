import type { Interval } from "../core/interval.ts";
import type { Warning } from "../core/warning.ts";
import type { QuantileSummary } from "../summaries/quantile-summary.ts";
import type { Confidence } from "../core/confidence.ts";
import { quantileSpread } from "./quantile-spread.ts";
import type { TwoSidedLevels } from "./two-sided-levels.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/** What to mind about a comparison of two quantiles. */
export function quantileCautions(
  control: QuantileSummary,
  treatment: QuantileSummary,
  levels: TwoSidedLevels,
  isDetermined: boolean,
  lift: Interval,
  { alternative }: Confidence,
): Warning[] {
  const warnings: Warning[] = [];
  const errors = [
    ...(alternative === "less" ? [] : [levels.lower.standardError]),
    ...(alternative === "greater" ? [] : [levels.upper.standardError]),
  ];
  const isReached = errors.every((error) => error < Infinity);
  if (!isDetermined) {
    warnings.push({
      code: "TIED_VALUES",
      message:
        "So many units share the value of the quantile that no error is left to judge the difference by; compare the shares of units at or below a value instead.",
    });
  }
  if (!isReached) {
    warnings.push({
      code: "BEYOND_DATA",
      message:
        "The order statistics do not reach far enough beyond a quantile to tell its error: too few units, or ranks too near to it.",
    });
  }
  if (isCoarse(control, treatment, levels)) {
    warnings.push({
      code: "COARSE_SKETCH",
      message:
        "The accuracy of the sketches limits the comparison more than the number of units does; take a finer relativeAccuracy.",
    });
  }
  if (control.value <= 0) {
    warnings.push({
      code: "UNDETERMINED_LIFT",
      message:
        "The control's quantile is not above 0, so a lift over it means nothing; read the difference instead.",
    });
  } else if (isDetermined && isReached && isOpen(lift, alternative)) {
    const reason =
      lift.method === "log"
        ? "An order statistic is not above 0 and has no logarithm"
        : "The control's quantile cannot be told from 0 at this confidence";
    warnings.push({
      code: lift.method === "log" ? "NO_LOG_LIFT" : "UNBOUNDED_LIFT",
      message: `${reason}, so the lift has no bounds; read the difference instead.`,
    });
  }
  return warnings;
}

function isOpen(lift: Interval, alternative: Confidence["alternative"]): boolean {
  return (
    (alternative !== "less" && lift.lower === -Infinity) ||
    (alternative !== "greater" && lift.upper === Infinity)
  );
}

/** Whether the accuracy of the values widens the difference more on each side than a standard error of the units does. */
function isCoarse(
  control: QuantileSummary,
  treatment: QuantileSummary,
  { lower, upper }: TwoSidedLevels,
): boolean {
  if (!control.relativeAccuracy && !treatment.relativeAccuracy) return false;
  const errors = [control, treatment].map(
    (arm) => quantileSpread({ ...arm, relativeAccuracy: 0 }, "price-bonett").error,
  );
  return (upper.difference - lower.difference) / 2 > hypot(...errors);
}
