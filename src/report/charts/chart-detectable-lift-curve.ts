import type { DetectableLiftCurve } from "../../planning/detectable-lift-curve.ts";
import { detectableFinding } from "../describe-curves.ts";
import { percent } from "../figures.ts";
import { dayOrSizeAxis } from "./day-or-size-axis.ts";
import { DIFFERENCE_AXIS, LIFT_AXIS } from "./effect-axis.ts";
import { endLabels, namedFigure } from "./end-labels.ts";
import { line, type Plot, PLOT_HEIGHT, PLOT_WIDTH, plotChart } from "./plot.ts";
import { seriesStyle } from "./series-style.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** Of the largest effect at the end of a curve: the early ones, which are huge, are cut off here. */
const TIMES_THE_LAST = 4;

/** The smallest detectable effect against size or days: lifts, or differences where no metric has a lift. */
export function chartDetectableLiftCurve(result: DetectableLiftCurve): VegaLiteSpec {
  const { curves, targetPower } = result;
  const isLift = curves.some(({ points }) => points.some(({ lift }) => lift !== null));
  const { title, labelExpr, format } = isLift ? LIFT_AXIS : DIFFERENCE_AXIS;
  const lines = curves.map(({ name, role, points }, i) => ({
    name,
    style: seriesStyle(i, role),
    points: points.flatMap(({ n, day, lift, difference }) => {
      const effect = isLift ? lift : difference;
      return effect === null ? [] : [{ x: day ?? n, y: effect }];
    }),
  }));
  const drawn = lines.filter(({ points }) => points.length > 0);
  const lasts = drawn.map(({ points }) => points.at(-1)!.y);
  const far = TIMES_THE_LAST * (result.direction === "up" ? Math.max(0, ...lasts) : Math.min(0, ...lasts));
  const bound = isLift ? Math.max(-1, far) : far;
  const isByDay = curves[0]!.points[0]!.day !== null;
  const last = curves[0]!.points.at(-1)!;
  const plot: Plot = {
    x: dayOrSizeAxis(isByDay, last.day ?? last.n),
    y: {
      title: `Smallest ${title.toLowerCase()} found`,
      labelExpr,
      domain: bound > 0 ? [0, bound] : [bound === 0 ? -1 : bound, 0],
    },
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
  };
  const none = lines.filter(({ points }) => points.length === 0).map(({ name }) => `${name}: none. `);
  return plotChart(
    {
      finding: detectableFinding(result),
      detail: `Effect that is found in ${percent(targetPower)} of cases, against ${isByDay ? "the day on which the test is read, once" : "the size of the test"}; what is smaller is missed more often`,
      description: [
        ...drawn.map(
          ({ name, points }) =>
            `${name}: ${format(points[0]!.y)} at first, ${format(points.at(-1)!.y)} at the end. `,
        ),
        ...none,
      ].join(""),
    },
    plot,
    [
      ...drawn.map(({ points, style }) => line(plot, points, style.line)),
      ...endLabels(
        plot,
        drawn.map(({ name, points, style }) => ({
          y: points.at(-1)!.y,
          text: namedFigure(name, format(points.at(-1)!.y)),
          symbol: style.symbol,
        })),
      ),
    ],
  );
}
