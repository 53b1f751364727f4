import { cholesky } from "./cholesky.ts";
import { logAdd } from "./log-sum.ts";
import type { Matrix, Vector } from "./matrix.ts";
import {
  LARGEST_SHAPE,
  type ParetoSmoothedWeights,
  paretoSmoothedWeights,
} from "./pareto-smoothed-weights.ts";
import type { Random } from "./random.ts";
import { exp } from "./elementary/exp.ts";
import { ln } from "./elementary/ln.ts";
import { log1p } from "./elementary/log1p.ts";

/** Weighted draws from a density that is known up to a constant. */
export interface ImportanceDraws {
  /** Draw k is at `points[k · size]` to `points[(k + 1) · size − 1]`. */
  readonly points: Float64Array;
  /** Weights that sum to 1; 0 where the density is 0. */
  readonly weights: Float64Array;
  /** (Σ w)² / Σ w²: as many independent draws would tell about as much (Kong 1992). */
  readonly effective: number;
  /** Shape of the tail of the weights before they were smoothed, see `ParetoSmoothedWeights`. */
  readonly shape: number;
}

/** How many draws to make. */
export interface DrawNumbers {
  readonly draws: number;
  /** Effective draws below which more are made, */
  readonly enough: number;
  /** and how many at most. */
  readonly most: number;
}

/** Normal tails are too thin to draw from for a density whose logs fall off exponentially: Student's t with few degrees. */
const DEGREES_OF_FREEDOM = 5;
/** Share of the draws made around the guesses. */
const FIRST = 0.2;
/** Share of those from the t that has mean and covariance of the first. */
const SECOND = 0.2;
/** How often draws are added where those so far are too few. */
const ADDITIONS = 12;
/** As a share of the draws so far, how many are added where all of them tell too little. */
const MORE = 0.1;
/** The share of the draws that tell the covariance around one of them. */
const NEIGHBOURS = 0.2;

/** About where a peak is, and its covariance, positive definite. */
export interface NormalGuess {
  readonly centre: Vector;
  readonly covariance: Matrix;
}

/** Where draws are made, and how wide. */
interface Spread {
  readonly centre: Vector;
  readonly root: Matrix;
}

interface Proposal extends Spread {
  /** ln of the number of draws, less that of the determinant of the root. */
  readonly logHeight: number;
}

/**
 * Draws by incremental mixture importance sampling: first from a multivariate Student t around each guess, then from a t that
 * has the mean and covariance of those draws, then time and again around the draw of the largest weight, where the
 * density has mass that the proposals so far hardly reach. All draws count, each weighted by the density over the
 * mixture of all proposals, so that none gets a weight without bound, and the largest weights are smoothed. Where that
 * tells too little, or the weights have too long a tail, more draws are added in the same way.
 *
 * Raftery and Bao (2010); Cornuet, Marin, Mira and Robert (2012) for the mixture in the weights.
 *
 * @param logDensity - −Infinity where the density is 0
 * @param guesses - where the density has peaks, one or more: draws are made around each
 */
export function importanceDraws(
  logDensity: (x: Vector) => number,
  guesses: readonly NormalGuess[],
  { draws, enough, most }: DrawNumbers,
  random: Random,
): ImportanceDraws {
  const size = guesses[0]!.centre.length;
  const points = new Float64Array(most * size);
  const logDensities = new Float64Array(most);
  /** ln of the density of the mixture of all proposals so far, at each draw, up to a constant. */
  const logMixtures = new Float64Array(most).fill(-Infinity);
  const proposals: Proposal[] = [];
  const z = new Float64Array(size);
  let made = 0;
  const addDensity = (proposal: Proposal, from: number, to: number): void => {
    for (let k = from; k < to; k++) {
      logMixtures[k] = logAdd(logMixtures[k]!, logDensityOf(proposal, points, k * size, z));
    }
  };
  const drawStage = (spread: Spread, end: number): Float64Array => {
    const from = made;
    let logHeight = ln(end - from);
    spread.root.forEach((row, i) => (logHeight -= ln(row[i]!)));
    const proposal = { ...spread, logHeight };
    for (; made < end; made++) {
      const x = drawFrom(proposal, random);
      points.set(x, made * size);
      logDensities[made] = logDensity(x);
    }
    for (const earlier of proposals) addDensity(earlier, from, end);
    addDensity(proposal, 0, end);
    proposals.push(proposal);
    return normalisedWeights(logDensities, logMixtures, end);
  };
  let weights: Float64Array = new Float64Array(0);
  for (const { centre, covariance } of guesses) {
    weights = drawStage(
      { centre, root: cholesky(covariance)! },
      made + Math.round((FIRST * draws) / guesses.length),
    );
  }
  let global: Spread = spreadOf(points, weights, size) ?? proposals[0]!;
  weights = drawStage(global, made + Math.round(SECOND * draws));
  global = spreadOf(points, weights, size) ?? global;
  const opening = made;
  for (let addition = 1; addition <= ADDITIONS; addition++) {
    const end = opening + Math.round(((draws - opening) * addition) / ADDITIONS);
    weights = drawStage(aroundHeaviest(points, weights, global), end);
    global = spreadOf(points, weights, size) ?? global;
  }
  let smoothed = paretoSmoothedWeights(weights);
  while (weights.length < most && tellsTooLittle(smoothed, enough)) {
    const end = Math.min(most, made + Math.ceil(MORE * made));
    weights = drawStage(aroundHeaviest(points, weights, global), end);
    global = spreadOf(points, weights, size) ?? global;
    smoothed = paretoSmoothedWeights(weights);
  }
  return {
    points: points.subarray(0, made * size),
    ...smoothed,
    effective: effectiveDraws(smoothed.weights),
  };
}

function tellsTooLittle({ weights, shape }: ParetoSmoothedWeights, enough: number): boolean {
  return effectiveDraws(weights) < enough || shape > LARGEST_SHAPE;
}

/** (Σ w)² / Σ w² of weights that sum to 1. */
export function effectiveDraws(weights: Float64Array): number {
  let squares = 0;
  for (const weight of weights) squares += weight * weight;
  return squares > 0 ? 1 / squares : 0;
}

/** A t variable: a normal one over the root of an independent chi-squared over its degrees. */
function drawFrom({ centre, root }: Spread, random: Random): number[] {
  const stretch = Math.sqrt((0.5 * DEGREES_OF_FREEDOM) / random.gamma(0.5 * DEGREES_OF_FREEDOM));
  const z = centre.map(() => stretch * random.normal());
  return centre.map((middle, i) => {
    let sum = middle;
    for (let k = 0; k <= i; k++) sum += root[i]![k]! * z[k]!;
    return sum;
  });
}

/** ln of a proposal's density times its number of draws, up to a constant of all proposals. */
function logDensityOf(proposal: Proposal, points: Float64Array, at: number, z: Float64Array): number {
  const square = squareDistance(points, at, proposal, z);
  return proposal.logHeight - 0.5 * (DEGREES_OF_FREEDOM + z.length) * log1p(square / DEGREES_OF_FREEDOM);
}

/** Densities over those of the mixture, for the draws made so far, with a sum of 1. */
function normalisedWeights(
  logDensities: Float64Array,
  logMixtures: Float64Array,
  made: number,
): Float64Array {
  const weights = new Float64Array(made);
  let highest = -Infinity;
  for (let k = 0; k < made; k++) {
    weights[k] = logDensities[k]! - logMixtures[k]!;
    highest = Math.max(highest, weights[k]!);
  }
  let total = 0;
  for (let k = 0; k < made; k++) total += weights[k] = exp(weights[k]! - highest);
  for (let k = 0; k < made; k++) weights[k]! /= total;
  return weights;
}

/** (x − centre)ᵀ (root rootᵀ)⁻¹ (x − centre); `z` is room for as many numbers. */
function squareDistance(points: Float64Array, at: number, { centre, root }: Spread, z: Float64Array): number {
  let square = 0;
  for (let i = 0; i < z.length; i++) {
    let rest = points[at + i]! - centre[i]!;
    for (let j = 0; j < i; j++) rest -= root[i]![j]! * z[j]!;
    z[i] = rest / root[i]![i]!;
    square += z[i]! * z[i]!;
  }
  return square;
}

/** The mean and covariance of the weighted draws; null where they are too few to tell. */
function spreadOf(points: Float64Array, weights: Float64Array, size: number, centre?: Vector): Spread | null {
  let middle = centre;
  if (middle === undefined) {
    const mean = Array.from({ length: size }, () => 0);
    weights.forEach((weight, k) => {
      for (let i = 0; i < size; i++) mean[i]! += weight * points[k * size + i]!;
    });
    middle = mean;
  }
  const covariance = middle.map(() => middle!.map(() => 0));
  weights.forEach((weight, k) => {
    if (weight === 0) return;
    for (let i = 0; i < size; i++) {
      const own = weight * (points[k * size + i]! - middle![i]!);
      for (let j = 0; j <= i; j++) covariance[i]![j]! += own * (points[k * size + j]! - middle![j]!);
    }
  });
  const root = cholesky(covariance);
  return root === null ? null : { centre: middle, root };
}

/** A t around the draw of the largest weight, as wide as its neighbours lie. */
function aroundHeaviest(points: Float64Array, weights: Float64Array, global: Spread): Spread {
  const size = global.centre.length;
  let heaviest = 0;
  weights.forEach((weight, k) => {
    if (weight > weights[heaviest]!) heaviest = k;
  });
  const centre = [...points.subarray(heaviest * size, (heaviest + 1) * size)];
  const z = new Float64Array(size);
  const distances = weights.map((_, k) => squareDistance(points, k * size, { ...global, centre }, z));
  const furthest = distances.toSorted()[Math.floor(NEIGHBOURS * weights.length)]!;
  // Half by weight and half alike, so that a single draw of great weight leaves a covariance.
  const local = weights.map((weight, k) => (distances[k]! <= furthest ? weight + 1 / weights.length : 0));
  const total = local.reduce((sum, weight) => sum + weight, 0);
  return (
    spreadOf(
      points,
      local.map((weight) => weight / total),
      size,
      centre,
    ) ?? { ...global, centre }
  );
}
