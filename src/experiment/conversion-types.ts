import { AWARENESS_CONVERSIONS } from "./awareness-conversions.ts";
import { CONSIDERATION_CONVERSIONS } from "./consideration-conversions.ts";
import type { ConversionType } from "./conversion-type.ts";
import { INTENT_CONVERSIONS } from "./intent-conversions.ts";
import { PURCHASE_CONVERSIONS } from "./purchase-conversions.ts";
import { RETENTION_CONVERSIONS } from "./retention-conversions.ts";

/** The usual conversions, in the order of the customer's way. */
export function conversionTypes(): readonly ConversionType[] {
  return [
    ...AWARENESS_CONVERSIONS,
    ...CONSIDERATION_CONVERSIONS,
    ...INTENT_CONVERSIONS,
    ...PURCHASE_CONVERSIONS,
    ...RETENTION_CONVERSIONS,
  ];
}

/** The conversion that has this name in the catalogue; null for a name that is not there. */
export function conversionType(name: string): ConversionType | null {
  return conversionTypes().find((type) => type.name === name) ?? null;
}
