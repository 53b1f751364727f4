import { checkObject, checkOneOf } from "../core/checks.ts";
import type { Interval } from "../core/interval.ts";
import { lowerOddsRatioLimit, upperOddsRatioLimit } from "../models/odds-ratio-score-limit.ts";
import { conditionalOddsRatioInterval } from "./conditional-odds-ratio.ts";
import { PROFILE_ODDS_RATIO } from "./profile-effects.ts";
import { type EffectLimits, dualMethod } from "./dual-interval.ts";
import {
  checkedTwoProportions,
  type TwoProportionsInterval,
  type TwoProportionsOptions,
} from "./two-proportions.ts";
import { haldaneAnscombeInterval, woolfInterval } from "./woolf-interval.ts";

/** How an interval for the odds ratio is made. */
export type OddsRatioMethod =
  | "score"
  | "miettinen-nurminen"
  | "profile-likelihood"
  | "exact-conditional"
  | "mid-p"
  | "woolf"
  | "haldane-anscombe";

export interface OddsRatioIntervalOptions extends TwoProportionsOptions {
  /** `score` unless said. */
  readonly method?: OddsRatioMethod | undefined;
}

export const SCORE_ODDS_RATIO: EffectLimits = {
  lowerLimit: lowerOddsRatioLimit,
  upperLimit: upperOddsRatioLimit,
  bottom: 0,
  top: Infinity,
};

const INTERVALS: Readonly<Record<OddsRatioMethod, TwoProportionsInterval>> = {
  score: /* @__PURE__ */ dualMethod(SCORE_ODDS_RATIO, "score"),
  "miettinen-nurminen": /* @__PURE__ */ dualMethod(SCORE_ODDS_RATIO, "miettinen-nurminen"),
  "profile-likelihood": /* @__PURE__ */ dualMethod(PROFILE_ODDS_RATIO, "profile-likelihood"),
  "exact-conditional": /* @__PURE__ */ conditional(false),
  "mid-p": /* @__PURE__ */ conditional(true),
  woolf: woolfInterval,
  "haldane-anscombe": haldaneAnscombeInterval,
};
const METHODS = /* @__PURE__ */ Object.keys(INTERVALS) as readonly OddsRatioMethod[];

function conditional(midP: boolean): TwoProportionsInterval {
  return (control, treatment, confidence) =>
    conditionalOddsRatioInterval(control, treatment, confidence, midP, "central");
}

/**
 * A confidence interval for the ratio of the odds of converting, treatment against control.
 *
 * - `score` inverts Pearson's test without a correction, `miettinen-nurminen` the same with its variance times
 *   N/(N − 1).
 * - `profile-likelihood` inverts the likelihood-ratio test, the G-test.
 * - `exact-conditional` inverts the one-sided Fisher tests, as R's `fisher.test`, and never covers less often than it
 *   says; `mid-p` counts the observed table by half, and is narrower.
 * - `woolf` takes the log odds ratio for normal, and with an empty cell holds every ratio; `haldane-anscombe` is the same
 *   after half a unit is added to each cell. Neither inverts a test.
 *
 * A one-sided alternative gives a one-sided interval.
 *
 * @param options.control - conversions and units of the control arm
 * @param options.treatment - the same of the treatment arm
 * @param options.confidenceLevel - coverage aimed at, in (0, 1); 0.95 unless said
 * @param options.method - `score` unless said
 * @returns the interval, within [0, Infinity]; all of it where the counts rule out nothing
 * @throws {DomainError} for a broken arm, an unknown method or alternative, or a level outside (0, 1)
 * @example
 * ```ts
 * import { oddsRatioInterval } from "microlift";
 * oddsRatioInterval({ control: { n: 10_000, conversions: 200 }, treatment: { n: 10_000, conversions: 250 } });
 * // from 1.041 to 1.516
 * ```
 * Cornfield (1956); Miettinen and Nurminen (1985); Woolf (1955); Haldane (1956); Anscombe (1956).
 */
export function oddsRatioInterval(options: OddsRatioIntervalOptions): Interval {
  checkObject("options", options);
  const { control, treatment, method = "score" } = options;
  const confidence = checkedTwoProportions(options);
  checkOneOf("method", method, METHODS);
  return INTERVALS[method](control, treatment, confidence);
}
