import { checkFinite } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";

/** True effects of the treatment beside none. */
export interface TrueEffectsOptions {
  /** Lift or lifts, each above −1. */
  readonly lift?: number | readonly number[] | undefined;
  /** Differences of the rates, instead of `lift`. */
  readonly difference?: number | readonly number[] | undefined;
}

export interface TrueEffect {
  readonly lift: number;
  readonly difference: number;
  /** Of the treatment. */
  readonly rate: number;
}

/** The effects asked for, checked, in their order; none is fine. */
export function trueEffects(baseline: number, { lift, difference }: TrueEffectsOptions): TrueEffect[] {
  if (lift !== undefined && difference !== undefined) {
    throw new DomainError("difference", difference, "must be left out where lift is given");
  }
  return [
    ...listed("lift", lift, (value) => ({
      lift: value,
      difference: baseline * value,
      rate: baseline * (1 + value),
    })),
    ...listed("difference", difference, (value) => ({
      lift: value / baseline,
      difference: value,
      rate: baseline + value,
    })),
  ];
}

function listed(
  field: string,
  values: number | readonly number[] | undefined,
  effectOf: (value: number) => TrueEffect,
): TrueEffect[] {
  if (values === undefined) return [];
  const isList = Array.isArray(values);
  return (isList ? (values as readonly number[]) : [values as number]).map((value, i) => {
    const path = isList ? `${field}[${i}]` : field;
    checkFinite(path, value);
    const effect = effectOf(value);
    if (!(effect.rate > 0 && effect.rate < 1)) {
      throw new DomainError(
        path,
        value,
        `must leave the treatment rate strictly between 0 and 1, not at ${effect.rate}`,
      );
    }
    return effect;
  });
}
