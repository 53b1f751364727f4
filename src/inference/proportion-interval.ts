import { checkObject, checkOneOf } from "../core/checks.ts";
import type { Interval } from "../core/interval.ts";
import { betaQuantile, betaUpperQuantile } from "../numerics/beta.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { rateVariance } from "../models/effect-standard-errors.ts";
import { checkConversions, type Proportion } from "../summaries/proportion.ts";
import { agrestiCoullLimit } from "./agresti-coull-limit.ts";
import { checkedConfidence, type ConfidenceOptions } from "../core/confidence.ts";
import { lowerMidPLimit, upperMidPLimit } from "./mid-p-limit.ts";
import { wilsonContinuityLimit } from "./wilson-continuity-limit.ts";
import { wilsonLimit } from "./wilson-limit.ts";

/** How an interval for one rate is made. */
export type ProportionMethod =
  "wilson" | "wilson-continuity" | "clopper-pearson" | "mid-p" | "jeffreys" | "agresti-coull" | "wald";

export interface ProportionIntervalOptions extends Proportion, ConfidenceOptions {
  /** `wilson` unless said. */
  readonly method?: ProportionMethod | undefined;
}

/** One end of an interval, as a function of the probability that it may miss. */
type Limit = (arm: Proportion, tail: number) => number;

interface Limits {
  readonly lower: Limit;
  readonly upper: Limit;
}

const LIMITS: Readonly<Record<ProportionMethod, Limits>> = {
  wilson: fromNormal(wilsonLimit),
  "wilson-continuity": fromNormal(wilsonContinuityLimit),
  "clopper-pearson": {
    lower: ({ n, conversions }, tail) =>
      conversions === 0 ? 0 : betaQuantile(tail, conversions, n - conversions + 1),
    upper: ({ n, conversions }, tail) =>
      conversions === n ? 1 : betaUpperQuantile(tail, conversions + 1, n - conversions),
  },
  "mid-p": { lower: lowerMidPLimit, upper: upperMidPLimit },
  jeffreys: {
    lower: ({ n, conversions }, tail) =>
      conversions === 0 ? 0 : betaQuantile(tail, conversions + 0.5, n - conversions + 0.5),
    upper: ({ n, conversions }, tail) =>
      conversions === n ? 1 : betaUpperQuantile(tail, conversions + 0.5, n - conversions + 0.5),
  },
  "agresti-coull": fromNormal(agrestiCoullLimit),
  wald: fromNormal((arm, z) => arm.conversions / arm.n + z * Math.sqrt(rateVariance(arm))),
};

/** Both ends of a method that works with a normal quantile, negative for the lower end. */
function fromNormal(limit: (arm: Proportion, z: number, side: -1 | 1) => number): Limits {
  return {
    lower: (arm, tail) => limit(arm, -normalUpperQuantile(tail), -1),
    upper: (arm, tail) => limit(arm, normalUpperQuantile(tail), 1),
  };
}

const METHODS = /* @__PURE__ */ Object.keys(LIMITS) as readonly ProportionMethod[];

/**
 * A confidence interval for one conversion rate.
 *
 * - `wilson` inverts the score test and covers about as often as it says; `wilson-continuity` is the same with the
 *   continuity correction of R's `prop.test`, and wider.
 * - `clopper-pearson` inverts two exact tests and never covers less often than it says; `mid-p` counts the observed
 *   outcome by half, is narrower for it, and covers as often as it says on average.
 * - `jeffreys` is the equal-tailed credible interval under the prior Beta(1/2, 1/2), with the lower end 0 where none
 *   converted and the upper end 1 where all did (Brown, Cai and DasGupta).
 * - `agresti-coull` adds z²/2 conversions and as many units without one; `wald`, the estimate ± z standard errors, is
 *   here to be compared with: it covers far less often than it says at low rates, and has no width at 0 of n.
 *
 * There is no test beside it, so `dualToTest` is false.
 *
 * @param options.n - units, a whole number of at least 1
 * @param options.conversions - units that converted, from 0 to n
 * @param options.confidenceLevel - coverage aimed at, in (0, 1); 0.95 unless said
 * @param options.method - `wilson` unless said
 * @param options.alternative - `greater` for a lower limit only, `less` for an upper limit only
 * @returns the interval, within [0, 1] except for `agresti-coull` and `wald`, which are not cut
 * @throws {DomainError} for a broken count, an unknown method or alternative, or a level outside (0, 1)
 * @example
 * ```ts
 * import { proportionInterval } from "microlift";
 * proportionInterval({ n: 1000, conversions: 50 }).upper; // 0.0653
 * ```
 * Wilson (1927); Clopper and Pearson (1934); Agresti and Coull (1998); Brown, Cai and DasGupta (2001); Lancaster (1961)
 * for mid-p.
 */
export function proportionInterval(options: ProportionIntervalOptions): Interval {
  checkObject("options", options);
  const { n, conversions, confidenceLevel, method = "wilson", alternative } = options;
  const arm = { n, conversions };
  checkConversions("", arm);
  const confidence = checkedConfidence(alternative, confidenceLevel);
  checkOneOf("method", method, METHODS);
  const { lower, upper } = LIMITS[method];
  return {
    lower: confidence.alternative === "less" ? 0 : lower(arm, confidence.tail),
    upper: confidence.alternative === "greater" ? 1 : upper(arm, confidence.tail),
    confidenceLevel: confidence.confidenceLevel,
    method,
    dualToTest: false,
    excluded: null,
  };
}
