import { type Alternative, checkAlternative } from "../core/alternative.ts";
import { checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { effectComponents } from "./effect-components.ts";
import { checkEffectError, checkEffectPrior, type EffectPrior } from "./effect-prior.ts";
import { NOTHING_SELECTED, type Selection, significantAbove, sumOfSelections } from "./significant-above.ts";
import { exp } from "../numerics/elementary/exp.ts";

export interface WinnersCurseOptions {
  /** How true effects are distributed over the changes one tests. */
  readonly prior: EffectPrior;
  /** Of each estimate, above 0: the size of the experiments. */
  readonly standardError: number;
  /** Of the test, in (0, 1); 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** Which estimates count as wins: `two-sided` (the default) for both signs, `greater` or `less` for one. */
  readonly alternative?: Alternative | undefined;
}

/**
 * What significant results are like, over all the changes one tests. Averages are over significant results, and null,
 * with the status `undetermined`, where the chance of one is below the smallest double.
 */
export interface WinnersCurse extends Result<"winners-curse"> {
  readonly prior: EffectPrior;
  readonly standardError: number;
  readonly alpha: number;
  readonly alternative: Alternative;
  /** Share of experiments that are significant. */
  readonly probabilitySignificant: number;
  /** Mean size of a significant estimate, E[|estimate| given significant]. */
  readonly estimateSize: number | null;
  /** Mean size of the true effect behind it, E[|effect| given significant]. */
  readonly effectSize: number | null;
  /** Mean true effect in the direction of the estimate: what implementing significant results gains on average. */
  readonly effectInDirection: number | null;
  /** `estimateSize / effectSize`: how many times too large estimates are. Infinity where no change has an effect. */
  readonly exaggerationRatio: number | null;
  /** Share of significant results whose true effect has the other sign. */
  readonly probabilityWrongSign: number | null;
  /** Share of significant results whose true effect is exactly 0; above 0 only where the prior holds that possible. */
  readonly falseDiscoveryProbability: number | null;
  readonly status: Status;
}

/** In standard errors beyond the critical value and the prior: there is next to no estimate farther out. */
const FARTHEST = 40;

/**
 * Says how far significant results overstate, over the population of changes one tests: the winner's curse.
 *
 * Each estimate is normal around its true effect, the effects come from the prior, and a result is significant beyond
 * the critical value of the normal test of H0: effect = 0. `typeSAndM` says the same for one true effect.
 *
 * @param options.prior - how true effects are distributed; `empiricalEffectPrior` fits one to past experiments
 * @param options.standardError - of each estimate, above 0
 * @param options.alpha - in (0, 1); 0.05 unless said
 * @param options.alternative - `two-sided` unless said; `greater` where only increases are shipped at this alpha
 * @returns how many results are significant, how large they look and are, and how often they are wrong
 * @throws {DomainError} for a broken prior, a standard error at or below 0, or an alpha outside (0, 1)
 * @example
 * ```ts
 * import { winnersCurse } from "microlift";
 * const curse = winnersCurse({
 *   prior: { family: "normal", mean: 0, standardDeviation: 0.02 },
 *   standardError: 0.03,
 * });
 * curse.probabilitySignificant; // 0.103
 * curse.exaggerationRatio; // 3.06
 * curse.probabilityWrongSign; // 0.092
 * ```
 * van Zwet and Cator (2021), Statistica Neerlandica 75, 437–452; Gelman and Carlin (2014); moments of the truncated
 * bivariate normal distribution: Tallis (1961), Journal of the Royal Statistical Society B 23, 223–229.
 */
export function winnersCurse(options: WinnersCurseOptions): WinnersCurse {
  checkObject("options", options);
  const { prior, standardError, alpha = DEFAULT_ALPHA, alternative = "two-sided" } = options;
  checkEffectPrior("prior", prior);
  checkEffectError("standardError", standardError);
  checkOpenUnit("alpha", alpha);
  checkAlternative("alternative", alternative);
  if (alternative !== "two-sided" && alpha > 0.5) {
    throw new DomainError("alpha", alpha, "must be at most 0.5 where one sign counts as a win");
  }
  const critical = normalUpperQuantile(alternative === "two-sided" ? alpha / 2 : alpha);
  const reach = Math.abs(prior.mean) + (Math.abs(critical) + FARTHEST) * standardError;
  const components = effectComponents(prior, reach);
  const above = (sign: 1 | -1): Selection =>
    sumOfSelections(
      components.map(({ logWeight, mean, standardDeviation }) => ({
        weight: exp(logWeight),
        selection: significantAbove(sign * mean, standardDeviation, standardError, critical),
      })),
    );
  const upper = alternative === "less" ? NOTHING_SELECTED : above(1);
  const lower = alternative === "greater" ? NOTHING_SELECTED : above(-1);
  const { probability, estimate, effect, effectSize, wrongSign, none } = sumOfSelections([
    { weight: 1, selection: upper },
    { weight: 1, selection: lower },
  ]);
  const isPossible = probability > 0;
  return {
    kind: "winners-curse",
    method: prior.family,
    prior,
    standardError,
    alpha,
    alternative,
    // Sums of rounded parts, of which all may be significant.
    probabilitySignificant: Math.min(1, probability),
    estimateSize: isPossible ? estimate / probability : null,
    effectSize: isPossible ? effectSize / probability : null,
    effectInDirection: isPossible ? effect / probability : null,
    exaggerationRatio: isPossible ? estimate / effectSize : null,
    probabilityWrongSign: isPossible ? Math.min(1, wrongSign / probability) : null,
    falseDiscoveryProbability: isPossible ? Math.min(1, none / probability) : null,
    status: isPossible ? "ok" : "undetermined",
    warnings: isPossible
      ? []
      : [
          {
            code: "NOTHING_SIGNIFICANT",
            message:
              "Under this prior a significant result is so unlikely that nothing can be said about it.",
          },
        ],
    assumptions: [
      "Each estimate is normal around its true effect, all with the standard error given.",
      "The changes tested are those that the prior describes.",
    ],
  };
}
