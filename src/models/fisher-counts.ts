import type { Alternative } from "../core/alternative.ts";
import { hypergeometricLogPmf, hypergeometricMode } from "../numerics/hypergeometric-tails.ts";
import type { RejectionSides, Totals } from "./critical-counts.ts";
import { TIE_TOLERANCE } from "./equally-likely.ts";
import { exp } from "../numerics/elementary/exp.ts";

interface FisherRule {
  readonly level: number;
  readonly alternative: Alternative;
  /** Counts the table seen, and its tie, by one half. */
  readonly isMidP: boolean;
}

/** Room for the rounding of a p-value that equals the level. */
const TIE = 1e-12;
/** Outcomes below this share of the level are dropped: they are rejected, and add nothing to a p-value. */
const NEGLIGIBLE = 1e-20;

/** Where Fisher's test rejects; two-sided by minimum likelihood. */
export function fisherCounts(
  n1: number,
  n2: number,
  rule: FisherRule,
  { first, last }: Totals,
): RejectionSides {
  const above = new Int32Array(last - first + 1);
  const below = new Int32Array(last - first + 1);
  const limit = rule.level * (1 + TIE);
  for (let c = first; c <= last; c++) {
    const { lowest, probabilities } = outcomes(n1, n2, c, rule.level * NEGLIGIBLE);
    const { fromBelow, fromAbove } = rejected(probabilities, limit, rule);
    above[c - first] = lowest + probabilities.length - fromAbove;
    below[c - first] = c - (lowest + fromBelow - 1);
  }
  return {
    above: rule.alternative === "less" ? null : { n1, n2, first, fewest: above, sparesCorner: false },
    below:
      rule.alternative === "greater" ? null : { n1: n2, n2: n1, first, fewest: below, sparesCorner: false },
  };
}

/** Probabilities of the treatment's conversions given those of both arms, from the lowest that is not negligible. */
function outcomes(
  n1: number,
  n2: number,
  c: number,
  negligible: number,
): { readonly lowest: number; readonly probabilities: readonly number[] } {
  const table = { population: n1 + n2, successes: n2, draws: c };
  const mode = hypergeometricMode(table);
  const top = exp(hypergeometricLogPmf(mode, table));
  const below: number[] = [];
  let x1 = c - mode;
  let x2 = mode;
  let pmf = top;
  for (;;) {
    pmf *= (x2 / (x1 + 1)) * ((n1 - x1) / (n2 - x2 + 1));
    if (!(pmf > negligible)) break;
    below.push(pmf);
    x1++;
    x2--;
  }
  const lowest = x2;
  const probabilities = below.toReversed();
  x1 = c - mode;
  x2 = mode;
  pmf = top;
  while (pmf > negligible) {
    probabilities.push(pmf);
    pmf *= (x1 / (x2 + 1)) * ((n2 - x2) / (n1 - x1 + 1));
    x1--;
    x2++;
  }
  return { lowest, probabilities };
}

/** How many outcomes are rejected from either end: the least likely first, and equally likely ones together. */
function rejected(
  probabilities: readonly number[],
  limit: number,
  { alternative, isMidP }: FisherRule,
): { readonly fromBelow: number; readonly fromAbove: number } {
  let low = 0;
  let high = probabilities.length - 1;
  let sum = 0;
  while (low <= high) {
    const left = alternative === "greater" ? Infinity : probabilities[low]!;
    const right = alternative === "less" ? Infinity : probabilities[high]!;
    const bound = (1 + TIE_TOLERANCE) * Math.min(left, right);
    const takesLeft = left <= bound;
    const takesRight = right <= bound && (low < high || !takesLeft);
    const group = (takesLeft ? left : 0) + (takesRight ? right : 0);
    if (sum + (isMidP ? 0.5 : 1) * group > limit) break;
    sum += group;
    if (takesLeft) low++;
    if (takesRight) high--;
  }
  return { fromBelow: low, fromAbove: probabilities.length - 1 - high };
}
