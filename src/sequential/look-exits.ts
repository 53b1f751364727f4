import { DomainError } from "../core/domain-error.ts";
import { exitBetween, lowerExit, upperExit } from "../numerics/brownian-look.ts";
import { looksOfWalk } from "../numerics/looks-of-walk.ts";
import type { Random } from "../numerics/random.ts";
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

/** By quadrature over normal statistics. */
export function computedExits(model: MetricModel, units: readonly number[], bounds: Bounds): LookExits {
  const maximal = units.at(-1) ?? 0;
  const information = units.map((n) => n / maximal);
  const drift = (model.difference / model.deviation) * Math.sqrt(maximal);
  // The statistic is standardized by the deviation of its test, the walk by the true one.
  const scale = model.testDeviation / model.deviation;
  const onWalk = (boundaries: readonly number[]): number[] =>
    boundaries.map((z, look) => {
      const distance = z * scale - drift * Math.sqrt(information[look]!);
      return Math.abs(distance) > OUT_OF_REACH ? Math.sign(distance) * Infinity : z * scale;
    });
  const upper = onWalk(bounds.upper);
  const lower = onWalk(bounds.lower);
  const inner = bounds.inner.map((z) => z * scale);
  const regions = upper.map((high, look) => {
    const [low, wedge] = [lower[look]!, inner[look]!];
    return wedge > 0
      ? [
          { lower: low, upper: -wedge },
          { lower: wedge, upper: high },
        ]
      : [{ lower: low, upper: high }];
  });
  const looks = looksOfWalk({ information, regions }, { drift });
  return {
    upper: looks.map((look, k) => upperExit(look, upper[k]!)),
    lower: looks.map((look, k) => lowerExit(look, lower[k]!)),
    inside: looks.map((look, k) => (inner[k]! > 0 ? exitBetween(look, -inner[k]!, inner[k]!) : 0)),
  };
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
