import { AMOUNT_TICKS } from "./effect-axis.ts";
import type { PlotAxis } from "./plot.ts";
import { wholeTicks } from "./whole-ticks.ts";

/** Days from the start, or units of the control arm. */
export function dayOrSizeAxis(areDays: boolean, end: number): PlotAxis {
  return {
    title: areDays ? "Day" : "Units in control",
    labelExpr: AMOUNT_TICKS,
    domain: [0, end],
    ...(areDays ? { values: wholeTicks(0, end) } : {}),
  };
}
