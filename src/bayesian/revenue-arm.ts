import { checkBetween, checkNonNegative, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Proportion } from "../summaries/proportion.ts";

/** What the conversions of an arm were worth. */
export interface ConversionValues {
  /** Mean value of a conversion: the sum of the revenue over the number of conversions. From 1e-50 to 1e50. */
  readonly mean: number;
  /** Sample variance of the values between conversions, with conversions − 1 in the denominator. */
  readonly variance?: number | undefined;
}

/** The logs of what the conversions of an arm were worth. */
export interface LogConversionValues {
  /** Mean of the natural logs of the values, from −100 to 100. */
  readonly mean: number;
  /** Their sample variance between conversions, with conversions − 1 in the denominator. */
  readonly variance: number;
}

/** An arm by its conversions and their values. */
export interface GammaRevenueArm extends Proportion {
  /** Left out where nobody converted. */
  readonly values?: ConversionValues | undefined;
}

/** An arm by its conversions and the logs of their values. */
export interface LogNormalRevenueArm extends Proportion {
  /** Left out where nobody converted. */
  readonly logValues?: LogConversionValues | undefined;
  /** The values themselves, if known: their mean checks the model. */
  readonly values?: ConversionValues | undefined;
}

const SMALLEST_VALUE = 1e-50;
const LARGEST_VALUE = 1e50;
const LARGEST_LOG = 100;

/** Checks the values of an arm whose counts are checked already. */
export function checkValues(
  field: string,
  values: ConversionValues | undefined,
  conversions: number,
): ConversionValues | null {
  if (isWithout(field, values, conversions)) return null;
  checkBetween(`${field}.mean`, values!.mean, SMALLEST_VALUE, LARGEST_VALUE);
  if (values!.variance !== undefined) checkVariance(`${field}.variance`, values!.variance, conversions);
  return values!;
}

/** Checks the logs of the values of an arm whose counts are checked already. */
export function checkLogValues(
  field: string,
  values: LogConversionValues | undefined,
  conversions: number,
): LogConversionValues | null {
  if (isWithout(field, values, conversions)) return null;
  checkBetween(`${field}.mean`, values!.mean, -LARGEST_LOG, LARGEST_LOG);
  checkVariance(`${field}.variance`, values!.variance, conversions);
  return values!;
}

/** Without conversions there are no values, and with conversions there are. */
function isWithout(field: string, values: unknown, conversions: number): boolean {
  if (conversions === 0) {
    if (values === undefined) return true;
    throw new DomainError(field, values, "must be left out where nobody converted");
  }
  checkObject(field, values);
  return false;
}

function checkVariance(field: string, variance: number, conversions: number): void {
  checkNonNegative(field, variance);
  if (conversions === 1 && variance !== 0) {
    throw new DomainError(field, variance, "must be 0 for a single conversion");
  }
}
