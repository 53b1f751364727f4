import { findRoot } from "./find-root.ts";
import type { Integral } from "./integrate.ts";
import type { Matrix } from "./matrix.ts";
import { normalSf, normalUpperQuantile } from "./normal.ts";
import { oneFactorLoadings } from "./one-factor-loadings.ts";
import { oneFactorSf } from "./one-factor-normal.ts";
import { outsidePair, outsideTriple } from "./outside-box.ts";
import { outsideByLattice } from "./outside-lattice.ts";
import { ln } from "./elementary/ln.ts";

// maxNormalSf(thresholds, correlation, isTwoSided): { value, error }     P(some Z_i > thresholds[i]), or |Z_i|
// maxNormalUpperQuantile(q, correlation, isTwoSided): { value, error }   the one c with P(some Z_i > c) = q
//
// These are for the inside of the library: they check nothing.

/** Error of the ways that have no sampling in them, relative to the probability. */
const DETERMINISTIC = 1e-12;

/**
 * P(Z_i > thresholds[i] for some i), or with |Z_i|, of standard normal variables with any correlation matrix, singular
 * ones included: computed as a tail of its own. Up to three variables, and any number that depend on each other through
 * one common factor, are right to about 12 digits; others, by a lattice and up to 20 of them, to about 5.
 *
 * @param correlation symmetric, positive semidefinite, with ones on the diagonal
 * @param aim error of the lattice that is good enough, relative to the probability
 * @returns the probability and a bound of its error: for the lattice three standard errors, which is no certainty
 */
export function maxNormalSf(
  thresholds: readonly number[],
  correlation: Matrix,
  isTwoSided: boolean,
  aim?: number,
): Integral {
  const lowest = Math.min(...thresholds);
  if (lowest <= (isTwoSided ? 0 : -Infinity)) return { value: 1, error: 0 };
  const kept = distinct(thresholds, correlation, isTwoSided);
  const rows = kept.map((i) => kept.map((j) => correlation[i]![j]!));
  const bounds = kept.map((i) => thresholds[i]!);
  const box = bounds.map((upper) => ({ lower: isTwoSided ? -upper : -Infinity, upper }));
  if (box.length === 0) return { value: 0, error: 0 };
  if (box.length === 1) return exact((isTwoSided ? 2 : 1) * normalSf(bounds[0]!));
  if (box.length === 2) return exact(outsidePair(box[0]!, box[1]!, rows[0]![1]!));
  const loadings = oneFactorLoadings(rows);
  if (loadings !== null) return exact(oneFactorSf(bounds, { loadings, df: Infinity, isTwoSided }));
  if (box.length === 3) return exact(outsideTriple(box, rows));
  return outsideByLattice(bounds, rows, isTwoSided, aim);
}

/** The c with P(Z_i > c for some i) = q, or with |Z_i|: a critical value, and a bound of its error. */
export function maxNormalUpperQuantile(q: number, correlation: Matrix, isTwoSided: boolean): Integral {
  const single = isTwoSided ? 0.5 * q : q;
  // Between one variable alone and Bonferroni's bound, both with a little room for an error of the lattice.
  const lower = normalUpperQuantile(single) - ROOM;
  const upper = normalUpperQuantile(single / correlation.length) + ROOM;
  const tail = (c: number, aim?: number): Integral =>
    maxNormalSf(
      correlation.map(() => c),
      correlation,
      isTwoSided,
      aim,
    );
  // A lattice of few points finds the place, and the slope there: the log of the tail falls at about this rate.
  const roughExcess = (c: number): number => ln(tail(c, SEARCH_AIM).value / q);
  const { value: atUpper, error: errorAtUpper } = tail(upper, SEARCH_AIM);
  const tolerance = Math.max(SEARCH_SHARE * (errorAtUpper / atUpper), 1e-15 * Math.abs(upper));
  let value = findRoot(roughExcess, lower, upper, { tolerance });
  const slope = (roughExcess(value - STEP) - roughExcess(value + STEP)) / (2 * STEP);
  let error = 0;
  for (let polish = 0; polish < POLISHES; polish++) {
    const there = tail(value);
    value += ln(there.value / q) / slope;
    error = there.error / there.value / slope;
  }
  return { value, error: error + 1e-15 * Math.abs(value) };
}

/** Beyond the error of the search. */
const ROOM = 1e-2;
const STEP = 0.05;
/** Error of a probability during the search, relative to it. */
const SEARCH_AIM = 1e-3;
/** The search ends at this share of the error that its probabilities have. */
const SEARCH_SHARE = 0.1;
/** Each Newton step takes two digits from the error of the search. */
const POLISHES = 2;

function exact(sum: number): Integral {
  // A sum of rounded parts may pass 1 by its last digit.
  const value = Math.min(1, sum);
  return { value, error: DETERMINISTIC * value };
}

/** The variables that can be above their threshold; of those that are the same variable, the one that is so first. */
function distinct(thresholds: readonly number[], correlation: Matrix, isTwoSided: boolean): number[] {
  const kept: number[] = [];
  const order = thresholds.map((_, i) => i).filter((i) => thresholds[i]! < Infinity);
  order.sort((i, j) => thresholds[i]! - thresholds[j]!);
  for (const i of order) {
    const isSame = (j: number): boolean => {
      const r = correlation[i]![j]!;
      return (isTwoSided ? Math.abs(r) : r) >= 1 - 4 * Number.EPSILON;
    };
    if (!kept.some(isSame)) kept.push(i);
  }
  return kept;
}
