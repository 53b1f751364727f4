import { checkFinite, checkOpenUnit } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkExactlyOne } from "./check-exactly-one.ts";

/** The planned effect on a rate: exactly one of `lift` and `difference`. */
export interface ProportionEffectOptions {
  /** Rate of the control arm, in (0, 1). */
  readonly baseline: number;
  /** Treatment rate / control rate − 1: a lift of 5 % is 0.05. */
  readonly lift?: number | undefined;
  /** Treatment rate − control rate, instead of `lift`. */
  readonly difference?: number | undefined;
}

/** Both rates, and both names of the effect between them. */
export interface ProportionEffect {
  readonly baseline: number;
  readonly treatmentRate: number;
  readonly difference: number;
  readonly lift: number;
}

/** Both rates and both names of the effect, checked. */
export function proportionEffect({ baseline, lift, difference }: ProportionEffectOptions): ProportionEffect {
  checkOpenUnit("baseline", baseline);
  checkExactlyOne("lift", lift, "difference", difference);
  if (lift !== undefined) {
    checkFinite("lift", lift);
    const effect = effectOfLift(baseline, lift);
    checkTreatmentRate("lift", lift, effect.treatmentRate);
    return effect;
  }
  checkFinite("difference", difference as number);
  return effectOfDifference(baseline, difference as number);
}

/** The effect that a lift is at one rate of the control, unchecked. */
export function effectOfLift(baseline: number, lift: number): ProportionEffect {
  // Not baseline + difference, which loses the digits of a small treatment rate.
  return { baseline, treatmentRate: baseline * (1 + lift), difference: baseline * lift, lift };
}

/** The effect of a difference that was found, not typed in. */
export function effectOfDifference(baseline: number, difference: number): ProportionEffect {
  const treatmentRate = baseline + difference;
  checkTreatmentRate("difference", difference, treatmentRate);
  return { baseline, treatmentRate, difference, lift: difference / baseline };
}

function checkTreatmentRate(field: string, value: number, rate: number): void {
  if (!(rate > 0 && rate < 1)) {
    throw new DomainError(
      field,
      value,
      `must leave the treatment rate strictly between 0 and 1, not at ${rate}`,
    );
  }
}
