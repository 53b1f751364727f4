import { checkCount, checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Interval } from "../core/interval.ts";
import { betaQuantile, betaUpperQuantile } from "../numerics/beta.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { checkedConfidence, type ConfidenceOptions } from "./confidence.ts";
import { wilsonLimit } from "./wilson-limit.ts";

/** How an interval for one rate is made. */
export type ProportionMethod = "wilson" | "clopper-pearson" | "jeffreys";

export interface ProportionIntervalOptions extends Proportion, ConfidenceOptions {
  /** `wilson` unless said. */
  readonly method?: ProportionMethod | undefined;
}

type Limit = (arm: Proportion, tail: number) => number;

// Lower and upper limit of each method, as functions of the probability that the end may miss.
const LIMITS: Readonly<Record<ProportionMethod, { readonly lower: Limit; readonly upper: Limit }>> = {
  wilson: {
    lower: (arm, tail) => wilsonLimit(arm, -normalUpperQuantile(tail)),
    upper: (arm, tail) => wilsonLimit(arm, normalUpperQuantile(tail)),
  },
  "clopper-pearson": {
    lower: ({ n, conversions }, tail) =>
      conversions === 0 ? 0 : betaQuantile(tail, conversions, n - conversions + 1),
    upper: ({ n, conversions }, tail) =>
      conversions === n ? 1 : betaUpperQuantile(tail, conversions + 1, n - conversions),
  },
  jeffreys: {
    lower: ({ n, conversions }, tail) =>
      conversions === 0 ? 0 : betaQuantile(tail, conversions + 0.5, n - conversions + 0.5),
    upper: ({ n, conversions }, tail) =>
      conversions === n ? 1 : betaUpperQuantile(tail, conversions + 0.5, n - conversions + 0.5),
  },
};

const METHODS = Object.keys(LIMITS) as readonly ProportionMethod[];

/**
 * A confidence interval for one conversion rate.
 *
 * `wilson` inverts the score test and covers about as often as it says; `clopper-pearson` never covers less often, and
 * is wider for it; `jeffreys` is the equal-tailed credible interval under the prior Beta(1/2, 1/2), with the lower end
 * 0 where none converted and the upper end 1 where all did (Brown, Cai and DasGupta). There is no test beside it, so
 * `dualToTest` is false.
 *
 * @param options.n - units, a whole number of at least 1
 * @param options.conversions - units that converted, from 0 to n
 * @param options.confidenceLevel - coverage aimed at, in (0, 1); 0.95 unless said
 * @param options.method - `wilson` unless said
 * @param options.alternative - `greater` for a lower limit only, `less` for an upper limit only
 * @returns the interval, within [0, 1]
 * @throws {DomainError} for a broken count, an unknown method or alternative, or a level outside (0, 1)
 * @example
 * ```ts
 * import { proportionInterval } from "microlift";
 * proportionInterval({ n: 1000, conversions: 50 }).upper; // 0.0653
 * ```
 * Wilson (1927); Clopper and Pearson (1934); Brown, Cai and DasGupta (2001).
 */
export function proportionInterval(options: ProportionIntervalOptions): Interval {
  checkObject("options", options);
  const { n, conversions, confidenceLevel, method = "wilson", alternative } = options;
  const arm = { n, conversions };
  checkCount("n", n, 1);
  checkCount("conversions", conversions);
  if (conversions > n) throw new DomainError("conversions", conversions, `must be at most n = ${n}`);
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
