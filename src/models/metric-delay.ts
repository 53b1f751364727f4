import { checkNonNegative } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkConversionDelay, type ConversionDelay } from "./conversion-delay.ts";

/** When a metric is read. */
export interface ReadingOptions {
  /** Days that each unit is followed after it entered, at or above 0; 0 unless said. */
  readonly attributionDays?: number | undefined;
  /** When conversions come in; instead of `attributionDays`, which it may say too. */
  readonly conversionDelay?: ConversionDelay | undefined;
}

/** How the metric is read; at once, with all conversions in, unless said. */
export function checkedDelay({ attributionDays, conversionDelay }: ReadingOptions): ConversionDelay {
  if (conversionDelay === undefined) {
    checkNonNegative("attributionDays", attributionDays ?? 0);
    return { attributionDays: attributionDays ?? 0 };
  }
  if (attributionDays !== undefined) {
    throw new DomainError(
      "attributionDays",
      attributionDays,
      "must be left out where conversionDelay is given",
    );
  }
  checkConversionDelay("conversionDelay", conversionDelay);
  return conversionDelay;
}
