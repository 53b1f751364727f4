import type { MetricRole } from "../../core/metric-role.ts";
import { percent } from "../figures.ts";
import { type ChartText, COLORS } from "./chart.ts";
import { dayOrSizeAxis } from "./day-or-size-axis.ts";
import { SHARE_TICKS } from "./effect-axis.ts";
import { endLabels, namedFigure } from "./end-labels.ts";
import type { Layer } from "./layer.ts";
import {
  dots,
  line,
  type Plot,
  PLOT_HEIGHT,
  PLOT_WIDTH,
  plotChart,
  type Point,
  rules,
  words,
} from "./plot.ts";
import { seriesStyle } from "./series-style.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** How one metric's power grows. */
export interface PowerLine {
  readonly name: string;
  /** What stands after the name. */
  readonly figure: string;
  readonly role: MetricRole;
  /** Sizes or days, and the power at each. */
  readonly points: readonly Point[];
  /** Where it reaches the power asked for; Infinity where it never does. */
  readonly reachedAt: number;
}

export interface PowerLines {
  /** Days, or else units of the control arm. */
  readonly areDays: boolean;
  readonly lines: readonly PowerLine[];
  readonly targetPower: number;
  /** A day or size at which the test is read, and what is said of it. */
  readonly readAt?: { readonly x: number; readonly text: string } | undefined;
  /** Looks at the first line, with the power reached by each. */
  readonly looks?: readonly Point[] | undefined;
}

/** Power against size or days, one line for each metric, with marks where each reaches the power asked for. */
export function powerLines(text: ChartText, drawn: PowerLines): VegaLiteSpec {
  const { lines, areDays, targetPower, readAt, looks = [] } = drawn;
  const end = Math.max(...lines.map(({ points }) => points.at(-1)?.x ?? 0), readAt?.x ?? 0);
  const plot: Plot = {
    x: dayOrSizeAxis(areDays, end),
    y: { title: "Power", labelExpr: SHARE_TICKS, domain: [0, 1], values: ticksWith(targetPower) },
    width: PLOT_WIDTH,
    height: PLOT_HEIGHT,
  };
  const reached = lines
    .map((each, i) => ({ ...each, style: seriesStyle(i, each.role) }))
    .filter(({ reachedAt }) => reachedAt <= end);
  const layers: Layer[] = [
    rules(plot, [{ x: 0, x2: end, y: targetPower }], { strokeDash: [4, 4], color: COLORS.quiet }),
    ...(readAt === undefined ? [] : readAtLayers(plot, readAt)),
    ...lines.map(({ points, role }, i) => line(plot, points, seriesStyle(i, role).line)),
    line(plot, looks, { color: COLORS.ink, strokeWidth: 1 }),
    dots(
      plot,
      looks.map((look) => ({ ...look, what: `Look: ${percent(look.y)}` })),
      { shape: "circle", size: 60, color: COLORS.ink, fill: "white", strokeWidth: 1.5, filled: false },
    ),
    ...reached.flatMap(({ name, figure, reachedAt, style }) => [
      rules(plot, [{ x: reachedAt, y: targetPower, y2: 0 }], {
        color: style.symbol.color,
        strokeWidth: 1,
        strokeDash: [2, 2],
      }),
      dots(plot, [{ x: reachedAt, y: targetPower, what: `${name}: ${figure}` }], style.symbol),
    ]),
    ...endLabels(
      plot,
      lines.map(({ name, figure, role, points }, i) => ({
        y: points.at(-1)?.y ?? 0,
        text: namedFigure(name, figure),
        symbol: seriesStyle(i, role).symbol,
      })),
    ),
  ];
  return plotChart(text, plot, layers);
}

/** Ticks of shares, the one asked for among them. */
function ticksWith(share: number): number[] {
  return [0, 0.2, 0.4, 0.6, 0.8, 1].filter((tick) => Math.abs(tick - share) > 0.06).concat(share);
}

function readAtLayers(plot: Plot, { x, text }: { readonly x: number; readonly text: string }): Layer[] {
  return [
    rules(plot, [{ x, y: 0, y2: 1 }], { color: COLORS.ink, strokeWidth: 1.5 }),
    words(plot, [{ x, y: 1, text }], { align: "right", dx: -5, dy: -9 }),
  ];
}
