import { checkNonNegative, checkOneOf, checkPositive, checkProbability } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { AT_ONCE, checkConversionDelay, type ConversionDelay } from "../models/conversion-delay.ts";
import { delayCurve } from "../models/delay-curve.ts";
import { observedShare } from "../models/observed-share.ts";
import { unitsAtShare } from "../models/units-at-share.ts";
import { checkMagnitude } from "./check-magnitude.ts";

/** Traffic, ideas and waiting times of a programme of tests, one after another. */
export interface ProgrammeCalendarInput {
  /** New units per day that enter each of the two arms, above 0. */
  readonly unitsPerDay: number;
  /** How many changes there are to test in a year, above 0; Infinity for no limit but the traffic. */
  readonly ideasPerYear: number;
  /** Days after the last unit entered until its micro conversion is known; 0 unless said. */
  readonly proxyDelayDays?: number | undefined;
  /** Days after the last unit entered until both together decide; `proxyDelayDays` unless said. */
  readonly assistedDelayDays?: number | undefined;
  /** How sales are awaited; not at all unless said. A delay with a curve needs its `windowDays`, when all are in. */
  readonly macroDelay?: ConversionDelay | undefined;
  /** Share of the units whose sales are known when the assisted policy decides, in [0, 1]; from the delays unless said. */
  readonly maturity?: number | undefined;
  /** What traffic does while a decision waits: the next test starts at once (unless said), or it lies idle. */
  readonly whileWaiting?: "next-test" | "idle" | undefined;
}

/** The same, checked and complete. */
export interface ProgrammeCalendar {
  readonly unitsPerDay: number;
  readonly ideasPerYear: number;
  readonly proxyDelayDays: number;
  readonly assistedDelayDays: number;
  readonly macroDelay: ConversionDelay;
  /** Null where the delays tell it. */
  readonly maturity: number | null;
  readonly whileWaiting: "next-test" | "idle";
}

/** When the tests of one policy are decided, at one size. */
export interface TestSchedule {
  /** Days in which the units of a test enter. */
  readonly testDays: number;
  /** Days from the start of a test to its decision. */
  readonly decisionDays: number;
  /** Tests a year, once the programme runs: a mean, not a whole number. */
  readonly testsPerYear: number;
}

export const DAYS_PER_YEAR = 365;

/** Checks a calendar where it enters a public function, and completes it. */
export function programmeCalendar(input: ProgrammeCalendarInput): ProgrammeCalendar {
  const { unitsPerDay, ideasPerYear, proxyDelayDays = 0, whileWaiting = "next-test" } = input;
  const { macroDelay = AT_ONCE, maturity = null } = input;
  checkMagnitude("unitsPerDay", unitsPerDay);
  if (ideasPerYear !== Infinity) checkMagnitude("ideasPerYear", ideasPerYear);
  checkNonNegative("proxyDelayDays", proxyDelayDays);
  checkConversionDelay("macroDelay", macroDelay);
  if (!("attributionDays" in macroDelay))
    checkPositive("macroDelay.windowDays", macroDelay.windowDays as number);
  const assistedDelayDays = input.assistedDelayDays ?? proxyDelayDays;
  checkNonNegative("assistedDelayDays", assistedDelayDays);
  const longest = waitingDays(macroDelay);
  // The proxy first: its delay is also that of both together where that is left out.
  checkOrder("proxyDelayDays", proxyDelayDays, longest, "macroDelay waits");
  checkOrder("assistedDelayDays", assistedDelayDays, longest, "macroDelay waits");
  checkOrder("proxyDelayDays", proxyDelayDays, assistedDelayDays, "both together wait");
  if (maturity !== null) checkProbability("maturity", maturity);
  checkOneOf("whileWaiting", whileWaiting, ["next-test", "idle"]);
  return { unitsPerDay, ideasPerYear, proxyDelayDays, assistedDelayDays, macroDelay, maturity, whileWaiting };
}

function checkOrder(field: string, days: number, longest: number, what: string): void {
  if (days > longest) throw new DomainError(field, days, `must be at most the ${longest} days that ${what}`);
}

/** Days after the last unit entered until all of its sales that count are in. */
export function waitingDays(delay: ConversionDelay): number {
  return "attributionDays" in delay ? delay.attributionDays : delay.windowDays!;
}

/** The schedule of tests of n units per arm, each decided some days after its last unit entered. */
export function testSchedule(
  { unitsPerDay, ideasPerYear, whileWaiting }: ProgrammeCalendar,
  n: number,
  delayDays: number,
): TestSchedule {
  const testDays = n / unitsPerDay;
  const decisionDays = testDays + delayDays;
  const taken = whileWaiting === "idle" ? decisionDays : testDays;
  return { testDays, decisionDays, testsPerYear: Math.min(ideasPerYear, DAYS_PER_YEAR / taken) };
}

/** The size above which traffic, and below which ideas are what a programme lacks; at or below 0 where it is ideas never. */
export function turningN(
  { unitsPerDay, ideasPerYear, whileWaiting }: ProgrammeCalendar,
  delayDays: number,
): number {
  return unitsPerDay * (DAYS_PER_YEAR / ideasPerYear - (whileWaiting === "idle" ? delayDays : 0));
}

/**
 * Tests of the first year, each counted by the share of the year that is left after its decision; they start evenly
 * spaced, the first at once. Multiplied by a gain per test it is the mean over the year of what has been gained so far.
 */
export function testsWithinYear({ decisionDays, testsPerYear }: TestSchedule): number {
  const left = 1 - decisionDays / DAYS_PER_YEAR;
  if (!(left > 0)) return 0;
  const decided = Math.ceil(left * testsPerYear);
  return decided * left - (decided * (decided - 1)) / (2 * testsPerYear);
}

/**
 * Units per arm whose sales are known when both together decide: of mature cohorts those who entered early enough;
 * along a curve all of them, for what the share of their sales that came in tells.
 *
 * @param relativeSquare - odds of the macro conversion
 */
export function unitsKnownEarly(calendar: ProgrammeCalendar, n: number, relativeSquare: number): number {
  const { unitsPerDay, assistedDelayDays, macroDelay, maturity } = calendar;
  if (maturity !== null) return maturity * n;
  if ("attributionDays" in macroDelay) {
    return Math.max(0, n - unitsPerDay * (macroDelay.attributionDays - assistedDelayDays));
  }
  const testDays = n / unitsPerDay;
  const share = observedShare(
    delayCurve(macroDelay),
    { unitsPerDay },
    testDays + assistedDelayDays,
    testDays,
  );
  return share === 0 ? 0 : n / unitsAtShare(1, share, relativeSquare);
}
