import { type Ends, LIFT_ENDS, RATE_DIFFERENCE_ENDS, RATIO_ENDS, REAL_ENDS } from "../figures.ts";
import { amount, change, points, signed } from "../figures.ts";

/** How effects of one scale are written, on an axis and beside it. */
export interface EffectAxis {
  readonly title: string;
  /** A Vega expression that writes a tick as the figures are written. */
  readonly labelExpr: string;
  readonly format: (value: number) => string;
  readonly ends: Ends;
  /** The value that stands for no effect. */
  readonly noEffect: number;
}

export const LIFT_AXIS: EffectAxis = {
  title: "Lift",
  labelExpr: tickExpression("+,.6~r", 100, " %"),
  format: change,
  ends: LIFT_ENDS,
  noEffect: 0,
};

const RATE_DIFFERENCE_AXIS: EffectAxis = {
  title: "Difference in percentage points",
  labelExpr: tickExpression("+,.6~r", 100, " pp"),
  format: points,
  ends: RATE_DIFFERENCE_ENDS,
  noEffect: 0,
};

export const DIFFERENCE_AXIS: EffectAxis = {
  title: "Difference",
  labelExpr: tickExpression("+,.6~r", 1, ""),
  format: (value) => signed(value),
  ends: REAL_ENDS,
  noEffect: 0,
};

const ODDS_RATIO_AXIS: EffectAxis = {
  title: "Odds ratio",
  labelExpr: tickExpression(",.6~r", 1, ""),
  format: (value) => amount(value),
  ends: RATIO_ENDS,
  noEffect: 1,
};

/** The axis of a scale; differences of rates are read in percentage points. */
export function effectAxis(scale: "lift" | "difference" | "odds-ratio", isOfRates: boolean): EffectAxis {
  if (scale === "lift") return LIFT_AXIS;
  if (scale === "odds-ratio") return ODDS_RATIO_AXIS;
  return isOfRates ? RATE_DIFFERENCE_AXIS : DIFFERENCE_AXIS;
}

/** Ticks of rates and shares. */
export const SHARE_TICKS: string = tickExpression(",.6~r", 100, " %");

/** Ticks of amounts. */
export const AMOUNT_TICKS: string = tickExpression(",.6~r", 1, "");

/** Values beyond a trillion, or within a trillionth of 0, take the form with powers; minus signs are those of the text. */
function tickExpression(format: string, factor: number, unit: string): string {
  const power = format.replace(/\.(\d)~r$/, ".$1~e");
  const value = `${factor} * datum.value`;
  const isPlain = `abs(datum.value) < 1e12 && abs(datum.value) > 1e-9`;
  return `datum.value === 0 ? '0${unit}' : replace(${isPlain} ? format(${value}, '${format}') : format(${value}, '${power}'), '\u2212', '-') + '${unit}'`;
}
