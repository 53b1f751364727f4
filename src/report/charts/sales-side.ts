import { COLORS } from "./chart.ts";
import type { Layer } from "./layer.ts";
import { band, type Plot, words, zeroLine } from "./plot.ts";

/** The side of a logarithmic plot of speedups on which sales are the better guide, and its name where no line runs. */
export function salesSide(plot: Plot, name: "top left" | "bottom right"): Layer[] {
  const [from, to] = plot.x.domain;
  const [bottom] = plot.y.domain;
  const isLeft = name === "top left";
  return [
    band(
      plot,
      [from, to].map((x) => ({ x, y: 0, y2: bottom })),
      { color: COLORS.grid, opacity: 0.7 },
    ),
    zeroLine(plot, { color: COLORS.ink, strokeWidth: 1.5 }),
    words(plot, [{ x: isLeft ? from : to, y: isLeft ? 0 : bottom, text: "Below 1×: sales decide sooner" }], {
      align: isLeft ? "left" : "right",
      dx: isLeft ? 8 : -8,
      dy: isLeft ? 13 : -13,
      fontWeight: 600,
      color: COLORS.quiet,
    }),
  ];
}
