import { checkObject, checkProbability } from "../core/checks.ts";
import type { Result } from "../core/result.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** A bound on how far data can speak against H0. */
export interface BayesFactorBound {
  /** H0 against H1, in [0, 1]: the smaller, the more the data can speak against H0. */
  readonly bayesFactor: number;
  readonly logBayesFactor: number;
  /** The least probability that H0 can be left with, where it had one half before. */
  readonly nullProbability: number;
}

/** The most that a p-value can say against H0. */
export interface MinimumBayesFactor extends Result<"minimum-bayes-factor"> {
  readonly pValue: number;
  /** Against the one effect that fits the data best: exp(−z²/2). */
  readonly goodman: BayesFactorBound;
  /** Against any prior under which smaller p-values are likelier: −e p ln p, and 1 for p above 1/e. */
  readonly sellke: BayesFactorBound;
}

/**
 * Says how little a p-value can speak against H0 at most, whatever is believed about the size of the effect.
 *
 * H0: no effect; H1: some effect, of a two-sided test. Goodman's bound takes the best of all effects, which nobody could
 * have named before; that of Sellke, Bayarri and Berger is the more sober one.
 *
 * @param options.pValue - two-sided, in [0, 1]
 * @returns both bounds on the Bayes factor of H0 against H1
 * @throws {DomainError} for a p-value outside [0, 1]
 * @example
 * ```ts
 * import { minimumBayesFactor } from "microlift";
 * const bound = minimumBayesFactor({ pValue: 0.05 });
 * bound.sellke.bayesFactor; // 0.4072
 * bound.sellke.nullProbability; // 0.289
 * ```
 * Goodman (1999); Sellke, Bayarri and Berger (2001).
 */
export function minimumBayesFactor(options: { readonly pValue: number }): MinimumBayesFactor {
  checkObject("options", options);
  const { pValue } = options;
  checkProbability("pValue", pValue);
  const z = normalUpperQuantile(pValue / 2);
  return {
    kind: "minimum-bayes-factor",
    method: "bounds",
    pValue,
    // 0 −, so that p = 1 gives 0 and not −0
    goodman: bound(0 - 0.5 * z * z),
    sellke: bound(sellke(pValue)),
    warnings: [],
    assumptions: ["The p-value is two-sided and uniform under H0."],
  };
}

/** ln(−e p ln p), up to where that is 1. */
function sellke(pValue: number): number {
  if (pValue === 0) return -Infinity;
  return pValue < 1 / Math.E ? 1 + ln(pValue) + ln(-ln(pValue)) : 0;
}

function bound(log: number): BayesFactorBound {
  return { bayesFactor: exp(log), logBayesFactor: log, nullProbability: 1 / (1 + exp(-log)) };
}
