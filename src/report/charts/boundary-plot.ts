import type { Alternative } from "../../core/alternative.ts";
import { amount } from "../figures.ts";
import { COLORS } from "./chart.ts";
import { within } from "./domain.ts";
import { DIFFERENCE_AXIS } from "./effect-axis.ts";
import { type EndLabel, endLabels } from "./end-labels.ts";
import type { Layer } from "./layer.ts";
import {
  dots,
  line,
  type Plot,
  PLOT_WIDTH,
  type PlotAxis,
  type Point,
  rules,
  words,
  zeroLine,
} from "./plot.ts";

/** A look, with what it is held against; z is counted towards the alternative. */
export interface BoundaryLook {
  readonly x: number;
  /** Infinity where the look cannot reject. */
  readonly efficacy: number;
  /** Null where there is none. */
  readonly futility: number | null;
}

export interface Boundaries {
  readonly alternative: Alternative;
  readonly looks: readonly BoundaryLook[];
  /** What was seen at the first looks, treatment against control; null where nothing varied yet. */
  readonly path: readonly (number | null)[];
  /** Index of the look that ended the test. */
  readonly stoppedAt: number | null;
}

const HEIGHT = 280;
/** Boundaries beyond so many standard errors are seldom reached, and would flatten the others. */
const FAR = 5.5;
const ROOM = 0.9;
/** Of the bars that say where a look stops, in pixels: at most, and as a part of the way to the next look. */
const WIDEST_BAR = 16;
const BAR_SHARE = 0.5;
/** Of a critical value. */
const FIGURE_WIDTH = 38;

/** Where each look stops, as bars from its boundary outwards, and the way that the statistic took. */
export function boundaryPlot(
  drawn: Boundaries,
  x: PlotAxis,
): { readonly plot: Plot; readonly layers: Layer[] } {
  const { alternative, looks, path, stoppedAt } = drawn;
  const sides = alternative === "two-sided" ? [1, -1] : [alternative === "greater" ? 1 : -1];
  const domain = domainOf(drawn, sides);
  const inside = (z: number): number => within(domain, z);
  const plot: Plot = {
    x,
    y: { ...DIFFERENCE_AXIS, title: "z, standard errors from no effect", domain },
    width: PLOT_WIDTH,
    height: HEIGHT,
  };
  const spacing = spacingOf(drawn, plot);
  const bar = Math.min(WIDEST_BAR, BAR_SHARE * spacing);
  const stops = sides.flatMap((side) =>
    looks
      .filter(({ efficacy }) => efficacy < Infinity)
      .map((look, i, { length }) => ({
        x: look.x,
        isTold: (length - 1 - i) % Math.ceil(FIGURE_WIDTH / spacing) === 0,
        side,
        z: side * look.efficacy,
        edge: side > 0 ? domain[1] : domain[0],
      })),
  );
  const seenStops = stops.filter(({ z }) => inside(z) === z);
  const giveUps = looks.flatMap(({ x: at, efficacy, futility }) => {
    // Where both meet, the look ends the test anyway.
    if (futility === null || futility === efficacy || futility === -Infinity) return [];
    if (alternative === "two-sided") return futility <= 0 ? [] : [{ x: at, z: futility, from: -futility }];
    const z = sides[0]! * futility;
    return [{ x: at, z: inside(z), from: sides[0]! > 0 ? domain[0] : domain[1] }];
  });
  const points = path.flatMap((z, i) => (z === null ? [] : [{ x: looks[i]!.x, y: inside(z), z, i }]));
  const ended = points.filter(({ i }) => i === stoppedAt);
  return {
    plot,
    layers: [
      zeroLine(plot),
      rules(
        plot,
        seenStops.map(({ x: at, z, edge }) => ({ x: at, y: z, y2: edge })),
        { color: COLORS.band, strokeWidth: bar },
      ),
      rules(
        plot,
        giveUps.map(({ x: at, z, from }) => ({ x: at, y: from, y2: z })),
        { color: COLORS.control, opacity: 0.4, strokeWidth: bar },
      ),
      ...sides.map((side) =>
        line(
          plot,
          stops.filter((stop) => stop.side === side).map(({ x: at, z }) => ({ x: at, y: z })),
          { color: COLORS.macro, strokeWidth: 1, strokeDash: [3, 3] },
        ),
      ),
      dots(
        plot,
        seenStops.map(({ x: at, z }) => ({ x: at, y: z, what: `Stop at ${figure(z)}` })),
        { shape: "stroke", size: bar * bar, color: COLORS.macro, strokeWidth: 2.5, filled: false },
      ),
      ...figures(
        plot,
        seenStops
          .filter(({ isTold }) => isTold)
          .map(({ x: at, z, side }) => ({ x: at, y: z, text: figure(z), side })),
      ),
      ...endLabels(plot, regions(drawn, sides, domain, giveUps.length > 0)),
      line(plot, points, { color: COLORS.ink, strokeWidth: 2 }),
      dots(
        plot,
        points.map(({ x: at, y, z, i }) => ({ x: at, y, what: `Look ${i + 1}: z = ${figure(z)}` })),
        { shape: "circle", color: COLORS.ink, size: 70 },
      ),
      dots(
        plot,
        ended.map(({ x: at, y, z, i }) => ({ x: at, y, what: `Stopped at look ${i + 1}: z = ${figure(z)}` })),
        { shape: "diamond", color: COLORS.ink, size: 240 },
      ),
      words(
        plot,
        points.slice(-1).map(({ x: at, y, z }) => ({ x: at, y, text: figure(z) })),
        { align: "left", dx: 9, dy: 12, fontWeight: 600 },
      ),
    ],
  };
}

/** Critical values, on the side of the boundary where nothing stops. */
function figures(
  plot: Plot,
  stops: readonly (Point & { readonly text: string; readonly side: number })[],
): Layer[] {
  return [1, -1].map((side) =>
    words(
      plot,
      stops.filter((stop) => stop.side === side).map(({ x, y, text }) => ({ x, y, text })),
      { align: "right", dx: -WIDEST_BAR / 2 - 3, dy: side * 9, color: COLORS.macro },
    ),
  );
}

/** The pixels between the two looks that are nearest to each other. */
function spacingOf({ looks }: Boundaries, { x, width }: Plot): number {
  const perPixel = (x.domain[1] - x.domain[0]) / width;
  const ways = looks.slice(1).map((look, i) => look.x - looks[i]!.x);
  return Math.max(1, Math.min(width, ...ways.map((way) => way / perPixel)));
}

function regions(
  { looks, alternative }: Boundaries,
  sides: readonly number[],
  domain: readonly [number, number],
  hasFutility: boolean,
): EndLabel[] {
  const last = looks.at(-1)!;
  const middle = (side: number): number =>
    ((side > 0 ? domain[1] : domain[0]) + side * Math.min(last.efficacy, FAR)) / 2;
  const below = alternative === "two-sided" ? 0 : sides[0]! * -1;
  return [
    ...sides.map((side) => ({ y: middle(side), text: side > 0 ? "Stop: higher" : "Stop: lower" })),
    ...(hasFutility ? [{ y: below, text: "Give up" }] : []),
  ];
}

function domainOf({ looks, path }: Boundaries, sides: readonly number[]): [number, number] {
  const boundaries = looks.flatMap(({ efficacy, futility }) =>
    sides.flatMap((side) => [side * efficacy, ...(futility === null ? [] : [side * futility])]),
  );
  const near = boundaries.filter((z) => Math.abs(z) <= FAR);
  const seen = path.flatMap((z) => (z === null ? [] : [within([-3 * FAR, 3 * FAR], z)]));
  const all = [0, ...sides.map((side) => 2 * side), ...near, ...seen];
  return [Math.min(...all) - ROOM, Math.max(...all) + ROOM];
}

function figure(z: number): string {
  return amount(Number(z.toFixed(2)));
}
