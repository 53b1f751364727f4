import { DomainError } from "../core/domain-error.ts";
import type { Random } from "../numerics/random.ts";
import type { LookExits } from "./computed-exits.ts";
import { type ArmUnits, binomialPath, normalPath } from "./experiment-path.ts";
import type { MetricModel, MonitoredTest } from "./monitored-metric.ts";
import { type Bounds, type Exit, runExperiments } from "./run-experiments.ts";

/** Where a rule stops its experiments, as the shares of simulated ones. */
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
export function countedUnits(units: readonly number[], allocation: number): ArmUnits {
  const control = units.map((n) => Math.max(1, Math.floor(n)));
  const treatment = control.map((n) => Math.max(1, Math.round(n * allocation)));
  const most = Math.max(control.at(-1) ?? 0, treatment.at(-1) ?? 0);
  if (most > Number.MAX_SAFE_INTEGER) {
    throw new DomainError("computation", "simulation", `must be quadrature for as many units as ${most}`);
  }
  return { control, treatment };
}
