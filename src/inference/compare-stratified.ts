import { checkObject, checkOneOf } from "../core/checks.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { compareMeans } from "./compare-means.ts";
import { compareProportions } from "./compare-proportions.ts";
import { checkedConfidence, type ConfidenceOptions } from "../core/confidence.ts";
import { exactStratifiedEffects } from "./exact-stratified-effects.ts";
import { joinStrata, type StrataJoin } from "./join-strata.ts";
import { mantelHaenszelEffects } from "./mantel-haenszel-effects.ts";
import type { StratifiedComparison } from "./stratified-comparison.ts";
import type { StratifiedEffects } from "./stratified-effects.ts";
import { levelHomogeneity, rateHomogeneity } from "./stratified-homogeneity.ts";
import { inverseVarianceEffects, levelEffects } from "./stratified-level-effects.ts";
import { meanLevels, stratifiedLevels } from "./stratified-levels.ts";
import { inverseVarianceRates, postStratifiedRates } from "./stratified-rate-effects.ts";
import { stratifiedRateCautions } from "./stratified-rate-cautions.ts";
import { checkedStrata, type MeanStratum, type NamedStratum, type ProportionStratum } from "./stratum.ts";
import type { NormalConfidence } from "./two-proportions.ts";

/** How strata are joined. For means only `post-stratification` and `inverse-variance`. */
export type StratifiedMethod =
  "mantel-haenszel" | "mantel-haenszel-continuity" | "exact" | "inverse-variance" | "post-stratification";

export interface CompareStratifiedOptions extends ConfidenceOptions {
  /** All of proportions, or all of means. An arm may be empty; such a stratum is left out with a warning. */
  readonly strata: readonly ProportionStratum[] | readonly MeanStratum[];
  /** `mantel-haenszel` for proportions and `post-stratification` for means unless said. */
  readonly method?: StratifiedMethod | undefined;
}

const RATE_METHODS: readonly StratifiedMethod[] = [
  "mantel-haenszel",
  "mantel-haenszel-continuity",
  "exact",
  "inverse-variance",
  "post-stratification",
];
const MEAN_METHODS: readonly StratifiedMethod[] = ["inverse-variance", "post-stratification"];

const NORMAL_SUM =
  "The statistic is close to normal, which fails where few conversions are expected over all strata together.";
const ONE_EFFECT = "The joint effect describes every stratum only where the strata share one effect.";
const NORMAL_STRATA =
  "The rate or mean of each stratum is close to normal, which fails where strata are small.";
const ASSUMPTIONS: Readonly<Record<StratifiedMethod, readonly string[]>> = {
  "mantel-haenszel": [NORMAL_SUM, ONE_EFFECT],
  "mantel-haenszel-continuity": [NORMAL_SUM, ONE_EFFECT],
  exact: [ONE_EFFECT],
  "inverse-variance": [NORMAL_STRATA, ONE_EFFECT],
  "post-stratification": [NORMAL_STRATA],
};

/**
 * Compares two arms within strata of like units, and joins the strata: their mix can then neither make nor hide an effect.
 *
 * H0: in every stratum both rates (or means) are equal; for `post-stratification` and `inverse-variance`: their weighted
 * difference is 0. H1: it is not (`two-sided`), or the treatment's are higher (`greater`) or lower (`less`).
 *
 * - `mantel-haenszel`: the test of Cochran and of Mantel and Haenszel, with Mantel and Haenszel's difference (error by
 *   Sato), ratio (Greenland and Robins) and odds ratio (Robins, Breslow and Greenland). It holds for few large and for
 *   many small strata, empty cells included; `mantel-haenszel-continuity` draws the excess 1/2 towards 0, as R does.
 * - `exact`: the same hypothesis given all margins, two-sided by minimum likelihood as R's
 *   `mantelhaen.test(exact = TRUE)`, with the conditional odds ratio and its exact interval. For counts of up to some ten
 *   thousand; the difference and the lift are those of `mantel-haenszel`.
 * - `inverse-variance`: each effect pooled by one over its variance, the odds ratio as Woolf has it. For strata that are
 *   all large; without variance in a stratum it has no answer.
 * - `post-stratification`: each stratum counts by its share of all units. The effect on all of them even where it differs
 *   between strata.
 *
 * With one stratum of means this is Welch's test. Strata in which an arm is empty, or for means has one unit, are left
 * out with a warning.
 *
 * @param options.strata - both arms of each stratum, as proportions or as means; a name for each if wanted
 * @param options.method - `mantel-haenszel` for proportions and `post-stratification` for means unless said
 * @param options.alternative - `two-sided` unless said; one-sided alternatives give one-sided intervals
 * @param options.confidenceLevel - coverage of the intervals, in (0, 1); 0.95 unless said
 * @returns test, joint effects, the effects of each stratum, and tests that they are the same
 * @throws {DomainError} for a broken stratum, no stratum with both arms, a method that does not fit, counts too large for
 *   `exact`, or a level outside (0, 1)
 * @example
 * ```ts
 * import { compareStratified } from "microlift";
 * const result = compareStratified({
 *   strata: [
 *     { name: "phone", control: { n: 1000, conversions: 50 }, treatment: { n: 1000, conversions: 60 } },
 *     { name: "desktop", control: { n: 500, conversions: 30 }, treatment: { n: 520, conversions: 45 } },
 *   ],
 * });
 * result.pValue; // 0.074
 * result.lift.estimate; // 0.292
 * ```
 * Cochran (1954); Mantel and Haenszel (1959); Robins, Breslow and Greenland (1986); Sato, Greenland and Robins (1989).
 */
export function compareStratified(options: CompareStratifiedOptions): StratifiedComparison {
  checkObject("options", options);
  const checked = checkedStrata(options.strata);
  const confidence = checkedConfidence(options.alternative, options.confidenceLevel);
  return checked.metric === "proportion"
    ? joinStrata(checked.strata, confidence, rateJoin(options.method))
    : joinStrata(checked.strata, confidence, meanJoin(options.method));
}

function rateJoin(method: StratifiedMethod = "mantel-haenszel"): StrataJoin<Proportion> {
  checkOneOf("method", method, RATE_METHODS);
  return {
    method,
    assumptions: ASSUMPTIONS[method],
    fewestUnits: 1,
    effects(strata, shares, confidence) {
      const normal = { ...confidence, z: normalUpperQuantile(confidence.tail) };
      const joint = rateEffects(strata, shares, normal, method);
      return { ...joint, warnings: [...joint.warnings, ...stratifiedRateCautions(joint)] };
    },
    ownEffects: ({ control, treatment }, { alternative, confidenceLevel }) =>
      compareProportions({ control, treatment, alternative, confidenceLevel }),
    homogeneity: rateHomogeneity,
    level: ({ n, conversions }) => conversions / n,
  };
}

function rateEffects(
  strata: readonly NamedStratum<Proportion>[],
  shares: readonly number[],
  confidence: NormalConfidence,
  method: StratifiedMethod,
): StratifiedEffects {
  if (method === "inverse-variance") return inverseVarianceRates(strata, confidence);
  if (method === "exact") return exactStratifiedEffects(strata, confidence);
  if (method === "post-stratification") return postStratifiedRates(strata, shares, confidence);
  return mantelHaenszelEffects(strata, confidence, method === "mantel-haenszel" ? 0 : 0.5);
}

function meanJoin(method: StratifiedMethod = "post-stratification"): StrataJoin<Mean> {
  checkOneOf("method", method, MEAN_METHODS);
  return {
    method,
    assumptions: ASSUMPTIONS[method],
    // One unit alone shows no variance.
    fewestUnits: 2,
    effects: (strata, shares, confidence) =>
      method === "inverse-variance"
        ? inverseVarianceEffects(strata, strata.map(meanLevels), confidence)
        : levelEffects(stratifiedLevels(strata.map(meanLevels), shares), shares, confidence, method),
    ownEffects: ({ control, treatment }, { alternative, confidenceLevel }) => ({
      ...compareMeans({ control, treatment, alternative, confidenceLevel }),
      oddsRatio: null,
    }),
    homogeneity: (strata) => ({
      difference: levelHomogeneity(strata.map(meanLevels)),
      logOddsRatio: null,
      breslowDay: null,
      tarone: null,
    }),
    level: ({ mean }) => mean,
  };
}
