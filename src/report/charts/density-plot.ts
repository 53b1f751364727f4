import type { DensityPoint } from "../../bayesian/effect-density.ts";
import { COLORS, shown } from "./chart.ts";
import type { Domain } from "./domain.ts";
import type { Layer } from "./layer.ts";
import { quantitative } from "./scales.ts";

/** A panel of densities over one quantity; heights are in units of the highest density. */
export interface DensityPanel {
  readonly domain: Domain;
  readonly title: string;
  readonly labelExpr: string;
  /** The highest density. */
  readonly peak: number;
}

export const DENSITY_WIDTH = 480;
/** Of the height of the highest density: what lies below the line and above the peak. */
const BELOW = 0.16;
const ABOVE = 1.2;
/** Where an interval stands below the line. */
export const BELOW_LINE = -0.09;

export function densityX(field: string, { domain, title, labelExpr }: DensityPanel): object {
  return quantitative(field, domain, { title, labelExpr, tickCount: 6, grid: false });
}

export function densityY(field: string): object {
  return quantitative(field, [-BELOW, ABOVE], null);
}

/** The room below a density, or a part of it. */
export function densityArea(panel: DensityPanel, points: readonly DensityPoint[], color: string): Layer {
  return {
    data: { values: heights(panel, points).map((point) => ({ ...point, floor: 0 })) },
    mark: { type: "area", clip: true, color, opacity: 1 },
    encoding: { x: densityX("value", panel), y: densityY("height"), y2: { field: "floor" } },
  };
}

export function densityLine(panel: DensityPanel, points: readonly DensityPoint[], mark: object): Layer {
  return {
    data: { values: heights(panel, points) },
    mark: { type: "line", clip: true, ...mark },
    encoding: { x: densityX("value", panel), y: densityY("height") },
  };
}

/** Words at a value, above the line by a share of the peak. */
export function densityWords(
  panel: DensityPanel,
  { value, height, text }: { readonly value: number; readonly height: number; readonly text: string },
  mark: object,
): Layer {
  return {
    data: { values: [{ value, height, text: shown(text) }] },
    mark: { type: "text", baseline: "middle", ...mark },
    encoding: {
      x: densityX("value", panel),
      y: densityY("height"),
      text: { field: "text", type: "nominal" },
    },
  };
}

/** A vertical line at a value. */
export function densityMark(panel: DensityPanel, value: number): Layer {
  return {
    data: { values: [{ value, height: 0, top: ABOVE }] },
    mark: { type: "rule", strokeDash: [4, 4], color: COLORS.quiet },
    encoding: { x: densityX("value", panel), y: densityY("height"), y2: { field: "top" } },
  };
}

/** The line on which a density stands. */
export function densityFloor(panel: DensityPanel): Layer {
  const [from, to] = panel.domain;
  return {
    data: { values: [{ from, to, height: 0 }] },
    mark: { type: "rule", color: COLORS.control },
    encoding: { x: densityX("from", panel), x2: { field: "to" }, y: densityY("height") },
  };
}

function heights({ peak }: DensityPanel, points: readonly DensityPoint[]): object[] {
  return points
    .filter(({ value, density }) => Number.isFinite(value) && Number.isFinite(density))
    .map(({ value, density }) => ({ value, height: density / peak }));
}

/** The points on one side of a value, with the value itself between its neighbours. */
export function pointsBeside(
  points: readonly DensityPoint[],
  value: number,
  side: "below" | "above",
): DensityPoint[] {
  const isWithin = (point: DensityPoint): boolean =>
    side === "below" ? point.value <= value : point.value >= value;
  const after = points.findIndex((point) => point.value >= value);
  const [left, right] = [points[after - 1], points[after]];
  if (left === undefined || right === undefined) return points.filter(isWithin);
  const share = (value - left.value) / (right.value - left.value);
  const edge = { value, density: left.density + share * (right.density - left.density) };
  const own = points.filter(isWithin);
  return side === "below" ? [...own, edge] : [edge, ...own];
}
