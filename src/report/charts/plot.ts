import { shown, COLOURS } from "./chart.ts";
import type { Layer } from "./layer.ts";
import { shortened } from "./shortened.ts";

/** One direction of a plot. */
export interface PlotAxis {
  readonly title: string;
  /** A Vega expression that writes a tick as the figures are written. */
  readonly labelExpr: string;
  readonly domain: readonly [number, number];
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

/** Between a plot and the text at its right. */
const GAP = 10;

/** Where text and points stand is measured in these fields; what they are called is data. */
export function encoded({ x, y }: Plot, more: object = {}): object {
  return { x: { field: "x", ...axis(x) }, y: { field: "y", ...axis(y) }, ...more };
}

function axis({ title, labelExpr, domain, values, isHidden }: PlotAxis): object {
  return {
    type: "quantitative",
    scale: { domain, nice: false, zero: false },
    axis: isHidden ? null : { title, labelExpr, ...(values === undefined ? { tickCount: 5 } : { values }) },
  };
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

/** What stands at the right of a plot, at the height of what it names. */
export interface EndLabel {
  readonly y: number;
  readonly text: string;
  /** A mark beside the words that the named line has too. */
  readonly symbol?: object | undefined;
}

/** In pixels: a line of text. */
const LINE_HEIGHT = 17;
/** Of a name beside a plot. */
const NAME_COLUMNS = 24;

/** Labels at the right, moved apart where they would cover each other, with a thread to where they belong. */
export function endLabels(plot: Plot, labels: readonly EndLabel[]): Layer[] {
  const [bottom, top] = plot.y.domain;
  const perPixel = (top - bottom) / plot.height;
  const places = apart(
    labels.map(({ y }) => (top - Math.min(Math.max(y, bottom), top)) / perPixel),
    plot.height,
  );
  return labels.flatMap(({ y, text, symbol }, i): Layer[] => {
    const at = top - places[i]! * perPixel;
    const from = Math.min(Math.max(y, bottom), top);
    const end = plot.x.domain[1];
    const start = symbol === undefined ? GAP : 2.6 * GAP;
    return [
      ...(Math.abs(at - from) < perPixel ? [] : [thread(plot, { from, at })]),
      ...(symbol === undefined
        ? []
        : [dots(plot, [{ x: end, y: at, what: text }], { ...symbol, xOffset: 1.6 * GAP })]),
      words(plot, [{ x: end, y: at, text }], { align: "left", dx: start }),
    ];
  });
}

/** A name beside a plot, shortened where it is long, with its figure. */
export function namedFigure(name: string, figure: string): string {
  return `${shortened(shown(name), NAME_COLUMNS)}: ${figure}`;
}

function thread(plot: Plot, { from, at }: { readonly from: number; readonly at: number }): Layer {
  const end = plot.x.domain[1];
  return rules(plot, [{ x: end, y: from, y2: at }], {
    strokeWidth: 1,
    color: COLOURS.control,
    x2Offset: GAP * 0.9,
  });
}

/** Heights in pixels that are at least a line apart, in the same order, as near to where they were as that allows. */
function apart(heights: readonly number[], plotHeight: number): number[] {
  const order = heights.map((_, i) => i).toSorted((a, b) => heights[a]! - heights[b]! || a - b);
  const placed = [...heights];
  let next = -Infinity;
  for (const i of order) {
    placed[i] = Math.max(heights[i]!, next);
    next = placed[i] + LINE_HEIGHT;
  }
  // Pushed beyond the bottom, they move up together again.
  let limit = plotHeight;
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i]!, limit);
    limit = placed[i] - LINE_HEIGHT;
  }
  return placed;
}
