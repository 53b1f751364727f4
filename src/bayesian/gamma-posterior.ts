import { checkBetween, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Interval } from "../core/interval.ts";
import type { Side } from "../numerics/beside-line.ts";
import { gammaQuantile, gammaUpperQuantile } from "../numerics/gamma.ts";
import { checkEventCount, type Count } from "../summaries/count.ts";
import { equalTailed } from "./equal-tailed.ts";
import { gammaMarginal } from "./gamma-marginal.ts";
import type { GammaPrior } from "./gamma-prior.ts";
import { highestDensityOfMarginal } from "./highest-density-of-marginal.ts";
import { type QuantileAt, quantilesAt } from "./quantiles-at.ts";

/** Events of an arm, where its units were not all exposed alike. */
export interface ExposedCount extends Count {
  /** What events are counted per, such as user-days, of all units together, from 1e-9 to 1e15; n unless said. */
  readonly exposure?: number | undefined;
}

/** The posterior of one arm's rate of events: a gamma distribution. */
export interface GammaPosterior {
  readonly shape: number;
  readonly rate: number;
  readonly mean: number;
  readonly standardDeviation: number;
  /** Equal-tailed credible interval. */
  readonly interval: Interval;
  /** The shortest interval of the same probability; it begins at 0 where the density rises to it. */
  readonly highestDensityInterval: Interval;
  /** One for each level asked for; none unless asked for. */
  readonly quantiles: readonly QuantileAt[];
}

const SMALLEST_EXPOSURE = 1e-9;
const LARGEST_EXPOSURE = 1e15;

/** Checks an arm, which may be empty; `prior` is checked already. */
export function updateGamma(field: string, arm: ExposedCount, prior: GammaPrior): GammaPrior {
  checkObject(field, arm);
  const { n, events, exposure = n } = arm;
  if (!(n === 0 && events === 0)) checkEventCount(field, arm);
  if (arm.exposure !== undefined && n === 0) {
    throw new DomainError(`${field}.exposure`, arm.exposure, "must be left out where there are no units");
  }
  if (arm.exposure !== undefined) {
    checkBetween(`${field}.exposure`, exposure, SMALLEST_EXPOSURE, LARGEST_EXPOSURE);
  }
  const rate = prior.rate + exposure;
  if (rate === 0) {
    throw new DomainError(`${field}.n`, n, "must be at least 1 under an improper prior (a rate of 0)");
  }
  return { shape: prior.shape + events, rate };
}

export function gammaPosterior(
  { shape, rate }: GammaPrior,
  confidenceLevel: number,
  quantileLevels: readonly number[] = [],
): GammaPosterior {
  const quantile = (side: Side, tail: number): number =>
    side === "lower" ? gammaQuantile(tail, shape, rate) : gammaUpperQuantile(tail, shape, rate);
  const mean = shape / rate;
  return {
    shape,
    rate,
    mean,
    standardDeviation: mean / Math.sqrt(shape),
    interval: equalTailed(confidenceLevel, quantile),
    highestDensityInterval:
      shape > 1
        ? highestDensityOfMarginal(gammaMarginal(shape, rate), confidenceLevel)
        : shortestFromZero(confidenceLevel, quantile),
    quantiles: quantilesAt(quantileLevels, quantile),
  };
}

/** Of a density that falls from 0 on. */
function shortestFromZero(confidenceLevel: number, quantile: (side: Side, tail: number) => number): Interval {
  const upper = quantile("upper", 1 - confidenceLevel);
  return { lower: 0, upper, confidenceLevel, method: "highest-density", dualToTest: false, excluded: null };
}
