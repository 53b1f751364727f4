import { bracketRoot } from "./bracket-root.ts";
import { findRoot } from "./find-root.ts";

/** The secant rule settles within a handful of steps where a function is nearly a line. */
const MOST_STEPS = 12;
/** Product of the last two steps, relative to the root, below which the error left is that of rounding. */
const SETTLED = 2e-16;

/**
 * A root of an increasing function that is nearly a line, in as few evaluations as will do: the secant rule, whose error
 * is about the product of its last two steps, and a bracketed search where it does not settle.
 *
 * @param start a first guess
 * @param slope about the slope of f
 * @returns the root, or null where f keeps its sign
 */
export function nearLineRoot(f: (x: number) => number, start: number, slope: number): number | null {
  const scale = Math.max(1, Math.abs(start));
  let x = start;
  let value = f(x);
  let step = -value / slope;
  for (let i = 0; i < MOST_STEPS && Number.isFinite(step); i++) {
    const next = x + step;
    const nextValue = f(next);
    const nextStep = (-nextValue * step) / (nextValue - value);
    if (nextValue === 0 || Math.abs(nextStep * step) <= SETTLED * scale * scale) {
      return nextValue === 0 ? next : next + nextStep;
    }
    [x, value, step] = [next, nextValue, nextStep];
  }
  const bracket = bracketRoot(f, start, start + 0.1 * scale);
  return bracket === null ? null : findRoot(f, ...bracket, { tolerance: 1e-15 * scale });
}
