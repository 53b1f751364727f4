import { checkBetween, checkNonNegative, checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { sumOf } from "../numerics/sum.ts";
import type { RampStep, Traffic } from "./traffic.ts";
import { DAYS_PER_WEEK, WEEKDAYS } from "./weekday.ts";

const SHAPES = ["unitsPerDay", "unitsPerWeekday", "firstDayUnits", "cumulativeUnits"] as const;

// Products of a few sizes up to this, and of their inverses, stay far inside the range of doubles.
const LARGEST_SIZE = 1e30;
const SMALLEST_SIZE = 1 / LARGEST_SIZE;

/**
 * Checks a traffic where it enters a public function.
 *
 * @param field - the traffic as the caller wrote it
 * @throws {DomainError} naming the part that is wrong, such as `traffic.unitsPerWeekday[3]`
 */
export function checkTraffic(field: string, traffic: Traffic): void {
  checkObject(field, traffic);
  if (SHAPES.filter((shape) => shape in traffic).length !== 1) {
    throw new DomainError(field, traffic, `must have exactly one of ${SHAPES.join(", ")}`);
  }
  if ("unitsPerDay" in traffic) checkSize(`${field}.unitsPerDay`, traffic.unitsPerDay);
  else if ("unitsPerWeekday" in traffic) {
    checkWeek(`${field}.unitsPerWeekday`, traffic.unitsPerWeekday);
    const { startWeekday } = traffic;
    if (startWeekday !== undefined) checkOneOf(`${field}.startWeekday`, startWeekday, WEEKDAYS);
  } else if ("firstDayUnits" in traffic) {
    checkSize(`${field}.firstDayUnits`, traffic.firstDayUnits);
    checkGrowth(`${field}.growthExponent`, traffic.growthExponent);
  } else checkCurve(`${field}.cumulativeUnits`, traffic.cumulativeUnits);

  if (traffic.rampUp !== undefined) {
    checkRamp(`${field}.rampUp`, traffic.rampUp);
    if ("firstDayUnits" in traffic || "cumulativeUnits" in traffic) {
      checkRising(`${field}.rampUp`, traffic.rampUp);
    }
  }
}

function checkSize(field: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0))
    throw new DomainError(field, value, "must be a finite number above 0");
  checkBetween(field, value, SMALLEST_SIZE, LARGEST_SIZE);
}

function checkSizes(field: string, values: readonly number[]): void {
  values.forEach((value, i) => {
    checkNonNegative(`${field}[${i}]`, value);
    checkBetween(`${field}[${i}]`, value, 0, LARGEST_SIZE);
  });
}

function checkGrowth(field: string, exponent: number): void {
  if (!(Number.isFinite(exponent) && exponent >= SMALLEST_SIZE && exponent <= 1))
    throw new DomainError(field, exponent, "must be above 0 and at most 1");
}

function checkArray(field: string, value: unknown): void {
  if (!Array.isArray(value)) throw new DomainError(field, value, "must be an array");
}

function checkWeek(field: string, week: readonly number[]): void {
  checkArray(field, week);
  if (week.length !== DAYS_PER_WEEK)
    throw new DomainError(field, week, "must have seven numbers, Monday first");
  checkSizes(field, week);
  if (sumOf(week) < SMALLEST_SIZE)
    throw new DomainError(field, week, "must be above 0 on some day of the week");
}

function checkCurve(field: string, units: readonly number[]): void {
  checkArray(field, units);
  checkSizes(field, units);
  for (let i = 1; i < units.length; i++) {
    if (units[i]! < units[i - 1]!) {
      throw new DomainError(
        `${field}[${i}]`,
        units[i],
        `must be at or above the day before, ${units[i - 1]}`,
      );
    }
  }
  if (!(units.at(-1)! >= SMALLEST_SIZE)) throw new DomainError(field, units, "must end above 0");
}

function checkRamp(field: string, ramp: readonly RampStep[]): void {
  checkArray(field, ramp);
  ramp.forEach((step, i) => {
    checkObject(`${field}[${i}]`, step);
    checkNonNegative(`${field}[${i}].days`, step.days);
    if (!(Number.isFinite(step.share) && step.share >= SMALLEST_SIZE && step.share <= 1)) {
      throw new DomainError(`${field}[${i}].share`, step.share, "must be above 0 and at most 1");
    }
  });
}

/** Who was let in once and is let in no more goes on being counted: a curve of all does not tell that. */
function checkRising(field: string, ramp: readonly RampStep[]): void {
  for (let i = 1; i < ramp.length; i++) {
    const [before, after] = [ramp[i - 1]!.share, ramp[i]!.share];
    if (after < before) {
      throw new DomainError(
        `${field}[${i}].share`,
        after,
        `must be at or above the share before, ${before}, where visitors return`,
      );
    }
  }
}
