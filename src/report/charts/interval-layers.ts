import type { Domain } from "./domain.ts";
import type { IntervalParts } from "./interval-parts.ts";
import type { Layer } from "./layer.ts";

/** How the intervals of rows are drawn. */
export interface IntervalLook {
  readonly domain: Domain;
  readonly x: (field: string) => object;
  readonly y: object;
  readonly color: string;
  readonly strokeWidth: number;
  readonly arrowSize: number;
}

/** Intervals of rows below each other: bars, and arrows where they leave the picture. */
export function intervalLayers(
  rows: readonly (IntervalParts & { readonly y: number })[],
  { domain, x, y, color, strokeWidth, arrowSize }: IntervalLook,
): Layer[] {
  const arrow = (side: "opensBelow" | "opensAbove", at: number, angle: number): Layer => ({
    data: { values: rows.filter((row) => row[side]).map((row) => ({ y: row.y, at })) },
    mark: { type: "point", shape: "triangle", angle, size: arrowSize, filled: true, color, opacity: 1 },
    encoding: { x: x("at"), y },
  });
  return [
    {
      data: { values: rows.flatMap((row) => row.bars.map((bar) => ({ y: row.y, ...bar }))) },
      mark: { type: "rule", strokeWidth, color },
      encoding: { x: x("from"), x2: { field: "to" }, y },
    },
    arrow("opensBelow", domain[0], -90),
    arrow("opensAbove", domain[1], 90),
  ];
}
