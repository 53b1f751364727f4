import { lowerExit, upperExit } from "./look-exits.ts";
import { looksOfWalk } from "./looks-of-walk.ts";

/** Boundaries on the z scale at increasing information; −Infinity and Infinity are none. */
export interface WalkBoundaries {
  readonly information: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** Where a walk starts. */
export interface WalkStart {
  readonly information: number;
  /** B there. */
  readonly value: number;
}

/** For each look, the probability of leaving there, not having left before. */
export interface ExitProbabilities {
  readonly lower: number[];
  readonly upper: number[];
}

/**
 * Where and when a Brownian motion with drift leaves a region that is looked at from time to time:
 * z = B(t)/√t has mean drift·√t and variance 1.
 *
 * Both sides to full relative precision, however small. Some 10 µs a look for a handful of looks, and half a millisecond
 * a look for hundreds.
 *
 * @param boundaries lower <= upper at each look; the last information need not be 1
 * @param drift mean of B by unit of information
 * @param start where the walk starts, at less information than the first look; at 0 unless said
 */
export function exitProbabilities(
  { information, lower, upper }: WalkBoundaries,
  drift: number,
  start: WalkStart = { information: 0, value: 0 },
): ExitProbabilities {
  const looks = looksOfWalk(
    { information, regions: information.map((_, k) => [{ lower: lower[k]!, upper: upper[k]! }]) },
    { drift, startInformation: start.information, startValue: start.value },
  );
  return {
    lower: looks.map((look, k) => lowerExit(look, lower[k]!)),
    upper: looks.map((look, k) => upperExit(look, upper[k]!)),
  };
}
