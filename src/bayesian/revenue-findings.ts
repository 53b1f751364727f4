import { DomainError } from "../core/domain-error.ts";
import type { Warning } from "../core/warning.ts";
import type { BetaDensity } from "../numerics/beta-density.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { type AmountPosterior, amountPosterior } from "./amount-posterior.ts";
import { liftPosterior } from "./beta-effects.ts";
import { type BetaPosterior, betaPosterior } from "./beta-posterior.ts";
import { betterArm } from "./better-arm.ts";
import { betterRevenue } from "./better-revenue.ts";
import { type ArmOrder, armOrder, comparedArms } from "./compared-arms.ts";
import { checkedComparison, type ComparisonOptions } from "./comparison-options.ts";
import { ARMS, type EachArm } from "./each-arm.ts";
import { type EffectPosterior, effectPosterior, type KnownEffectPosterior } from "./effect-posterior.ts";
import { DIFFERENCE_SCALE, LIFT_SCALE } from "./effect-scale.ts";
import type { Marginal } from "./marginal.ts";
import type { PosteriorComparison } from "./posterior-comparison.ts";
import { priorCautions } from "./prior-cautions.ts";
import { productMarginal } from "./product-marginal.ts";
import { productMoments } from "./product-moments.ts";
import type { RevenueModel } from "./revenue-model.ts";
import type { RevenuePrior } from "./revenue-prior.ts";
import { marginalDifference, marginalLogRatio } from "./two-marginals.ts";
import { updateRate } from "./update-rate.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

/** The posterior of an arm's revenue per unit, with its two parts. */
export interface RevenuePosterior extends AmountPosterior {
  readonly conversionRate: BetaPosterior;
  /** Mean value of a conversion. */
  readonly value: AmountPosterior;
}

/** What one part of the revenue contributes: its lift, and whether it is one. */
export interface RevenuePart extends ArmOrder {
  readonly lift: KnownEffectPosterior;
}

/** What is found about revenue, whatever the model of the values. */
export interface RevenueFindings extends PosteriorComparison<"revenue-comparison", RevenuePosterior> {
  readonly lift: KnownEffectPosterior;
  /** The two factors of the revenue: (1 + one lift) · (1 + the other) is 1 + the lift of the revenue. */
  readonly parts: { readonly conversionRate: RevenuePart; readonly value: RevenuePart };
}

/**
 * Joins conversion rates and a model of the values.
 *
 * @param modelOf makes the model from the priors of the values, once the counts are checked
 */
export function revenueFindings<ValuePrior>(
  options: EachArm<Proportion> & ComparisonOptions,
  prior: EachArm<RevenuePrior<ValuePrior>>,
  modelOf: (prior: EachArm<ValuePrior>) => RevenueModel,
): RevenueFindings {
  const rates = {
    control: updatedRate("control", options.control, prior.control),
    treatment: updatedRate("treatment", options.treatment, prior.treatment),
  };
  const model = modelOf({ control: prior.control.value, treatment: prior.treatment.value });
  const comparison = checkedComparison(options);
  const { confidenceLevel, thresholdOfCaring, quantileLevels } = comparison;
  const revenues = {
    control: productMarginal(rates.control, model.value.control),
    treatment: productMarginal(rates.treatment, model.value.treatment),
  };
  const posterior = (arm: keyof EachArm<unknown>): RevenuePosterior => ({
    ...amountPosterior(revenues[arm], comparison),
    conversionRate: betaPosterior(rates[arm], confidenceLevel, quantileLevels),
    value: amountPosterior(model.value[arm], comparison),
  });
  const rateLift = liftPosterior(rates.control, rates.treatment, confidenceLevel, quantileLevels);
  const valueLift = effectPosterior(
    model.valueRatio,
    LIFT_SCALE,
    model.valueLiftMoments,
    "median",
    confidenceLevel,
    quantileLevels,
  );
  const difference = effectPosterior(
    marginalDifference(revenues.control, revenues.treatment),
    DIFFERENCE_SCALE,
    {
      mean: revenues.treatment.mean - revenues.control.mean,
      standardDeviation: hypot(revenues.treatment.standardDeviation, revenues.control.standardDeviation),
    },
    "mean",
    confidenceLevel,
    quantileLevels,
  );
  return {
    kind: "revenue-comparison",
    method: model.method,
    confidenceLevel,
    posterior: { control: posterior("control"), treatment: posterior("treatment") },
    ...comparedArms(betterRevenue(revenues.control, revenues.treatment), thresholdOfCaring),
    difference: withoutMean(difference),
    lift: effectPosterior(
      marginalLogRatio(revenues.control, revenues.treatment),
      LIFT_SCALE,
      joinedLift(rateLift, valueLift),
      "median",
      confidenceLevel,
      quantileLevels,
    ),
    parts: {
      conversionRate: { lift: rateLift, ...armOrder(betterArm(rates.control, rates.treatment)) },
      value: { lift: valueLift, ...armOrder(model.valueOrder) },
    },
    status: "ok",
    warnings: [...cautions(options, prior, revenues), ...model.warnings],
    assumptions: [
      "Units are independent of each other, all units of an arm convert at the same rate, and what a conversion is worth does not depend on the rate.",
      ...ARMS.map(
        (arm) =>
          `Before the data the conversion rate of the ${arm} is Beta(${prior[arm].conversionRate.alpha}, ${prior[arm].conversionRate.beta}).`,
      ),
      ...model.assumptions,
    ],
  };
}

/** A rate that is more likely at 0 or 1 than this shape says leaves no revenue, or nothing else, to be integrated. */
const SMALLEST_SHAPE = 0.1;

function updatedRate(
  arm: keyof EachArm<unknown>,
  counts: Proportion,
  { conversionRate }: RevenuePrior<unknown>,
): BetaDensity {
  const density = updateRate(arm, counts, conversionRate);
  for (const [name, shape] of [
    ["alpha", density.a],
    ["beta", density.b],
  ] as const) {
    if (shape < SMALLEST_SHAPE) {
      throw new DomainError(
        "prior.conversionRate",
        conversionRate[name],
        `must have an ${name} of at least ${SMALLEST_SHAPE} where the ${arm} has no such units`,
      );
    }
  }
  return density;
}

function joinedLift(
  rate: KnownEffectPosterior,
  value: KnownEffectPosterior,
): { mean: number; standardDeviation: number } {
  const { mean, standardDeviation } = productMoments(
    { mean: 1 + rate.mean, standardDeviation: rate.standardError },
    { mean: 1 + value.mean, standardDeviation: value.standardError },
  );
  // Two small lifts keep their digits.
  const isFinite = mean < Infinity;
  return { mean: isFinite ? rate.mean + value.mean + rate.mean * value.mean : mean, standardDeviation };
}

/** The difference of two infinite means is none. */
function withoutMean(difference: KnownEffectPosterior): EffectPosterior {
  if (!Number.isNaN(difference.mean)) return difference;
  return { ...difference, estimate: null, mean: null, status: "undetermined" };
}

/** Below so many conversions the posterior leans on the model of their values. */
const FEW_CONVERSIONS = 20;

function cautions(
  arms: EachArm<Proportion>,
  prior: EachArm<RevenuePrior<unknown>>,
  revenues: EachArm<Marginal>,
): Warning[] {
  const which = (holds: (arm: keyof EachArm<unknown>) => boolean): string => ARMS.filter(holds).join(" and ");
  const weight = ({ conversionRate }: RevenuePrior<unknown>): number =>
    conversionRate.alpha + conversionRate.beta;
  const warnings = priorCautions(
    { control: arms.control.n, treatment: arms.treatment.n },
    { control: weight(prior.control), treatment: weight(prior.treatment) },
  );
  const without = which((arm) => arms[arm].n > 0 && arms[arm].conversions === 0);
  if (without !== "") {
    warnings.push({
      code: "NO_VALUES",
      message: `Nobody converted (${without}): what is said of the value of a conversion is the prior.`,
    });
  }
  const few = which((arm) => arms[arm].conversions > 0 && arms[arm].conversions < FEW_CONVERSIONS);
  if (few !== "") {
    warnings.push({
      code: "FEW_CONVERSIONS",
      message: `There are fewer than ${FEW_CONVERSIONS} conversions (${few}): the result leans on the model of their values.`,
    });
  }
  const heavy = which((arm) => revenues[arm].standardDeviation === Infinity);
  if (heavy !== "") {
    warnings.push({
      code: "REVENUE_HEAVY_TAIL",
      message: `There are so few conversions that the revenue has no finite standard deviation (${heavy}), and maybe no mean: read medians and intervals.`,
    });
  }
  return warnings;
}
