import { exitProbabilities } from "../numerics/exit-probabilities.ts";
import { nearLineRoot } from "../numerics/near-line-root.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { reachableBoundary } from "../numerics/reachable-boundary.ts";
import { sumOf } from "../numerics/sum.ts";

/** A walk that stopped, at its last look, with the boundaries it had passed between at those before. */
export interface StoppedWalk {
  readonly information: readonly number[];
  /** Boundaries of all looks but the last, on the z scale. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** Seen at the last look. */
  readonly z: number;
}

/** P(an outcome at most as high as this one) and P(one at least as high). */
export interface StageWiseTails {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Both tails of an outcome in the stage-wise ordering, at a drift: an earlier exit above is higher than any later
 * outcome, an earlier exit below is lower, and at one look the larger z is higher.
 *
 * Armitage (1957); Siegmund (1978); Tsiatis, Rosner and Mehta (1984).
 */
export function stageWiseTails({ information, lower, upper, z }: StoppedWalk, drift: number): StageWiseTails {
  const reachable = (boundary: number, k: number): number =>
    reachableBoundary(boundary, information[k]!, drift);
  const exits = exitProbabilities(
    { information, lower: [...lower, z].map(reachable), upper: [...upper, z].map(reachable) },
    drift,
  );
  return { lower: sumOf(exits.lower), upper: sumOf(exits.upper) };
}

/** The drift at which the upper tail of an outcome is the standard normal lower tail of this score. */
export function stageWiseDrift(walk: StoppedWalk, normalScore: number): number {
  const root = Math.sqrt(walk.information.at(-1)!);
  // On the scale of normal quantiles the tail is nearly a line in the drift, exactly so where the first look is the last.
  const distance = (drift: number): number => normalScoreOf(stageWiseTails(walk, drift)) - normalScore;
  // Any drift below makes the outcome rarer and any above more common, so that there is a root.
  return nearLineRoot(distance, (walk.z + normalScore) / root, root)!;
}

/** The standard normal quantile of the upper tail, from whichever tail is smaller. */
function normalScoreOf({ lower, upper }: StageWiseTails): number {
  return upper < lower ? 0 - normalUpperQuantile(upper) : normalUpperQuantile(lower);
}
