import type { Estimate } from "../core/estimate.ts";
import type { Warning } from "../core/warning.ts";
import type { EffectScale } from "../proxy/effect-covariance.ts";
import type { DayBasis } from "./day-series.ts";
import type { DayTrend, EarlyAgainstLate } from "./day-trend.ts";
import { percent, pFigure } from "./figures.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";

/**
 * How the effect goes with the days. `novelty`: it is larger in the first third of the days, in either direction, and
 * fades; `primacy`: it grows; both by day of exposure alone. `trend`: it changes with the day of entry. `none-seen`: it does not, as far as
 * days like these show. `undetermined`: too few days, or too rough ones.
 */
export type DayPattern = "novelty" | "primacy" | "trend" | "none-seen" | "undetermined";

/** A pattern, and what to mind about it. */
export interface ReadPattern {
  readonly pattern: DayPattern;
  readonly warnings: readonly Warning[];
}

/** Weekdays cannot be told from a trend in less than two full weeks. */
const TWO_WEEKS = 14;

/**
 * Reads the pattern off the trend. Where none is significant, the days must be able to show a change of the relevant
 * size; without one, of that of the effect itself, as if it had come or gone altogether.
 */
export function readPattern(
  trend: DayTrend | null,
  parts: EarlyAgainstLate | null,
  overall: Estimate,
  terms: {
    readonly by: DayBasis;
    readonly scale: EffectScale;
    readonly alpha: number;
    readonly relevantChange: number | null;
    /** From the first day to the last. */
    readonly span: number;
  },
): ReadPattern {
  if (trend === null || parts === null) {
    const message = "A trend over days needs at least three of them with an effect.";
    return { pattern: "undetermined", warnings: [{ code: "TOO_FEW_DAYS", message }] };
  }
  const { by, scale, alpha, relevantChange, span } = terms;
  if (trend.pValue >= alpha) {
    const relevant = relevantChange ?? Math.abs(overall.estimate!);
    if (trend.detectableChange <= relevant) return { pattern: "none-seen", warnings: [] };
    const what =
      relevantChange === null
        ? `the effect itself, ${effectInWords(overall.estimate!, scale)}, is smaller`
        : `${changeInWords(relevant, scale)} is relevant`;
    const message = `No trend was seen, and only a change of ${changeInWords(trend.detectableChange, scale)} or more from the first to the last day would have been, with a chance of about 80 %; ${what}.`;
    return { pattern: "undetermined", warnings: [{ code: "TREND_TOO_ROUGH", message }] };
  }
  return by === "day-of-entry"
    ? { pattern: "trend", warnings: trendByEntry(trend, scale, span) }
    : changeWithExposure(trend, parts, scale);
}

function trendByEntry(trend: DayTrend, scale: EffectScale, span: number): Warning[] {
  const warnings = [
    {
      code: "EFFECT_TRENDS",
      message: `The effect on units that entered on the last day differs from that on the first by ${changeInWords(trend.change.estimate!, scale)} (${pFigure(trend.pValue)}): a season, a campaign, a release, or other units. Only a series by day of exposure tells whether it wears off.`,
    },
  ];
  if (span < TWO_WEEKS) {
    warnings.push({
      code: "LESS_THAN_TWO_WEEKS",
      message: "In less than two weeks a difference between weekdays can look like a trend.",
    });
  }
  return warnings;
}

function changeWithExposure(
  { pValue }: DayTrend,
  { early, late }: EarlyAgainstLate,
  scale: EffectScale,
): ReadPattern {
  const isNovelty = Math.abs(early.estimate!) > Math.abs(late.estimate!);
  const course = `${effectInWords(early.estimate!, scale)} in the first third of the days, ${effectInWords(late.estimate!, scale)} after that (trend: ${pFigure(pValue)})`;
  const warnings = [
    isNovelty
      ? {
          code: "NOVELTY",
          message: `The effect fades with the days of exposure: ${course}. What is left of it later counts.`,
        }
      : {
          code: "PRIMACY",
          message: `The effect grows with the days of exposure: ${course}. Units take time to get used to the change.`,
        },
  ];
  if (signOf(early) * signOf(late) < 0) {
    warnings.push({
      code: "EFFECT_TURNS",
      message: "The effect changes its sign over the days: an average over them says little.",
    });
  }
  return { pattern: isNovelty ? "novelty" : "primacy", warnings };
}

/** 0 for an effect whose interval holds both signs. */
function signOf({ interval }: Estimate): number {
  return interval.lower > 0 ? 1 : interval.upper < 0 ? -1 : 0;
}

function effectInWords(effect: number, scale: EffectScale): string {
  return scale === "log-lift" ? `a lift of ${percent(expm1(effect))}` : figure(effect);
}

/** A change of log-lifts is a factor; below two in per cent, so that it reads as what it is near 0. */
function changeInWords(change: number, scale: EffectScale): string {
  if (scale === "difference") return figure(change);
  return change < Math.LN2 ? percent(expm1(change)) : `a factor of ${figure(exp(change))}`;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}
