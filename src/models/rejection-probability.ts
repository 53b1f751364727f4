import { binomialLogPmf, binomialMode } from "../numerics/binomial-tails.ts";
import type { CriticalCounts, Totals } from "./critical-counts.ts";
import { regionProbability } from "./region-probability.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** One table: conversions of the first and of the second arm. */
type Table = readonly [x1: number, x2: number];

/**
 * The probability that a test rejects at a pair of rates: a sum over the first arm's conversions of their probability
 * times a tail of the second arm's. Costs as many steps as there are counts that matter.
 *
 * @param negligible counts of an arm that are less likely do not matter: its share of the answer is the error
 */
export function rejectionProbability(
  counts: CriticalCounts,
  p1: number,
  p2: number,
  negligible: number,
): number {
  const { n1, n2 } = counts;
  const { edge, islands } = rows(counts);
  let probability = regionProbability({ n1, n2, edge }, negligible)(p1, p2).value;
  for (const [x1, x2] of islands) {
    const logPmf = binomialLogPmf(x1, n1, p1);
    if (exp(logPmf) > negligible) probability += exp(logPmf + binomialLogPmf(x2, n2, p2));
  }
  return Math.min(1, probability);
}

/** The numbers of conversions in all that matter at rates from `lowest` to `highest`. */
export function totalsThatMatter(
  n1: number,
  n2: number,
  lowest: number,
  highest: number,
  negligible: number,
): Totals {
  return {
    first: endOf(n1, lowest, -1, negligible) + endOf(n2, lowest, -1, negligible),
    last: endOf(n1, highest, 1, negligible) + endOf(n2, highest, 1, negligible),
  };
}

/** The last count from the mode on, in one direction, that matters; by doubled and then halved steps. */
function endOf(n: number, p: number, direction: 1 | -1, negligible: number): number {
  const logNegligible = ln(negligible);
  const matters = (k: number): boolean => k >= 0 && k <= n && binomialLogPmf(k, n, p) > logNegligible;
  let k = binomialMode(n, p);
  let step = 1;
  while (matters(k + direction * step)) {
    k += direction * step;
    step *= 2;
  }
  for (; step >= 1; step /= 2) if (matters(k + direction * step)) k += direction * step;
  return k;
}

/**
 * The same tables by conversions of the first arm: the fewest of the second from which on all reject, and the few
 * tables before it. These are there since tests given all conversions need not agree on neighbouring numbers of them.
 */
function rows({ n1, n2, first, fewest, sparesCorner }: CriticalCounts): {
  readonly edge: Int32Array;
  readonly islands: readonly Table[];
} {
  const edge = new Int32Array(n1 + 1).fill(n2 + 1);
  const islands: Table[] = [];
  // Most conversions of the first arm that reject: from this number of conversions in all on, and at this number.
  let fromHere = n1;
  for (let i = fewest.length - 1; i >= 0; i--) {
    const c = first + i;
    const here = Math.min(n1, c - fewest[i]!);
    const next = fromHere;
    fromHere = Math.min(fromHere, here);
    for (let x1 = fromHere + 1; x1 <= here; x1++) islands.push([x1, c - x1]);
    // Rows that end their run of rejections with the number of conversions above this one.
    for (let x1 = Math.max(0, fromHere + 1); x1 <= next; x1++) edge[x1] = c + 1 - x1;
  }
  for (let x1 = 0; x1 <= fromHere; x1++) edge[x1] = Math.max(0, first - x1);
  if (sparesCorner) {
    const last = Math.min(n2 - 1, first + fewest.length - 1);
    for (let x2 = edge[0]!; x2 <= last; x2++) islands.push([0, x2]);
    edge[0] = n2 + 1;
  }
  return { edge, islands };
}
