import type { BetaPrior } from "../models/beta-prior.ts";
import { betaDensity } from "../numerics/beta-density.ts";
import { normalUpperQuantile } from "../numerics/normal-quantile.ts";
import { differenceContrast, logRatioContrast } from "./beta-contrasts.ts";
import type { BetaBinomialComparison } from "./compare-beta-binomial.ts";
import type { GammaPoissonComparison } from "./compare-gamma-poisson.ts";
import type { NormalComparison } from "./compare-normal.ts";
import type { Contrast } from "./contrast.ts";
import type { EachArm } from "./each-arm.ts";
import { DIFFERENCE_SCALE, type EffectScale, LIFT_SCALE } from "./effect-scale.ts";
import { gammaDifference, gammaLogRatio } from "./gamma-effects.ts";
import type { GammaPrior } from "./gamma-prior.ts";
import { normalDifference } from "./normal-effects.ts";
import { isImproper, type NormalInverseGammaPrior } from "./normal-inverse-gamma-prior.ts";
import { normalLift } from "./normal-lift.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** Comparisons whose arms have posteriors of a known family. */
export type ConjugateComparison = BetaBinomialComparison | GammaPoissonComparison | NormalComparison;

/** The density of an effect at one value of it. */
export interface DensityPoint {
  readonly value: number;
  readonly density: number;
}

/** The posterior density of an effect, and the prior one at the same values; few of them where it is next to an end. */
export interface EffectDensity {
  readonly posterior: readonly DensityPoint[];
  /** Null for a prior that weighs no more than a flat one, or under which the effect is not determined. */
  readonly prior: readonly DensityPoint[] | null;
}

/** A normal effect has one part in a thousand beyond both ends of what is shown. */
const SHOWN_Z = 3.3;
const STEPS = 160;

/**
 * The density of an effect where it probably lies: from the median as far as all but one part in a thousand of a normal
 * effect with this interval would reach. Each point comes from the closed form or the quadrature of the comparison itself.
 *
 * @param effect - one that the comparison determines
 */
export function effectDensity(comparison: ConjugateComparison, effect: "lift" | "difference"): EffectDensity {
  const model = effectModel(comparison, comparison.posterior, effect)!;
  const { contrast, scale, parameter } = model;
  const { median, interval } = comparison[effect];
  const factor = shownFactor(interval.confidenceLevel);
  const [lower, middle, upper] = [parameter(interval.lower), parameter(median!), parameter(interval.upper)];
  const from = Math.max(contrast.lowest, middle - factor * (middle - lower));
  const to = Math.min(contrast.highest, middle + factor * (upper - middle));
  // The ends of an effect are reached by rounding alone.
  const isInside = (value: number): boolean =>
    parameter(value) > contrast.lowest && parameter(value) < contrast.highest;
  const values = shownValues(from, to).map(scale.value).filter(isInside);
  const prior = isInformative(comparison) ? effectModel(comparison, comparison.prior, effect) : null;
  return { posterior: densitiesAt(values, model), prior: prior === null ? null : densitiesAt(values, prior) };
}

/** By how much what is shown of a quantity is wider than its interval. */
export function shownFactor(confidenceLevel: number): number {
  return SHOWN_Z / normalUpperQuantile((1 - confidenceLevel) / 2);
}

/** The values at which a density is shown: in even steps, and none at the ends. */
export function shownValues(from: number, to: number): number[] {
  return Array.from({ length: STEPS }, (_, k) => from + ((to - from) * (k + 0.5)) / STEPS);
}

/** An effect with a distribution, and the scale between the parameter of its contrast and itself. */
export interface EffectModel {
  readonly contrast: Contrast;
  readonly scale: EffectScale;
  readonly parameter: (value: number) => number;
}

/** The density at values strictly inside the range of the effect. */
export function densitiesAt(
  values: readonly number[],
  { contrast, scale, parameter }: EffectModel,
): DensityPoint[] {
  return values.map((value) => {
    const x = parameter(value);
    const { logDensity } = contrast.beside(x, x < contrast.cumulants.mean ? "lower" : "upper");
    return { value, density: exp(logDensity - scale.logSlope(x)) };
  });
}

const LOG_RATIO = { scale: LIFT_SCALE, parameter: log1p };
const AS_IT_IS = { scale: DIFFERENCE_SCALE, parameter: (value: number): number => value };

/** Of the arms of a comparison, before or after the data; null where the lift is not determined. */
export function effectModel(
  comparison: ConjugateComparison,
  arms: ConjugateComparison["prior" | "posterior"],
  effect: "lift" | "difference",
): EffectModel | null {
  switch (comparison.kind) {
    case "beta-binomial-comparison": {
      const { control, treatment } = arms as EachArm<BetaPrior>;
      const [ofControl, ofTreatment] = [control, treatment].map(({ alpha, beta }) =>
        betaDensity(alpha, beta),
      );
      return effect === "lift"
        ? { contrast: logRatioContrast(ofControl!, ofTreatment!), ...LOG_RATIO }
        : { contrast: differenceContrast(ofControl!, ofTreatment!), ...AS_IT_IS };
    }
    case "gamma-poisson-comparison": {
      const { control, treatment } = arms as EachArm<GammaPrior>;
      return effect === "lift"
        ? { contrast: gammaLogRatio(control, treatment), ...LOG_RATIO }
        : { contrast: gammaDifference(control, treatment), ...AS_IT_IS };
    }
    case "normal-comparison": {
      const { control, treatment } = arms as EachArm<NormalInverseGammaPrior>;
      if (effect === "difference") return normalDifference(control, treatment);
      const { contrast } = normalLift(control, treatment, comparison.confidenceLevel);
      return contrast === null ? null : { contrast, ...AS_IT_IS };
    }
  }
}

/** Whether the priors weigh more than flat ones, and have a density. */
function isInformative({ kind, prior }: ConjugateComparison): boolean {
  const arms = [prior.control, prior.treatment];
  switch (kind) {
    case "beta-binomial-comparison":
      return arms.every((arm) => (arm as BetaPrior).alpha + (arm as BetaPrior).beta > FLAT_SHAPES);
    case "gamma-poisson-comparison":
      return arms.every((arm) => (arm as GammaPrior).shape > FLAT_SHAPE && (arm as GammaPrior).rate > 0);
    case "normal-comparison":
      return arms.every((arm) => !isImproper(arm as NormalInverseGammaPrior));
  }
}

/** Of the uniform prior of a rate: alpha and beta together. */
const FLAT_SHAPES = 2;
/** Of a gamma prior of a rate of events that is flat. */
const FLAT_SHAPE = 1;
