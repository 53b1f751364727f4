import { checkBetween, checkObject, checkOneOf } from "../core/checks.ts";
import { checkNormalFamily, normalPriorLogDensity } from "./normal-prior.ts";
import { logOddsRatio, logRateRatio, type RatePair } from "./rate-pair.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** What is held about the effect of a change before the data: a normal distribution. */
export interface RateEffectPrior {
  readonly family?: "normal" | undefined;
  /** Of what: the log of the odds ratio, or the log of treatment rate / control rate. */
  readonly scale: "log-odds" | "log-lift";
  /** From −10 to 10; 0, no effect, unless said. */
  readonly mean?: number | undefined;
  /** From 1e-6 to 10. */
  readonly standardDeviation: number;
}

/** A prior on the effect between two rates, its defaults filled in. */
export type CheckedRateEffectPrior = {
  [Name in keyof RateEffectPrior]-?: NonNullable<RateEffectPrior[Name]>;
};

const SCALES = ["log-odds", "log-lift"] as const;
/** Beyond these a rate that one arm may have is next to 0 or 1, or the effect next to known, whatever the data. */
const LARGEST_MEAN = 10;
const DEVIATIONS = [1e-6, 10] as const;

export function checkedRateEffectPrior(field: string, prior: RateEffectPrior): CheckedRateEffectPrior {
  checkObject(field, prior);
  const { family = "normal", scale, mean = 0, standardDeviation } = prior;
  checkNormalFamily(field, family);
  checkOneOf(`${field}.scale`, scale, SCALES);
  checkEffectMean(`${field}.mean`, mean);
  checkEffectDeviation(`${field}.standardDeviation`, standardDeviation);
  return { family, scale, mean, standardDeviation };
}

export function checkEffectMean(field: string, value: number): void {
  checkBetween(field, value, -LARGEST_MEAN, LARGEST_MEAN);
}

export function checkEffectDeviation(field: string, value: number): void {
  checkBetween(field, value, ...DEVIATIONS);
}

/** ln of the density, per unit of the log-odds of the treatment where the control's are fixed. */
export function logEffectDensity(prior: CheckedRateEffectPrior, pair: RatePair): number {
  if (prior.scale === "log-odds") return normalPriorLogDensity(logOddsRatio(pair), prior);
  return normalPriorLogDensity(logRateRatio(pair), prior) + ln(pair.treatment.rest);
}
