import type { Alternative } from "../core/alternative.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { fisherCounts } from "./fisher-counts.ts";
import { pooledZ } from "./pooled-z.ts";
import { unpooledZ } from "./unpooled-z.ts";
import { yatesZ } from "./yates-z.ts";

/** A test of two rates whose rejections can be listed table by table. */
export type TabledTest = "score" | "yates" | "wald" | "fisher" | "mid-p";

/** Where a test of arms of n1 and n2 speaks for the second arm, given the number of conversions of both. */
export interface CriticalCounts {
  readonly n1: number;
  readonly n2: number;
  /** The smallest number of conversions in all that is looked at. */
  readonly first: number;
  /** From there on, the fewest conversions of the second arm that reject; one more than there can be, if none do. */
  readonly fewest: Int32Array;
  /**
   * Whether the table where all of the second arm and none of the first converted is not rejected, even where tables
   * nearer to equal rates are: an unpooled z has no variance there, and judges nothing.
   */
  readonly sparesCorner: boolean;
}

/** The rejections of a test on either side; null for a side that the alternative does not look at. */
export interface RejectionSides {
  /** For the treatment, which is the second arm. */
  readonly above: CriticalCounts | null;
  /** Against it: the arms have changed places. */
  readonly below: CriticalCounts | null;
}

/** Numbers of conversions in all, both ends included. */
export interface Totals {
  readonly first: number;
  readonly last: number;
}

/**
 * The tables that a test rejects at a level: those with p <= level, where the two-sided tests of Fisher go by minimum
 * likelihood. Costs a few statistics per number of conversions, or for Fisher's test a conditional distribution.
 */
export function criticalCounts(
  test: TabledTest,
  n1: number,
  n2: number,
  { level, alternative }: { readonly level: number; readonly alternative: Alternative },
  totals: Totals,
): RejectionSides {
  if (test === "fisher" || test === "mid-p") {
    return fisherCounts(n1, n2, { level, alternative, isMidP: test === "mid-p" }, totals);
  }
  const critical = normalUpperQuantile(alternative === "two-sided" ? level / 2 : level);
  const side = (first: number, second: number): CriticalCounts => {
    // A null statistic is no rejection.
    const isRejected = (x1: number, x2: number): boolean => {
      const z = STATISTICS[test]({ n: first, conversions: x1 }, { n: second, conversions: x2 });
      return z !== null && z >= critical;
    };
    const fewest = walk(first, second, isRejected, totals);
    return { n1: first, n2: second, first: totals.first, fewest, sparesCorner: test === "wald" };
  };
  return {
    above: alternative === "less" ? null : side(n1, n2),
    below: alternative === "greater" ? null : side(n2, n1),
  };
}

const STATISTICS: Readonly<
  Record<"score" | "yates" | "wald", (control: Proportion, treatment: Proportion) => number | null>
> = { score: pooledZ, yates: yatesZ, wald: unpooledZ };

/** Walks along the border: with one more conversion in all it moves by one table, or not at all, or seldom by more. */
function walk(
  n1: number,
  n2: number,
  isRejected: (x1: number, x2: number) => boolean,
  { first, last }: Totals,
): Int32Array {
  const fewest = new Int32Array(last - first + 1);
  let x2 = 0;
  for (let c = first; c <= last; c++) {
    const lowest = Math.max(0, c - n1);
    const highest = Math.min(c, n2);
    x2 = Math.max(lowest, x2);
    while (x2 > lowest && isRejected(c - x2 + 1, x2 - 1)) x2--;
    while (x2 <= highest && !isRejected(c - x2, x2)) x2++;
    fewest[c - first] = x2;
  }
  return fewest;
}
