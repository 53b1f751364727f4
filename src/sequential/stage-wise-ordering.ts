import { lowerExit, upperExit } from "../numerics/look-exits.ts";
import { looksOfWalk } from "../numerics/looks-of-walk.ts";
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

/** How far from the drift of its walk, in standard errors of the drift, others are asked of the same walk. */
const NEARBY = 3;

/**
 * Both tails of an outcome in the stage-wise ordering, at a drift: an earlier exit above is higher than any later
 * outcome, an earlier exit below is lower, and at one look the larger z is higher.
 *
 * Armitage (1957); Siegmund (1978); Tsiatis, Rosner and Mehta (1984).
 */
export function stageWiseTails(walk: StoppedWalk, drift: number): StageWiseTails {
  return tailsAround(walk, drift, 0)(drift);
}

/** The same at any drift: one walk answers for all that lie near by likelihood ratios, and another is made for those that do not. */
export function stageWiseTailsAnywhere(walk: StoppedWalk): (drift: number) => StageWiseTails {
  const distance = NEARBY / Math.sqrt(walk.information.at(-1)!);
  let centre = Number.NaN;
  let tails: ((drift: number) => StageWiseTails) | null = null;
  return (drift) => {
    if (tails === null || Math.abs(drift - centre) > distance) {
      centre = drift;
      tails = tailsAround(walk, centre, distance);
    }
    return tails(drift);
  };
}

/** The tails at drifts that lie no farther from this one. */
function tailsAround(
  { information, lower, upper, z }: StoppedWalk,
  centre: number,
  distance: number,
): (drift: number) => StageWiseTails {
  const reachable = (boundary: number, k: number): number =>
    reachableBoundary(boundary, information[k]!, centre);
  const below = [...lower, z].map(reachable);
  const above = [...upper, z].map(reachable);
  const looks = looksOfWalk(
    { information, regions: below.map((boundary, k) => [{ lower: boundary, upper: above[k]! }]) },
    { drift: centre, lowestDrift: centre - distance, highestDrift: centre + distance },
  );
  return (drift) => ({
    lower: sumOf(looks.map((look, k) => lowerExit(look, below[k]!, drift))),
    upper: sumOf(looks.map((look, k) => upperExit(look, above[k]!, drift))),
  });
}

/**
 * The drift at which the upper tail of an outcome is the standard normal lower tail of this score.
 *
 * @param tails of the walk, where it is asked for several scores
 */
export function stageWiseDrift(
  walk: StoppedWalk,
  normalScore: number,
  tails: (drift: number) => StageWiseTails = stageWiseTailsAnywhere(walk),
): number {
  const root = Math.sqrt(walk.information.at(-1)!);
  // On the scale of normal quantiles the tail is nearly a line in the drift, exactly so where the first look is the last.
  const distance = (drift: number): number => normalScoreOf(tails(drift)) - normalScore;
  // Any drift below makes the outcome rarer and any above more common, so that there is a root.
  return nearLineRoot(distance, (walk.z + normalScore) / root, root)!;
}

/** The standard normal quantile of the upper tail, from whichever tail is smaller. */
function normalScoreOf({ lower, upper }: StageWiseTails): number {
  return upper < lower ? 0 - normalUpperQuantile(upper) : normalUpperQuantile(lower);
}
