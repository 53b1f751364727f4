import type { DayAnalysis } from "../experiment/analyze-days.ts";
import type { DayBasis } from "../experiment/day-series.ts";
import type { DayPattern } from "../experiment/day-pattern.ts";
import { answers, type Block, details, lead, picture, table, title } from "./block.ts";
import { closing, lookedFor, warnsOf } from "./closing.ts";
import { effectSentence } from "./effect-text.ts";
import {
  amount,
  between,
  change,
  days,
  effectFigure,
  effectSize,
  frequency,
  intervalName,
  LIFT_ENDS,
  percent,
  pValue,
  REAL_ENDS,
  span,
  units,
} from "./figures.ts";

/** An effect by day: whether it wears off, grows or stays. */
export function describeDays(result: DayAnalysis): Block[] {
  return [
    title(`The effect ${DAYS[result.by]}`),
    ...dayBlocks(result),
    details([
      ["Days", units(result.days.length)],
      ["Coverage of intervals", percent(result.confidenceLevel)],
      ["The intervals look for", lookedFor(result.alternative)],
      ["Effects are compared as", result.scale],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

const DAYS: Readonly<Record<DayBasis, string>> = {
  "day-of-entry": "by day of entry",
  "day-of-exposure": "by day of exposure",
};

/** The same as a part of a larger report, which has its own end. */
export function dayBlocks(result: DayAnalysis): Block[] {
  return [
    lead(dayFinding(result)),
    picture(result),
    answers([
      ["All days together", together(result)],
      ["Course over the days", course(result)],
      ["How fast", speed(result)],
      ["What to expect of later days", later(result)],
      ["Do the days agree", agreement(result)],
    ]),
    table(
      ["Day", "Units", "Control", "Treatment", "Lift", "Its interval"],
      result.days.map((day) => dayRow(day, result)),
    ),
  ];
}

const FINDINGS: Readonly<Record<DayPattern, string>> = {
  novelty: "The effect wears off with the days of exposure: part of it is novelty.",
  primacy: "The effect grows with the days of exposure: units get used to the change.",
  trend: "The effect changes with the day on which units entered.",
  "none-seen": "The effect is about the same on all days.",
  undetermined: "Whether the effect changes over the days cannot be told.",
};

/** The finding in a sentence. */
export function dayFinding(result: DayAnalysis): string {
  const { pattern, trend, outlier, earlyAgainstLate: parts } = result;
  if (outlier !== null && warnsOf(result, "DAY_STANDS_OUT")) {
    return `Day ${outlier.day} does not fit the others: check its logging. ${FINDINGS[pattern]}`;
  }
  if (trend === null || pattern === "none-seen" || pattern === "undetermined") return FINDINGS[pattern];
  const shown = shownEffect(result);
  if (pattern !== "trend" && parts !== null) {
    return `${FINDINGS[pattern]} It is ${shown(parts.early.estimate!)} over the first ${daysOf(parts.earlyDays)} and ${shown(parts.late.estimate!)} over the rest.`;
  }
  return `${FINDINGS[pattern]} It goes from ${shown(trend.first)} on the first day to ${shown(trend.last)} on the last.`;
}

function daysOf({ length }: readonly number[]): string {
  return length === 1 ? "day" : `${length} days`;
}

function shownEffect({ scale, metric }: DayAnalysis): (effect: number) => string {
  return effectFigure(scale, metric === "proportion");
}

function together(result: DayAnalysis): string {
  const name = result.scale === "log-lift" ? "Lift" : "Difference";
  return `${name} ${effectSentence(result.overall, shownEffect(result), REAL_ENDS)}`;
}

function course({ trend, scale, metric, pattern }: DayAnalysis): string | null {
  if (trend === null) return null;
  const p = pValue(trend.pValue, trend.logPValue);
  const chance = `if the effect stayed the same, the days would show such a change by chance ${frequency(trend.pValue)} (${p})`;
  if (pattern !== "undetermined" && pattern !== "none-seen") return `It changes: ${chance}.`;
  const size = scale === "difference" && metric !== "proportion" ? amount : effectSize(scale);
  return `No change is seen: ${chance}. Days like these show a change of ${size(trend.detectableChange)} or more.`;
}

/** How fast what fades, or grows, does so. */
function speed({ decay, pattern }: DayAnalysis): string | null {
  if (decay === null || (pattern !== "novelty" && pattern !== "primacy")) return null;
  const { estimate, interval } = decay.halfLife;
  if (estimate === null || decay.longRun.estimate === null) return "These days do not tell.";
  return `Half of the change is over after ${days(estimate)}; ${intervalName(interval)}: ${between(interval, days, { lower: 0, upper: Infinity })}.`;
}

function later(result: DayAnalysis): string {
  const { longRun, scale } = result;
  if (longRun.estimate === null) return "Nothing that these days could tell.";
  const name = scale === "log-lift" ? "A lift" : "A difference";
  return `${name} of ${effectSentence(longRun, shownEffect(result), REAL_ENDS)}`;
}

function agreement({ heterogeneity }: DayAnalysis): string | null {
  if (heterogeneity === null) return null;
  const { pValue: p, logPValue, iSquared } = heterogeneity;
  return `If all days had one effect, they would differ this much by chance ${frequency(p)} (${pValue(p, logPValue)}); ${percent(iSquared)} of their variation is beyond chance.`;
}

function dayRow(
  { day, control, treatment, lift }: DayAnalysis["days"][number],
  { metric }: DayAnalysis,
): string[] {
  const shown = metric === "proportion" ? percent : amount;
  const level = ({ level: value }: typeof control): string => (value === null ? "too few" : shown(value));
  return [
    String(day),
    units(control.n + treatment.n),
    level(control),
    level(treatment),
    lift.estimate === null ? "unknown" : lift.estimate === Infinity ? "infinite" : change(lift.estimate),
    lift.estimate === null ? "-" : span(lift.interval, change, LIFT_ENDS),
  ];
}
