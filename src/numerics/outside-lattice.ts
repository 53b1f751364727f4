import type { Integral } from "./integrate.ts";
import type { Matrix } from "./matrix.ts";
import { normalCdf, normalPdf, normalQuantile, normalSf, normalUpperQuantile } from "./normal.ts";

/**
 * Generates lattices of 2^8 to 2^16 points, each of which holds the ones before (Cools, Kuo and Nuyens 2006, SIAM J. Sci.
 * Comput. 28, 2162–2188); chosen component by component in test/reference/numerics/lattice.py.
 */
const GENERATOR = [
  1, 59177, 23427, 17631, 49699, 17393, 52375, 37495, 35379, 5529, 14943, 39889, 3101, 45615, 64871, 21619,
  59885, 48985, 41837, 42339,
];
export const MOST_VARIABLES: number = GENERATOR.length;
const FEWEST_POINTS = 2 ** 8;
const MOST_POINTS = 2 ** 16;
/** The lattice is shifted this often; the results of the shifts tell the error. */
const SHIFTS = 8;
const GOLDEN = 0.6180339887498949;
/** Points times the steps of one point, a tenth of a microsecond each. */
const MOST_WORK = 2e6;
/** Error aimed at, relative to the probability, unless said. */
const AIM = 1e-5;

/**
 * P(Z_i > bounds[i] for some i), or with |Z_i|: the sum over i, the most likely first, of the chance that Z_i is above
 * its bound and none of the variables before it is. Each term is a normal tail times a conditional chance, so that small
 * probabilities keep their digits.
 *
 * The conditional chances are integrals over the unit cube after separation of the variables (Genz 1992, J. Comp. Graph.
 * Statist. 1, 141–149), by a lattice made periodic by the tent map, at fixed shifts.
 *
 * @param bounds at most MOST_VARIABLES of them
 * @param aim error that is good enough, relative to the probability
 */
export function outsideByLattice(
  bounds: readonly number[],
  correlation: Matrix,
  isTwoSided: boolean,
  aim: number = AIM,
): Integral {
  // A variable whose tail underflows adds nothing.
  const order = bounds.map((_, i) => i).filter((i) => normalSf(bounds[i]!) > 0);
  order.sort((i, j) => bounds[i]! - bounds[j]!);
  const terms = order.map((i, rank) => separated(i, order.slice(0, rank), bounds, correlation, isTwoSided));
  const steps = (bounds.length * (bounds.length + 1)) / 2;
  const sums = Array.from({ length: SHIFTS }, () => 0);
  const shifts = sums.map((_, shift) => GENERATOR.map((_z, i) => ((shift + 1) * GOLDEN * (i + 1)) % 1));
  const place: number[] = [];
  for (let points = FEWEST_POINTS; ; points *= 2) {
    // Of each lattice but the first the even points are those of the one before.
    const [from, step] = points === FEWEST_POINTS ? [0, 1] : [1, 2];
    for (let shift = 0; shift < SHIFTS; shift++) {
      for (let k = from; k < points; k += step) {
        for (let i = 0; i < bounds.length; i++) {
          const x = ((k * GENERATOR[i]!) % points) / points + shifts[shift]![i]!;
          place[i] = Math.abs(2 * (x % 1) - 1);
        }
        for (const term of terms) sums[shift]! += term(place);
      }
    }
    const means = sums.map((sum) => sum / points);
    const value = means.reduce((a, b) => a + b, 0) / SHIFTS;
    const variance = means.reduce((a, b) => a + (b - value) ** 2, 0) / (SHIFTS - 1);
    const error = 3 * Math.sqrt(variance / SHIFTS);
    const isLast = points === MOST_POINTS || 2 * points * SHIFTS * steps > MOST_WORK;
    if (error <= aim * value || isLast) return { value, error };
  }
}

/** What one point of the unit cube contributes to P(Z_first > its bound, none of `earlier` above theirs). */
function separated(
  first: number,
  earlier: readonly number[],
  bounds: readonly number[],
  correlation: Matrix,
  isTwoSided: boolean,
): (place: readonly number[]) => number {
  const tail = normalSf(bounds[first]!);
  const { order, factor } = orderedFactor(first, earlier, bounds, correlation, isTwoSided);
  const values = order.map(() => 0);
  return (place) => {
    let weight = isTwoSided ? 2 * tail : tail;
    for (let i = 0; i < order.length; i++) {
      const u = place[i]!;
      if (i === 0) {
        values[0] = normalUpperQuantile(u * tail);
        continue;
      }
      let mean = 0;
      for (let j = 0; j < i; j++) mean += factor[i]![j]! * values[j]!;
      const bound = bounds[order[i]!]!;
      const scale = factor[i]![i]!;
      if (scale === 0) {
        // The variables before it decide.
        if (mean > bound || (isTwoSided && mean < -bound)) return 0;
        values[i] = 0;
        continue;
      }
      const upper = (bound - mean) / scale;
      const lower = isTwoSided ? (-bound - mean) / scale : -Infinity;
      // From the nearer side, so that nothing is lost.
      const mirrored = lower > 0;
      const below = mirrored ? normalSf(upper) : normalCdf(lower);
      const above = mirrored ? normalSf(lower) : normalCdf(upper);
      weight *= above - below;
      if (weight === 0) return 0;
      const quantile = normalQuantile(below + u * (above - below));
      values[i] = mirrored ? -quantile : quantile;
    }
    return weight;
  };
}

/** A pivot below it is the rounding of 0: the variable is a sum of the ones before. */
const SINGULAR = 1e-13;

/**
 * The Cholesky factor with `first` in front and, of the others, always next the one least likely to stay within its
 * bound (Gibson, Glasbey and Elston 1994), which gives the smoothest integrand.
 */
function orderedFactor(
  first: number,
  earlier: readonly number[],
  bounds: readonly number[],
  correlation: Matrix,
  isTwoSided: boolean,
): { order: number[]; factor: number[][] } {
  const order: number[] = [];
  const factor: number[][] = [];
  const expected: number[] = [];
  const rest = [first, ...earlier];
  while (rest.length > 0) {
    let best = 0;
    let bestRow: number[] = [];
    let bestChance = Infinity;
    let bestExpected = 0;
    // The first variable is exceeded for certain, and stands in front.
    for (let candidate = 0; candidate < (order.length === 0 ? 1 : rest.length); candidate++) {
      const i = rest[candidate]!;
      const row: number[] = [];
      let pivot = 1;
      let mean = 0;
      for (let j = 0; j < order.length; j++) {
        let sum = correlation[i]![order[j]!]!;
        for (let k = 0; k < j; k++) sum -= row[k]! * factor[j]![k]!;
        row[j] = factor[j]![j] === 0 ? 0 : sum / factor[j]![j]!;
        pivot -= row[j]! * row[j]!;
        mean += row[j]! * expected[j]!;
      }
      const scale = pivot > SINGULAR ? Math.sqrt(pivot) : 0;
      row.push(scale);
      if (order.length === 0) {
        const tail = normalSf(bounds[i]!);
        best = candidate;
        bestRow = row;
        bestExpected = normalPdf(bounds[i]!) / tail;
        break;
      }
      const upper = (bounds[i]! - mean) / scale;
      const lower = isTwoSided ? (-bounds[i]! - mean) / scale : -Infinity;
      const chance = scale === 0 ? 1 : normalCdf(upper) - normalCdf(lower);
      if (chance < bestChance) {
        best = candidate;
        bestRow = row;
        bestChance = chance;
        bestExpected = scale === 0 ? 0 : (normalPdf(lower) - normalPdf(upper)) / Math.max(chance, 1e-300);
      }
    }
    order.push(rest[best]!);
    factor.push(bestRow);
    expected.push(bestExpected);
    rest.splice(best, 1);
  }
  return { order, factor };
}
