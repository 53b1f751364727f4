import { binomialSampler } from "../numerics/binomial-sampler.ts";
import type { Random } from "../numerics/random.ts";
import type { MetricModel, MonitoredTest } from "./monitored-metric.ts";

/** One simulated experiment after the other, look by look. No call allocates: there are millions of them. */
export interface ExperimentPath {
  /** Begins another experiment. */
  restart(): void;
  /** Goes on to a look, one after the other. */
  observe(look: number): void;
  /** The statistic of all data up to the look. */
  z(): number;
  /** The estimated difference there, as a multiple of the path's unit. */
  estimate(): number;
  /** The true one, as such a multiple. */
  readonly truth: number;
}

/** How large the differences of a path are. */
export interface PathScale {
  /** The true difference, as a multiple of the unit. */
  readonly truth: number;
  /** Brings differences of any size to numbers whose squares are no larger than a double. */
  readonly unit: number;
}

export function pathScale({ isMean, difference, deviation }: MetricModel): PathScale {
  return isMean ? { truth: difference / deviation, unit: deviation } : { truth: difference, unit: 1 };
}

/** Units of both arms at each look. */
export interface ArmUnits {
  readonly control: readonly number[];
  readonly treatment: readonly number[];
}

/** Conversions of both arms, as binomial increments. */
export function binomialPath(
  model: MetricModel,
  test: MonitoredTest,
  units: ArmUnits,
  rng: Random,
): ExperimentPath {
  const { control, treatment } = model;
  const drawControl = increments(units.control, control, rng);
  const drawTreatment = increments(units.treatment, treatment, rng);
  const isPooled = test === "score";
  let [n1, n2, converted1, converted2] = [0, 0, 0, 0];
  return {
    restart() {
      converted1 = 0;
      converted2 = 0;
    },
    observe(look) {
      n1 = units.control[look]!;
      n2 = units.treatment[look]!;
      converted1 += drawControl[look]!();
      converted2 += drawTreatment[look]!();
    },
    z() {
      const rate1 = converted1 / n1;
      const rate2 = converted2 / n2;
      const pooled = (converted1 + converted2) / (n1 + n2);
      const variance = isPooled
        ? pooled * (1 - pooled) * (1 / n1 + 1 / n2)
        : (rate1 * (1 - rate1)) / n1 + (rate2 * (1 - rate2)) / n2;
      // Without variance there is nothing to judge by, whatever the rates.
      return variance > 0 ? (rate2 - rate1) / Math.sqrt(variance) : 0;
    },
    estimate: () => converted2 / n2 - converted1 / n1,
    truth: pathScale(model).truth,
  };
}

/** A sampler for each look's new units; looks of equal size share one. */
function increments(units: readonly number[], rate: number, rng: Random): (() => number)[] {
  const samplers = new Map<number, () => number>();
  return units.map((n, look) => {
    const added = n - (units[look - 1] ?? 0);
    const sampler = samplers.get(added) ?? binomialSampler(added, rate, rng.uniform);
    samplers.set(added, sampler);
    return sampler;
  });
}

/** The difference of two means with a known deviation: a Brownian motion with drift in the number of units. */
export function normalPath(model: MetricModel, controlUnits: readonly number[], rng: Random): ExperimentPath {
  const drift = pathScale(model).truth;
  const roots = controlUnits.map(Math.sqrt);
  const added = controlUnits.map((n, look) => n - (controlUnits[look - 1] ?? 0));
  const addedRoots = added.map(Math.sqrt);
  let [n, root, motion] = [0, 0, 0];
  return {
    restart() {
      motion = 0;
    },
    observe(look) {
      n = controlUnits[look]!;
      root = roots[look]!;
      motion += addedRoots[look]! * rng.normal() + added[look]! * drift;
    },
    z: () => motion / root,
    estimate: () => motion / n,
    truth: drift,
  };
}
