import { checkObject } from "../core/checks.ts";
import type { Warning } from "../core/warning.ts";
import type { Mean } from "../summaries/mean.ts";
import { comparedArms } from "./compared-arms.ts";
import {
  checkedComparison,
  type CheckedComparisonOptions,
  type ComparisonOptions,
} from "./comparison-options.ts";
import type { EachArm } from "./each-arm.ts";
import { type EffectPosterior, effectPosterior, type KnownEffectPosterior } from "./effect-posterior.ts";
import { DIFFERENCE_SCALE } from "./effect-scale.ts";
import {
  logControlNotPositive,
  normalDifference,
  normalDifferenceMoments,
  normalLift,
} from "./normal-effects.ts";
import { meanMarginal, type NormalPosterior, normalPosterior, updateNormal } from "./normal-posterior.ts";
import {
  checkedNormalInverseGammaPriors,
  type NormalInverseGammaPrior,
  type NormalInverseGammaPriorName,
} from "./normal-inverse-gamma-prior.ts";
import type { PosteriorComparison } from "./posterior-comparison.ts";
import { priorCautions } from "./prior-cautions.ts";
import { betterMarginal } from "./two-marginals.ts";
import { undeterminedEffect } from "./undetermined-effect.ts";

export interface CompareNormalOptions extends ComparisonOptions {
  readonly control: Mean;
  readonly treatment: Mean;
  /** Of both arms, or one for each; `reference` unless said. */
  readonly prior?:
    | NormalInverseGammaPriorName
    | NormalInverseGammaPrior
    | EachArm<NormalInverseGammaPriorName | NormalInverseGammaPrior>
    | undefined;
}

/** What `compareNormal` finds. */
export interface NormalComparison extends PosteriorComparison<"normal-comparison", NormalPosterior> {
  readonly prior: EachArm<NormalInverseGammaPrior>;
  /**
   * Treatment mean − control mean. The estimate is where its distribution is centred; `mean` is infinite with at most
   * one degree of freedom in an arm.
   */
  readonly difference: KnownEffectPosterior;
  /**
   * Treatment / control − 1 given a control mean above 0. It has no moments, since a normal mean may lie next to 0,
   * however seldom: `mean` and `standardError` are infinite, and the estimate is the median.
   */
  readonly lift: EffectPosterior;
}

/**
 * Compares the means of a metric, such as revenue per user, of two arms by their posterior distributions: how probably
 * the treatment's mean is the higher one, what either choice is expected to lose or gain, and the difference and the
 * lift with credible intervals.
 *
 * The units of each arm are normal with a mean and a variance of their own, both unknown, under a normal–inverse-gamma
 * prior; each mean is then Student's t, and their difference has the distribution of Behrens and Fisher, integrated and
 * not approximated. With many units the same holds of metrics that are not normal. The lift is that given a control mean
 * above 0, and `undetermined` where that is not sure enough for the interval.
 *
 * @param options.control - units, mean and sample variance of the control arm; under the prior `reference` at least 2
 *   units and a variance above 0; n = 0 is legal under a proper prior
 * @param options.treatment - the same of the treatment arm
 * @param options.prior - `{ mu, kappa, alpha, beta }`, with kappa from 1e-12, alpha from 0.1 and beta above 0, or
 *   `"reference"` (density 1/σ², the default), for both arms; or `{ control, treatment }` with one of these each
 * @param options.confidenceLevel - posterior probability of the intervals, in (0, 1); 0.95 unless said
 * @param options.thresholdOfCaring - a difference of means at or above 0: an arm that is expected to lose no more may be
 *   chosen
 * @param options.quantileLevels - levels in (0, 1) at which every posterior is read
 * @returns probabilities, losses, effects with equal-tailed and highest-density intervals, and the posterior of each arm
 * @throws {DomainError} for a broken arm, too few units or no variance under `reference`, a prior out of range, a level
 *   outside (0, 1) or a threshold below 0
 * @example
 * ```ts
 * import { compareNormal } from "microlift";
 * const result = compareNormal({
 *   control: { n: 1000, mean: 10.2, variance: 16.8 },
 *   treatment: { n: 1020, mean: 10.6, variance: 17.4 },
 * });
 * result.probabilityToBeat; // 0.9852
 * result.lift.estimate; // 0.0392
 * ```
 * Gelman et al. (2013), Bayesian Data Analysis, 3.2 and 3.3; of the difference Behrens (1929) and Fisher (1935).
 */
export function compareNormal(options: CompareNormalOptions): NormalComparison {
  checkObject("options", options);
  const prior = checkedNormalInverseGammaPriors(options.prior ?? "reference");
  const control = updateNormal("control", options.control, prior.control);
  const treatment = updateNormal("treatment", options.treatment, prior.treatment);
  const checked = checkedComparison(options);
  const { confidenceLevel, thresholdOfCaring, quantileLevels } = checked;
  const logNotPositive = logControlNotPositive(control);
  const isDetermined = logNotPositive <= Math.log((1 - confidenceLevel) / 2);
  const moments = normalDifferenceMoments(control, treatment);
  return {
    kind: "normal-comparison",
    method: "normal-inverse-gamma",
    confidenceLevel,
    prior,
    posterior: {
      control: normalPosterior(control, confidenceLevel, quantileLevels),
      treatment: normalPosterior(treatment, confidenceLevel, quantileLevels),
    },
    ...comparedArms(betterMarginal(meanMarginal(control), meanMarginal(treatment)), thresholdOfCaring),
    difference: {
      ...effectPosterior(
        normalDifference(control, treatment),
        DIFFERENCE_SCALE,
        moments,
        "median",
        confidenceLevel,
        quantileLevels,
      ),
      estimate: treatment.mu - control.mu,
      median: treatment.mu - control.mu,
    },
    lift: isDetermined
      ? effectPosterior(
          normalLift(control, treatment),
          DIFFERENCE_SCALE,
          { mean: Infinity, standardDeviation: Infinity },
          "median",
          confidenceLevel,
          quantileLevels,
        )
      : undeterminedEffect(confidenceLevel),
    status: "ok",
    warnings: [...cautions(options, prior), ...liftCautions(logNotPositive, isDetermined, checked)],
    assumptions: [
      "Units are independent of each other, and each arm's are normal with a mean and a variance of their own; with many units their mean is close to normal whatever they are.",
      `Before the data the arms are independent, ${priorText(prior.treatment)} for the treatment and ${priorText(prior.control)} for the control.`,
    ],
  };
}

function priorText({ mu, kappa, alpha, beta }: NormalInverseGammaPrior): string {
  if (kappa === 0) return "with the reference density 1/σ²";
  return `normal–inverse-gamma with mu ${mu}, kappa ${kappa}, alpha ${alpha} and beta ${beta}`;
}

function cautions({ control, treatment }: EachArm<Mean>, prior: EachArm<NormalInverseGammaPrior>): Warning[] {
  const arms = { control, treatment };
  const weightOf = ({ kappa, alpha }: NormalInverseGammaPrior): number => Math.max(kappa, 2 * alpha);
  const warnings = priorCautions(
    { control: control.n, treatment: treatment.n },
    { control: weightOf(prior.control), treatment: weightOf(prior.treatment) },
  );
  const flat = (["control", "treatment"] as const).filter(
    (arm) => arms[arm].n > 1 && arms[arm].variance === 0,
  );
  if (flat.length > 0) {
    warnings.push({
      code: "NO_VARIANCE",
      message: `All units of the ${flat.join(" and ")} are equal: what is said of their variance is mostly the prior.`,
    });
  }
  return warnings;
}

/** A chance of a control at or below 0 is worth a word from this share of what the interval leaves out at one end. */
const NOTEWORTHY = 0.01;

function liftCautions(
  logNotPositive: number,
  isDetermined: boolean,
  { confidenceLevel }: CheckedComparisonOptions,
): Warning[] {
  const chance = Math.exp(logNotPositive);
  if (!isDetermined) {
    return [
      {
        code: "UNDETERMINED_LIFT",
        message: `The control's mean is at or below 0 with a probability of ${chance.toPrecision(2)}, so a lift over it means nothing; read the difference instead.`,
      },
    ];
  }
  if (chance <= (NOTEWORTHY * (1 - confidenceLevel)) / 2) return [];
  return [
    {
      code: "CONTROL_NEAR_ZERO",
      message: `The control's mean is at or below 0 with a probability of ${chance.toPrecision(2)}; the lift is that given a mean above 0, and large because the control may be next to 0.`,
    },
  ];
}
