import { DomainError } from "../core/domain-error.ts";
import type { BrownianLook, ContinuationRegion } from "../numerics/brownian-look.ts";
import { exitBetween, lowerExit, upperExit } from "../numerics/look-exits.ts";
import { looksOfWalk } from "../numerics/looks-of-walk.ts";
import { normalBetween } from "../numerics/normal-between.ts";
import type { Random } from "../numerics/random.ts";
import { sumOf } from "../numerics/sum.ts";
import { type ArmUnits, binomialPath, normalPath } from "./experiment-path.ts";
import type { MetricModel, MonitoredTest } from "./monitored-metric.ts";
import { type Bounds, type Exit, runExperiments } from "./run-experiments.ts";

/** For each look the probability of stopping there, not having stopped before. */
export interface LookExits {
  readonly upper: readonly number[];
  readonly lower: readonly number[];
  /** In the wedge around 0. */
  readonly inside: readonly number[];
}

/** Beyond so many standard deviations no double is left of a normal tail. */
const OUT_OF_REACH = 40;
/** Less than a hundredth of what rounding does to the whole. */
const NOTHING_LEFT = 1e-18;

/** What a look is about: the metric as it is by then, and the conversions that are seen, in units. */
export interface LookModel {
  readonly model: MetricModel;
  readonly units: number;
  readonly seen: number;
}

/**
 * By quadrature over normal statistics.
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
    if (Math.abs(distance) > OUT_OF_REACH) return Math.sign(distance) * Infinity;
    return distance + drift * Math.sqrt(information[k]!);
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
    inside: byLook((look, k) => insideExit(look, wedges[k]!)),
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

function insideExit(look: BrownianLook, wedge: ContinuationRegion | null): number {
  if (wedge === null || wedge.lower === wedge.upper) return 0;
  if (wedge.lower === -Infinity) return lowerExit(look, wedge.upper);
  if (wedge.upper === Infinity) return upperExit(look, wedge.lower);
  return exitBetween(look, wedge.lower, wedge.upper);
}

/** The same as the shares of simulated experiments. */
export function simulatedExits(
  model: MetricModel,
  test: MonitoredTest,
  units: ArmUnits,
  bounds: Bounds,
  experiments: number,
  rng: Random,
): LookExits {
  const path = model.isMean ? normalPath(model, units.control, rng) : binomialPath(model, test, units, rng);
  const { above, below, inside } = runExperiments(path, bounds, experiments);
  const shares = ({ byLook }: Exit): number[] => Array.from(byLook, (count) => count / experiments);
  return { upper: shares(above), lower: shares(below), inside: shares(inside) };
}

/** Units of both arms that can be counted, at least one each. */
export function wholeUnits(units: readonly number[], allocation: number): ArmUnits {
  const control = units.map((n) => Math.max(1, Math.floor(n)));
  const treatment = control.map((n) => Math.max(1, Math.round(n * allocation)));
  const most = Math.max(control.at(-1) ?? 0, treatment.at(-1) ?? 0);
  if (most > Number.MAX_SAFE_INTEGER) {
    throw new DomainError("computation", "simulation", `must be quadrature for as many units as ${most}`);
  }
  return { control, treatment };
}
