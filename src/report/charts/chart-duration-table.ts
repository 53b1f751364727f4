import type { DurationTable } from "../../planning/duration-table.ts";
import { durationTableFinding } from "../describe-duration.ts";
import { amount, days, percent, roundShare } from "../figures.ts";
import { shortened } from "../shortened.ts";
import { COLORS } from "./chart.ts";
import { AMOUNT_TICKS } from "./effect-axis.ts";
import type { Layer } from "./layer.ts";
import { dots, type Plot, PLOT_WIDTH, plotChart, rules, words } from "./plot.ts";
import { seriesStyle } from "./series-style.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";
import { wholeTicks } from "./whole-ticks.ts";

/** In pixels. */
const ROW_HEIGHT = 46;
const HEADING = 24;
const BAR = 14;
const GAP = 12;
/** Between figures below each other, so that they can be told apart. */
const FIGURE_WIDTH = 40;
const NAME_COLUMNS = 24;

/** How long each metric takes, and above each bar the power of a test that is read on some days. */
export function chartDurationTable(result: DurationTable): VegaLiteSpec {
  const { rows, targetPower } = result;
  const finite = rows.map((row) => row.days).filter((value) => value < Infinity);
  const end = Math.max(7, ...finite, ...result.powerAtDays) * 1.02;
  const height = HEADING + ROW_HEIGHT * rows.length;
  const plot: Plot = {
    x: { title: "Day", labelExpr: AMOUNT_TICKS, domain: [0, end], values: wholeTicks(0, Math.floor(end)) },
    y: { title: "", labelExpr: "", domain: [height, 0], isHidden: true },
    width: PLOT_WIDTH - 60,
    height,
  };
  const read = roomFor(result.powerAtDays, (FIGURE_WIDTH / plot.width) * end);
  const barAt = (i: number): number => HEADING + ROW_HEIGHT * (i + 0.72);
  return plotChart(
    {
      finding: durationTableFinding(result),
      detail: `Days until each metric has a power of ${percent(targetPower)}; lighter: the wait for the last outcomes.${read.length === 0 ? "" : " Above the bars the power if it is read on that day, once"}`,
      description: rows
        .map(
          (row) =>
            `${row.name}: ${days(row.days)}${row.powerByDay.map(({ day, power }) => `, power ${roundShare(power)} on day ${amount(day)}`).join("")}.`,
        )
        .join(" "),
    },
    plot,
    [
      ...read.flatMap(({ day }): Layer[] => [
        rules(plot, [{ x: day, y: HEADING - 6, y2: height }], { color: COLORS.grid, strokeWidth: 1.5 }),
        words(plot, [{ x: day, y: 10, text: `day ${amount(day)}` }], { color: COLORS.quiet }),
      ]),
      ...rows.flatMap((row, i) => {
        const y = barAt(i);
        const { color } = seriesStyle(i, row.role).symbol;
        const entered = Math.min(row.enrolmentDays, end);
        return [
          rules(plot, [{ x: 0, x2: entered, y }], { color, strokeWidth: BAR }),
          ...(row.attributionDays > 0 && row.days <= end
            ? [rules(plot, [{ x: entered, x2: row.days, y }], { color, opacity: 0.4, strokeWidth: BAR })]
            : []),
          ...(row.days === Infinity
            ? [
                dots(plot, [{ x: end, y, what: `${row.name}: never` }], {
                  shape: "triangle",
                  angle: 90,
                  size: 200,
                  color,
                }),
              ]
            : []),
          words(plot, [{ x: 0, y, text: shortened(row.name, NAME_COLUMNS) }], { align: "right", dx: -GAP }),
          words(plot, [{ x: end, y, text: days(row.days) }], { align: "left", dx: GAP }),
          words(
            plot,
            read.map(({ day, at }) => ({
              x: day,
              y: y - 18,
              text: roundShare(row.powerByDay[at]!.power),
            })),
            {},
          ),
        ];
      }),
    ],
  );
}

/** The days that are far enough from the one before, with their places in the list. */
function roomFor(
  shownDays: readonly number[],
  room: number,
): { readonly day: number; readonly at: number }[] {
  let last = -Infinity;
  return shownDays
    .map((day, at) => ({ day, at }))
    .toSorted((a, b) => a.day - b.day)
    .filter(({ day }) => {
      if (day < last + room) return false;
      last = day;
      return true;
    });
}
