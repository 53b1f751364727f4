import type { CalendarSpeedup } from "../proxy/calendar-speedup.ts";
import type { DetectionSpeedup } from "../proxy/detection-speedup.ts";
import type { ObservedSpeedup } from "../proxy/observed-speedup.ts";
import type { PlanningSpeedup } from "../proxy/planning-speedup.ts";
import { answers, type Block, details, lead, title } from "./block.ts";
import { closing } from "./closing.ts";
import { beliefBlocks, decisionAnswers, speedupLead } from "./describe-decision-beside.ts";
import { amount, between, days, intervalName, RATIO_ENDS, times, units } from "./figures.ts";
import { capital, DEFAULT_LABELS, type Labels } from "./labels.ts";

/** How much sooner a proxy detects, by planned lifts. */
export function describeDetectionSpeedup(result: DetectionSpeedup, labels: Labels = DEFAULT_LABELS): Block[] {
  const { speedup, speedupLocal, elasticity, breakEvenElasticity, nMicro, nMacro } = result;
  return speedupReport(
    "Detection speedup",
    result,
    [
      ["Seeing a change", seenWith(nMicro, nMacro, labels)],
    ],
    [
      ["Detects", speedup === null ? null : times(speedup)],
      ["The same for small lifts", speedupLocal === null ? null : times(speedupLocal)],
      ["Units per arm, proxy", units(nMicro)],
      ["Units per arm, sales", units(nMacro)],
      ["Elasticity: lift of sales per lift of the proxy", elasticity === null ? null : finite(elasticity)],
      ["Elasticity up to which the proxy detects sooner", amount(breakEvenElasticity)],
    ],
    labels,
  );
}

/** How much sooner a proxy detects, if every lift passes on in full. */
export function describePlanningSpeedup(result: PlanningSpeedup, labels: Labels = DEFAULT_LABELS): Block[] {
  const { speedup, interval, phi, elasticity } = result;
  return speedupReport(
    "Planning speedup",
    result,
    [
      [
        "Seeing a change",
        speedup === null
          ? null
          : `If lifts of ${labels.proxy} pass on to ${labels.macro} in full, ${labels.proxy} shows a change ${times(speedup)} as fast.`,
      ],
      ["How sure", interval === null ? null : `${capital(intervalName(interval))}: ${between(interval, times, RATIO_ENDS)}.`],
    ],
    [
      ["Detects", speedup === null ? null : times(speedup)],
      ["Correlation between users (phi)", phi === null ? null : amount(phi)],
      ["Elasticity: lift of sales per lift of the proxy", elasticity === null ? null : amount(elasticity)],
    ],
    labels,
  );
}

/** How much sooner a proxy detected in one finished test. */
export function describeObservedSpeedup(result: ObservedSpeedup, labels: Labels = DEFAULT_LABELS): Block[] {
  const { speedup, interval, zMicro, zMacro, correlation } = result;
  return speedupReport(
    "Observed speedup",
    result,
    [
      ["Seeing a change", speedup === null ? null : `In this one test ${labels.proxy} showed the change ${times(speedup)} as fast.`],
      ["How sure", interval === null ? null : `${capital(intervalName(interval))}: ${between(interval, times, RATIO_ENDS)}.`],
    ],
    [
      ["Detected", speedup === null ? null : times(speedup)],
      ["Standard errors from 0, proxy", zMicro === null ? null : finite(zMicro)],
      ["Standard errors from 0, sales", zMacro === null ? null : finite(zMacro)],
      ["Correlation of the two estimates", correlation === null ? null : amount(correlation)],
    ],
    labels,
  );
}

/** How many days sooner a proxy detects. */
export function describeCalendarSpeedup(result: CalendarSpeedup, labels: Labels = DEFAULT_LABELS): Block[] {
  const { daysMicro, daysMacro, speedup, wholeWeeks, decisionDays } = result;
  return speedupReport(
    "Speedup in days",
    result,
    [
      [
        "Seeing a change",
        `${capital(labels.proxy)}: ${days(daysMicro, wholeWeeks.micro)}. ${capital(labels.macro)}: ${days(daysMacro, wholeWeeks.macro)}.`,
      ],
      [
        "Days to decide",
        decisionDays === null
          ? null
          : `${capital(labels.proxy)} decides after ${days(decisionDays.proxy)} as well as ${labels.macro} after ${days(decisionDays.macro)}.`,
      ],
    ],
    [
      ["Detects", speedup === null ? null : times(speedup)],
      ["The same in whole weeks", wholeWeeks.speedup === null ? null : times(wholeWeeks.speedup)],
    ],
    labels,
  );
}

type Rows = readonly (readonly [string, string | null])[];

function speedupReport(
  name: string,
  result: DetectionSpeedup | PlanningSpeedup | ObservedSpeedup | CalendarSpeedup,
  seeing: Rows,
  figures: Rows,
  labels: Labels,
): Block[] {
  const { speedup, decision, warnings } = result;
  return [
    title(name),
    lead(speedupLead(speedup, decision, warnings, labels)),
    answers([...seeing, ...decisionAnswers(decision, labels)]),
    details([
      ...figures,
      ["Decides", decision.speedup === null ? "cannot be determined" : times(decision.speedup)],
      ["Method", result.method],
    ]),
    ...beliefBlocks(decision, labels),
    ...closing(result),
  ];
}

/** How many units either metric needs. */
export function seenWith(nMicro: number, nMacro: number, { proxy, macro }: Labels): string {
  const micro = nMicro === Infinity ? `no number of units is enough on ${proxy}` : `${units(nMicro)} units per arm on ${proxy}`;
  const sales = nMacro === Infinity ? `no number of units is enough on ${macro}` : `${units(nMacro)} on ${macro}`;
  return `${capital(micro)}; ${sales}.`;
}

function finite(value: number): string {
  return Number.isFinite(value) ? amount(value) : "without limit";
}
