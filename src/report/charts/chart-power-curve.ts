import type { PowerCurve } from "../../planning/power-curve.ts";
import type { PowerCurveByDay } from "../../planning/power-curve-by-day.ts";
import { powerByDayFinding, powerCurveFinding } from "../describe-curves.ts";
import { amount, change, percent, units } from "../figures.ts";
import { powerLines } from "./power-lines.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** Power against the size of the test. */
export function chartPowerCurve(result: PowerCurve): VegaLiteSpec {
  const { curves, targetPower } = result;
  const lines = curves.map((curve) => ({
    name: withEffect(curve),
    figure: units(curve.control, "never"),
    role: curve.role,
    points: curve.points.map(({ n, power }) => ({ x: n, y: power })),
    reachedAt: curve.control,
  }));
  return powerLines(
    {
      finding: powerCurveFinding(result),
      detail: `Chance that a test of that size finds the effect; marks at ${percent(targetPower)}, beside the names the units for it`,
      description: lines
        .map(
          ({ name, figure }) => `${name}: ${figure} units in control for a power of ${percent(targetPower)}.`,
        )
        .join(" "),
    },
    { areDays: false, lines, targetPower },
  );
}

/** Power against the day on which the test is read. */
export function chartPowerCurveByDay(result: PowerCurveByDay): VegaLiteSpec {
  const { rows, targetPower } = result;
  const lines = rows.map((row) => ({
    name: withEffect(row),
    figure: dayText(row.days),
    role: row.role,
    points: row.powerByDay.map(({ day, power }) => ({ x: day, y: power })),
    reachedAt: row.days,
  }));
  return powerLines(
    {
      finding: powerByDayFinding(result),
      detail: `Chance that a test finds the effect if it is read on that day, once; marks at ${percent(targetPower)}`,
      description: lines
        .map(({ name, figure }) => `${name}: a power of ${percent(targetPower)} on ${figure}.`)
        .join(" "),
    },
    { areDays: true, lines, targetPower },
  );
}

/** What is rounded away where days are read. */
const DAY_ROUNDING = 0.05;

/** The day on which so many days have passed. */
export function dayText(days: number): string {
  return days === Infinity ? "no day" : `day ${amount(Math.max(1, Math.ceil(days - DAY_ROUNDING)))}`;
}

function withEffect(metric: {
  readonly name: string;
  readonly lift: number | null;
  readonly difference: number;
}): string {
  return `${metric.name} ${metric.lift === null ? amount(metric.difference) : change(metric.lift)}`;
}
