import type { MetricRole } from "../../core/metric-role.ts";
import { COLORS } from "./chart.ts";

/** How one of several lines is drawn: dash and shape tell it from the others, the colour says its role. */
export interface SeriesStyle {
  readonly line: {
    readonly color: string;
    readonly strokeWidth: number;
    readonly strokeDash: readonly number[];
  };
  readonly symbol: { readonly color: string; readonly shape: string };
}

const DASHES: readonly (readonly number[])[] = [
  [1, 0],
  [8, 4],
  [2, 3],
  [12, 3, 2, 3],
  [4, 2],
  [1, 5],
];
const SHAPES: readonly string[] = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"];

/** @param i - which line it is; after six the dashes begin again */
export function seriesStyle(i: number, role: MetricRole): SeriesStyle {
  const color = role === "macro" ? COLORS.macro : role === "proxy" ? COLORS.proxy : COLORS.quiet;
  return {
    line: { color, strokeWidth: role === "macro" ? 2.5 : 2, strokeDash: DASHES[i % DASHES.length]! },
    symbol: { color, shape: SHAPES[i % SHAPES.length]! },
  };
}
