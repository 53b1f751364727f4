import { logAdd } from "../numerics/log-sum.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { MarginWalk } from "./margin-walk.ts";
import { crossProduct } from "./proportion-effects.ts";
import { productDifference } from "./product-difference.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/**
 * Tables that speak for a higher rate of the treatment: with a table it holds all those with more conversions of the
 * treatment or fewer of the control (Barnard's convexity).
 */
export interface UpperRegion {
  readonly n1: number;
  readonly n2: number;
  /** For each number of conversions in all, ln of the region's probability given that number; −Infinity if none. */
  readonly logSizes: Float64Array;
  /** For each number of control conversions, the fewest treatment conversions in the region; n2 + 1 if none. */
  readonly edge: Int32Array;
}

// Room for the rounding of a tail that equals the level. Logs of the deepest tails carry more of it.
const TIE = 1e-12;

/** The tables whose one-sided Fisher p-value is at most a level: the test itself at alpha, or Boschloo's at a p-value. */
export function fisherRegion(n1: number, n2: number, logLevel: number): UpperRegion {
  const limit = logLevel + TIE * Math.max(1, -logLevel);
  return upperRegion(n1, n2, (walk, beyond) => walk.logPmf + log1p(beyond) <= limit);
}

/** The tables whose pooled z, for arms of n1 and n2, is at least that of a table, or of its mirror image: above 0. */
export function pooledZRegion(
  n1: number,
  n2: number,
  control: Proportion,
  treatment: Proportion,
): UpperRegion {
  const total = n1 + n2;
  const seen = crossProduct(control, treatment);
  const seenMargin = marginProduct(control.conversions + treatment.conversions, total);
  return upperRegion(n1, n2, ({ x1, x2 }) => {
    const cross = x2 * n1 - x1 * n2;
    // z² as a fraction; the products are compared exactly, so that ties are ties.
    const margin = marginProduct(x1 + x2, total);
    return cross > 0 && productDifference(cross * cross, seenMargin, seen * seen, margin) >= 0;
  });
}

/** The sizes of two regions that share no table, with the same order of conversions in all. */
export function addSizes(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((logA, c) => logAdd(logA, b[c]!));
}

function marginProduct(converted: number, total: number): number {
  return converted * (total - converted);
}

/**
 * Walks along the edge, one conversion at a time. By convexity the fewest treatment conversions in the region stay the
 * same or rise by one, so a step costs one tail.
 *
 * @param isInside told the table, and the probability beyond it relative to its own; never true of the empty table
 */
function upperRegion(
  n1: number,
  n2: number,
  isInside: (walk: MarginWalk, beyond: number) => boolean,
): UpperRegion {
  const logSizes = new Float64Array(n1 + n2 + 1).fill(-Infinity);
  const edge = new Int32Array(n1 + 1).fill(n2 + 1);
  const walk = new MarginWalk(n1, n2);
  for (;;) {
    const { x1, x2 } = walk;
    const beyond = walk.sumBeyond();
    const inside = isInside(walk, beyond);
    logSizes[x1 + x2] = walk.logPmf + (inside ? log1p(beyond) : ln(beyond));
    if (inside) edge[x1] = Math.min(edge[x1]!, x2);
    if (inside && x1 < n1) walk.addToControl();
    else if (x2 < n2) walk.addToTreatment();
    else break;
  }
  return { n1, n2, logSizes, edge };
}
