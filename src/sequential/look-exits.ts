import { DomainError } from "../core/domain-error.ts";
import { type ExitProbabilities, exitProbabilities } from "../numerics/exit-probabilities.ts";
import type { Random } from "../numerics/random.ts";
import { type ArmUnits, binomialPath, normalPath } from "./experiment-path.ts";
import type { MetricModel, MonitoredTest } from "./monitored-metric.ts";
import { type Bounds, runExperiments } from "./run-experiments.ts";

/** Beyond so many standard deviations no double is left of a normal tail. */
const OUT_OF_REACH = 40;

/** For each look the probability of stopping there through either boundary, by quadrature. */
export function computedExits(
  model: MetricModel,
  units: readonly number[],
  { upper, lower }: Bounds,
): ExitProbabilities {
  const maximal = units.at(-1) ?? 0;
  const information = units.map((n) => n / maximal);
  const drift = (model.difference / model.deviation) * Math.sqrt(maximal);
  // The statistic is standardized by the deviation of its test, the walk by the true one.
  const scale = model.testDeviation / model.deviation;
  const reachable = (z: number, look: number): number => {
    const boundary = z * scale;
    const distance = boundary - drift * Math.sqrt(information[look]!);
    return Math.abs(distance) > OUT_OF_REACH ? Math.sign(distance) * Infinity : boundary;
  };
  return exitProbabilities({ information, upper: upper.map(reachable), lower: lower.map(reachable) }, drift);
}

/** The same as the shares of simulated experiments. */
export function simulatedExits(
  model: MetricModel,
  test: MonitoredTest,
  units: ArmUnits,
  bounds: Bounds,
  experiments: number,
  rng: Random,
): ExitProbabilities {
  const path = model.isMean ? normalPath(model, units.control, rng) : binomialPath(model, test, units, rng);
  const { above, below } = runExperiments(path, bounds, experiments);
  return {
    upper: Array.from(above.byLook, (count) => count / experiments),
    lower: Array.from(below.byLook, (count) => count / experiments),
  };
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
