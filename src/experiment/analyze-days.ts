import { checkObject, checkOneOf, checkPositive } from "../core/checks.ts";
import { checkedConfidence, type ConfidenceOptions } from "../core/confidence.ts";
import type { Estimate } from "../core/estimate.ts";
import { undeterminedEstimate } from "../core/whole-line.ts";
import { chiSquaredTest } from "../inference/chi-squared-test.ts";
import { type SampleRatioBySegment, sampleRatioBySegment } from "../inference/sample-ratio-by-segment.ts";
import type { CochranQ } from "../inference/stratified-comparison.ts";
import { checkEffectScale, type EffectScale } from "../proxy/effect-covariance.ts";
import { checkDays, type DayArms } from "./checked-days.ts";
import type { DayAnalysis } from "./day-analysis.ts";
import { dayAssumptions, dayCautions } from "./day-cautions.ts";
import { dayDecay, FEWEST_DECAY_DAYS } from "./day-decay.ts";
import { dayEffect } from "./day-effects.ts";
import { readPattern } from "./day-pattern.ts";
import { DAY_BASES, type DayBasis } from "./day-series.ts";
import {
  dayTrend,
  type EarlyAgainstLate,
  earlyAgainstLate,
  FEWEST_DAYS,
  lineOfDays,
  pooledDays,
  type WeighedDay,
  weightedMean,
} from "./day-trend.ts";
import { outlyingDay } from "./outlying-day.ts";

export type { AnalyzedDay, DayAnalysis } from "./day-analysis.ts";
export type { DayArms } from "./checked-days.ts";
export type { DayArm, DayEffect } from "./day-effects.ts";
export type { DayDecay } from "./day-decay.ts";
export type { DayPattern } from "./day-pattern.ts";
export type { DayTrend, EarlyAgainstLate } from "./day-trend.ts";
export type { OutlyingDay } from "./outlying-day.ts";

export interface AnalyzeDaysOptions extends ConfidenceOptions {
  /** What a day is: the k-th day since a unit first met the test, or the k-th day of the test, on which units entered. */
  readonly by: DayBasis;
  /** In their order, all of one kind of metric. */
  readonly days: readonly DayArms[];
  /** On which the effects of days are joined and compared; `log-lift` unless said. */
  readonly scale?: EffectScale | undefined;
  /** The change of the effect over the days, in size and on the scale, that would matter; the effect itself unless said. */
  readonly relevantChange?: number | undefined;
  /** By day of entry: planned treatment n over control n; 1 unless said. */
  readonly allocation?: number | undefined;
}

/**
 * Looks at an effect by day: whether it wears off (novelty), grows (primacy), or stays, and what to expect of later days.
 *
 * H0 of the trend: the effect is the same on all days. H1: it changes along a line in the log of the day of exposure, or
 * in the day of entry. The line is fitted with the weights 1/se²; where the days scatter about it more than their errors
 * explain, its error is multiplied by the Birge ratio and judged by Student's t.
 *
 * - `day-of-exposure`: the k-th day since a unit first met the test. A proportion is the first conversions on that day
 *   among the units that had none before and have been in the test so long; such days are uncorrelated, as the increments
 *   of a martingale. Means, ratios and counts are of all units that have been in the test so long, active or not. Their
 *   days are correlated, in a way that the summaries do not tell: the errors of all days together are then the largest
 *   possible ones, and the trend is tested as if the days were independent. That is on the safe side where two days of
 *   a unit are correlated alike however far apart they are, since a common part of all days drops out of a trend; it is
 *   not where the correlation fades with the distance.
 * - `day-of-entry`: units that entered on the k-th day of the test, with outcomes that are final; other units each day. A
 *   trend may be a season, a campaign or a release, and is not called novelty. The day farthest off the line and each
 *   day's sample ratio show where to check the logging.
 *
 * @param options.by - `day-of-exposure` or `day-of-entry`
 * @param options.days - `{ day, control, treatment }` with increasing days from 1; an arm may be empty (`n: 0`)
 * @param options.scale - `log-lift` (the log of treatment / control) unless said, or `difference`
 * @param options.relevantChange - above 0, on the scale; without a trend, whether one of this size would have been seen
 *   tells `none-seen` from `undetermined`; the effect of all days unless said
 * @param options.allocation - by day of entry, planned treatment n over control n, above 0; 1 unless said
 * @param options.alternative - of the effects, `two-sided` unless said; changes over days are always two-sided
 * @param options.confidenceLevel - in (0, 1); 0.95 unless said
 * @returns the effect of each day and of all up to it, their heterogeneity and trend, the pattern, and the effect to be
 *   expected of later days; `undetermined` where the days cannot tell
 * @throws {DomainError} for days out of order, broken arms, arms of two kinds, or units by day of exposure that get more
 * @example
 * ```ts
 * import { analyzeDays } from "microlift";
 * const result = analyzeDays({
 *   by: "day-of-exposure",
 *   days: [
 *     { day: 1, control: { n: 50_000, conversions: 2000 }, treatment: { n: 50_000, conversions: 2500 } },
 *     { day: 2, control: { n: 45_000, conversions: 1300 }, treatment: { n: 44_600, conversions: 1420 } },
 *     { day: 3, control: { n: 40_000, conversions: 1000 }, treatment: { n: 39_400, conversions: 1010 } },
 *     { day: 4, control: { n: 36_000, conversions: 800 }, treatment: { n: 35_300, conversions: 790 } },
 *   ],
 * });
 * result.pattern; // "novelty"
 * ```
 * Cochran (1954); Sadeghi et al. (2022), Technometrics 64; Kohavi, Tang and Xu (2020), chapters 3 and 23; Newell and
 * Rosenbloom (1981) for change along the log of practice.
 */
export function analyzeDays(options: AnalyzeDaysOptions): DayAnalysis {
  checkObject("options", options);
  const { by, days, scale = "log-lift", relevantChange, allocation = 1 } = options;
  checkOneOf("by", by, DAY_BASES);
  checkEffectScale("scale", scale);
  if (relevantChange !== undefined) checkPositive("relevantChange", relevantChange);
  checkPositive("allocation", allocation);
  const confidence = checkedConfidence(options.alternative, options.confidenceLevel);
  const bothSides = checkedConfidence("two-sided", confidence.confidenceLevel);
  const metric = checkDays(days, by);
  const effects = days.map((day) => dayEffect(day, scale, confidence));
  const isByEntry = by === "day-of-entry";
  const isIndependent = isByEntry || metric === "proportion";
  const pool = (some: readonly WeighedDay[]): Estimate =>
    some.length === 0
      ? undeterminedEstimate("inverse-variance", confidence)
      : pooledDays(some, isIndependent, confidence);
  const weighed: WeighedDay[] = [];
  const analyzed = effects.map((day) => {
    if (day.effect !== null) weighed.push({ day: day.day, ...day.effect });
    return { ...day, cumulative: pool(weighed) };
  });
  const overall = analyzed.at(-1)!.cumulative;
  const line = weighed.length < FEWEST_DAYS ? null : lineOfDays(weighed, by);
  const trend = line === null ? null : dayTrend(weighed, line, by, bothSides);
  const parts =
    line === null
      ? null
      : earlyAgainstLate(weighed, isIndependent, { effect: confidence, change: bothSides });
  const { pattern, warnings } = readPattern(trend, parts, overall, {
    by,
    scale,
    alpha: 1 - confidence.confidenceLevel,
    relevantChange: relevantChange ?? null,
    span: days.at(-1)!.day - days[0]!.day + 1,
  });
  const isChanging = pattern === "novelty" || pattern === "primacy" || pattern === "trend";
  const hasDecay = isChanging && !isByEntry && isIndependent;
  const decay = hasDecay && weighed.length >= FEWEST_DECAY_DAYS ? dayDecay(weighed, bothSides) : null;
  const longRun =
    (isChanging ? decay?.longRun : steadyEffect(by, overall, parts)) ??
    undeterminedEstimate("none", confidence);
  const analysis = {
    kind: "day-analysis",
    method: "weighted-least-squares",
    by,
    metric,
    scale,
    alternative: confidence.alternative,
    confidenceLevel: confidence.confidenceLevel,
    days: analyzed,
    overall,
    heterogeneity: heterogeneityOf(weighed),
    trend,
    earlyAgainstLate: parts,
    pattern,
    decay,
    longRun,
    outlier: isByEntry && line !== null ? outlyingDay(weighed, line) : null,
    sampleRatio: isByEntry ? splitByDay(days, allocation) : null,
    assumptions: dayAssumptions({ by, metric, pattern }),
  } as const;
  return { ...analysis, warnings: [...warnings, ...dayCautions(analysis)] };
}

/** Of days on which no change was seen; by day of exposure without the first third, on which there may have been one. */
function steadyEffect(by: DayBasis, overall: Estimate, parts: EarlyAgainstLate | null): Estimate | null {
  return by === "day-of-entry" ? overall : (parts?.late ?? null);
}

function heterogeneityOf(days: readonly WeighedDay[]): CochranQ | null {
  if (days.length < 2) return null;
  const { q, iSquared } = weightedMean(days);
  return { ...chiSquaredTest(q, days.length - 1), iSquared };
}

function splitByDay(days: readonly DayArms[], allocation: number): SampleRatioBySegment | null {
  if (days.every(({ control, treatment }) => control.n + treatment.n === 0)) return null;
  return sampleRatioBySegment({
    segments: days.map(({ day, control, treatment }) => ({
      name: `day ${day}`,
      observed: [control.n, treatment.n],
    })),
    expected: [1, allocation],
  });
}
