import type { Alternative } from "../core/alternative.ts";
import { checkCount, checkNumber, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Interval } from "../core/interval.ts";
import type { MixtureTuning } from "./mixture-tuning.ts";

/** What the last look returned, as far as this one needs it. */
export interface PreviousLook {
  readonly method: string;
  readonly alternative: Alternative;
  readonly confidenceLevel: number;
  readonly tuning: MixtureTuning;
  readonly control: { readonly n: number };
  readonly treatment: { readonly n: number };
  readonly difference: { readonly running: Interval };
  readonly lift: { readonly running: Interval };
}

/** Refuses a last look that was read in another way, or saw more units. */
export function checkPreviousLook(
  previous: PreviousLook,
  now: Omit<PreviousLook, "difference" | "lift">,
): void {
  checkObject("previous", previous);
  checkSame("previous.method", previous.method, now.method);
  checkSame("previous.alternative", previous.alternative, now.alternative);
  checkSame("previous.confidenceLevel", previous.confidenceLevel, now.confidenceLevel);
  checkObject("previous.tuning", previous.tuning);
  checkSame("previous.tuning.name", previous.tuning.name, now.tuning.name);
  checkSame("previous.tuning.value", previous.tuning.value, now.tuning.value);
  for (const arm of ["control", "treatment"] as const) {
    checkObject(`previous.${arm}`, previous[arm]);
    checkNotFewer(`previous.${arm}.n`, previous[arm].n, now[arm].n);
  }
  for (const effect of ["difference", "lift"] as const) {
    checkObject(`previous.${effect}`, previous[effect]);
    checkRunning(`previous.${effect}.running`, previous[effect].running);
  }
}

/** What was fixed before the first look must be as it was. */
export function checkSame(field: string, before: unknown, now: unknown): void {
  if (before === now) return;
  throw new DomainError(field, before, `must be ${String(now)}, as now: it is fixed before the first look`);
}

/** Counts since the start do not fall. */
export function checkNotFewer(field: string, before: number, now: number): void {
  checkCount(field, before);
  if (before <= now) return;
  throw new DomainError(field, before, `must be at most the ${now} of now: counts are those since the start`);
}

export function checkRunning(field: string, interval: Interval): void {
  checkObject(field, interval);
  const { lower, upper, excluded } = interval;
  checkNumber(`${field}.lower`, lower);
  checkNumber(`${field}.upper`, upper);
  if (lower > upper) throw new DomainError(`${field}.upper`, upper, `must be at or above lower = ${lower}`);
  if (excluded === null) return;
  checkObject(`${field}.excluded`, excluded);
  checkNumber(`${field}.excluded.lower`, excluded.lower);
  checkNumber(`${field}.excluded.upper`, excluded.upper);
}

/** The log of a probability. */
export function checkLogPValue(field: string, value: number): void {
  if (typeof value === "number" && value <= 0) return;
  throw new DomainError(field, value, "must be at or below 0");
}
