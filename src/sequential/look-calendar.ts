import { checkNonNegative, checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkTraffic, daysUntil, type Traffic, unitsBy } from "../models/traffic.ts";
import type { MonitoringRule } from "./monitoring.ts";

/** When units enter, when they are read, and until when. */
export interface CalendarOptions {
  /** How units enter the control arm. */
  readonly traffic: Traffic;
  /** The day of the last look, above 0. */
  readonly horizonDays: number;
  /** Days between two looks, above 0 and at most `horizonDays`; 1 unless said. For rules that look by the calendar. */
  readonly looksEveryDays?: number | undefined;
  /** Days after its entry at which a unit is read, at or above 0; 0 unless said. */
  readonly attributionDays?: number | undefined;
}

/** The days of the looks, and the units of the control arm that are read then. */
export interface LookCalendar {
  readonly days: readonly number[];
  readonly units: readonly number[];
}

/** Hourly for six weeks. */
const MOST_LOOKS = 1008;
const DAILY = 1;

/** The looks of a rule, without those at which there is nothing new to see. */
export function lookCalendar(
  { traffic, horizonDays, looksEveryDays, attributionDays = 0 }: CalendarOptions,
  { informationRates }: MonitoringRule,
): LookCalendar {
  checkTraffic("traffic", traffic);
  checkPositive("horizonDays", horizonDays);
  checkNonNegative("attributionDays", attributionDays);
  if (attributionDays >= horizonDays) {
    throw new DomainError("attributionDays", attributionDays, `must be below horizonDays = ${horizonDays}`);
  }
  const maximalUnits = unitsBy(traffic, horizonDays - attributionDays);
  if (informationRates !== null) {
    if (looksEveryDays !== undefined) {
      throw new DomainError(
        "looksEveryDays",
        looksEveryDays,
        "must be left out: the monitoring says when to look",
      );
    }
    const units = maximalUnits === 0 ? [] : informationRates.map((rate) => rate * maximalUnits);
    const last = units.length - 1;
    return {
      days: units.map((n, look) => (look === last ? horizonDays : daysUntil(traffic, n) + attributionDays)),
      units,
    };
  }
  const days: number[] = [];
  const units: number[] = [];
  for (const day of calendarDays(looksEveryDays ?? Math.min(DAILY, horizonDays), horizonDays)) {
    const mature = day > attributionDays ? unitsBy(traffic, day - attributionDays) : 0;
    if (mature <= (units.at(-1) ?? 0)) continue;
    days.push(day);
    units.push(mature);
  }
  return { days, units };
}

function calendarDays(every: number, horizonDays: number): number[] {
  checkPositive("looksEveryDays", every);
  if (every > horizonDays) {
    throw new DomainError("looksEveryDays", every, `must be at most horizonDays = ${horizonDays}`);
  }
  // A last step that is missing but for rounding is the horizon itself.
  const looks = Math.ceil((horizonDays / every) * (1 - 4 * Number.EPSILON));
  if (looks > MOST_LOOKS) {
    throw new DomainError("looksEveryDays", every, `must leave at most ${MOST_LOOKS} looks, not ${looks}`);
  }
  return Array.from({ length: looks }, (_, look) => (look + 1 < looks ? (look + 1) * every : horizonDays));
}
