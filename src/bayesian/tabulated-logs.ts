import type { Side } from "../numerics/beside-line.ts";
import { log1mexp } from "../numerics/log1mexp.ts";
import type { Marginal } from "./marginal.ts";
import { sinh } from "../numerics/elementary/hyperbolic.ts";
import { asinh } from "../numerics/elementary/inverse-hyperbolic.ts";
import { cos } from "../numerics/elementary/trigonometric.ts";

/** ln of the density, and of the tail on one side, at each of some points. */
export interface PointLogs {
  readonly densities: readonly number[];
  readonly tails: readonly number[];
}

/** Chebyshev points of a panel. */
const POINTS = 20;
/** Panels have length 1 in asinh of the distance from the centre in so many widths: they grow with the distance. */
const SCALE = 3;
/** No panel is cut shorter: what is rough there is rounding. */
const SHORTEST = 1 / 32;
/** A panel whose last coefficients are larger, as a share of 1 plus the largest log, is cut in halves. */
const RESOLVED = 1e-13;
/** Coefficients below this share are rounding. */
const ROUNDING = 1e-16;
/** So many coefficients in a row are not small by chance. */
const LAST = 3;
/** cos(π j (i + 1/2) / POINTS), row by row of j. */
const COSINES: readonly (readonly number[])[] = /* @__PURE__ */ Array.from({ length: POINTS }, (_, j) =>
  Array.from({ length: POINTS }, (__, i) => cos((Math.PI * j * (i + 0.5)) / POINTS)),
);

/** A piece of the line, in the coordinate of the panels, with what is known of it. */
interface Panel {
  readonly from: number;
  readonly size: number;
  readonly side: Side;
  /** Coefficients of Chebyshev series; null where the panel is cut, or logs are infinite. */
  readonly series: { readonly density: readonly number[]; readonly tail: readonly number[] } | null;
  readonly isCut: boolean;
  lower: Panel | undefined;
  upper: Panel | undefined;
}

/**
 * Density and tails, interpolated: for what is asked for thousands of times and takes long to compute.
 *
 * Logs of smooth densities are nearly polynomials, so Chebyshev series on panels a few widths long leave them right to
 * about 1e-13. A panel is computed when it is asked for first, all its points at once. Below the centre it holds the lower
 * tail, above it the upper one, since the log of a tail near 1 is no such polynomial.
 */
export function tabulatedLogs(
  logsAt: (points: readonly number[], side: Side) => PointLogs,
  center: number,
  width: number,
): Pick<Marginal, "logDensity" | "logTails"> {
  const scale = SCALE * width;
  const placeOf = (u: number): number => asinh((u - center) / scale);
  const panels = new Map<number, Panel>();
  let latest: Panel | undefined;

  const makePanel = (from: number, size: number, side: Side): Panel => {
    const points = COSINES[1]!.map((cosine) => center + scale * sinh(from + 0.5 * size * (1 + cosine)));
    const { densities, tails } = logsAt(points, side);
    const rest = { from, size, side, lower: undefined, upper: undefined };
    if (![...densities, ...tails].every(Number.isFinite)) return { ...rest, series: null, isCut: false };
    const density = chebyshevSeries(densities);
    const tail = chebyshevSeries(tails);
    const isCut = size > SHORTEST && !(isResolved(density) && isResolved(tail));
    return { ...rest, series: isCut ? null : { density: trimmed(density), tail: trimmed(tail) }, isCut };
  };
  const panelAt = (place: number): Panel => {
    if (latest !== undefined && place >= latest.from && place < latest.from + latest.size) return latest;
    const index = Math.floor(place);
    let panel = panels.get(index);
    if (panel === undefined) panels.set(index, (panel = makePanel(index, 1, index < 0 ? "lower" : "upper")));
    while (panel.isCut) {
      const size: number = 0.5 * panel.size;
      const middle: number = panel.from + size;
      panel =
        place < middle
          ? (panel.lower ??= makePanel(panel.from, size, panel.side))
          : (panel.upper ??= makePanel(middle, size, panel.side));
    }
    return (latest = panel);
  };
  return {
    logDensity(u) {
      const place = placeOf(u);
      const { series, from, size, side } = panelAt(place);
      if (series === null) return logsAt([u], side).densities[0]!;
      return seriesAt(series.density, (place - from) / size);
    },
    logTails(u) {
      const place = placeOf(u);
      const { series, from, size, side } = panelAt(place);
      const log =
        series === null ? logsAt([u], side).tails[0]! : seriesAt(series.tail, (place - from) / size);
      const tail = Math.min(0, log);
      const rest = log1mexp(tail);
      return side === "lower" ? { lower: tail, upper: rest } : { lower: rest, upper: tail };
    },
  };
}

/** The coefficients of the series through the values at the Chebyshev points. */
function chebyshevSeries(values: readonly number[]): readonly number[] {
  return COSINES.map((row, j) => {
    const sum = row.reduce((total, cosine, i) => total + cosine * values[i]!, 0);
    return (sum * (j === 0 ? 1 : 2)) / POINTS;
  });
}

function sizeOf(series: readonly number[]): number {
  return series.reduce((sum, coefficient) => sum + Math.abs(coefficient), 1);
}

function isResolved(series: readonly number[]): boolean {
  const size = sizeOf(series);
  return series.slice(-LAST).every((coefficient) => Math.abs(coefficient) <= RESOLVED * size);
}

/** Without the last coefficients that are rounding. */
function trimmed(series: readonly number[]): readonly number[] {
  const size = sizeOf(series);
  return series.slice(0, series.findLastIndex((coefficient) => Math.abs(coefficient) > ROUNDING * size) + 1);
}

/** The series at a share of the panel, by Clenshaw's recurrence. */
function seriesAt(series: readonly number[], share: number): number {
  const twice = 4 * share - 2;
  let [next, afterNext] = [0, 0];
  for (let j = series.length - 1; j > 0; j--) {
    const value = series[j]! + twice * next - afterNext;
    afterNext = next;
    next = value;
  }
  return series[0]! + 0.5 * twice * next - afterNext;
}
