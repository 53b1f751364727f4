import { shortened } from "../shortened.ts";
import { COLORS } from "./chart.ts";
import type { Domain } from "./domain.ts";
import type { EffectAxis } from "./effect-axis.ts";
import type { ForestRow, ForestShape } from "./forest.ts";
import { intervalLayers } from "./interval-layers.ts";
import { intervalParts } from "./interval-parts.ts";
import type { Layer } from "./layer.ts";
import { fromTop, quantitative } from "./scales.ts";

/** A forest as it is drawn; places are in pixels from the top. */
export interface ForestPlot {
  readonly rows: readonly (Required<ForestRow> & { readonly y: number; readonly figures: string })[];
  readonly headings: readonly { readonly y: number; readonly heading: string }[];
  readonly height: number;
  readonly axis: EffectAxis;
  readonly domain: Domain;
}

export const PLOT_WIDTH = 380;
/** Between the plot and the text beside it. */
const GAP = 12;
/** Half of the height of a shaded row. */
const HALF_ROW = 14;
/** Of a name; all of it is in the tooltip. */
export const NAME_COLUMNS = 34;

const MARKS = {
  own: { color: COLORS.treatment, fill: COLORS.treatment, strokeWidth: 3, shape: "square", size: 90 },
  whole: { color: COLORS.ink, fill: COLORS.ink, strokeWidth: 3, shape: "diamond", size: 190 },
  weighed: { color: COLORS.quiet, fill: "white", strokeWidth: 1.5, shape: "circle", size: 60 },
} as const;

/** What a forest is drawn of, from the back to the front. */
export function forestLayers(plot: ForestPlot): Layer[] {
  const scales = scalesOf(plot);
  return [
    ...shadedLayers(plot, scales),
    {
      data: { values: [{ at: plot.axis.noEffect }] },
      mark: { type: "rule", strokeDash: [4, 4], color: COLORS.quiet },
      encoding: { x: scales.x("at") },
    },
    ...(["own", "whole", "weighed"] as const).flatMap((shape) => effectLayers(plot, shape, scales)),
    ...textLayers(plot, scales),
  ];
}

interface Scales {
  readonly x: (field: string) => object;
  readonly y: object;
}

function scalesOf({ domain, height, axis }: ForestPlot): Scales {
  return {
    x: (field) => quantitative(field, domain, { title: axis.title, labelExpr: axis.labelExpr, tickCount: 4 }),
    y: fromTop(height),
  };
}

/** Bars, arrows where they leave the picture, and estimates on them. */
function effectLayers({ rows, domain }: ForestPlot, shape: ForestShape, { x, y }: Scales): Layer[] {
  const { color, fill, strokeWidth, shape: symbol, size } = MARKS[shape];
  const own = rows.flatMap(({ shape: drawn, effect, ...row }) =>
    drawn === shape && effect !== null ? [{ ...row, effect, ...intervalParts(effect.interval, domain) }] : [],
  );
  return [
    ...intervalLayers(own, { domain, x, y, color, strokeWidth, arrowSize: 80 }),
    {
      data: {
        values: own.flatMap(({ y: place, name, figures, effect: { estimate } }) =>
          estimate !== null && estimate >= domain[0] && estimate <= domain[1]
            ? [{ y: place, name, figures, estimate }]
            : [],
        ),
      },
      mark: {
        type: "point",
        shape: symbol,
        size,
        filled: true,
        opacity: 1,
        fill,
        stroke: color,
        strokeWidth: 1.5,
      },
      encoding: {
        x: x("estimate"),
        y,
        tooltip: [
          { field: "name", type: "nominal", title: "Effect" },
          { field: "figures", type: "nominal", title: "Figures" },
        ],
      },
    },
  ];
}

/** What is not tolerated, with marks at the margins. */
function shadedLayers({ rows, domain }: ForestPlot, { x, y }: Scales): Layer[] {
  const areas = rows.flatMap(({ y: middle, shaded }) =>
    shaded.map(({ from, to }) => ({
      y: middle - HALF_ROW,
      bottom: middle + HALF_ROW,
      from: Math.max(from, domain[0]),
      to: Math.min(to, domain[1]),
    })),
  );
  const margins = areas.flatMap(({ from, to, ...place }) =>
    [from, to].filter((at) => at > domain[0] && at < domain[1]).map((at) => ({ at, ...place })),
  );
  return [
    {
      data: { values: areas },
      mark: { type: "rect", color: COLORS.grid },
      encoding: { x: x("from"), x2: { field: "to" }, y, y2: { field: "bottom" } },
    },
    {
      data: { values: margins },
      mark: { type: "rule", strokeWidth: 2.5, color: COLORS.proxy },
      encoding: { x: x("at"), y, y2: { field: "bottom" } },
    },
  ];
}

/** Names at the left, figures at the right, and headings. */
function textLayers({ rows, headings }: ForestPlot, { y }: Scales): Layer[] {
  const texts = (values: readonly object[], field: string, mark: object, more: object = {}): Layer => ({
    data: { values },
    mark: { type: "text", baseline: "middle", ...mark },
    encoding: { y, text: { field, type: "nominal" }, ...more },
  });
  const left = { align: "right", x: -GAP };
  return [
    texts(
      rows
        .filter(({ name }) => name !== "")
        .map((row) => ({
          y: row.y,
          name: `${shortened(row.label, NAME_COLUMNS)}${row.note}`,
          whole: row.name,
        })),
      "name",
      left,
      { tooltip: { field: "whole", type: "nominal", title: "Effect" } },
    ),
    texts(
      rows.map(({ y: place, figures }) => ({ y: place, figures })),
      "figures",
      { align: "left", x: PLOT_WIDTH + GAP },
    ),
    texts(headings, "heading", { ...left, fontWeight: 600 }),
  ];
}
