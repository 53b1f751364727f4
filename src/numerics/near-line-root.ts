import { bracketRoot, type BracketRootOptions } from "./bracket-root.ts";
import { findRoot } from "./find-root.ts";

/** The secant rule settles within a handful of steps where a function is nearly a line. */
const MOST_STEPS = 12;
/** By default no error is left but that of rounding, for functions that bend as much as a line of slope 1 is steep. */
const SETTLED = 1e-20;
/** A step by so little of x is rounding. */
const ROUNDING = 4 * Number.EPSILON;
const FIRST_BRACKET = 0.25;

export interface NearLineRootOptions extends BracketRootOptions {
  /** Product of the last two steps that is small enough: the straighter the function, the larger it may be. */
  readonly settled?: number;
}

/**
 * A root of an increasing function that is nearly a line, in as few evaluations as will do: the secant rule, whose error
 * is about the product of its last two steps, and a bracketed search where it does not settle.
 *
 * @param start a first guess
 * @param slope about the slope of f
 * @returns the root, or null where f keeps its sign within the limits
 */
export function nearLineRoot(
  f: (x: number) => number,
  start: number,
  slope: number,
  { minimum = -Number.MAX_VALUE, maximum = Number.MAX_VALUE, settled = SETTLED }: NearLineRootOptions = {},
): number | null {
  let x = start;
  let value = f(x);
  let step = -value / slope;
  for (let i = 0; i < MOST_STEPS && x + step >= minimum && x + step <= maximum; i++) {
    const next = x + step;
    if (Math.abs(step) <= ROUNDING * Math.abs(x)) return next;
    const nextValue = f(next);
    const nextStep = (-nextValue * step) / (nextValue - value);
    if (nextValue === 0) return next;
    if (Math.abs(nextStep * step) <= settled) return next + nextStep;
    [x, value, step] = [next, nextValue, nextStep];
  }
  const limits = { minimum, maximum };
  const bracket = bracketRoot(f, start, Math.min(maximum, start + FIRST_BRACKET), limits);
  return bracket === null ? null : findRoot(f, ...bracket);
}
