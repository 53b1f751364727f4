import type { BrownianLook, ContinuationRegion } from "../numerics/brownian-look.ts";
import { exitBetween, lowerExit, upperExit } from "../numerics/look-exits.ts";
import { looksOfWalk } from "../numerics/looks-of-walk.ts";
import { normalBetween } from "../numerics/normal-between.ts";
import { reachableBoundary } from "../numerics/reachable-boundary.ts";
import { sumOf } from "../numerics/sum.ts";
import type { MetricModel } from "./monitored-metric.ts";
import type { Bounds } from "./run-experiments.ts";

/** For each look the probability of stopping there, not having stopped before. */
export interface LookExits {
  readonly upper: readonly number[];
  readonly lower: readonly number[];
  /** In the wedge around 0. */
  readonly inside: readonly number[];
}

/** Less than a hundredth of what rounding does to the whole. */
const NOTHING_LEFT = 1e-18;

/** What a look is about: the metric as it is by then, and the conversions that are seen, in units. */
export interface LookModel {
  readonly model: MetricModel;
  readonly units: number;
  readonly seen: number;
}

/**
 * Where a rule stops its experiments, by quadrature over normal statistics.
 *
 * Two looks are correlated as the conversions that they see, which is exact where all of a unit's conversions come in
 * at once, or are rare. The drift is that of the last look; where conversions come late, the others lie a little beside
 * it, and their boundaries move by as much.
 */
export function computedExits(looks: readonly LookModel[], bounds: Bounds): LookExits {
  const last = looks.at(-1);
  if (last === undefined) return { upper: [], lower: [], inside: [] };
  const information = looks.map(({ seen }) => seen / last.seen);
  const drift = expectedZ(last);
  // The statistic is standardized by the deviation of its test, the walk by the true one.
  const onWalk = (z: number, k: number): number => {
    const { model } = looks[k]!;
    const distance = (z * model.testDeviation) / model.deviation - expectedZ(looks[k]!);
    return reachableBoundary(distance + drift * Math.sqrt(information[k]!), information[k]!, drift);
  };
  const upper = bounds.upper.map(onWalk);
  const lower = bounds.lower.map(onWalk);
  const wedges = bounds.inner.map((z, k) => (z > 0 ? { lower: onWalk(-z, k), upper: onWalk(z, k) } : null));
  const regions = wedges.map((wedge, k) =>
    wedge === null
      ? [{ lower: lower[k]!, upper: upper[k]! }]
      : [
          { lower: lower[k]!, upper: wedge.lower },
          { lower: wedge.upper, upper: upper[k]! },
        ],
  );
  // Once next to nothing can be left, nothing more happens.
  const over = looks.findIndex(
    (_, k) => mostLeft(drift * Math.sqrt(information[k]!), regions[k]!) < NOTHING_LEFT,
  );
  const count = over < 0 ? looks.length : over + 1;
  const walk = looksOfWalk(
    { information: information.slice(0, count), regions: regions.slice(0, count) },
    { drift },
  );
  const byLook = (exit: (look: BrownianLook, k: number) => number): number[] =>
    looks.map((_, k) => (k < count ? exit(walk[k]!, k) : 0));
  return {
    upper: byLook((look, k) => upperExit(look, upper[k]!)),
    lower: byLook((look, k) => lowerExit(look, lower[k]!)),
    inside: byLook((look, k) => {
      const wedge = wedges[k]!;
      return wedge === null ? 0 : exitBetween(look, wedge.lower, wedge.upper);
    }),
  };
}

/** The probability of lying where one goes on, whatever was before: no more can be left. */
function mostLeft(mean: number, regions: readonly ContinuationRegion[]): number {
  return sumOf(regions.map(({ lower, upper }) => normalBetween(lower - mean, upper - mean, upper - lower)));
}

/** Mean of the statistic at a look, by the true deviation. */
function expectedZ({ model, units }: LookModel): number {
  return (model.difference / model.deviation) * Math.sqrt(units);
}
