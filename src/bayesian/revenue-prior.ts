import { checkBetween, checkObject, checkOneOf } from "../core/checks.ts";
import type { BetaPrior } from "../models/beta-prior.ts";
import { type BetaPriorChoice, type BetaPriorChoices, checkedPrior } from "./beta-prior.ts";
import { checkedEachArm, type EachArm } from "./each-arm.ts";
import type { GammaPrior } from "./gamma-prior.ts";
import {
  checkedNormalInverseGammaPrior,
  type NormalInverseGammaPrior,
} from "./normal-inverse-gamma-prior.ts";

/** What is held before the data about conversion rates and about the values of conversions. */
export interface RevenuePriorChoice<ValuePrior> {
  /** Of both arms, or one for each; uniform unless said. */
  readonly conversionRate?: BetaPriorChoice | BetaPriorChoices | undefined;
  /** Of both arms, or one for each; `reference`, which is improper and scale-free, unless said. */
  readonly value?: ValuePrior | "reference" | EachArm<ValuePrior | "reference"> | undefined;
}

/** The priors of one arm, in numbers. */
export interface RevenuePrior<ValuePrior> {
  readonly conversionRate: BetaPrior;
  readonly value: ValuePrior;
}

/** p(rate) ∝ 1/rate: the same whatever the currency. */
const GAMMA_REFERENCE: GammaPrior = { shape: 0, rate: 0 };

const SMALLEST_SHAPE = 1e-6;
const LARGEST_SHAPE = 1e15;
const SMALLEST_RATE = 1e-50;
const LARGEST_RATE = 1e50;
const LARGEST_LOG = 100;

/** The priors of each arm under gamma distributed values, checked. */
export function checkedGammaRevenuePriors(
  prior: RevenuePriorChoice<GammaPrior> | undefined,
): EachArm<RevenuePrior<GammaPrior>> {
  return checkedRevenuePriors(prior, (field, choice) => {
    if (typeof choice === "string") {
      checkOneOf(field, choice, ["reference"]);
      return GAMMA_REFERENCE;
    }
    checkObject(field, choice);
    const { shape, rate } = choice;
    checkBetween(`${field}.shape`, shape, SMALLEST_SHAPE, LARGEST_SHAPE);
    checkBetween(`${field}.rate`, rate, SMALLEST_RATE, LARGEST_RATE);
    return { shape, rate };
  });
}

/** The priors of each arm under log-normal values, checked. */
export function checkedLogNormalRevenuePriors(
  prior: RevenuePriorChoice<NormalInverseGammaPrior> | undefined,
): EachArm<RevenuePrior<NormalInverseGammaPrior>> {
  return checkedRevenuePriors(prior, (field, choice) => {
    const checked = checkedNormalInverseGammaPrior(field, choice);
    checkBetween(`${field}.mu`, checked.mu, -LARGEST_LOG, LARGEST_LOG);
    return checked;
  });
}

function checkedRevenuePriors<ValuePrior extends object>(
  prior: RevenuePriorChoice<ValuePrior> = {},
  checkedValue: (field: string, choice: ValuePrior | "reference") => ValuePrior,
): EachArm<RevenuePrior<ValuePrior>> {
  checkObject("prior", prior);
  const { conversionRate = "uniform", value = "reference" } = prior;
  const rates = checkedEachArm("prior.conversionRate", conversionRate, checkedPrior);
  const values = checkedEachArm("prior.value", value, checkedValue);
  return {
    control: { conversionRate: rates.control, value: values.control },
    treatment: { conversionRate: rates.treatment, value: values.treatment },
  };
}
