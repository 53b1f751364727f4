import { checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { ConversionDelay } from "../models/conversion-delay.ts";
import { delayCurve } from "../models/delay-curve.ts";
import { observedShare } from "../models/observed-share.ts";
import { daysUntil, type Traffic, unitsBy } from "../models/traffic.ts";
import { findRoot } from "../numerics/find-root.ts";
import type { MonitoringRule } from "./monitoring.ts";

/** Until when one looks, and how often. */
export interface CalendarOptions {
  /** The day of the last look, above 0. */
  readonly horizonDays: number;
  /** Days between two looks, above 0 and at most `horizonDays`; 1 unless said. For rules that look by the calendar. */
  readonly looksEveryDays?: number | undefined;
}

/** One look: its day, and what is read then. */
export interface CalendarLook {
  readonly day: number;
  /** Units of the control arm. */
  readonly units: number;
  /** Share of their eventual conversions that has come in. */
  readonly share: number;
}

/** Hourly for six weeks. */
const MOST_LOOKS = 1008;
const DAILY = 1;
/** The conversions of so few units are none. */
const NOTHING = 1e-9;

/** The looks of a rule, without those at which there is nothing new to see. */
export function lookCalendar(
  { horizonDays, looksEveryDays }: CalendarOptions,
  traffic: Traffic,
  delay: ConversionDelay,
  { informationRates }: MonitoringRule,
): readonly CalendarLook[] {
  checkPositive("horizonDays", horizonDays);
  if ("attributionDays" in delay && delay.attributionDays >= horizonDays) {
    throw new DomainError(
      "attributionDays",
      delay.attributionDays,
      `must be below horizonDays = ${horizonDays}`,
    );
  }
  const reading = readingOf(traffic, delay);
  if (informationRates === null) {
    const days = calendarDays(looksEveryDays ?? Math.min(DAILY, horizonDays), horizonDays);
    return withoutIdleLooks(days.map((day) => ({ day, ...reading.at(day) })));
  }
  if (looksEveryDays !== undefined) {
    throw new DomainError(
      "looksEveryDays",
      looksEveryDays,
      "must be left out: the monitoring says when to look",
    );
  }
  const last = reading.at(horizonDays);
  const seen = last.units * last.share;
  if (seen < NOTHING) return [];
  return informationRates.map((rate) => {
    if (rate === 1) return { day: horizonDays, ...last };
    const day = reading.dayBy(rate * seen, horizonDays);
    const { share } = reading.at(day);
    return { day, units: (rate * seen) / share, share };
  });
}

/** What is to be read on a day, and when it is there. */
interface Reading {
  at(day: number): Pick<CalendarLook, "units" | "share">;
  /** The day by which the conversions of so many units are seen, which are at the horizon. */
  dayBy(seen: number, horizonDays: number): number;
}

function readingOf(traffic: Traffic, delay: ConversionDelay): Reading {
  if ("attributionDays" in delay) {
    return {
      at: (day) => ({ units: unitsBy(traffic, Math.max(0, day - delay.attributionDays)), share: 1 }),
      dayBy: (seen) => daysUntil(traffic, seen) + delay.attributionDays,
    };
  }
  const curve = delayCurve(delay);
  const at = (day: number): Pick<CalendarLook, "units" | "share"> => ({
    units: unitsBy(traffic, day),
    share: observedShare(curve, traffic, day),
  });
  return {
    at,
    dayBy: (seen, horizonDays) =>
      findRoot(
        (day) => {
          const { units, share } = at(day);
          return units * share - seen;
        },
        0,
        horizonDays,
      ),
  };
}

function withoutIdleLooks(looks: readonly CalendarLook[]): CalendarLook[] {
  let before = NOTHING;
  return looks.filter(({ units, share }) => {
    const seen = units * share;
    const isNew = seen > before;
    if (isNew) before = seen;
    return isNew;
  });
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
