import { asin } from "../numerics/elementary/inverse-trigonometric.ts";

/** What a proxy decides if the true effects are correlated as believed. */
export interface BelievedDecision {
  /** The believed correlation of the true effects. */
  readonly rho: number;
  /** Macro units that one proxy unit is worth for the decision; below 1 sales decide better. */
  readonly speedup: number;
  /** What the proxy cannot pass, however many units it sees. */
  readonly ceiling: DecisionCeiling;
  /** Up to this n per arm the proxy decides better than the macro metric; 0 where it never does. */
  readonly crossoverN: number;
}

/** The best that a proxy can do, with unlimited units. */
export interface DecisionCeiling {
  /** Probability of the right sign. */
  readonly accuracy: number;
  /** Units per arm with which the macro metric decides as well. */
  readonly macroEquivalentN: number;
}

/** From a proxy that has nothing to do with sales to one that is sales. */
const BELIEFS: readonly number[] = [0, 0.2, 0.4, 0.6, 0.8, 0.9, 1];

/**
 * Decision speedup, ceiling and crossover of the rule "ship when the estimate is positive" for effects centred at 0,
 * over a range of correlations that one would have to believe in.
 *
 * @param proxyK - units per arm at which half the variance of the proxy's estimates is true effect
 * @param macroK - the same for the macro metric
 * @param n - units per arm that the proxy sees; Infinity is legal
 */
export function decisionByRho(proxyK: number, macroK: number, n: number): BelievedDecision[] {
  return BELIEFS.map((rho) => {
    const unexplained = (1 - rho) * (1 + rho);
    const explainedK = rho * rho * macroK;
    return {
      rho,
      speedup: explainedK / (proxyK + (unexplained === 0 ? 0 : n * unexplained)),
      ceiling: { accuracy: 0.5 + asin(rho) / Math.PI, macroEquivalentN: explainedK / unexplained },
      crossoverN: explainedK > proxyK ? (explainedK - proxyK) / unexplained : 0,
    };
  });
}
