import { shortened } from "../shortened.ts";
import { COLORS, shown } from "./chart.ts";
import { within } from "./domain.ts";
import type { Layer } from "./layer.ts";
import { dots, type Plot, rules, words } from "./plot.ts";

/** Between a plot and the text at its right. */
const GAP = 10;

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
    labels.map(({ y }) => (top - within(plot.y.domain, y)) / perPixel),
    plot.height,
  );
  return labels.flatMap(({ y, text, symbol }, i): Layer[] => {
    const at = top - places[i]! * perPixel;
    const from = within(plot.y.domain, y);
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
    color: COLORS.control,
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
