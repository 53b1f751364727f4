import { LOG_TIE_TOLERANCE } from "../models/equally-likely.ts";
import { binomialLogCdf, binomialLogPmf, binomialLogSf, binomialMode } from "../numerics/binomial-tails.ts";
import { logAdd } from "../numerics/log-sum.ts";
import { smallestTrue } from "../numerics/smallest-true.ts";
import { sumOf } from "../numerics/sum.ts";

/** ln of what no longer shows beside 1, however many such terms there are. */
const NEGLIGIBLE = -60;

/**
 * ln of the exact p-value of a split over the arms: the probability of all splits of as many units that are at most as
 * likely as the one seen. For two arms that is R's `binom.test`.
 *
 * Time grows with `exactMultinomialSize`: with two arms left the tails of a binomial distribution do the counting.
 *
 * @param observed - units by arm, each planned at a share above 0
 * @param shares - planned, with sum 1
 */
export function exactMultinomialLogPValue(observed: readonly number[], shares: readonly number[]): number {
  // The rarest arms are counted one by one, the two largest by tails.
  const order = observed.map((_, arm) => arm).toSorted((a, b) => shares[a]! - shares[b]!);
  const counts = order.map((arm) => observed[arm]!);
  const sorted = order.map((arm) => shares[arm]!);
  // Share of each arm among itself and those behind it.
  const chances: number[] = [];
  let rest = 0;
  for (let arm = sorted.length - 1; arm >= 0; arm--) {
    rest += sorted[arm]!;
    chances[arm] = sorted[arm]! / rest;
  }
  const units = sumOf(counts);
  const last = counts.length - 2;
  const seen = counts.slice(0, -1).reduce(
    ({ log, left }, count, arm) => ({
      log: log + binomialLogPmf(count, left, chances[arm]!),
      left: left - count,
    }),
    { log: 0, left: units },
  ).log;
  const atMost = seen + LOG_TIE_TOLERANCE;

  let total = -Infinity;
  /** Adds what lies behind a choice of the first arms' counts; false where that is too little to show. */
  const visit = (arm: number, left: number, log: number): boolean => {
    if (log < total + NEGLIGIBLE) return false;
    const chance = chances[arm]!;
    if (arm === last) {
      total = logAdd(total, log + lessLikelyLog(left, chance, atMost - log));
      return true;
    }
    const enter = (count: number): boolean =>
      visit(arm + 1, left - count, log + binomialLogPmf(count, left, chance));
    // Outward from the most likely count, so that what follows too small a term is smaller still.
    const mode = binomialMode(left, chance);
    for (let count = mode; count <= left && enter(count); count++);
    for (let count = mode - 1; count >= 0 && enter(count); count--);
    return true;
  };
  visit(0, units, 0);
  return Math.min(0, total);
}

/**
 * How many binomial distributions `exactMultinomialLogPValue` goes through: splits of the units over all arms but the two
 * largest.
 */
export function exactMultinomialSize(units: number, arms: number): number {
  let size = 1;
  for (let arm = 1; arm <= arms - 2; arm++) size *= (units + arm) / arm;
  return size;
}

/** ln of the probability of the binomial counts whose own log probability is at most `atMost`. */
function lessLikelyLog(n: number, p: number, atMost: number): number {
  const mode = binomialMode(n, p);
  const isLess = (count: number): boolean => binomialLogPmf(count, n, p) <= atMost;
  if (isLess(mode)) return 0;
  const deviation = Math.sqrt(n * p * (1 - p));
  const above = smallestTrue(isLess, mode + deviation, mode, n + 1);
  const below = mode - smallestTrue((steps) => isLess(mode - steps), deviation, 0, mode + 1);
  return logAdd(binomialLogCdf(below, n, p), binomialLogSf(above - 1, n, p));
}
