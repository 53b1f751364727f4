import { checkBetween } from "../core/checks.ts";
import type { Interval } from "../core/interval.ts";
import { betaDensity } from "../numerics/beta-density.ts";
import type { Side } from "../numerics/beside-line.ts";
import { gammaQuantile, gammaUpperQuantile } from "../numerics/gamma.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { studentTUpperQuantile } from "../numerics/student-t.ts";
import { betaPosterior } from "./beta-posterior.ts";
import { equalTailed } from "./equal-tailed.ts";
import { gammaPosterior } from "./gamma-posterior.ts";
import { highestDensityOfMarginal } from "./highest-density-of-marginal.ts";
import { inverseGammaMarginal } from "./inverse-gamma-marginal.ts";
import { logNormalMarginal } from "./log-normal-marginal.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** A distribution of one number, by the usual names of its parameters. */
export type Distribution =
  | { readonly family: "beta"; readonly alpha: number; readonly beta: number }
  | { readonly family: "gamma"; readonly shape: number; readonly rate: number }
  /** Of 1/X, X being gamma distributed with this shape and this rate: the posterior of a variance. */
  | { readonly family: "inverse-gamma"; readonly shape: number; readonly scale: number }
  | { readonly family: "normal"; readonly mean: number; readonly standardDeviation: number }
  /** Of exp(X), X being normal with mean `mu` and standard deviation `sigma`. */
  | { readonly family: "log-normal"; readonly mu: number; readonly sigma: number }
  | {
      readonly family: "student-t";
      readonly degreesOfFreedom: number;
      readonly location?: number | undefined;
      readonly scale?: number | undefined;
    };

/** Two intervals of one probability. */
export interface DistributionIntervals {
  readonly highestDensity: Interval;
  readonly equalTailed: Interval;
}

type Of<Family extends Distribution["family"]> = Extract<Distribution, { readonly family: Family }>;

/** Shapes nearer to 0 put most of the mass on what no double holds. */
const SMALLEST_SHAPE = 1e-3;
const LARGEST_SHAPE = 1e15;
/** Of scales, and of places: ends of intervals are doubles. */
const SMALLEST_SCALE = 1e-150;
const LARGEST = 1e150;
/** Beyond, the ends of a log-normal distribution are not. */
const LARGEST_MU = 300;
const SMALLEST_SIGMA = 1e-8;
const LARGEST_SIGMA = 10;
/** The posterior of a mean of two units has one; with far fewer the ends are no doubles. */
const FEWEST_DEGREES_OF_FREEDOM = 0.05;

export const INTERVALS_OF: {
  readonly [Family in Distribution["family"]]: (
    distribution: Of<Family>,
    confidenceLevel: number,
  ) => DistributionIntervals;
} = {
  beta({ alpha, beta }, confidenceLevel) {
    checkBetween("distribution.alpha", alpha, SMALLEST_SHAPE, LARGEST_SHAPE);
    checkBetween("distribution.beta", beta, SMALLEST_SHAPE, LARGEST_SHAPE);
    const { interval, highestDensityInterval } = betaPosterior(betaDensity(alpha, beta), confidenceLevel);
    return { highestDensity: highestDensityInterval, equalTailed: interval };
  },

  gamma({ shape, rate }, confidenceLevel) {
    checkBetween("distribution.shape", shape, SMALLEST_SHAPE, LARGEST_SHAPE);
    checkBetween("distribution.rate", rate, SMALLEST_SCALE, LARGEST);
    const { interval, highestDensityInterval } = gammaPosterior({ shape, rate }, confidenceLevel);
    return { highestDensity: highestDensityInterval, equalTailed: interval };
  },

  "inverse-gamma"({ shape, scale }, confidenceLevel) {
    checkBetween("distribution.shape", shape, SMALLEST_SHAPE, LARGEST_SHAPE);
    checkBetween("distribution.scale", scale, SMALLEST_SCALE, LARGEST);
    return {
      highestDensity: highestDensityOfMarginal(inverseGammaMarginal(shape, scale), confidenceLevel),
      equalTailed: equalTailed(
        confidenceLevel,
        (side, tail) =>
          1 / (side === "upper" ? gammaQuantile(tail, shape, scale) : gammaUpperQuantile(tail, shape, scale)),
      ),
    };
  },

  normal({ mean, standardDeviation }, confidenceLevel) {
    checkBetween("distribution.mean", mean, -LARGEST, LARGEST);
    checkBetween("distribution.standardDeviation", standardDeviation, SMALLEST_SCALE, LARGEST);
    return symmetric(mean, standardDeviation, normalUpperQuantile, confidenceLevel);
  },

  "log-normal"({ mu, sigma }, confidenceLevel) {
    checkBetween("distribution.mu", mu, -LARGEST_MU, LARGEST_MU);
    checkBetween("distribution.sigma", sigma, SMALLEST_SIGMA, LARGEST_SIGMA);
    return {
      highestDensity: highestDensityOfMarginal(logNormalMarginal(mu, sigma), confidenceLevel),
      equalTailed: equalTailed(confidenceLevel, (side, tail) =>
        exp(mu + (side === "upper" ? sigma : -sigma) * normalUpperQuantile(tail)),
      ),
    };
  },

  "student-t"({ degreesOfFreedom, location = 0, scale = 1 }, confidenceLevel) {
    checkBetween(
      "distribution.degreesOfFreedom",
      degreesOfFreedom,
      FEWEST_DEGREES_OF_FREEDOM,
      Number.MAX_VALUE,
    );
    checkBetween("distribution.location", location, -LARGEST, LARGEST);
    checkBetween("distribution.scale", scale, SMALLEST_SCALE, LARGEST);
    const upperQuantile = (tail: number): number => studentTUpperQuantile(tail, degreesOfFreedom);
    return symmetric(location, scale, upperQuantile, confidenceLevel);
  },
};

/** Both intervals are the same; they differ by name only. */
function symmetric(
  center: number,
  scale: number,
  upperQuantile: (tail: number) => number,
  confidenceLevel: number,
): DistributionIntervals {
  const quantile = (side: Side, tail: number): number =>
    center + (side === "upper" ? scale : -scale) * upperQuantile(tail);
  const interval = equalTailed(confidenceLevel, quantile);
  return { highestDensity: { ...interval, method: "highest-density" }, equalTailed: interval };
}
