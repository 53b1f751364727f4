import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Where a curve over n begins and ends, in units per arm. */
export interface CurveRange {
  readonly lower: number;
  readonly upper: number;
}

/** A curve from fewer units than this part of the larger half-reliability n is about tests that nobody runs. */
const WIDEST = 300;
/** Beyond so many half-reliability n nothing of a decision changes that one would draw. */
const MARGIN = 10;
/** A lead that is lost later than this is lost at no size that anybody tests. */
const FARTHEST = 100;

/**
 * From a tenth of the smaller half-reliability n, unless that is far below the larger one, to ten times the latter, and
 * past the crossover, where the picture turns, and past a planned n.
 *
 * @param crossoverN - null where there is none; 0 and Infinity are legal
 */
export function curveRange(
  halfReliabilityN: readonly number[],
  crossoverN: number | null,
  plannedN: number | undefined,
): CurveRange {
  const [smallest, largest] = [Math.min(...halfReliabilityN), Math.max(...halfReliabilityN)];
  const turn = crossoverN !== null && crossoverN <= FARTHEST * largest ? crossoverN : 0;
  return {
    lower: Math.min(Math.max(smallest / MARGIN, largest / WIDEST), (plannedN ?? Infinity) / 2),
    upper: Math.max(MARGIN * largest, 2 * turn, 2 * (plannedN ?? 0)),
  };
}

/** Sizes in even steps of their logarithms, with those marks between the ends where something happens. */
export function curveSizes({ lower, upper }: CurveRange, points: number, marks: readonly number[]): number[] {
  const [from, to] = [ln(lower), ln(upper)];
  const grid = Array.from({ length: points - 2 }, (_, i) =>
    exp(from + (to - from) * ((i + 1) / (points - 1))),
  );
  const inside = [...grid, ...marks].filter((n) => n > lower && n < upper);
  return [...new Set([lower, ...inside, upper])].toSorted((a, b) => a - b);
}
