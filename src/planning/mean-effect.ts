import { checkBetween, checkFinite, checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { checkExactlyOne } from "./check-exactly-one.ts";

/** The planned effect on a mean: exactly one of `lift` and `difference`. */
export interface MeanEffectOptions {
  /** Mean of the control arm; above 0 where `lift` is given, and may be left out where `difference` is. */
  readonly baseline?: number | undefined;
  /** Treatment mean / control mean − 1: a lift of 5 % is 0.05. */
  readonly lift?: number | undefined;
  /** Treatment mean − control mean, instead of `lift`. */
  readonly difference?: number | undefined;
}

/** Names of the effect that need the mean of the control. */
export interface RelativeMeanEffect {
  /** Null where it was not given. */
  readonly baseline: number | null;
  /** Null where no baseline was given. */
  readonly treatmentMean: number | null;
  /** Null where the baseline was not given, or is not above 0. */
  readonly lift: number | null;
  readonly liftStatus: Status;
}

export interface MeanEffect extends RelativeMeanEffect {
  readonly difference: number;
}

/** Means and differences beyond it are none of a metric; with deviations in range no ratio of both overflows. */
const LARGEST_LEVEL = 1e200;

/** A mean or a difference of means. */
export function checkLevel(field: string, value: number): void {
  checkBetween(field, value, -LARGEST_LEVEL, LARGEST_LEVEL);
}

/** Both means and both names of the effect, checked. */
export function meanEffect({ baseline, lift, difference }: MeanEffectOptions): MeanEffect {
  checkExactlyOne("lift", lift, "difference", difference);
  if (lift !== undefined) {
    if (baseline === undefined) throw new DomainError("baseline", baseline, "must be given where lift is");
    checkPositive("baseline", baseline);
    checkLevel("baseline", baseline);
    checkFinite("lift", lift);
    const lifted = baseline * lift;
    if (!(Math.abs(lifted) <= LARGEST_LEVEL)) {
      throw new DomainError(
        "lift",
        lift,
        `must leave a difference of at most ${LARGEST_LEVEL} at the baseline ${baseline}`,
      );
    }
    return {
      baseline,
      treatmentMean: baseline * (1 + lift),
      difference: lifted,
      lift,
      liftStatus: "ok",
    };
  }
  checkLevel("difference", difference as number);
  if (baseline !== undefined) checkLevel("baseline", baseline);
  return { difference: difference as number, ...relativeMeanEffect(baseline, difference as number) };
}

/** What a difference of means is against the mean of the control. */
export function relativeMeanEffect(baseline: number | undefined, difference: number): RelativeMeanEffect {
  const hasLift = baseline !== undefined && baseline > 0;
  return {
    baseline: baseline ?? null,
    treatmentMean: baseline === undefined ? null : baseline + difference,
    lift: hasLift ? difference / baseline : null,
    liftStatus: hasLift ? "ok" : "undetermined",
  };
}

/** Says why there is no lift. */
export function liftCautions({ liftStatus }: Pick<RelativeMeanEffect, "liftStatus">): readonly Warning[] {
  if (liftStatus === "ok") return [];
  return [{ code: "UNDETERMINED_LIFT", message: "A lift needs a level of the control above 0." }];
}
