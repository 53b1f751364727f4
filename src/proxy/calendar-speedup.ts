import { DomainError } from "../core/domain-error.ts";
import { checkObject } from "../core/checks.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import {
  AT_ONCE,
  checkConversionDelay,
  type ConversionDelay,
  delayAssumptions,
} from "../models/conversion-delay.ts";
import { dividedTraffic } from "../models/divided-traffic.ts";
import { outOfReach } from "../models/out-of-reach.ts";
import { readOutDays } from "../models/read-out-days.ts";
import { trafficAssumptions } from "../models/traffic-assumptions.ts";
import { checkTraffic, type Traffic } from "../models/traffic.ts";
import { unitsAtShare } from "../models/units-at-share.ts";
import { DAYS_PER_WEEK } from "../models/weekday.ts";
import { checkExactlyOne } from "../planning/check-exactly-one.ts";
import { wholeUnits } from "../models/whole-units.ts";
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
  /** New units per day in the control arm, above 0. */
  readonly unitsPerDay?: number | undefined;
  /** How units enter the control arm, where not as many every day; instead of `unitsPerDay`. */
  readonly traffic?: Traffic | undefined;
  /** How the micro conversion is awaited; not at all unless said. */
  readonly microDelay?: ConversionDelay | undefined;
  /** How the macro conversion is awaited; not at all unless said. */
  readonly macroDelay?: ConversionDelay | undefined;
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
   * undetermined, or neither is within reach of the traffic.
   */
  readonly decisionDays: DaysCompared | null;
}

/**
 * How many times fewer days it takes to detect a change on a micro conversion than on the macro one, at the same
 * traffic, when sales come in later than clicks.
 *
 * A fixed attribution window is waited for after the last unit entered. With a delay that has a curve the metric is read
 * at once, on all who entered, and only the conversions that came in by then count; then units entered = n(rate ×
 * observed share), solved to the last digit.
 *
 * @param input - rates and lifts, units per day and arm (above 0) or a traffic, delays in days; effects for the decision
 * @returns days, unrounded and in whole weeks, their speedup, and the days of the decision beside it
 * @throws {DomainError} as `detectionSpeedup`, for traffic or delays that are not above 0, and for a proxy that is known after
 *   sales are
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
  const { microRate, macroRate, microDelay = AT_ONCE, macroDelay = AT_ONCE, allocation = 1 } = input;
  const traffic = checkedTraffic(input);
  checkConversionDelay("microDelay", microDelay);
  checkConversionDelay("macroDelay", macroDelay);
  checkNotAfter(microDelay, macroDelay);
  const detection = detectionSpeedup(input);
  const { decision } = detection;
  const daysMicro = readOutDays(microDelay, traffic, detectionUnits(microRate, input.microLift, input));
  const daysMacro = readOutDays(macroDelay, traffic, detectionUnits(macroRate, input.macroLift, input));
  const weeksMicro = wholeUnits(daysMicro / DAYS_PER_WEEK);
  const weeksMacro = wholeUnits(daysMacro / DAYS_PER_WEEK);
  const inEqualArms = dividedTraffic(traffic, 1 / equalArms(1, allocation));
  const ratio = (macro: number, micro: number): number | null =>
    detection.speedup === null || (macro === Infinity && micro === Infinity) ? null : macro / micro;
  const speedup = ratio(daysMacro, daysMicro);
  const isOutOfReach =
    (daysMicro === Infinity && detection.nMicro < Infinity) ||
    (daysMacro === Infinity && detection.nMacro < Infinity);
  return {
    kind: "calendar-speedup",
    method: "score",
    status: isOutOfReach ? (speedup === null ? "undetermined" : "unbounded") : detection.status,
    daysMicro,
    daysMacro,
    speedup,
    wholeWeeks: { micro: weeksMicro, macro: weeksMacro, speedup: ratio(weeksMacro, weeksMicro) },
    decision,
    decisionDays: compareDecisions(decision, (n, metric) =>
      metric === "proxy"
        ? readOutDays(microDelay, inEqualArms, equivalentUnits(microRate, n))
        : readOutDays(macroDelay, inEqualArms, equivalentUnits(macroRate, n)),
    ),
    warnings: [
      ...(isOutOfReach ? [outOfReach(traffic, Math.min(detection.nMicro, detection.nMacro))] : []),
      ...detection.warnings,
    ],
    assumptions: [
      ...trafficAssumptions(traffic),
      ...new Set([...delayAssumptions(microDelay), ...delayAssumptions(macroDelay)]),
      ...detection.assumptions,
    ],
  };
}

/** The traffic of the control arm. */
function checkedTraffic({ unitsPerDay, traffic }: CalendarSpeedupInput): Traffic {
  checkExactlyOne("unitsPerDay", unitsPerDay, "traffic", traffic);
  if (traffic !== undefined) {
    checkTraffic("traffic", traffic);
    return traffic;
  }
  checkMagnitude("unitsPerDay", unitsPerDay as number);
  return { unitsPerDay: unitsPerDay as number };
}

/** Units per arm that detect the lift while only a share of the conversions has been observed. */
function detectionUnits(
  rate: number,
  lift: number,
  design: DetectionSpeedupInput,
): (observedShare: number) => number {
  return (share) => detectionSize(rate * share, lift, design).exact.control;
}

/** Units per arm that know the lift as well as n mature ones do. */
function equivalentUnits(rate: number, n: number): (observedShare: number) => number {
  return (share) => unitsAtShare(n, share, rate / (1 - rate));
}

function compareDecisions(
  { n, speedup }: DecisionBeside,
  daysOf: (n: number, metric: "proxy" | "macro") => number,
): DaysCompared | null {
  if (n === null || speedup === null) return null;
  const proxy = daysOf(n, "proxy");
  const macro = daysOf(n * speedup, "macro");
  if (proxy === Infinity && macro === Infinity) return null;
  return { proxy, macro, speedup: macro / proxy };
}

/** What is known only after the macro conversion cannot stand in for it. */
function checkNotAfter(micro: ConversionDelay, macro: ConversionDelay): void {
  if (!("attributionDays" in micro && "attributionDays" in macro)) return;
  if (micro.attributionDays <= macro.attributionDays) return;
  throw new DomainError(
    "microDelay.attributionDays",
    micro.attributionDays,
    `must be at most the ${macro.attributionDays} days of macroDelay: what is known after sales is no proxy for them`,
  );
}
