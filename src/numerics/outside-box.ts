import { bivariateNormalSf } from "./bivariate-normal.ts";
import { integrate } from "./integrate.ts";
import type { Matrix } from "./matrix.ts";
import { normalCdf, normalPdf, normalSf } from "./normal.ts";

/** What one variable must stay within; −Infinity and Infinity leave it open. */
export interface Side {
  readonly lower: number;
  readonly upper: number;
}

/** P(Z < lower or Z > upper). */
function outsideSide({ lower, upper }: Side): number {
  return normalCdf(lower) + normalSf(upper);
}

/** P((X, Y) outside the box) of two standard normal variables with correlation rho, −1 and 1 included. */
export function outsidePair(x: Side, y: Side, rho: number): number {
  // What both do is never more than what either does, so the difference keeps its digits.
  const both =
    bivariateNormalSf(x.upper, y.upper, rho) +
    bivariateNormalSf(-x.lower, -y.lower, rho) +
    bivariateNormalSf(x.upper, -y.lower, -rho) +
    bivariateNormalSf(-x.lower, y.upper, -rho);
  return outsideSide(x) + outsideSide(y) - both;
}

/** Beyond it a normal density no longer counts beside what it is added to. */
const REACH = 39;

/**
 * P((X, Y, Z) outside the box) of three standard normal variables: one of them is outside, or it is inside and the other
 * two, given its value, are not.
 */
export function outsideTriple(box: readonly Side[], correlation: Matrix): number {
  // Of two variables that nearly agree neither is the one to integrate over.
  const largest = correlation.map((row, i) => Math.max(...row.map((r, j) => (i === j ? 0 : Math.abs(r)))));
  const i = largest.indexOf(Math.min(...largest));
  const [j, k] = [(i + 1) % 3, (i + 2) % 3];
  const [toJ, toK] = [correlation[i]![j]!, correlation[i]![k]!];
  const restJ = Math.sqrt((1 - toJ) * (1 + toJ));
  const restK = Math.sqrt((1 - toK) * (1 + toK));
  const partial = (correlation[j]![k]! - toJ * toK) / (restJ * restK);
  const rho = Math.max(-1, Math.min(1, partial)); // rounding may carry it over

  const othersOutside = (x: number): number =>
    normalPdf(x) * outsidePair(shifted(box[j]!, toJ * x, restJ), shifted(box[k]!, toK * x, restK), rho);
  const from = Math.max(box[i]!.lower, -REACH);
  const to = Math.min(box[i]!.upper, REACH);
  const marks = [0];
  for (const [side, r] of [
    [box[j]!, toJ],
    [box[k]!, toK],
  ] as const) {
    for (const bound of [side.lower, side.upper]) marks.push(bound * r, bound / r);
  }
  const cuts: number[] = [];
  marks.sort((a, b) => a - b);
  for (const mark of marks) {
    if (mark - (cuts.at(-1) ?? from) > SHORTEST && to - mark > SHORTEST) cuts.push(mark);
  }
  const inside = from < to ? integrate(othersOutside, from, to, { relativeTolerance: 1e-11, cuts }).value : 0;
  return outsideSide(box[i]!) + inside;
}

/** Pieces of the range of integration are not cut shorter to begin with. */
const SHORTEST = 0.5;

function shifted({ lower, upper }: Side, mean: number, rest: number): Side {
  return { lower: (lower - mean) / rest, upper: (upper - mean) / rest };
}
