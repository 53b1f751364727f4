import { checkObject, checkOneOf } from "../core/checks.ts";
import type { Interval } from "../core/interval.ts";
import { lowerLiftLimit, upperLiftLimit } from "../models/lift-score-limit.ts";
import { deltaInterval } from "./delta-interval.ts";
import { fiellerInterval } from "./fieller-interval.ts";
import { katzInterval } from "./katz-interval.ts";
import { PROFILE_LIFT } from "./profile-effects.ts";
import { type EffectLimits, dualMethod } from "./dual-interval.ts";
import {
  checkedTwoProportions,
  type TwoProportionsInterval,
  type TwoProportionsOptions,
} from "./two-proportions.ts";

/** How an interval for the lift of a rate is made. */
export type LiftMethod =
  "koopman" | "miettinen-nurminen" | "profile-likelihood" | "katz" | "delta" | "fieller";

export interface LiftIntervalOptions extends TwoProportionsOptions {
  /** `koopman` unless said. */
  readonly method?: LiftMethod | undefined;
}

export const SCORE_LIFT: EffectLimits = {
  lowerLimit: lowerLiftLimit,
  upperLimit: upperLiftLimit,
  bottom: -1,
  top: Infinity,
};

const INTERVALS: Readonly<Record<LiftMethod, TwoProportionsInterval>> = {
  koopman: /* @__PURE__ */ dualMethod(SCORE_LIFT, "koopman"),
  "miettinen-nurminen": /* @__PURE__ */ dualMethod(SCORE_LIFT, "miettinen-nurminen"),
  "profile-likelihood": /* @__PURE__ */ dualMethod(PROFILE_LIFT, "profile-likelihood"),
  katz: katzInterval,
  delta: deltaInterval,
  fieller: fiellerInterval,
};
const METHODS = /* @__PURE__ */ Object.keys(INTERVALS) as readonly LiftMethod[];

/**
 * A confidence interval for the lift of a conversion rate, treatment/control − 1.
 *
 * - `koopman` inverts the score test of the ratio, `miettinen-nurminen` the same with its variance times N/(N − 1).
 * - `profile-likelihood` inverts the likelihood-ratio test, the G-test.
 * - `katz` takes the log of the ratio for normal, `delta` the lift itself. Neither inverts a test. Without conversions
 *   in the control (`katz`: in either arm) they know nothing and hold every lift; a `delta` interval has no width where
 *   no unit of the treatment converted.
 * - `fieller` inverts the unpooled z-test.
 *
 * A one-sided alternative gives a one-sided interval.
 *
 * @param options.control - conversions and units of the control arm
 * @param options.treatment - the same of the treatment arm
 * @param options.confidenceLevel - coverage aimed at, in (0, 1); 0.95 unless said
 * @param options.method - `koopman` unless said
 * @returns the interval, from −1 up except for `delta` and `fieller`, which are not cut; its upper end is
 *   Infinity where the control rate may be 0
 * @throws {DomainError} for a broken arm, an unknown method or alternative, or a level outside (0, 1)
 * @example
 * ```ts
 * import { liftInterval } from "microlift";
 * liftInterval({ control: { n: 10_000, conversions: 200 }, treatment: { n: 10_000, conversions: 250 } });
 * // from 0.040 to 0.502
 * ```
 * Koopman (1984); Nam (1995); Miettinen and Nurminen (1985); Katz et al. (1978); Fieller (1954).
 */
export function liftInterval(options: LiftIntervalOptions): Interval {
  checkObject("options", options);
  const { control, treatment, method = "koopman" } = options;
  const confidence = checkedTwoProportions(options);
  checkOneOf("method", method, METHODS);
  return INTERVALS[method](control, treatment, confidence);
}
