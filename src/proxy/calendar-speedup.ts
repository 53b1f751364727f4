import { checkObject } from "../core/checks.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import { checkConversionDelay, type ConversionDelay, readOutDays } from "../models/read-out-days.ts";
import { wholeUnits } from "../planning/whole-units.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import type { DecisionBeside } from "./decision-beside.ts";
import {
  detectionSize,
  detectionSpeedup,
  type DetectionSpeedupInput,
  equalArms,
} from "./detection-speedup.ts";

/** A detection speedup, with traffic and how long either conversion takes. */
export interface CalendarSpeedupInput extends DetectionSpeedupInput {
  /** New units per day and arm, above 0. */
  readonly unitsPerDay: number;
  /** How the micro conversion is awaited; not at all unless said. */
  readonly microDelay?: ConversionDelay;
  /** How the macro conversion is awaited; not at all unless said. */
  readonly macroDelay?: ConversionDelay;
}

/** Days of proxy and macro metric side by side, with their ratio. */
export interface DaysCompared {
  readonly proxy: number;
  readonly macro: number;
  /** macro / proxy. */
  readonly speedup: number;
}

/** How many days sooner the proxy detects, with the decision beside it. */
export interface CalendarSpeedup extends Result<"calendar-speedup"> {
  readonly method: "score";
  readonly status: Status;
  /** Unrounded days until either test has its power. */
  readonly daysMicro: number;
  readonly daysMacro: number;
  /** daysMacro / daysMicro, unrounded. */
  readonly speedup: number | null;
  /** Both durations in weeks, rounded up, and the speedup that is left of them. */
  readonly wholeWeeks: { readonly micro: number; readonly macro: number; readonly speedup: number | null };
  /** The decision at the n of the micro test. */
  readonly decision: DecisionBeside;
  /**
   * Days until the proxy has the n of the micro test, and until sales would decide as well; null where the decision is
   * undetermined.
   */
  readonly decisionDays: DaysCompared | null;
}

const DAYS_PER_WEEK = 7;

/**
 * How many times fewer days it takes to detect a change on a micro conversion than on the macro one, at the same
 * traffic, when sales come in later than clicks.
 *
 * A fixed attribution window is waited for after the last unit entered. With an exponential delay the metric is read
 * at once, on all who entered, and only the conversions that came in by then count; then days × units per day =
 * n(rate × observed fraction), solved to the last digit.
 *
 * @param input - rates and lifts, units per day and arm (above 0), delays in days; effects for the decision
 * @returns days, unrounded and in whole weeks, their speedup, and the days of the decision beside it
 * @throws {DomainError} as `detectionSpeedup`, and for traffic or delays that are not above 0
 * @example
 * ```ts
 * import { calendarSpeedup } from "microlift";
 * const plan = calendarSpeedup({
 *   microRate: 0.1, macroRate: 0.02, microLift: 0.1, macroLift: 0.1,
 *   unitsPerDay: 1000, macroDelay: { meanDays: 5 },
 * });
 * plan.speedup; // 5.815439188885385
 * plan.wholeWeeks; // { micro: 3, macro: 13, speedup: 4.333333333333333 }
 * ```
 * Source: derived for this library.
 */
export function calendarSpeedup(input: CalendarSpeedupInput): CalendarSpeedup {
  checkObject("input", input);
  const {
    unitsPerDay,
    microRate,
    macroRate,
    microDelay = AT_ONCE,
    macroDelay = AT_ONCE,
    allocation = 1,
  } = input;
  checkMagnitude("unitsPerDay", unitsPerDay);
  checkConversionDelay("microDelay", microDelay);
  checkConversionDelay("macroDelay", macroDelay);
  const detection = detectionSpeedup(input);
  const { decision, status } = detection;
  const daysMicro = readOutDays(microDelay, unitsPerDay, detectionUnits(microRate, input.microLift, input));
  const daysMacro = readOutDays(macroDelay, unitsPerDay, detectionUnits(macroRate, input.macroLift, input));
  const weeksMicro = wholeUnits(daysMicro / DAYS_PER_WEEK);
  const weeksMacro = wholeUnits(daysMacro / DAYS_PER_WEEK);
  const unitsInEqualArms = equalArms(unitsPerDay, allocation);
  const ratio = (macro: number, micro: number): number | null =>
    detection.speedup === null || (macro === Infinity && micro === Infinity) ? null : macro / micro;
  return {
    kind: "calendar-speedup",
    method: "score",
    status,
    daysMicro,
    daysMacro,
    speedup: ratio(daysMacro, daysMicro),
    wholeWeeks: { micro: weeksMicro, macro: weeksMacro, speedup: ratio(weeksMacro, weeksMicro) },
    decision,
    decisionDays: compareDecisions(decision, (n, metric) =>
      metric === "proxy"
        ? readOutDays(microDelay, unitsInEqualArms, equivalentUnits(microRate, n))
        : readOutDays(macroDelay, unitsInEqualArms, equivalentUnits(macroRate, n)),
    ),
    warnings: detection.warnings,
    assumptions: [
      "Traffic is the same every day, and units enter evenly.",
      ...("meanDays" in microDelay || "meanDays" in macroDelay ? [SAME_DELAY] : []),
      ...detection.assumptions,
    ],
  };
}

/** Units per arm that detect the lift while only a share of the conversions has been observed. */
function detectionUnits(
  rate: number,
  lift: number,
  design: DetectionSpeedupInput,
): (observedShare: number) => number {
  return (share) => detectionSize(rate * share, lift, design).exact.control;
}

/** Units per arm that know the lift as well as n mature ones do: the odds of an observed conversion take n's place. */
function equivalentUnits(rate: number, n: number): (observedShare: number) => number {
  return (share) => (n * (1 - rate * share)) / (share * (1 - rate));
}

function compareDecisions(
  { n, speedup }: DecisionBeside,
  daysOf: (n: number, metric: "proxy" | "macro") => number,
): DaysCompared | null {
  if (n === null || speedup === null) return null;
  const proxy = daysOf(n, "proxy");
  const macro = daysOf(n * speedup, "macro");
  return { proxy, macro, speedup: macro / proxy };
}

const AT_ONCE: ConversionDelay = { attributionDays: 0 };

const SAME_DELAY =
  "The change does not alter how long conversions take; otherwise an early read-out is biased, and mature cohorts only are to be read.";
