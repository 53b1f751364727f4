export type { BetaPosterior } from "./beta-posterior.ts";
export type { BetaPrior } from "../models/beta-prior.ts";
export type { BetaPriors } from "./beta-prior.ts";
export type { BetaBinomialComparison, CompareBetaBinomialOptions } from "./compare-beta-binomial.ts";
export { compareBetaBinomial } from "./compare-beta-binomial.ts";
export type { EffectPosterior, KnownEffectPosterior } from "./effect-posterior.ts";
