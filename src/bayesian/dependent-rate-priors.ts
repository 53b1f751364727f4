import { checkBetween, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkNormalFamily, type NormalPrior } from "./normal-prior.ts";
import { checkEffectDeviation, checkEffectMean } from "./rate-effect-prior.ts";

/** Priors of the mean of both arms' log-odds, and of the log odds ratio. */
export interface DependentRatePriors {
  readonly baseline: NormalPrior;
  readonly effect: NormalPrior;
}

/** The same as a caller writes them: standard normal where nothing is said. */
export interface DependentRatePriorsOption {
  readonly baseline?: NormalPriorOption | undefined;
  readonly effect?: NormalPriorOption | undefined;
}

/** A normal prior, each part of which has a default. */
export type NormalPriorOption = { readonly [Name in keyof NormalPrior]?: NormalPrior[Name] | undefined };

const LARGEST_BASELINE = 50;
const BASELINE_DEVIATIONS = [0.01, 10] as const;

export function checkedDependentPriors(prior: DependentRatePriorsOption = {}): DependentRatePriors {
  checkObject("prior", prior);
  const baseline = withDefaults("prior.baseline", prior.baseline);
  checkBetween("prior.baseline.mean", baseline.mean, -LARGEST_BASELINE, LARGEST_BASELINE);
  checkBetween("prior.baseline.standardDeviation", baseline.standardDeviation, ...BASELINE_DEVIATIONS);
  const effect = withDefaults("prior.effect", prior.effect);
  checkEffectMean("prior.effect.mean", effect.mean);
  checkEffectDeviation("prior.effect.standardDeviation", effect.standardDeviation);
  return { baseline, effect };
}

function withDefaults(field: string, prior: NormalPriorOption = {}): NormalPrior {
  checkObject(field, prior);
  const { family, mean = 0, standardDeviation = 1 } = prior;
  checkNormalFamily(field, family);
  return { mean, standardDeviation };
}

/** Standard deviations of the effect for comparison. */
export function checkedWidths(field: string, widths: readonly number[] = []): readonly number[] {
  if (!Array.isArray(widths)) throw new DomainError(field, widths, "must be a list of numbers");
  for (const [i, width] of widths.entries()) checkEffectDeviation(`${field}[${i}]`, width);
  return widths;
}
