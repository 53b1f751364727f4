import { DomainError } from "../../core/domain-error.ts";
import type { Block } from "../block.ts";
import type { VegaLiteSpec } from "../charts/vega-lite-spec.ts";
import { toVegaLite } from "../to-vega-lite.ts";
import { htmlFigure } from "./html-figure.ts";

/** Draws a chart as an SVG document. */
export type DrawChart = (chart: VegaLiteSpec) => Promise<string> | string;

export function checkDraw(draw: DrawChart | undefined): void {
  if (draw !== undefined && typeof draw !== "function") {
    throw new DomainError("draw", draw, "must be a function");
  }
}

/** The pictures of a page as figures, by their blocks. One chart at a time: drawing is work, not waiting. */
export async function drawPictures(
  blocks: readonly Block[],
  draw: DrawChart,
): Promise<ReadonlyMap<Block, string>> {
  const figures = new Map<Block, string>();
  for (const block of blocks) {
    if (block.type === "picture") figures.set(block, await drawFigure(toVegaLite(block.result), draw));
  }
  return figures;
}

/** A chart as a figure. */
export async function drawFigure(chart: VegaLiteSpec, draw: DrawChart): Promise<string> {
  return htmlFigure(await draw(chart), chart.description);
}
