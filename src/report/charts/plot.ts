import { chart, type ChartText, COLORS, shown } from "./chart.ts";
import type { Domain } from "./domain.ts";
import { drawnLayers, type Layer } from "./layer.ts";
import { quantitative } from "./scales.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** One direction of a plot. */
export interface PlotAxis {
  readonly title: string;
  /** A Vega expression that writes a tick as the figures are written. */
  readonly labelExpr: string;
  readonly domain: Domain;
  readonly values?: readonly number[];
  /** Only a place, which has no ticks. */
  readonly isHidden?: true;
}

/** A field of points, lines and bands on two axes; sizes in pixels. */
export interface Plot {
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Wide enough for labels at its right. */
export const PLOT_WIDTH = 420;
export const PLOT_HEIGHT = 260;

/** A chart that is one plot; what comes first lies at the back. */
export function plotChart(text: ChartText, plot: Plot, layers: readonly Layer[]): VegaLiteSpec {
  return chart(text, onePlot(plot, layers));
}

type PlotPart = { readonly width: number; readonly height: number; readonly layer: readonly Layer[] };

/** A plot as a part of a chart. */
export function onePlot({ width, height }: Plot, layers: readonly Layer[]): PlotPart {
  return { width, height, layer: drawnLayers(layers) };
}

/** Where text and points stand is measured in these fields; what they are called is data. */
export function encoded({ x, y }: Plot, more: object = {}): object {
  return { x: onAxis("x", x), y: onAxis("y", y), ...more };
}

function onAxis(field: string, { title, labelExpr, domain, values, isHidden }: PlotAxis): object {
  const ticks = values === undefined ? { tickCount: 5 } : { values };
  return quantitative(field, domain, isHidden ? null : { title, labelExpr, ...ticks });
}

/** Points in order, joined; what lies outside is cut off. */
export function line(plot: Plot, points: readonly Point[], mark: object): Layer {
  return { data: { values: points }, mark: { type: "line", clip: true, ...mark }, encoding: encoded(plot) };
}

/** Points by themselves, with what they are in a tooltip. */
export function dots(
  plot: Plot,
  points: readonly (Point & { readonly what: string })[],
  mark: object,
): Layer {
  return {
    data: { values: points.map((point) => ({ ...point, what: shown(point.what) })) },
    mark: { type: "point", filled: true, opacity: 1, size: 80, ...mark },
    encoding: encoded(plot, { tooltip: { field: "what", type: "nominal", title: " " } }),
  };
}

/** Straight lines from one point to another. */
export function rules(
  plot: Plot,
  segments: readonly (Point & { readonly x2?: number; readonly y2?: number })[],
  mark: object,
): Layer {
  const ends = segments.map(({ x, y, x2 = x, y2 = y }) => ({ x, y, x2, y2 }));
  return {
    data: { values: ends },
    mark: { type: "rule", ...mark },
    encoding: encoded(plot, { x2: { field: "x2" }, y2: { field: "y2" } }),
  };
}

/** A line across the plot at no effect; dashed unless the mark says otherwise. */
export function zeroLine(plot: Plot, mark: object = { color: COLORS.quiet, strokeDash: [4, 4] }): Layer {
  const [from, to] = plot.x.domain;
  return rules(plot, [{ x: from, x2: to, y: 0 }], mark);
}

/** The room between two lines. */
export function band(
  plot: Plot,
  points: readonly { readonly x: number; readonly y: number; readonly y2: number }[],
  mark: object,
): Layer {
  return {
    data: { values: points },
    mark: { type: "area", clip: true, ...mark },
    encoding: encoded(plot, { y2: { field: "y2" } }),
  };
}

/** Words in the plot. */
export function words(
  plot: Plot,
  texts: readonly (Point & { readonly text: string })[],
  mark: object,
): Layer {
  return {
    data: { values: texts.map((text) => ({ ...text, text: shown(text.text) })) },
    mark: { type: "text", baseline: "middle", ...mark },
    encoding: encoded(plot, { text: { field: "text", type: "nominal" } }),
  };
}
