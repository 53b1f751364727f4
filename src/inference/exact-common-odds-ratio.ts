import type { Alternative } from "../core/alternative.ts";
import { DomainError } from "../core/domain-error.ts";
import { LOG_TIE_TOLERANCE } from "../models/equally-likely.ts";
import { hypergeometricVariance } from "../models/mantel-haenszel.ts";
import { tableMargins } from "../models/table-margins.ts";
import { bracketRoot } from "../numerics/bracket-root.ts";
import { findRoot } from "../numerics/find-root.ts";
import {
  type CountDistribution,
  meanCount,
  noncentralDistribution,
  sumDistribution,
  varianceOfCount,
} from "../numerics/hypergeometric-sum.ts";
import { type HypergeometricParameters, hypergeometricSupport } from "../numerics/hypergeometric-tails.ts";
import { log1mexp } from "../numerics/log1mexp.ts";
import { logAdd, logSum } from "../numerics/log-sum.ts";
import { noncentralLogPmf } from "../numerics/noncentral-hypergeometric.ts";
import { sumOf } from "../numerics/sum.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import type { NormalConfidence } from "./two-proportions.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** What the margins of the strata leave open: the sum of the treatment's conversions, under one odds ratio for all. */
export interface ConditionalStrata {
  readonly tables: readonly HypergeometricParameters[];
  /** The treatment's conversions of each stratum, and their sum with its ends. */
  readonly counts: readonly number[];
  readonly seen: number;
  readonly lowest: number;
  readonly highest: number;
  /** ln of the odds ratio of maximum conditional likelihood; infinite where the sum lies at an end. */
  readonly logOdds: number;
  /** Distribution of the sum under that odds ratio; null where it is infinite. */
  readonly distribution: CountDistribution | null;
}

/** So many products of probabilities take about a second. */
const LARGEST_WORK = 5e8;
/** Standard deviations over which a distribution is followed, both sides together. */
const WIDTH = 24;
/** No table of fewer than 1e15 units holds an odds ratio anywhere near e^±300, and their squares stay within range. */
const LARGEST_LOG_ODDS = 300;

/** Fixes the margins of the strata; refuses counts that would take too long. */
export function conditionalStrata(strata: readonly TwoArms<Proportion>[]): ConditionalStrata {
  const tables = strata.map(tableMargins);
  const ends = tables.map(hypergeometricSupport);
  checkWork(strata.map((stratum, i) => widthOf(stratum, ends[i]!)));
  const counts = strata.map(({ treatment }) => treatment.conversions);
  const seen = sumOf(counts);
  const lowest = sumOf(ends.map((end) => end.lowest));
  const highest = sumOf(ends.map((end) => end.highest));
  const logOdds =
    seen === lowest
      ? -Infinity
      : seen === highest
        ? Infinity
        : rootFrom(0, (log) => sumOf(partsAt(tables, log).map(meanCount)) - seen);
  const distribution = Number.isFinite(logOdds) ? sumDistribution(partsAt(tables, logOdds)) : null;
  return { tables, counts, seen, lowest, highest, logOdds, distribution };
}

/** ln of the exact p-value of an odds ratio of 1 in all strata; two-sided by minimum likelihood, as R's. */
export function exactCommonLogPValue(strata: ConditionalStrata, alternative: Alternative): number {
  if (alternative === "greater") return logTail(strata, 0, 1);
  if (alternative === "less") return logTail(strata, 0, -1);
  if (strata.lowest === strata.highest) return 0;
  const side = strata.logOdds >= 0 ? 1 : -1;
  return Math.min(0, logAdd(logTail(strata, 0, side), logOppositeTail(strata, side)));
}

/** ln of the limits of the odds ratio that the one-sided tests do not reject, each at the tail's level. */
export function exactCommonLogLimits(
  strata: ConditionalStrata,
  { tail }: NormalConfidence,
): { readonly lower: number; readonly upper: number } {
  const start = Number.isFinite(strata.logOdds) ? strata.logOdds : 0;
  const level = ln(tail);
  return {
    lower:
      strata.seen === strata.lowest ? -Infinity : rootFrom(start, (log) => logTail(strata, log, 1) - level),
    upper:
      strata.seen === strata.highest ? Infinity : rootFrom(start, (log) => level - logTail(strata, log, -1)),
  };
}

/** ln P(S >= seen) for side 1, ln P(S <= seen) for −1, under a log odds ratio. */
function logTail(strata: ConditionalStrata, logOdds: number, side: 1 | -1): number {
  const { seen, lowest, highest, distribution } = strata;
  if (seen === (side > 0 ? lowest : highest)) return 0;
  if (distribution === null) return logPmfOfCounts(strata, logOdds);
  const isFar = side * (strata.logOdds - logOdds) >= 0;
  // The small tail is summed; of a large one it is the complement.
  return isFar
    ? logWhere(strata, distribution, strata.logOdds, logOdds, (sum) => side * (sum - seen) >= 0)
    : log1mexp(logWhere(strata, distribution, strata.logOdds, logOdds, (sum) => side * (sum - seen) < 0));
}

/** ln P(a sum on the other side of the middle that is at most as likely as the one seen), under an odds ratio of 1. */
function logOppositeTail(strata: ConditionalStrata, side: 1 | -1): number {
  const { tables, seen, distribution } = strata;
  const seenLog =
    distribution === null
      ? logPmfOfCounts(strata, 0)
      : logWhere(strata, distribution, strata.logOdds, 0, (sum) => sum === seen);
  // The odds ratio under which the sum is where it would be as likely as the one seen, by the saddle-point formula.
  const excess = (step: number): number => {
    const parts = partsAt(tables, -side * step);
    const variance = sumOf(parts.map(varianceOfCount));
    const mean = sumOf(parts.map(meanCount));
    const log = logShift(strata, -side * step, 0) + side * step * (mean - seen);
    return log - 0.5 * ln(2 * Math.PI * Math.max(variance, 0.1)) - seenLog;
  };
  const step =
    excess(0) <= 0
      ? 0
      : excess(LARGEST_LOG_ODDS) >= 0
        ? LARGEST_LOG_ODDS
        : findRoot(excess, 0, LARGEST_LOG_ODDS, { tolerance: 1e-3 });
  const there = sumDistribution(partsAt(tables, -side * step));
  return logWhere(
    strata,
    there,
    -side * step,
    0,
    (sum, log) => side * (sum - seen) < 0 && log <= seenLog + LOG_TIE_TOLERANCE,
  );
}

/** ln of the probability under one odds ratio of chosen sums, from their distribution under another. */
function logWhere(
  strata: ConditionalStrata,
  { lowest, probabilities }: CountDistribution,
  from: number,
  to: number,
  isChosen: (sum: number, log: number) => boolean,
): number {
  const shift = logShift(strata, from, to);
  const logs: number[] = [];
  probabilities.forEach((probability, i) => {
    const sum = lowest + i;
    const log = ln(probability) + shift + (sum - strata.seen) * (to - from);
    if (isChosen(sum, log)) logs.push(log);
  });
  return Math.min(0, logSum(logs));
}

/** ln of the ratio of both distributions' total weights, where the counts seen have the same weight in both. */
function logShift(strata: ConditionalStrata, from: number, to: number): number {
  return from === to ? 0 : logPmfOfCounts(strata, to) - logPmfOfCounts(strata, from);
}

function logPmfOfCounts({ tables, counts }: ConditionalStrata, logOdds: number): number {
  return sumOf(tables.map((table, i) => noncentralLogPmf(counts[i]!, table, logOdds)));
}

function partsAt(tables: readonly HypergeometricParameters[], logOdds: number): CountDistribution[] {
  return tables.map((table) => noncentralDistribution(table, logOdds));
}

/** Where a function of the log odds ratio crosses 0 upwards; infinite where it does not. */
function rootFrom(start: number, f: (logOdds: number) => number): number {
  const bracket = bracketRoot(f, start - 0.5, start + 0.5, {
    minimum: -LARGEST_LOG_ODDS,
    maximum: LARGEST_LOG_ODDS,
  });
  if (bracket === null) return f(start) > 0 ? -Infinity : Infinity;
  return findRoot(f, bracket[0], bracket[1]);
}

function widthOf(
  stratum: TwoArms<Proportion>,
  { lowest, highest }: { readonly lowest: number; readonly highest: number },
): number {
  return Math.min(highest - lowest, WIDTH * Math.sqrt(hypergeometricVariance(stratum))) + 1;
}

function checkWork(widths: readonly number[]): void {
  let work = 0;
  let width = 0;
  for (const next of widths) {
    work += width * next + 100 * next;
    width += next;
  }
  if (work > LARGEST_WORK) {
    throw new DomainError("method", "exact", 'must be "mantel-haenszel" for so many conversions');
  }
}
