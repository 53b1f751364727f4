import { checkBetween, checkNonNegative, checkPositive, checkProbability } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkFamily } from "./check-family.ts";
import { delayCurve } from "./delay-curve.ts";

/**
 * When a conversion is read: on mature cohorts only, or at once, while conversions still come in along a curve of their
 * delay after the unit entered.
 */
export type ConversionDelay =
  MatureCohorts | ExponentialDelay | WeibullDelay | LogNormalDelay | EmpiricalDelay;

/** A unit counts from `attributionDays` after it entered, and then with all of its conversions. */
export interface MatureCohorts {
  /** At or above 0. */
  readonly attributionDays: number;
}

/** Every unit counts with all of its conversions as soon as it entered. */
export const AT_ONCE: MatureCohorts = { attributionDays: 0 };

/** A delay with a curve: all who entered are read at once, with the conversions that have come in by then. */
export interface AttributionWindow {
  /** Conversions later than this after entry do not count, above 0; all count unless said. */
  readonly windowDays?: number | undefined;
}

/** Exponential, with this mean. */
export interface ExponentialDelay extends AttributionWindow {
  /** Above 0. */
  readonly meanDays: number;
}

/** Weibull: 1 − exp(−(days / scaleDays)^shape) have come in. */
export interface WeibullDelay extends AttributionWindow {
  /** From 0.001 to 1000; below 1 many come early and some very late. */
  readonly shape: number;
  /** Above 0. */
  readonly scaleDays: number;
}

/** Log-normal: the log of the days is normal. */
export interface LogNormalDelay extends AttributionWindow {
  /** Mean of the log of the days, within ±700. */
  readonly logMean: number;
  /** Standard deviation of the log of the days, from 0.001 to 1000. */
  readonly logSd: number;
}

/** As counted in the past: straight lines between the points, from 0 on the day of entry, and level after the last. */
export interface EmpiricalDelay extends AttributionWindow {
  /** Days since entry, at or above 0 and increasing. */
  readonly days: readonly number[];
  /**
   * Share of all eventual conversions that have come in by then, in [0, 1], never falling, above 0 at last. Where it
   * ends below 1 the rest come later than the data know, and no read-out is taken to see them.
   */
  readonly shares: readonly number[];
}

/** Each family of delays by the field that tells it, with its other fields. */
const FAMILIES = {
  attributionDays: [],
  meanDays: ["windowDays"],
  scaleDays: ["shape", "windowDays"],
  logSd: ["logMean", "windowDays"],
  shares: ["days", "windowDays"],
} as const;

/**
 * Checks a delay where it enters a public function.
 *
 * @param field - the delay as the caller wrote it
 * @throws {DomainError} naming the part that is wrong, such as `conversionDelay.shares[2]`
 */
export function checkConversionDelay(field: string, delay: ConversionDelay): void {
  checkFamily(field, delay, FAMILIES);
  if ("attributionDays" in delay) {
    checkNonNegative(`${field}.attributionDays`, delay.attributionDays);
    return;
  }
  if ("meanDays" in delay) checkPositive(`${field}.meanDays`, delay.meanDays);
  else if ("scaleDays" in delay) {
    checkBetween(`${field}.shape`, delay.shape, 0.001, 1000);
    checkPositive(`${field}.scaleDays`, delay.scaleDays);
  } else if ("logSd" in delay) {
    checkBetween(`${field}.logMean`, delay.logMean, -700, 700);
    checkBetween(`${field}.logSd`, delay.logSd, 0.001, 1000);
  } else checkPoints(field, delay);

  const { windowDays } = delay;
  if (windowDays === undefined) return;
  checkPositive(`${field}.windowDays`, windowDays);
  if (!(delayCurve({ ...delay, windowDays: undefined }).shareBy(windowDays) > 0)) {
    throw new DomainError(`${field}.windowDays`, windowDays, "must be so long that some convert within it");
  }
}

function checkPoints(field: string, { days, shares }: EmpiricalDelay): void {
  for (const [name, values] of Object.entries({ days, shares })) {
    if (!Array.isArray(values)) throw new DomainError(`${field}.${name}`, values, "must be an array");
  }
  if (days.length !== shares.length) {
    throw new DomainError(`${field}.days`, days, `must be as many as shares, ${shares.length}`);
  }
  for (let i = 0; i < days.length; i++) {
    checkNonNegative(`${field}.days[${i}]`, days[i]!);
    checkProbability(`${field}.shares[${i}]`, shares[i]!);
    if (i > 0 && !(days[i]! > days[i - 1]!)) {
      throw new DomainError(`${field}.days[${i}]`, days[i], `must be above the one before, ${days[i - 1]}`);
    }
    if (i > 0 && shares[i]! < shares[i - 1]!) {
      throw new DomainError(
        `${field}.shares[${i}]`,
        shares[i],
        `must be at or above the one before, ${shares[i - 1]}`,
      );
    }
  }
  if (!(shares.at(-1)! > 0))
    throw new DomainError(`${field}.shares`, shares, "must end above 0, or nobody ever converts");
}

/** What reading a delayed conversion rests on: nothing, where only mature cohorts are read. */
export function delayAssumptions(delay: ConversionDelay): readonly string[] {
  if ("attributionDays" in delay) return [];
  const largest = delayCurve(delay).largestShare;
  return [
    "The change does not alter how long conversions take; otherwise an early read-out is biased, and mature cohorts only are to be read.",
    ...(largest < 1 ? ["Conversions later than the curve of their delay are never seen."] : []),
  ];
}
