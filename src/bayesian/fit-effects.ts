import { sumOf } from "../numerics/sum.ts";
import { type Box, type Curved, type Maximum, maximizeInBox } from "../numerics/maximize-in-box.ts";
import type { Vector } from "../numerics/matrix.ts";
import type { EffectPrior, EffectFamily } from "./effect-prior.ts";
import {
  effectLikelihood,
  MEAN,
  type ScaledEffects,
  SHAPE,
  SPREAD,
  spreadCoordinate,
  varianceAt,
  WIDE_SPREAD,
} from "./effect-likelihood.ts";
import type { Coordinate } from "./fitted-parameter.ts";
import type { ObservedEffect } from "./observed-effects.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** A distribution of effects at the maximum of its marginal likelihood. */
export interface EffectFit {
  readonly distribution: EffectPrior;
  readonly maximum: Maximum;
  readonly likelihood: (at: Vector) => Curved;
  readonly box: Box;
  /** The parameters that were fitted. */
  readonly coordinates: readonly Coordinate[];
  /** ln of the marginal likelihood on the scale of the estimates. */
  readonly logLikelihood: number;
  /** Whether a normal distribution without the family's shape is as likely: then the shape is at an end of its range. */
  readonly isShapeless: boolean;
}

/** Shares nearer to 0 or 1 are taken for these. */
const SMALLEST_SHARE = 1e-12;
/** Degrees of freedom run from 1, Cauchy's distribution, to here, from where on t is taken for the normal distribution. */
const INVERSE_DF = [1e-3, 1] as const;
/** Spreads up to so many times the range of the estimates are tried. */
const WIDEST = 100;

/** The distribution of effects, of one family, with the largest marginal likelihood. */
export function fitEffects(
  family: EffectFamily,
  effects: readonly ObservedEffect[],
  fixedMean: number | undefined,
): EffectFit {
  // In units of a typical standard error, the root of the harmonic mean of the sampling variances, and from the mean of
  // the estimates on where that is fitted.
  const smallest = effects.reduce((least, { standardError }) => Math.min(least, standardError), Infinity);
  const precision = sumOf(effects.map(({ standardError }) => (smallest / standardError) ** 2));
  const unit = smallest * Math.sqrt(effects.length / precision);
  const scaled: ScaledEffects = {
    estimates: effects.map(({ estimate }) => estimate / unit),
    variances: effects.map(({ standardError }) => (standardError / unit) ** 2),
  };
  const likelihood = effectLikelihood(family, scaled);
  const box = boxOf(family, scaled, fixedMean === undefined ? undefined : fixedMean / unit);
  const maximum = startsOf(family, scaled, box)
    .map((start) => ordered(family, maximizeInBox(likelihood, start, box), likelihood))
    .reduce((best, found) => (found.value > best.value ? found : best));
  const fitted = coordinatesOf(family, box, unit);
  return {
    distribution: distributionAt(family, maximum.at, box, unit),
    maximum,
    likelihood,
    box,
    coordinates: fitted.filter(({ index }) => box.lower[index]! < box.upper[index]!),
    logLikelihood: maximum.value - effects.length * ln(unit),
    isShapeless: isShapeless(family, maximum.at, box),
  };
}

function boxOf(family: EffectFamily, { estimates }: ScaledEffects, mean: number | undefined): Box {
  const least = estimates.reduce((a, b) => Math.min(a, b), Infinity);
  const most = estimates.reduce((a, b) => Math.max(a, b), -Infinity);
  const farthest = Math.max(most - least, ...[least, most].map((end) => Math.abs(end - (mean ?? 0))), 1);
  const widest = spreadCoordinate((WIDEST * farthest) ** 2);
  const hasWide = family === "two-normals";
  const shape = {
    normal: [0, 0] as const,
    "student-t": INVERSE_DF,
    "spike-and-normal": [SMALLEST_SHARE, 1 - SMALLEST_SHARE] as const,
    "two-normals": [SMALLEST_SHARE, 1 - SMALLEST_SHARE] as const,
  }[family];
  return {
    lower: [mean ?? least, 0, 0, shape[0]],
    upper: [mean ?? most, widest, hasWide ? widest : 0, shape[1]],
  };
}

/** Places to climb from, around the moments: likelihoods of mixtures have more than one peak. */
function startsOf(family: EffectFamily, { estimates, variances }: ScaledEffects, { lower }: Box): number[][] {
  const centre = sumOf(estimates) / estimates.length;
  const mean = Math.max(lower[MEAN]!, centre);
  const squares = estimates.map((estimate, i) => (estimate - mean) ** 2 - variances[i]!);
  const moment = Math.max(sumOf(squares) / estimates.length, 0.01);
  const start = (spread: number, wide: number, shape: number): number[] => [
    mean,
    spreadCoordinate(spread * moment),
    spreadCoordinate(wide * moment),
    shape,
  ];
  switch (family) {
    case "normal":
      return [0.1, 1, 10].map((spread) => start(spread, 0, 0));
    case "student-t":
      return [start(0.3, 0, 0.4), start(0.9, 0, 0.05), start(0.03, 0, 0.9)];
    case "spike-and-normal":
      return [start(1.1, 0, 0.9), start(3, 0, 0.3), start(10, 0, 0.05)];
    case "two-normals":
      return [start(0.5, 3, 0.3), start(0, 2, 0.5), start(0.2, 10, 0.05), start(0.01, 1.2, 0.9)];
  }
}

/** The wide normal distribution is the second one. */
function ordered(family: EffectFamily, maximum: Maximum, likelihood: (at: Vector) => Curved): Maximum {
  const [mean, spread, wide, shape] = maximum.at as [number, number, number, number];
  if (family !== "two-normals" || spread <= wide) return maximum;
  const at = [mean, wide, spread, 1 - shape];
  return { at, ...likelihood(at) };
}

function isShapeless(family: EffectFamily, at: Vector, { lower, upper }: Box): boolean {
  const shape = at[SHAPE]!;
  switch (family) {
    case "normal":
      return false;
    case "student-t":
      return shape === lower[SHAPE] || at[SPREAD] === 0;
    case "spike-and-normal":
      return shape === upper[SHAPE] || shape === lower[SHAPE] || at[SPREAD] === 0;
    case "two-normals":
      return shape === lower[SHAPE] || shape === upper[SHAPE] || at[SPREAD] === at[WIDE_SPREAD];
  }
}

function distributionAt(family: EffectFamily, at: Vector, box: Box, unit: number): EffectPrior {
  const mean = unit * at[MEAN]!;
  const spread = unit * Math.sqrt(varianceAt(at[SPREAD]!));
  const shape = at[SHAPE] === box.lower[SHAPE] ? 0 : at[SHAPE] === box.upper[SHAPE] ? 1 : at[SHAPE]!;
  switch (family) {
    case "normal":
      return { family, mean, standardDeviation: spread };
    case "student-t":
      return { family, mean, scale: spread, degreesOfFreedom: 1 / shape };
    case "spike-and-normal":
      return { family, probabilityOfNoEffect: 1 - shape, mean, standardDeviation: spread };
    case "two-normals":
      return {
        family,
        mean,
        narrowStandardDeviation: spread,
        wideStandardDeviation: unit * Math.sqrt(varianceAt(at[WIDE_SPREAD]!)),
        wideProbability: shape,
      };
  }
}

/** What the coordinates of a family are called and mean. */
function coordinatesOf(family: EffectFamily, box: Box, unit: number): Coordinate[] {
  const deviation = (name: string, index: number, boxAt?: (value: number) => Box): Coordinate => ({
    name,
    index,
    value: (coordinate) => unit * Math.sqrt(varianceAt(coordinate)),
    slope: (coordinate) => (0.5 * unit * exp(coordinate)) / Math.sqrt(varianceAt(coordinate)),
    ends: [0, Infinity],
    ...(boxAt === undefined ? {} : { boxAt }),
  });
  const mean: Coordinate = {
    name: "mean",
    index: MEAN,
    value: (coordinate) => unit * coordinate,
    slope: () => unit,
    ends: [-Infinity, Infinity],
  };
  switch (family) {
    case "normal":
      return [mean, deviation("standardDeviation", SPREAD)];
    case "student-t":
      return [
        mean,
        deviation("scale", SPREAD),
        {
          name: "degreesOfFreedom",
          index: SHAPE,
          value: (coordinate) => 1 / coordinate,
          slope: (coordinate) => 1 / (coordinate * coordinate),
          ends: [Infinity, 1],
        },
      ];
    case "spike-and-normal":
      return [
        {
          name: "probabilityOfNoEffect",
          index: SHAPE,
          value: (coordinate) => 1 - coordinate,
          slope: () => 1,
          ends: [1, 0],
        },
        mean,
        deviation("standardDeviation", SPREAD),
      ];
    case "two-normals": {
      const wideFrom = (value: number): Box => ({
        lower: box.lower.map((end, i) => (i === WIDE_SPREAD ? value : end)),
        upper: box.upper,
      });
      const narrowUpTo = (value: number): Box => ({
        lower: box.lower,
        upper: box.upper.map((end, i) => (i === SPREAD ? value : end)),
      });
      return [
        mean,
        deviation("narrowStandardDeviation", SPREAD, wideFrom),
        deviation("wideStandardDeviation", WIDE_SPREAD, narrowUpTo),
        {
          name: "wideProbability",
          index: SHAPE,
          value: (coordinate) => coordinate,
          slope: () => 1,
          ends: [0, 1],
        },
      ];
    }
  }
}
