import type { Confidence } from "../core/confidence.ts";
import type { Interval } from "../core/interval.ts";
import { wholeLine } from "../core/whole-line.ts";
import { levelFiellerSet } from "./level-fieller-set.ts";
import { type Levels, liftOfLevels, reachOf } from "./levels.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";
import { hypot } from "../numerics/elementary/hypot.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** How the interval of a lift of means, ratios or other levels is made. */
export type LevelLiftMethod = "fieller" | "delta" | "log";

export const LEVEL_LIFT_METHODS: readonly LevelLiftMethod[] = ["fieller", "delta", "log"];

/**
 * An interval for treatment/control − 1 of two levels, the control's above 0.
 *
 * - `fieller`: the lifts that the test does not reject, by Fieller (1954) with the degrees of freedom of the test.
 * - `delta`: the lift, give or take its standard error by the delta method.
 * - `log`: the same on the log of the ratio, which keeps lifts above −1; for a treatment above 0.
 */
export function levelLiftInterval(
  levels: Levels,
  critical: number,
  confidence: Confidence,
  method: LevelLiftMethod,
): Interval {
  if (method === "fieller") return fiellerLift(levels, critical, confidence);
  if (method === "log" && levels.treatment <= 0) return wholeLine(method, confidence);
  const lift = liftOfLevels(levels);
  const error = levelLiftError(levels);
  // Beyond the range of doubles, or of logs, nothing is claimed.
  const isLost = !(Number.isFinite(lift) && Number.isFinite(error)) || (method === "log" && lift === -1);
  if (isLost) return wholeLine(method, confidence);
  const reach = reachOf(critical, error);
  const [lower, upper] =
    method === "delta"
      ? [lift - reach, lift + reach]
      : logEnds(levels, (reach * levels.control) / levels.treatment);
  return ended(lower!, upper!, confidence, method, false);
}

/** Standard error of treatment/control − 1 by the delta method. */
export function levelLiftError({
  control,
  treatment,
  controlError,
  treatmentError,
  correlation,
}: Levels): number {
  const ratio = treatment / control;
  if (!Number.isFinite(ratio)) return Infinity;
  const pull = ratio * controlError;
  // The law of cosines, as two squares that cannot cancel.
  const across = treatmentError * Math.sqrt(Math.max(0, 1 - correlation * correlation));
  return hypot(treatmentError * correlation - pull, across) / control;
}

function logEnds({ control, treatment }: Levels, reach: number): [number, number] {
  const log = ln(treatment / control);
  return [expm1(log - reach), expm1(log + reach)];
}

function ended(
  lower: number,
  upper: number,
  { alternative, confidenceLevel }: Confidence,
  method: LevelLiftMethod,
  dualToTest: boolean,
): Interval {
  return {
    lower: alternative === "less" ? -Infinity : lower,
    upper: alternative === "greater" ? Infinity : upper,
    confidenceLevel,
    method,
    dualToTest,
    excluded: null,
  };
}

function fiellerLift(levels: Levels, critical: number, confidence: Confidence): Interval {
  const { treatment, standardError } = levels;
  const { alternative } = confidence;
  const set = levelFiellerSet(levels, Math.abs(critical));
  // A one-sided level below one half leaves no set that an interval could hold beside a control level like 0, or where
  // nothing varies.
  const dualToTest = critical >= 0 || (standardError > 0 && set.shape === "between");
  if (set.shape === "between") {
    const isTurned = critical < 0;
    return ended(
      isTurned ? set.upper : set.lower,
      isTurned ? set.lower : set.upper,
      confidence,
      "fieller",
      dualToTest,
    );
  }
  // The gap lies on the side of the treatment's sign, and a one-sided test rejects on one side only.
  const isRejected =
    alternative === "two-sided" || (alternative === "greater" ? treatment > 0 : treatment < 0);
  const line = { ...wholeLine("fieller", confidence), dualToTest };
  if (!dualToTest || set.shape === "all" || !isRejected) return line;
  if (set.lower === -Infinity) return { ...line, lower: set.upper };
  if (set.upper === Infinity) return { ...line, upper: set.lower };
  return { ...line, excluded: { lower: set.lower, upper: set.upper } };
}
