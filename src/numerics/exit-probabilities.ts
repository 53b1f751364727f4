import {
  type BrownianLook,
  firstLook,
  lowerExit,
  nextLook,
  upperExit,
  type WalkAhead,
} from "./brownian-look.ts";

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
 * Both sides to full relative precision, however small. About 10 µs a look for a handful of looks, and 100 µs a look
 * for hundreds.
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
  const ahead = extremesAhead({ information, lower, upper }, drift, start);
  const result: ExitProbabilities = { lower: [], upper: [] };
  let look: BrownianLook | null = null;
  for (let k = 0; k < information.length; k++) {
    look =
      look === null
        ? firstLook({
            information: information[k]!,
            drift,
            startInformation: start.information,
            startValue: start.value,
          })
        : nextLook(look, [{ lower: lower[k - 1]!, upper: upper[k - 1]! }], information[k]!, ahead[k - 1]);
    result.lower.push(lowerExit(look, lower[k]!));
    result.upper.push(upperExit(look, upper[k]!));
  }
  return result;
}

/** For each look, the extreme finite boundaries of the looks after it, in standard deviations from the walk's path. */
function extremesAhead(
  { information, lower, upper }: WalkBoundaries,
  drift: number,
  start: WalkStart,
): WalkAhead[] {
  const result: WalkAhead[] = [];
  let lowest = Infinity;
  let highest = -Infinity;
  for (let k = information.length - 1; k >= 0; k--) {
    result[k] = { lowest, highest };
    const elapsed = information[k]! - start.information;
    const path = start.value + drift * elapsed;
    for (const z of [lower[k]!, upper[k]!]) {
      if (!Number.isFinite(z)) continue;
      const distance = (z * Math.sqrt(information[k]!) - path) / Math.sqrt(elapsed);
      lowest = Math.min(lowest, distance);
      highest = Math.max(highest, distance);
    }
  }
  return result;
}
