export type { LiftPosterior } from "./beta-effects.ts";
export type { BetaPosterior } from "./beta-posterior.ts";
export type { BetaPrior, BetaPriors } from "./beta-prior.ts";
export type { BetaBinomialComparison, CompareBetaBinomialOptions } from "./compare-beta-binomial.ts";
export { compareBetaBinomial } from "./compare-beta-binomial.ts";
