import { normalPValue } from "../inference/normal-p-value.ts";
import type { WeightedLine } from "../models/weighted-line.ts";
import type { WeighedDay } from "./day-trend.ts";

/** The day that lies farthest off the line of the others. */
export interface OutlyingDay {
  readonly day: number;
  /** Off the line, in standard errors. */
  readonly residual: number;
  /** Of this day alone. */
  readonly pValue: number;
  /** By Bonferroni, for its being the farthest of all. */
  readonly adjustedPValue: number;
}

/** With fewer days, none is farther off than the others. */
const FEWEST_DAYS = 4;

/** H0: all days lie on the line up to their errors. Null for fewer than four days. */
export function outlyingDay(days: readonly WeighedDay[], { residuals }: WeightedLine): OutlyingDay | null {
  if (days.length < FEWEST_DAYS) return null;
  let farthest = 0;
  residuals.forEach((residual, i) => {
    if (Math.abs(residual) > Math.abs(residuals[farthest]!)) farthest = i;
  });
  const residual = residuals[farthest]!;
  const pValue = normalPValue(residual, "two-sided");
  return {
    day: days[farthest]!.day,
    residual,
    pValue,
    adjustedPValue: Math.min(1, days.length * pValue),
  };
}
