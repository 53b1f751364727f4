import { hypergeometricMode } from "../numerics/hypergeometric-tails.ts";
import { LOG_TIE_TOLERANCE, TIE_TOLERANCE } from "./equally-likely.ts";
import { MarginWalk } from "./margin-walk.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Room for the rounding of a p-value that equals the level. */
const TIE = 1e-12;
/** Outcomes below this share of the level are dropped. */
const NEGLIGIBLE = 1e-20;

/**
 * For each number of conversions in all, ln of the probability given that number that Fisher's two-sided p-value (by
 * minimum likelihood) is at most a level; −Infinity if it never is.
 *
 * Given the number of conversions these are the least likely outcomes of both tails, as many as the level has room for.
 */
export function jointFisherSizes(n1: number, n2: number, logLevel: number): Float64Array {
  const total = n1 + n2;
  const logSizes = new Float64Array(total + 1);
  const above = new MarginWalk(n1, n2);
  const below = new MarginWalk(n2, n1); // the same tables with the arms changed about
  for (let c = 0; c <= total; c++) {
    const mode = hypergeometricMode({ population: total, successes: n2, draws: c });
    const upper = unlikelyOutcomes(above, mode, logLevel);
    const lower = unlikelyOutcomes(below, c - mode + 1, logLevel);
    logSizes[c] = logLevel + ln(fill(upper, lower, 1 + TIE * Math.max(1, -logLevel)));
    if (c < total) [above, below].forEach(addConversion);
  }
  return logSizes;
}

function addConversion(walk: MarginWalk): void {
  if (walk.x1 < walk.n1) walk.addToControl();
  else walk.addToTreatment();
}

/**
 * The outcomes with the walk's total that are no likelier than the level and have at least `fewest` conversions in its
 * second arm, where they only get less likely: probabilities over the level, falling. Leaves the walk near the first.
 */
function unlikelyOutcomes(walk: MarginWalk, fewest: number, logLevel: number): number[] {
  const isLikely = (): boolean => walk.logPmf > logLevel + LOG_TIE_TOLERANCE;
  while (walk.x2 > fewest && walk.x1 < walk.n1 && !isLikely()) walk.moveToControl();
  while ((walk.x2 < fewest || isLikely()) && walk.x1 > 0 && walk.x2 < walk.n2) walk.moveToTreatment();
  if (walk.x2 < fewest || isLikely()) return [];
  const outcomes: number[] = [];
  let share = exp(walk.logPmf - logLevel);
  for (let { x1, x2 } = walk; share > NEGLIGIBLE; x1--, x2++) {
    outcomes.push(share);
    share *= (x1 / (x2 + 1)) * ((walk.n2 - x2) / (walk.n1 - x1 + 1));
  }
  return outcomes;
}

/** The sum of the least likely outcomes of two falling lists, equally likely ones together, that stays within a limit. */
function fill(upper: readonly number[], lower: readonly number[], limit: number): number {
  let sum = 0;
  let i = upper.length - 1;
  let j = lower.length - 1;
  for (;;) {
    const bound = (1 + TIE_TOLERANCE) * Math.min(i < 0 ? Infinity : upper[i]!, j < 0 ? Infinity : lower[j]!);
    if (bound === Infinity) return sum;
    let next = sum;
    while (i >= 0 && upper[i]! <= bound) next += upper[i--]!;
    while (j >= 0 && lower[j]! <= bound) next += lower[j--]!;
    if (next > limit) return sum;
    sum = next;
  }
}
