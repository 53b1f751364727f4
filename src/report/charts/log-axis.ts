import { log10 } from "../../numerics/elementary/log10.ts";
import type { PlotAxis } from "./plot.ts";

/** The most ticks of an axis before only powers of ten are left. */
const MOST_TICKS = 7;

/** Where a value above 0 stands on a logarithmic axis. */
export function onLogAxis(value: number): number {
  return log10(value);
}

/**
 * A logarithmic axis, whose places are powers of ten: what is drawn on it are logarithms, and its ticks are values.
 *
 * @param unit - what stands after each tick, such as `×`
 */
export function logAxis(title: string, lowest: number, highest: number, unit = ""): PlotAxis {
  const value = "pow(10, datum.value)";
  const plain = `format(${value}, ',.3~r')`;
  return {
    title,
    labelExpr: `(${value} < 1e6 && ${value} > 1e-4 ? ${plain} : replace(format(${value}, '.2~e'), '\u2212', '-')) + '${unit}'`,
    domain: [onLogAxis(lowest), onLogAxis(highest)],
    values: ticks(lowest, highest).map(onLogAxis),
  };
}

/** Ones, twos and fives of each power of ten, or fewer where these are too many. */
function ticks(lowest: number, highest: number): number[] {
  const [first, last] = [Math.floor(onLogAxis(lowest)), Math.ceil(onLogAxis(highest))];
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const of = (digits: readonly number[], every: number): number[] =>
    powers
      .filter((power) => power % every === 0)
      .flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`)))
      .filter((value) => value >= lowest && value <= highest);
  const finest = [
    [1, 2, 5],
    [1, 3],
  ].find((digits) => of(digits, 1).length <= MOST_TICKS);
  return finest === undefined ? of([1], Math.ceil(powers.length / MOST_TICKS)) : of(finest, 1);
}
