import { COLORS } from "./chart.ts";
import type { Layer } from "./layer.ts";
import { type Plot, type Point, rules, words } from "./plot.ts";

/** In pixels, between a point and its label. */
const BESIDE = 9;
/** In pixels; most characters are a little narrower than this. */
const CHARACTER = 7;
const LINE = 15;
/** Lines away from a point at which a label looks for room, nearest first. */
const STEPS = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8];

/** Keeps lines that run behind a name from striking it through; it says nothing. */
const HALO = {
  color: "white",
  stroke: "white",
  strokeWidth: 4,
  strokeJoin: "round",
  opacity: 0.85,
  aria: false,
};

/** Names beside their points, and below the marks of these threads to names that had to move. */
export function namesBeside(
  plot: Plot,
  points: readonly (Point & { readonly text: string })[],
  marks: readonly Layer[],
  side: "left" | "right" = "right",
): Layer[] {
  const names = placed(plot, points, side);
  return [
    rules(
      plot,
      names.filter(({ isMoved }) => isMoved).map(({ x, y, labelY }) => ({ x, y, y2: labelY })),
      { color: COLORS.control, strokeWidth: 1 },
    ),
    ...marks,
    ...(["left", "right"] as const).flatMap((align) => {
      const texts = names
        .filter((each) => each.align === align)
        .map(({ x, labelY, text }) => ({ x, y: labelY, text }));
      const place = { align, dx: align === "left" ? BESIDE : -BESIDE };
      return [words(plot, texts, { ...place, ...HALO }), words(plot, texts, place)];
    }),
  ];
}

/** A label beside its point. */
interface PlacedLabel extends Point {
  readonly text: string;
  readonly align: "left" | "right";
  readonly labelY: number;
  /** Whether it stands above or below its point, and needs a thread to it. */
  readonly isMoved: boolean;
}

/**
 * Labels beside their points: at one side, or at the other where the plot ends, and up or down where a point or another
 * label is in the way. The first come first, the rest find what is left.
 */
function placed(
  plot: Plot,
  points: readonly (Point & { readonly text: string })[],
  side: "left" | "right",
): PlacedLabel[] {
  const [left, right] = plot.x.domain;
  const [bottom, top] = plot.y.domain;
  const across = (x: number): number => (plot.width * (x - left)) / (right - left);
  const down = (y: number): number => (plot.height * (top - y)) / (top - bottom);
  const taken = points.map(({ x, y }) => ({ from: across(x) - BESIDE, to: across(x) + BESIDE, at: down(y) }));
  return points.map(({ x, y, text }, own) => {
    const width = CHARACTER * text.length;
    const fitsLeft = across(x) - BESIDE - width > 0;
    const fitsRight = across(x) + BESIDE + width < plot.width;
    const isLeft = side === "left" ? fitsLeft || !fitsRight : fitsLeft && !fitsRight;
    const align = isLeft ? "right" : "left";
    const from = align === "left" ? across(x) + BESIDE : across(x) - BESIDE - width;
    const to = from + width;
    const isFree = (at: number): boolean =>
      at > 1.5 * LINE &&
      at < plot.height - 1.5 * LINE &&
      taken.every(
        (other, i) => i === own || other.to < from || other.from > to || Math.abs(other.at - at) >= LINE,
      );
    const step = STEPS.find((steps) => isFree(down(y) + LINE * steps)) ?? 0;
    const at = down(y) + LINE * step;
    taken.push({ from, to, at });
    return { x, y, text, align, labelY: top - (at * (top - bottom)) / plot.height, isMoved: step !== 0 };
  });
}
