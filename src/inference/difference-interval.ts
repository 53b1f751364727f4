import { checkObject, checkOneOf } from "../core/checks.ts";
import type { Interval } from "../core/interval.ts";
import { agrestiCaffoInterval } from "./agresti-caffo-interval.ts";
import { lowerDifferenceLimit, upperDifferenceLimit } from "../models/difference-score-limit.ts";
import { exactDifferenceInterval } from "./exact-difference-interval.ts";
import { newcombeInterval } from "./newcombe-interval.ts";
import { PROFILE_DIFFERENCE } from "./profile-effects.ts";
import { type EffectLimits, dualMethod } from "./dual-interval.ts";
import {
  checkedTwoProportions,
  type TwoProportionsInterval,
  type TwoProportionsOptions,
} from "./two-proportions.ts";
import { waldInterval } from "./wald-interval.ts";

/** How an interval for the difference of two rates is made. */
export type DifferenceMethod =
  | "mee"
  | "miettinen-nurminen"
  | "profile-likelihood"
  | "exact-unconditional"
  | "newcombe"
  | "agresti-caffo"
  | "wald";

export interface DifferenceIntervalOptions extends TwoProportionsOptions {
  /** `mee` unless said. */
  readonly method?: DifferenceMethod | undefined;
}

export const SCORE_DIFFERENCE: EffectLimits = {
  lowerLimit: lowerDifferenceLimit,
  upperLimit: upperDifferenceLimit,
  bottom: -1,
  top: 1,
};

const INTERVALS: Readonly<Record<DifferenceMethod, TwoProportionsInterval>> = {
  mee: /* @__PURE__ */ dualMethod(SCORE_DIFFERENCE, "mee"),
  "miettinen-nurminen": /* @__PURE__ */ dualMethod(SCORE_DIFFERENCE, "miettinen-nurminen"),
  "profile-likelihood": /* @__PURE__ */ dualMethod(PROFILE_DIFFERENCE, "profile-likelihood"),
  "exact-unconditional": exactDifferenceInterval,
  newcombe: newcombeInterval,
  "agresti-caffo": agrestiCaffoInterval,
  wald: waldInterval,
};
const METHODS = /* @__PURE__ */ Object.keys(INTERVALS) as readonly DifferenceMethod[];

/**
 * A confidence interval for the difference of two conversion rates, treatment − control.
 *
 * - `mee` inverts the score test, `miettinen-nurminen` the same with its variance times N/(N − 1).
 * - `profile-likelihood` inverts the likelihood-ratio test, the G-test.
 * - `exact-unconditional` inverts exact one-sided tests, Barnard's at no difference, and never covers less often than it
 *   says; for up to 10,000 units in both arms, and tens of milliseconds at a hundred an arm (Chan and Zhang).
 * - `newcombe` joins the Wilson intervals of the two rates; `agresti-caffo` is Wald's after one conversion and one unit
 *   without are added to each arm. Both are simple and cover well, and invert no test.
 * - `wald` inverts the unpooled z-test; it covers less often than it says in small arms, and has no width where no rate
 *   varies.
 *
 * A one-sided alternative gives a one-sided interval.
 *
 * @param options.control - conversions and units of the control arm
 * @param options.treatment - the same of the treatment arm
 * @param options.confidenceLevel - coverage aimed at, in (0, 1); 0.95 unless said
 * @param options.method - `mee` unless said
 * @returns the interval, within [−1, 1] except for `agresti-caffo` and `wald`, which are not cut
 * @throws {DomainError} for a broken arm, an unknown method or alternative, a level outside (0, 1), or more units than
 *   an exact interval can take
 * @example
 * ```ts
 * import { differenceInterval } from "microlift";
 * differenceInterval({ control: { n: 10_000, conversions: 200 }, treatment: { n: 10_000, conversions: 250 } });
 * // from 0.00089 to 0.00914
 * ```
 * Mee (1984); Miettinen and Nurminen (1985); Chan and Zhang (1999); Newcombe (1998), method 10; Agresti and Caffo (2000).
 */
export function differenceInterval(options: DifferenceIntervalOptions): Interval {
  checkObject("options", options);
  const { control, treatment, method = "mee" } = options;
  const confidence = checkedTwoProportions(options);
  checkOneOf("method", method, METHODS);
  return INTERVALS[method](control, treatment, confidence);
}
