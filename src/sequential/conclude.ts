import type { Alternative } from "../core/alternative.ts";
import type { Interval } from "../core/interval.ts";
import { normalLogSf, normalUpperQuantile } from "../numerics/normal.ts";
import { driftBelow, effectIntervals } from "./effect-intervals.ts";
import type { GroupSequentialConclusion, StageWiseEstimate } from "./group-sequential-analysis.ts";
import type { StandardLook } from "./group-sequential-look.ts";
import {
  stageWiseDrift,
  stageWiseTails,
  stageWiseTailsAnywhere,
  type StoppedWalk,
} from "./stage-wise-ordering.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** The smallest double with all its digits. */
const SMALLEST_DOUBLE = 2.3e-308;

/** What an experiment shows that ended at this look, after passing between the boundaries of the looks before. */
export function conclude(
  end: StandardLook,
  before: Omit<StoppedWalk, "z">,
  alternative: Alternative,
  confidenceLevel: number,
): GroupSequentialConclusion {
  const { information, z, scale } = end;
  const walk = { ...before, z };
  const { lower: less, upper: greater } = stageWiseTails(walk, 0);
  const twoSided = Math.min(1, 2 * Math.min(less, greater));
  const pValue = { "two-sided": twoSided, greater, less }[alternative];
  const tails = stageWiseTailsAnywhere(walk);
  const distance = (normalScore: number): number =>
    z - stageWiseDrift(walk, normalScore, tails) * Math.sqrt(information);
  const reach = normalUpperQuantile((1 - confidenceLevel) / 2);
  const median = distance(0);
  const intervals = effectIntervals(
    end,
    { lower: distance(-reach), upper: distance(reach) },
    confidenceLevel,
    "stage-wise",
  );
  return {
    information,
    z,
    pValue,
    logPValue: logPValue(pValue, z, alternative),
    pValues: { twoSided, greater, less },
    effects: {
      drift: stageWiseEstimate(driftBelow(information, z, median), intervals.drift),
      difference:
        scale === null ? null : stageWiseEstimate(scale.difference.below(median), intervals.difference!),
      lift:
        scale === null
          ? null
          : stageWiseEstimate(
              scale.lift.estimate === null ? null : scale.lift.below(median),
              intervals.lift!,
            ),
    },
    naive: {
      drift: driftBelow(information, z, 0),
      difference: scale?.difference.estimate ?? null,
      lift: scale?.lift.estimate ?? null,
    },
  };
}

/** Below the doubles only the last look matters, whose tail has a log of its own. */
function logPValue(pValue: number, z: number, alternative: Alternative): number {
  if (pValue >= SMALLEST_DOUBLE) return ln(pValue);
  return alternative === "two-sided"
    ? normalLogSf(Math.abs(z)) + Math.LN2
    : normalLogSf(alternative === "greater" ? z : -z);
}

function stageWiseEstimate(estimate: number | null, interval: Interval): StageWiseEstimate {
  if (estimate === null) return { estimate, interval, status: "undetermined" };
  const isUnbounded = [estimate, interval.lower, interval.upper].some((end) => Math.abs(end) === Infinity);
  return { estimate, interval, status: isUnbounded ? "unbounded" : "ok" };
}
