import type { BetaBinomialComparison } from "../bayesian/compare-beta-binomial.ts";
import type { GammaPoissonComparison } from "../bayesian/compare-gamma-poisson.ts";
import type { NormalComparison } from "../bayesian/compare-normal.ts";
import type { RevenueComparison } from "../bayesian/compare-revenue.ts";
import type { EffectPriorComparison } from "../bayesian/compare-with-effect-prior.ts";
import type { Choice } from "../bayesian/choice.ts";
import type { EachArm } from "../bayesian/each-arm.ts";
import type { GammaPrior } from "../bayesian/gamma-prior.ts";
import type { NormalInverseGammaPrior } from "../bayesian/normal-inverse-gamma-prior.ts";
import type { ProbabilityToBeat } from "../bayesian/probability-to-beat.ts";
import type { RevenuePart } from "../bayesian/revenue-findings.ts";
import type { RevenuePrior } from "../bayesian/revenue-prior.ts";
import { betaName, betaPriorRows, priorRows, rateEffectPriorName } from "./prior-rows.ts";
import { answers, type Block, details, lead, picture, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { effectRow, effectSentence } from "./effect-text.ts";
import {
  amount,
  chance,
  change,
  type Ends,
  LIFT_ENDS,
  percent,
  points,
  RATE_DIFFERENCE_ENDS,
  RATIO_ENDS,
  REAL_ENDS,
  shortfall,
  signed,
  span,
} from "./figures.ts";
import { capital } from "./labels.ts";

/** Every comparison of two arms by their posteriors. */
export type AnyPosteriorComparison =
  | BetaBinomialComparison
  | GammaPoissonComparison
  | NormalComparison
  | RevenueComparison
  | EffectPriorComparison;

/** How a metric of one kind is written. */
export interface Writing {
  readonly expected: string;
  readonly value: (value: number) => string;
  readonly difference: (difference: number) => string;
  readonly ends: Ends;
  /** What a choice loses, such as `0.12 pp of the rate`. */
  readonly loss: (loss: number) => string;
}

const RATES: Writing = {
  expected: "Expected rate",
  value: percent,
  difference: points,
  ends: RATE_DIFFERENCE_ENDS,
  loss: (loss) => `${shortfall(loss)} of the rate`,
};
const EVENTS: Writing = {
  expected: "Expected events per unit",
  value: amount,
  difference: signed,
  ends: REAL_ENDS,
  loss: (loss) => `${amount(loss)} events per unit`,
};
const MEANS: Writing = {
  expected: "Expected mean",
  value: amount,
  difference: signed,
  ends: REAL_ENDS,
  loss: (loss) => `${amount(loss)} per unit`,
};

const REVENUES: Writing = { ...MEANS, expected: "Expected revenue" };

/** How probably the treatment is better, given the priors. */
export function describePosteriorComparison(result: AnyPosteriorComparison): Block[] {
  const { expectedLoss, posterior, lift, difference, choice } = result;
  const { expected, value, difference: differenceText, ends, loss } = writingOf(result);
  return [
    title("How probably the treatment is better"),
    lead(betterSentence(result)),
    picture(result),
    answers([
      ["Lift", capital(effectSentence(lift, change, LIFT_ENDS))],
      ["At stake", atStake(expectedLoss, loss)],
      ["Choice", choice === null ? null : choiceSentence(choice, loss)],
    ]),
    table(
      ["Arm", expected, "Interval"],
      (["control", "treatment"] as const).map((arm) => [
        capital(arm),
        value(posterior[arm].mean),
        span(posterior[arm].interval, value),
      ]),
    ),
    table(
      ["Effect", "Estimate", "Interval", "Shortest interval"],
      [
        effectRow("Lift", lift, change, LIFT_ENDS, lift.highestDensityInterval),
        effectRow("Difference", difference, differenceText, ends, difference.highestDensityInterval),
        ...("oddsRatio" in result
          ? [
              effectRow(
                "Odds ratio",
                result.oddsRatio,
                amount,
                RATIO_ENDS,
                result.oddsRatio.highestDensityInterval,
              ),
            ]
          : []),
      ],
    ),
    ...("parts" in result ? [revenueParts(result)] : []),
    details([
      ...priorsOf(result),
      ["Coverage of intervals", percent(result.confidenceLevel)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

/** The same without the effects. */
export function describeProbabilityToBeat(result: ProbabilityToBeat): Block[] {
  return [
    title("How probably the treatment is better"),
    lead(betterSentence(result)),
    answers([["At stake", atStake(result.expectedLoss, RATES.loss)]]),
    details([...betaPriorRows(result.prior), ["Method", result.method]]),
    ...closing(result),
  ];
}

/** What a reader in a hurry takes away. */
export function betterSentence({ probabilityToBeat }: { readonly probabilityToBeat: number }): string {
  return `Given the data and the prior, the chance that the treatment is better is ${chance(probabilityToBeat)}.`;
}

function atStake({ control, treatment }: EachArm<number>, loss: (loss: number) => string): string {
  return `Choosing the treatment is expected to lose ${loss(treatment)}, keeping the control ${loss(control)}.`;
}

/** What of the revenue moved: how many convert, or what a conversion is worth. */
function revenueParts({ parts }: RevenueComparison): Block {
  const row = (name: string, { lift, probabilityToBeat }: RevenuePart): string[] => [
    ...effectRow(name, lift, change, LIFT_ENDS),
    chance(probabilityToBeat),
  ];
  return table(
    ["Part of the revenue", "Lift", "Interval", "Higher"],
    [row("Conversion rate", parts.conversionRate), row("Value of a conversion", parts.value)],
  );
}

export function writingOf({ kind }: AnyPosteriorComparison): Writing {
  if (kind === "gamma-poisson-comparison") return EVENTS;
  if (kind === "normal-comparison") return MEANS;
  return kind === "revenue-comparison" ? REVENUES : RATES;
}

function choiceSentence({ arm, thresholdOfCaring }: Choice, loss: (loss: number) => string): string {
  const small = `at most ${loss(thresholdOfCaring)}`;
  switch (arm) {
    case "treatment":
      return `The treatment may be chosen: it is expected to lose ${small}.`;
    case "control":
      return `The control may be kept: that is expected to lose ${small}.`;
    case "either":
      return `Either arm may be chosen: both are expected to lose ${small}.`;
    case "undecided":
      return `Neither arm yet: both are expected to lose more than ${loss(thresholdOfCaring)}.`;
  }
}

function priorsOf(result: AnyPosteriorComparison): [name: string, value: string][] {
  switch (result.kind) {
    case "beta-binomial-comparison":
      return betaPriorRows(result.prior);
    case "gamma-poisson-comparison":
      return priorRows(result.prior, gammaName);
    case "normal-comparison":
      return priorRows(result.prior, normalInverseGammaName);
    case "revenue-comparison":
      return priorRows<RevenuePrior<GammaPrior | NormalInverseGammaPrior>>(result.prior, revenuePriorName);
    case "effect-prior-comparison":
      return [
        ["Prior of the control", betaName(result.baselinePrior)],
        ["Prior of the effect", rateEffectPriorName(result.effectPrior)],
      ];
  }
}

function revenuePriorName({
  conversionRate,
  value,
}: RevenuePrior<GammaPrior | NormalInverseGammaPrior>): string {
  const valueName = "shape" in value ? gammaName(value) : normalInverseGammaName(value);
  return `${betaName(conversionRate)} and ${valueName}`;
}

function gammaName({ shape, rate }: GammaPrior): string {
  if (shape === 0 && rate === 0) return "reference";
  return `Gamma(${amount(shape)}, ${amount(rate)})`;
}

function normalInverseGammaName({ mu, kappa, alpha, beta }: NormalInverseGammaPrior): string {
  if (kappa === 0) return "reference";
  return `Normal–inverse-gamma(${[mu, kappa, alpha, beta].map((parameter) => amount(parameter)).join(", ")})`;
}
