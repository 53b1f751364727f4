import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import type { EffectScale } from "./effect-covariance.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";

/** What a gain of the macro metric is worth in a year. */
export interface ProxyValue {
  /** What one macro conversion is worth, above 0. */
  readonly perMacro: number;
  /** Units that meet the changes shipped in a year, above 0. */
  readonly unitsPerYear: number;
  /** Baseline rate of the macro conversion, in (0, 1): asked for on log-lifts, which are gains over it. */
  readonly macroRate?: number | undefined;
}

/** Checks a value where it enters a public function. */
export function checkProxyValue(value: ProxyValue, scale: EffectScale): void {
  checkObject("value", value);
  checkMagnitude("value.perMacro", value.perMacro);
  checkMagnitude("value.unitsPerYear", value.unitsPerYear);
  if (value.macroRate !== undefined || scale === "log-lift") {
    checkOpenUnit("value.macroRate", value.macroRate as number);
  }
}

/** A gain of the macro metric in a year, in money. */
export function gainInMoney(gain: number, scale: EffectScale, value: ProxyValue): number {
  const rate = scale === "log-lift" ? value.macroRate! * expm1(gain) : gain;
  return value.perMacro * value.unitsPerYear * rate;
}
