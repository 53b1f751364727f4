import { DEFAULT_ALARM_THRESHOLD } from "../core/defaults.ts";
import type { Warning } from "../core/warning.ts";
import type { DayAnalysis } from "./day-analysis.ts";
import { pFigure } from "./figures.ts";

/** What to mind about the days, beside their pattern. */
export function dayCautions({
  days,
  pattern,
  trend,
  decay,
  longRun,
  outlier,
  sampleRatio,
  confidenceLevel,
}: Omit<DayAnalysis, "warnings">): Warning[] {
  const warnings: Warning[] = [];
  const leftOut = days.filter(({ effect }) => effect === null).map(({ day }) => day);
  if (leftOut.length > 0) {
    warnings.push({
      code: "DAYS_LEFT_OUT",
      message: `Without units, conversions or variation in an arm these days have no effect on this scale and are left out: ${leftOut.join(", ")}. Where rates are low, join days to weeks.`,
    });
  }
  if (pattern !== "undetermined" && longRun.status === "undetermined") {
    warnings.push({
      code: "LONG_RUN_UNDETERMINED",
      message: "The effect still changes, and the days do not tell where it ends: nothing is extrapolated.",
    });
  }
  // A decay that fits explains what a straight line does not.
  const residual = decay?.residual ?? trend?.residual;
  if (residual !== undefined && residual.pValue < 1 - confidenceLevel) {
    const excess = Math.sqrt(residual.statistic / residual.degreesOfFreedom);
    warnings.push({
      code: "DAYS_VARY",
      message: `The days differ by ${excess.toPrecision(2)} times what chance explains, beside any trend (${pFigure(residual.pValue)}): the error of the trend allows for it, those of several days together do not.`,
    });
  }
  if (outlier !== null && outlier.adjustedPValue < DEFAULT_ALARM_THRESHOLD) {
    warnings.push({
      code: "DAY_STANDS_OUT",
      message: `Day ${outlier.day} lies ${Math.abs(outlier.residual).toPrecision(3)} standard errors off the line of all days (${pFigure(outlier.adjustedPValue)} for the farthest of ${days.length}): check the logging of that day.`,
    });
  }
  const uneven = sampleRatio?.segments.filter(({ mismatch }) => mismatch).map(({ name }) => name) ?? [];
  if (uneven.length > 0) {
    warnings.push({
      code: "SAMPLE_RATIO_MISMATCH",
      message: `The arms' sizes do not fit the planned split on ${uneven.join(", ")}: assignment or logging was broken then, and no effect of those days can be trusted.`,
    });
  }
  return warnings;
}

/** What the reading rests on. */
export function dayAssumptions({
  by,
  metric,
  pattern,
}: Pick<DayAnalysis, "by" | "metric" | "pattern">): string[] {
  if (by === "day-of-entry") {
    return [
      "Each day counts other units, with outcomes that are final: days whose outcomes are still coming in must be left out.",
      ...(pattern === "trend" ? [] : ["Later days are expected to have the effect of those seen."]),
    ];
  }
  return [
    metric === "proportion"
      ? "Each day counts first conversions among the units that had none before and have been in the test so long: such days are uncorrelated. A change that makes conversions come sooner, and no more of them, shows as an effect that fades."
      : "Each day counts all units that have been in the test so long, active or not. The same units come back, so that several days together have the largest error there can be, and the trend is tested as if days were independent: safely where two days of a unit go together alike however far apart they are, and not where distant days go together less.",
    "Later days are known of the units that entered first: an effect that differs between early and late entrants looks like one that changes with exposure.",
  ];
}
