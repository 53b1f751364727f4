import { checkObject, checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import { AT_ONCE, checkConversionDelay, type ConversionDelay } from "../models/conversion-delay.ts";
import type { TrafficOptions } from "../models/control-traffic.ts";
import type { CalendarOptions } from "../sequential/look-calendar.ts";
import type { Monitoring, MonitoringMethod } from "../sequential/monitoring.ts";
import { type SequentialDuration, sequentialDuration } from "../sequential/sequential-duration.ts";
import { type DecisionBeside, decisionBeside, detectsOnly } from "./decision-beside.ts";
import { type DetectionSpeedupInput, equalArms } from "./detection-speedup.ts";
import {
  checkPlannedLifts,
  named,
  plannedElasticity,
  plannedSizes,
  VANITY_PROXY,
  WRONG_SIGN,
} from "./planned-lifts.ts";
import { unitCovariance } from "./unit-covariance.ts";

/** Two metrics of the same units that are watched in the same way, and how long either conversion takes. */
export interface SequentialSpeedupInput
  extends Omit<DetectionSpeedupInput, "power">, CalendarOptions, TrafficOptions {
  /** How both metrics are watched. */
  readonly monitoring: Monitoring;
  /** How the micro conversion is awaited; not at all unless said. */
  readonly microDelay?: ConversionDelay | undefined;
  /** How the macro conversion is awaited; not at all unless said. */
  readonly macroDelay?: ConversionDelay | undefined;
}

/** How many times fewer days one watches the proxy than the macro metric until the change shows, with the decision beside it. */
export interface SequentialSpeedup extends Result<"sequential-speedup"> {
  readonly method: MonitoringMethod;
  /** `undetermined` where a median lies beyond the horizon, or for a proxy that reaches no sale or the wrong sign. */
  readonly status: Status;
  /** macroLift / microLift; null when both are 0. */
  readonly elasticity: number | null;
  readonly micro: SequentialDuration;
  readonly macro: SequentialDuration;
  /** Median day of the macro metric over that of the proxy; null where it is not known. */
  readonly speedup: number | null;
  /** What the speedup is at the least: with the horizon where the macro metric needs longer; 0 where the proxy does. */
  readonly speedupAtLeast: number;
  /** Mean days until the experiment ends, at the horizon anyway: macro over micro. */
  readonly speedupOfMeans: number;
  /** The decision at the units of the proxy at its median day, or at the horizon. */
  readonly decision: DecisionBeside;
}

/**
 * How many times fewer days it takes to see a change on a micro conversion than on the macro one, when both are watched
 * and the experiment stops as soon as its rule allows.
 *
 * H0 of either test: the rates of treatment and control are equal. H1: they differ by the planned lift. Everything is
 * about seeing the change: a smaller elasticity makes this speedup larger and the proxy worse, so that the decision
 * always stands beside it.
 *
 * @param input - rates and lifts, the monitoring, traffic, horizon and delays; effects for the decision
 * @returns both durations, the ratio of their medians and means, and the block `decision`
 * @throws {DomainError} as `sequentialDuration` and `detectionSpeedup`
 * @example
 * ```ts
 * import { sequentialSpeedup } from "microlift";
 * const watched = sequentialSpeedup({
 *   microRate: 0.1, macroRate: 0.02, microLift: 0.1, macroLift: 0.1, nested: true,
 *   unitsPerDay: 1000, horizonDays: 126, looksEveryDays: 7, macroDelay: { attributionDays: 7 },
 *   monitoring: { method: "normal-mixture" },
 * });
 * watched.speedup; // 5.33
 * watched.decision.breakEvenRho; // 0.4285714285714286
 * ```
 * Source: derived for this library.
 */
export function sequentialSpeedup(input: SequentialSpeedupInput): SequentialSpeedup {
  checkObject("input", input);
  const { microRate, macroRate, microLift, macroLift, nested = false, effects, allocation = 1 } = input;
  const { horizonDays, microDelay = AT_ONCE, macroDelay = AT_ONCE } = input;
  checkPlannedLifts(input);
  checkPositive("horizonDays", horizonDays);
  checkDelay("microDelay", microDelay, horizonDays);
  checkDelay("macroDelay", macroDelay, horizonDays);
  const micro = sequentialDuration(watched(input, microRate, microLift, microDelay));
  const macro = sequentialDuration(watched(input, macroRate, macroLift, macroDelay));
  const elasticity = plannedElasticity(input);
  const comparison = compare(elasticity, micro, macro);
  const units = unitsAtMedian(micro);
  const beside = decisionBeside(
    units > 0 ? equalArms(units, allocation) : null,
    effects,
    unitCovariance({ microRate, macroRate, nested, scale: effects?.scale ?? "log-lift" }),
    plannedSizes(input, elasticity),
  );
  return {
    kind: "sequential-speedup",
    method: micro.method,
    elasticity,
    micro,
    macro,
    ...comparison,
    speedupOfMeans: macro.meanDays / micro.meanDays,
    decision: beside.decision,
    warnings: [
      ...comparison.warnings,
      ...named("micro", micro.warnings),
      ...named("macro", macro.warnings),
      ...detectsOnly(comparison.speedupAtLeast, beside.decision),
      ...beside.warnings,
    ],
    assumptions: [
      "Both lifts are what the change truly does.",
      "A smaller elasticity makes this speedup larger and the proxy worse: it is about seeing a change, not about deciding on it.",
      "The mean days end at the horizon, so that their ratio falls short where the macro metric needs longer.",
    ],
  };
}

function checkDelay(field: string, delay: ConversionDelay, horizonDays: number): void {
  checkConversionDelay(field, delay);
  if (!("attributionDays" in delay) || delay.attributionDays < horizonDays) return;
  throw new DomainError(
    `${field}.attributionDays`,
    delay.attributionDays,
    `must be below horizonDays = ${horizonDays}`,
  );
}

/** One of the two metrics, as it is watched. */
function watched(
  input: SequentialSpeedupInput,
  baseline: number,
  lift: number,
  conversionDelay: ConversionDelay,
): Parameters<typeof sequentialDuration>[0] {
  const { monitoring, horizonDays, looksEveryDays, alpha, alternative, allocation } = input;
  const { unitsPerDay, totalUnitsPerDay, traffic, totalTraffic } = input;
  return {
    baseline,
    lift,
    conversionDelay,
    monitoring,
    horizonDays,
    looksEveryDays,
    alpha,
    alternative,
    allocation,
    unitsPerDay,
    totalUnitsPerDay,
    traffic,
    totalTraffic,
  };
}

/** Units of the control arm when half of the experiments have seen the change, or at the horizon. */
function unitsAtMedian({ looks, medianDays, n }: SequentialDuration): number {
  return looks.find(({ day }) => day === medianDays)?.n ?? n;
}

function compare(
  elasticity: number | null,
  micro: SequentialDuration,
  macro: SequentialDuration,
): Pick<SequentialSpeedup, "status" | "speedup" | "speedupAtLeast" | "warnings"> {
  const isMicroSeen = micro.medianDays < Infinity;
  const isMacroSeen = macro.medianDays < Infinity;
  const speedupAtLeast = isMicroSeen
    ? (isMacroSeen ? macro.medianDays : macro.horizonDays) / micro.medianDays
    : 0;
  const isKnown = isMicroSeen && isMacroSeen;
  if (elasticity !== null && elasticity < 0) {
    return { status: "undetermined", speedup: null, speedupAtLeast: 0, warnings: [WRONG_SIGN] };
  }
  if (elasticity === 0) {
    return { status: "undetermined", speedup: null, speedupAtLeast, warnings: [VANITY_PROXY] };
  }
  return {
    status: isKnown ? "ok" : "undetermined",
    speedup: isKnown ? speedupAtLeast : null,
    speedupAtLeast,
    warnings: [],
  };
}
