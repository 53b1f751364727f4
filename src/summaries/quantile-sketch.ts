import { checkBetween, checkCount, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { quantileRanks } from "./quantile-ranks.ts";
import {
  ACCURACY_RANGE,
  checkValues,
  type OrderStatistic,
  type QuantileSummary,
  type QuantileSummaryOptions,
} from "./quantile-summary.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { atanh } from "../numerics/elementary/inverse-hyperbolic.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** How many values fall into the bucket of this number; see `QuantileSketch`. */
export type Bucket = readonly [index: number, count: number];

/**
 * A histogram of an arm's values in buckets of equal relative width, from which every quantile is known up to
 * `relativeAccuracy`. With γ = (1 + accuracy)/(1 − accuracy) bucket i holds the values above γ^(i − 1) and up to γ^i,
 * so that a warehouse can count them: `CEIL(LN(x) / LN(γ))`, grouped.
 */
export interface QuantileSketch {
  /** Values counted: zeros and all buckets together. */
  readonly n: number;
  /** Largest relative error of a value, from 1e-6 to 0.5. */
  readonly relativeAccuracy: number;
  /** Buckets of the values below 0 by their size without the sign, indices upwards. */
  readonly negative: readonly Bucket[];
  readonly zeros: number;
  /** Buckets of the values above 0, indices upwards. */
  readonly positive: readonly Bucket[];
}

export interface QuantileSketchOptions {
  /** Largest relative error of a value, from 1e-6 to 0.5; 0.01 unless said. */
  readonly relativeAccuracy?: number | undefined;
}

const DEFAULT_ACCURACY = 0.01;

/** The smallest number that a double holds with all its digits: what is closer to 0 counts as 0. */
const SMALLEST_NORMAL = 2 ** -1022;

/**
 * Counts values into a sketch: small, plain data from which any quantile can be had, and which merges without loss.
 *
 * Equal values give equal sketches in any order, and merging sketches gives what sketching all values at once gives.
 * There is one bucket for each relative step of twice the accuracy in use: at 0.01, about 700 from a cent to ten
 * thousand. One value a unit: several events of one unit are not independent,
 * and need a design effect (see `quantileDesignEffect`).
 *
 * @param values - one finite value for each unit of the arm, at least one
 * @param options.relativeAccuracy - largest relative error of a value, from 1e-6 to 0.5; 0.01 unless said
 * @returns the sketch
 * @throws {DomainError} for an empty list, a value that is not finite, or an accuracy outside its range
 * @example
 * ```ts
 * import { quantileSketch } from "microlift";
 * quantileSketch([0, 2, 2, 8], { relativeAccuracy: 0.2 }).positive; // [[2, 2], [6, 1]]
 * ```
 * Masson, Rim and Lee (2019), "DDSketch", Section 2, without its bound on the number of buckets.
 */
export function quantileSketch(
  values: readonly number[],
  options: QuantileSketchOptions = {},
): QuantileSketch {
  checkValues(values);
  checkObject("options", options);
  const { relativeAccuracy = DEFAULT_ACCURACY } = options;
  checkBetween("options.relativeAccuracy", relativeAccuracy, ...ACCURACY_RANGE);
  const width = logGamma(relativeAccuracy);
  const negative = new Map<number, number>();
  const positive = new Map<number, number>();
  let zeros = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size < SMALLEST_NORMAL) {
      zeros++;
      continue;
    }
    // + 0, so that 1 has the bucket 0 and not −0.
    addTo(value < 0 ? negative : positive, Math.ceil(ln(size) / width) + 0, 1);
  }
  return {
    n: values.length,
    relativeAccuracy,
    negative: sortedBuckets(negative),
    zeros,
    positive: sortedBuckets(positive),
  };
}

/**
 * Merges sketches of disjoint groups of units, such as days of first exposure, into one.
 *
 * @param parts - at least one sketch, all of the same accuracy; no unit may be in two of them
 * @returns the sketch of all values together, the same as if they had been sketched at once
 * @throws {DomainError} for an empty list, a broken sketch, or accuracies that differ
 * @example
 * ```ts
 * import { mergeQuantileSketches, quantileSketch } from "microlift";
 * mergeQuantileSketches([quantileSketch([3, 5]), quantileSketch([0, 3])]).n; // 4
 * ```
 * Masson, Rim and Lee (2019), algorithm 4.
 */
export function mergeQuantileSketches(parts: readonly QuantileSketch[]): QuantileSketch {
  if (!Array.isArray(parts) || parts.length === 0) {
    throw new DomainError("parts", parts, "must be a list of at least one sketch");
  }
  const negative = new Map<number, number>();
  const positive = new Map<number, number>();
  let n = 0;
  let zeros = 0;
  parts.forEach((part: QuantileSketch, i) => {
    checkSketch(`parts[${i}]`, part);
    if (part.relativeAccuracy !== parts[0]!.relativeAccuracy) {
      throw new DomainError(
        `parts[${i}].relativeAccuracy`,
        part.relativeAccuracy,
        `must be that of parts[0], ${parts[0]!.relativeAccuracy}`,
      );
    }
    n += part.n;
    zeros += part.zeros;
    for (const [index, count] of part.negative) addTo(negative, index, count);
    for (const [index, count] of part.positive) addTo(positive, index, count);
  });
  checkCount("total.n", n, 1);
  return {
    n,
    relativeAccuracy: parts[0]!.relativeAccuracy,
    negative: sortedBuckets(negative),
    zeros,
    positive: sortedBuckets(positive),
  };
}

/**
 * A quantile from a sketch, with the order statistics around it from which its interval is had.
 *
 * Ranks are exact; each value is that of the unit at its rank up to the sketch's relative accuracy, which the summary
 * carries on, so that intervals are widened by it.
 *
 * @param sketch - of one arm, from `quantileSketch` or a warehouse
 * @param options.probability - which quantile, in (0, 1)
 * @param options.confidenceLevel - what the order statistics are chosen for, in (0, 1); 0.95 unless said
 * @param options.designEffect - for several values a unit, above 0; 1 unless said
 * @returns what `quantileInterval` and `compareQuantiles` take
 * @throws {DomainError} for a broken sketch, or a probability or level outside (0, 1)
 * @example
 * ```ts
 * import { quantileSketch, sketchQuantile } from "microlift";
 * const sketch = quantileSketch([31, 12, 18, 25, 16, 44, 22]);
 * sketchQuantile(sketch, { probability: 0.5 }).value; // 22.0, within 1 % of 22
 * ```
 * Masson, Rim and Lee (2019), proposition 3.
 */
export function sketchQuantile(sketch: QuantileSketch, options: QuantileSummaryOptions): QuantileSummary {
  checkSketch("sketch", sketch);
  checkObject("options", options);
  const { n, relativeAccuracy } = sketch;
  const { probability, confidenceLevel, designEffect } = options;
  const ranks = quantileRanks({ n, probability, confidenceLevel, designEffect });
  const at = (rank: number): OrderStatistic => ({ rank, value: valueAt(sketch, rank) });
  return {
    n,
    probability,
    value: at(ranks.rank).value,
    lower: at(ranks.lowerRank),
    upper: at(ranks.upperRank),
    relativeAccuracy,
    ...(designEffect === undefined ? {} : { designEffect }),
  };
}

function valueAt({ negative, zeros, positive, relativeAccuracy }: QuantileSketch, rank: number): number {
  let below = 0;
  for (let i = negative.length - 1; i >= 0; i--) {
    below += negative[i]![1];
    if (rank <= below) return -bucketValue(negative[i]![0], relativeAccuracy);
  }
  below += zeros;
  if (rank <= below) return 0;
  const bucket = positive.find(([, count]) => {
    below += count;
    return rank <= below;
  });
  // The counts add up to n, and no rank lies beyond it.
  return bucketValue(bucket![0], relativeAccuracy);
}

/** 2γ^i/(γ + 1), within the accuracy of everything in the bucket. The last bucket may reach beyond what a double holds. */
function bucketValue(index: number, relativeAccuracy: number): number {
  const value = exp(index * logGamma(relativeAccuracy) + log1p(-relativeAccuracy));
  return Math.min(value, Number.MAX_VALUE);
}

function logGamma(relativeAccuracy: number): number {
  return 2 * atanh(relativeAccuracy);
}

function addTo(buckets: Map<number, number>, index: number, count: number): void {
  buckets.set(index, (buckets.get(index) ?? 0) + count);
}

function sortedBuckets(buckets: Map<number, number>): Bucket[] {
  return [...buckets].toSorted(([a], [b]) => a - b);
}

function checkSketch(field: string, sketch: QuantileSketch): void {
  checkObject(field, sketch);
  const { n, relativeAccuracy, zeros } = sketch;
  checkCount(`${field}.n`, n, 1);
  checkBetween(`${field}.relativeAccuracy`, relativeAccuracy, ...ACCURACY_RANGE);
  checkCount(`${field}.zeros`, zeros);
  const width = logGamma(relativeAccuracy);
  const counted =
    checkBuckets(`${field}.negative`, sketch.negative, width) +
    zeros +
    checkBuckets(`${field}.positive`, sketch.positive, width);
  if (counted !== n) throw new DomainError(`${field}.n`, n, `must be the sum of all counts, ${counted}`);
}

/** Natural logs of the smallest and the largest double, and a bucket more. */
const LOG_RANGE: readonly [number, number] = [-710, 711];

function checkBuckets(field: string, buckets: readonly Bucket[], width: number): number {
  if (!Array.isArray(buckets)) throw new DomainError(field, buckets, "must be a list of pairs");
  let sum = 0;
  let last = -Infinity;
  buckets.forEach((bucket: Bucket, i) => {
    if (!Array.isArray(bucket) || bucket.length !== 2) {
      throw new DomainError(`${field}[${i}]`, bucket, "must be a pair of index and count");
    }
    const [index, count] = bucket as Bucket;
    if (!Number.isSafeInteger(index) || index <= last) {
      throw new DomainError(`${field}[${i}][0]`, index, "must be a whole number above the index before it");
    }
    checkBetween(`${field}[${i}][0] (the log of its values)`, (index - 0.5) * width, ...LOG_RANGE);
    checkCount(`${field}[${i}][1]`, count, 1);
    last = index;
    sum += count;
  });
  return sum;
}
