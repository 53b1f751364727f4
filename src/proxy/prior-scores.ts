import type { Vector } from "../numerics/matrix.ts";
import { normalCdf, normalPdf, normalQuantile } from "../numerics/normal.ts";
import { LARGEST_COORDINATE, partialCoordinate } from "./correlation-chart.ts";
import { type JointCovariancePrior, logPartialPrior } from "./joint-covariance-prior.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { atan } from "../numerics/elementary/inverse-trigonometric.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { tan } from "../numerics/elementary/trigonometric.ts";

/**
 * Coordinates of a joint covariance in which its prior is standard normal: for each coordinate of the correlation chart,
 * which are free of one another beforehand, the normal score of its probability. What the past says nothing of is then
 * normal, however a prior is made up: one that holds that proxies are often as good as unrelated has a narrow peak for
 * each, and deviations too small to be seen have long tails.
 */
export interface PriorScores {
  /** Fills in the point of the chart at scores; false beyond the chart. */
  readonly pointAt: (scores: ArrayLike<number>, point: Float64Array) => boolean;
  /** About the scores of a point of the chart. */
  readonly scoresOf: (point: Vector) => number[];
}

/** One coordinate as a function of its score, NaN beyond its ends, and about the inverse. */
interface Score {
  readonly at: (score: number) => number;
  readonly of: (value: number) => number;
}

export function priorScores(prior: JointCovariancePrior): PriorScores {
  const scales = [...prior.typicalProxyEffects, prior.typicalMacroEffect];
  const metrics = scales.length;
  const scores: Score[] = scales.map(deviationScore);
  const partials = prior.typicalProxyEffects.map((_, given) => tableScore(logPartialPrior(prior, given)));
  for (let i = 0; i < metrics - 1; i++) {
    for (let given = 0; given <= i; given++) scores[partialCoordinate(metrics, i, given)] = partials[given]!;
  }
  return {
    pointAt(own, point) {
      for (let i = 0; i < point.length; i++) {
        point[i] = scores[i]!.at(own[i]!);
        if (Number.isNaN(point[i])) return false;
      }
      return true;
    },
    scoresOf: (point) => point.map((value, i) => scores[i]!.of(value)),
  };
}

/**
 * Scores of a probability below 1e-9 or above 1 − 1e-12 are left out: deviations a billionth of what is typical are as
 * good as 0, and the squares of much larger ones leave the range of what a covariance may be.
 */
const SMALLEST_SCORE = -6;
const LARGEST_SCORE = 7;
/** A search that started at an end would see nothing beyond it. */
const FROM_ENDS = 1;

/** The log of a half-Cauchy standard deviation: ln(scale · tan(π/2 Φ(score))). */
function deviationScore(scale: number): Score {
  const logScale = ln(scale);
  return {
    at(score) {
      if (!(score > SMALLEST_SCORE && score < LARGEST_SCORE)) return Number.NaN;
      // By the smaller tail: tan(π/2 (1 − q)) = 1/tan(π/2 q).
      const logSize = ln(tan(0.5 * Math.PI * normalCdf(-Math.abs(score))));
      return score < 0 ? logScale + logSize : logScale - logSize;
    },
    of(log) {
      const tail = (2 / Math.PI) * atan(exp(-Math.abs(log - logScale)));
      const score = log < logScale ? normalQuantile(tail) : -normalQuantile(tail);
      return Math.min(LARGEST_SCORE - FROM_ENDS, Math.max(SMALLEST_SCORE + FROM_ENDS, score));
    },
  };
}

/** Intervals of a table: so many that its errors are far below those of any number of draws. */
const INTERVALS = 4096;
/** ln of the density, against its highest, at which a table ends. */
const LOWEST = -300;

/** A coordinate of any density, from a table of its normal scores. */
function tableScore(logDensity: (z: number) => number): Score {
  const { lower, step, density } = tabulate(logDensity);
  const [below, above] = [new Float64Array(INTERVALS + 1), new Float64Array(INTERVALS + 1)];
  for (let i = 1; i <= INTERVALS; i++) {
    const j = INTERVALS - i;
    below[i] = below[i - 1]! + 0.5 * step * (density[i - 1]! + density[i]!);
    above[j] = above[j + 1]! + 0.5 * step * (density[j + 1]! + density[j]!);
  }
  const total = below[INTERVALS]!;
  const knots = below.map((left, i) =>
    left < above[i]! ? normalQuantile(left / total) : -normalQuantile(above[i]! / total),
  );
  const slopes = knots.map((score, i) => (total * normalPdf(score)) / density[i]!);
  return {
    at(score) {
      // The ends themselves have infinite scores.
      let [from, to] = [1, INTERVALS - 1];
      if (!(score > knots[from]! && score < knots[to]!)) return Number.NaN;
      while (to - from > 1) {
        const middle = (from + to) >> 1;
        if (knots[middle]! <= score) from = middle;
        else to = middle;
      }
      // Cubic Hermite interpolation.
      const width = knots[to]! - knots[from]!;
      const t = (score - knots[from]!) / width;
      const [a, b] = [slopes[from]! * width, slopes[to]! * width];
      return lower + step * from + t * (a + t * (3 * step - 2 * a - b + t * (a + b - 2 * step)));
    },
    of: (z) => knots[Math.min(INTERVALS - 1, Math.max(1, Math.round((z - lower) / step)))]!,
  };
}

/** A density over where it is not all but 0, up to a constant. */
function tabulate(logDensity: (z: number) => number): {
  readonly lower: number;
  readonly step: number;
  readonly density: Float64Array;
} {
  const table = (lower: number, upper: number): Float64Array =>
    Float64Array.from({ length: INTERVALS + 1 }, (_, i) =>
      logDensity(lower + ((upper - lower) * i) / INTERVALS),
    );
  const wide = table(-LARGEST_COORDINATE, LARGEST_COORDINATE);
  const wideStep = (2 * LARGEST_COORDINATE) / INTERVALS;
  const highest = Math.max(...wide);
  const first = Math.max(0, wide.findIndex((log) => log > highest + LOWEST) - 1);
  const last = Math.min(INTERVALS, wide.findLastIndex((log) => log > highest + LOWEST) + 1);
  const lower = first * wideStep - LARGEST_COORDINATE;
  const step = ((last - first) * wideStep) / INTERVALS;
  const logs = table(lower, lower + step * INTERVALS);
  return { lower, step, density: logs.map((log) => exp(log - highest)) };
}
