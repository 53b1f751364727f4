import type { CalendarSpeedup } from "../proxy/calendar-speedup.ts";
import type { DetectionSpeedup } from "../proxy/detection-speedup.ts";
import type { ObservedSpeedup } from "../proxy/observed-speedup.ts";
import type { PlanningSpeedup } from "../proxy/planning-speedup.ts";
import type { SequentialSpeedup } from "../proxy/sequential-speedup.ts";
import type { SequentialDuration } from "../sequential/sequential-duration-result.ts";
import { answers, type Block, details, lead, picture, title } from "./block.ts";
import { closing } from "./closing.ts";
import { beliefBlocks, decisionAnswers, speedupLead } from "./describe-decision-beside.ts";
import { amount, between, chance, days, finite, intervalName, RATIO_ENDS, times, units } from "./figures.ts";
import { capital, DEFAULT_LABELS, type Labels } from "./labels.ts";

/** How much sooner a proxy detects, by planned lifts. */
export function describeDetectionSpeedup(result: DetectionSpeedup): Block[] {
  const labels = DEFAULT_LABELS;
  const { speedup, speedupLocal, elasticity, breakEvenElasticity, nMicro, nMacro } = result;
  return [
    title("Detection speedup"),
    ...speedupBlocks(
      result,
      [["Seeing a change", seenWith(nMicro, nMacro, labels)]],
      [
        ["Detects", speedup === null ? null : times(speedup)],
        ["The same for small lifts", speedupLocal === null ? null : times(speedupLocal)],
        ["Units per arm, proxy", units(nMicro)],
        ["Units per arm, sales", units(nMacro)],
        ["Elasticity: lift of sales per lift of the proxy", elasticity === null ? null : finite(elasticity)],
        ["Elasticity up to which the proxy detects sooner", amount(breakEvenElasticity)],
      ],
      labels,
    ),
    ...closing(result),
  ];
}

/** How much sooner a proxy detects, if every lift passes on in full. */
export function describePlanningSpeedup(result: PlanningSpeedup): Block[] {
  const labels = DEFAULT_LABELS;
  const { speedup, interval, phi, elasticity } = result;
  return [
    title("Planning speedup"),
    ...speedupBlocks(
      result,
      [
        [
          "Condition",
          speedup === null ? null : `Every lift of ${labels.proxy} passes on to ${labels.macro} in full.`,
        ],
        [
          "How sure",
          interval === null
            ? null
            : `${capital(intervalName(interval))}: ${between(interval, times, RATIO_ENDS)}.`,
        ],
      ],
      [
        ["Detects", speedup === null ? null : times(speedup)],
        ["Correlation between users (phi)", phi === null ? null : amount(phi)],
        ["Elasticity: lift of sales per lift of the proxy", elasticity === null ? null : amount(elasticity)],
      ],
      labels,
      "would show a change",
    ),
    ...closing(result),
  ];
}

/** How much sooner a proxy detected in one finished test. */
export function describeObservedSpeedup(result: ObservedSpeedup): Block[] {
  return [title("Observed speedup"), ...observedBlocks(result, DEFAULT_LABELS), ...closing(result)];
}

/** The same without title and closing, for a part of a larger report. */
export function observedBlocks(result: ObservedSpeedup, labels: Labels): Block[] {
  const { speedup, interval, zMicro, zMacro, correlation } = result;
  return speedupBlocks(
    result,
    [
      [
        "How sure",
        interval === null
          ? null
          : `${capital(intervalName(interval))}: ${between(interval, times, RATIO_ENDS)}.`,
      ],
    ],
    [
      ["Detected", speedup === null ? null : times(speedup)],
      ["Standard errors from 0, proxy", zMicro === null ? null : finite(zMicro)],
      ["Standard errors from 0, sales", zMacro === null ? null : finite(zMacro)],
      ["Correlation of the two estimates", correlation === null ? null : amount(correlation)],
    ],
    labels,
    "showed this change",
  );
}

/** How much sooner a watched proxy shows a change. */
export function describeSequentialSpeedup(result: SequentialSpeedup): Block[] {
  const labels = DEFAULT_LABELS;
  const { micro, macro, speedupAtLeast, speedupOfMeans, elasticity } = result;
  const seen = ({ medianDays, horizonDays, power }: SequentialDuration): string =>
    medianDays < Infinity
      ? `half of such tests by day ${amount(medianDays)}`
      : `${chance(power)} of them by day ${amount(horizonDays)}`;
  return [
    title("Speedup of a watched test"),
    ...speedupBlocks(
      result,
      [["Seeing a change", `${capital(seen(micro))} on ${labels.proxy}; ${seen(macro)} on ${labels.macro}.`]],
      [
        ["Shows a change, by the median day", result.speedup === null ? null : times(result.speedup)],
        ["At least", times(speedupAtLeast)],
        ["By the mean day at which the test ends", times(speedupOfMeans)],
        ["Power of the proxy by the horizon", chance(micro.power)],
        ["Power of sales by the horizon", chance(macro.power)],
        ["Elasticity: lift of sales per lift of the proxy", elasticity === null ? null : finite(elasticity)],
      ],
      labels,
    ),
    ...closing(result),
  ];
}

/** How many days sooner a proxy detects. */
export function describeCalendarSpeedup(result: CalendarSpeedup): Block[] {
  const labels = DEFAULT_LABELS;
  const { daysMicro, daysMacro, speedup, wholeWeeks, decisionDays } = result;
  return [
    title("Speedup in days"),
    ...speedupBlocks(
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
    ),
    ...closing(result),
  ];
}

type Rows = readonly (readonly [string, string | null])[];

function speedupBlocks(
  result: DetectionSpeedup | PlanningSpeedup | ObservedSpeedup | CalendarSpeedup | SequentialSpeedup,
  seeing: Rows,
  figures: Rows,
  labels: Labels,
  verb?: string,
): Block[] {
  const { speedup, decision, warnings } = result;
  return [
    lead(speedupLead(speedup, decision, warnings, labels, verb)),
    ...(decision.byRho.length === 0 ? [] : [picture(result)]),
    answers([...seeing, ...decisionAnswers(decision, labels)]),
    details([
      ...figures,
      ["Decides", decision.speedup === null ? "cannot be determined" : times(decision.speedup)],
      ["Method", result.method],
    ]),
    ...beliefBlocks(decision, labels),
  ];
}

/** How many units either metric needs. */
function seenWith(nMicro: number, nMacro: number, { proxy, macro }: Labels): string {
  const micro =
    nMicro === Infinity
      ? `no number of units is enough on ${proxy}`
      : `${units(nMicro)} units per arm on ${proxy}`;
  const sales =
    nMacro === Infinity ? `no number of units is enough on ${macro}` : `${units(nMacro)} on ${macro}`;
  return `${capital(micro)}; ${sales}.`;
}
