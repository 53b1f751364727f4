import type { CountProbabilities } from "../numerics/beta-binomial-counts.ts";
import { findRoot } from "../numerics/find-root.ts";
import { smallestTrue } from "../numerics/smallest-true.ts";
import type { SuccessMargin } from "./success-criterion.ts";
import { cos } from "../numerics/elementary/trigonometric.ts";

/** Up to so many rows are looked at one by one. */
const FEW_ROWS = 40;
/** In conversions: the interpolated edge may be wrong by so much where it is checked. */
const TOLERANCE = 1e-6;
/** Nearer to a whole number than this the edge is not trusted to lie on its side of it. */
const DOUBT = 1e-4;

/** Chebyshev points on [0, 1] with their barycentric weights (Berrut and Trefethen 2004, SIAM Review 46, 501–517). */
const DEGREE = 10;
const POINTS: readonly number[] = /* @__PURE__ */ Array.from(
  { length: DEGREE + 1 },
  (_, i) => 0.5 - 0.5 * cos((Math.PI * i) / DEGREE),
);
const weight = (i: number): number => (i % 2 === 0 ? 1 : -1) * (i === 0 || i === DEGREE ? 0.5 : 1);
/** Where an interpolation is compared with what it stands for: between points, near an end and in the middle. */
const PROBES: readonly number[] = [0.012, 0.57];

/**
 * For each number of conversions of the first arm, the fewest of the second that make the end a success, as an index
 * into the second arm's counts; their number, if none does.
 *
 * The margin is a smooth function of real conversions too, so the edge, where it is 0, is a smooth curve: it is solved
 * for at a few points and interpolated between them, piece by piece. A row whose edge comes out next to a whole number
 * is looked at on its own, so that the result is that of looking at every table.
 */
export function successEdge(
  margin: SuccessMargin,
  first: CountProbabilities,
  second: CountProbabilities,
): Float64Array {
  const rows = first.pmf.length;
  const columns = second.pmf.length;
  const isSuccess = (row: number, column: number): boolean =>
    margin(first.first + row, second.first + column) >= 0;
  const edge = new Float64Array(rows);
  // Rows in which every column is a success come first, rows in which none is come last.
  const mixed = smallestTrue((row) => row === rows || !isSuccess(row, 0), 0, 0, rows);
  const hopeless = smallestTrue((row) => row === rows || !isSuccess(row, columns - 1), rows, mixed, rows);
  edge.fill(columns, hopeless);

  const exactly = (row: number, guess: number): number =>
    smallestTrue((column) => isSuccess(row, column), guess, 0, columns - 1);
  const real = (row: number, guess: number, stride: number): number => {
    const at = (column: number): number => margin(first.first + row, second.first + column);
    const start = Math.min(columns - 1, Math.max(0, guess));
    let [low, high] = [start, start];
    for (let step = stride; low > 0 && at((low = Math.max(0, low - step))) >= 0; step *= 4) high = low;
    for (
      let step = stride;
      high < columns - 1 && at((high = Math.min(columns - 1, high + step))) < 0;
      step *= 4
    )
      low = high;
    return findRoot(at, low, high, { tolerance: 1e-9 });
  };
  const fill = (from: number, to: number): void => {
    if (to - from > FEW_ROWS && interpolate(from, to)) return;
    if (to - from > FEW_ROWS) {
      const middle = Math.floor((from + to) / 2);
      fill(from, middle);
      fill(middle, to);
      return;
    }
    for (let row = from; row < to; row++) edge[row] = exactly(row, row > mixed ? edge[row - 1]! : 0);
  };
  const interpolate = (from: number, to: number): boolean => {
    const width = to - 1 - from;
    const ends = [exactly(from, 0), exactly(to - 1, columns - 1)] as const;
    const values: number[] = [];
    for (const point of POINTS) {
      values.push(real(from + point * width, ends[0] + point * (ends[1] - ends[0]), 1));
    }
    const isRight = PROBES.every((probe) => {
      const guess = interpolated(values, probe);
      return Math.abs(real(from + probe * width, guess, 10 * TOLERANCE) - guess) <= TOLERANCE;
    });
    if (!isRight) return false;
    for (let row = from; row < to; row++) {
      const value = interpolated(values, (row - from) / width);
      const nearest = Math.round(value);
      edge[row] = Math.abs(value - nearest) > DOUBT ? Math.ceil(value) : exactly(row, nearest);
    }
    return true;
  };
  fill(mixed, hopeless);
  return edge;
}

function interpolated(values: readonly number[], x: number): number {
  let above = 0;
  let below = 0;
  for (let i = 0; i <= DEGREE; i++) {
    const distance = x - POINTS[i]!;
    if (distance === 0) return values[i]!;
    const share = weight(i) / distance;
    above += share * values[i]!;
    below += share;
  }
  return above / below;
}
