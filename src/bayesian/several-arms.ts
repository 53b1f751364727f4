import { checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Warning } from "../core/warning.ts";
import type { BetaPrior } from "../models/beta-prior.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { checkedArmNames } from "./arm-names.ts";
import { betaMarginal } from "./beta-marginal.ts";
import { type BetaPosterior, betaPosterior } from "./beta-posterior.ts";
import { type BetaPriorChoice, checkedPrior } from "./beta-prior.ts";
import { gammaMarginal } from "./gamma-marginal.ts";
import { type ExposedCount, type GammaPosterior, gammaPosterior, updateGamma } from "./gamma-posterior.ts";
import { checkedGammaPrior, type GammaPrior, type GammaPriorChoice } from "./gamma-prior.ts";
import type { Marginal } from "./marginal.ts";
import {
  checkedNormalInverseGammaPrior,
  type NormalInverseGammaPrior,
  type NormalInverseGammaPriorChoice,
} from "./normal-inverse-gamma-prior.ts";
import { meanMarginal, type NormalPosterior, normalPosterior, updateNormal } from "./normal-posterior.ts";
import { priorCautions } from "./prior-cautions.ts";
import { updateRate } from "./update-rate.ts";

/** An arm among several, which may have a name. */
export interface ArmOfSeveral {
  /** `arm 1` and so on unless said. */
  readonly name?: string | undefined;
}

/** 2 to 20 arms whose units convert or not. */
export interface BetaBinomialArms {
  readonly model?: "beta-binomial" | undefined;
  readonly arms: readonly (Proportion & ArmOfSeveral)[];
  /** Of all arms; `uniform` unless said. */
  readonly prior?: BetaPriorChoice | undefined;
}

/** 2 to 20 arms whose units have events. */
export interface GammaPoissonArms {
  readonly model: "gamma-poisson";
  readonly arms: readonly (ExposedCount & ArmOfSeveral)[];
  /** Of all arms; `jeffreys` unless said. */
  readonly prior?: GammaPriorChoice | undefined;
}

/** 2 to 20 arms with a metric of any sign, such as revenue per user. */
export interface NormalArms {
  readonly model: "normal";
  readonly arms: readonly (Mean & ArmOfSeveral)[];
  /** Of all arms; `reference` unless said. */
  readonly prior?: NormalInverseGammaPriorChoice | undefined;
}

/** 2 to 20 arms of one model, with one prior for all. */
export type SeveralArms = BetaBinomialArms | GammaPoissonArms | NormalArms;

/** The model of one arm: of a rate, of events per unit, of a mean. */
export type ArmModel = "beta-binomial" | "gamma-poisson" | "normal";
/** The prior of one arm under its model. */
export type ArmPrior = BetaPrior | GammaPrior | NormalInverseGammaPrior;
/** The posterior of one arm under its model. */
export type ArmPosterior = BetaPosterior | GammaPosterior | NormalPosterior;

/** The posteriors of several arms, checked. */
interface ArmPosteriors {
  readonly model: ArmModel;
  readonly prior: ArmPrior;
  readonly names: readonly string[];
  readonly marginals: readonly Marginal[];
  /** Each arm's posterior as it is reported. */
  readonly describe: Describe;
  readonly warnings: readonly Warning[];
  readonly assumptions: readonly string[];
}

type Describe = (confidenceLevel: number, quantileLevels: readonly number[]) => ArmPosterior[];

/** What each model knows; `units` and `weight` say for how many units the data and the prior count. */
interface ModelPosteriors extends Omit<ArmPosteriors, "model" | "names" | "warnings"> {
  readonly units: readonly number[];
  readonly weight: number;
}

const MODELS: readonly ArmModel[] = ["beta-binomial", "gamma-poisson", "normal"];

export function armPosteriors(options: SeveralArms): ArmPosteriors {
  const { model = "beta-binomial", arms } = options;
  checkOneOf("model", model, MODELS);
  const names = checkedArmNames(arms);
  const { units, weight, ...posteriors } = modelPosteriors(options);
  const byName = (values: readonly number[]): Record<string, number> =>
    Object.fromEntries(names.map((name, i) => [name, values[i]!]));
  const warnings = priorCautions(byName(units), byName(names.map(() => weight)));
  return { model, names, warnings, ...posteriors };
}

function modelPosteriors(options: SeveralArms): ModelPosteriors {
  switch (options.model) {
    case "gamma-poisson":
      return gammaPosteriors(options);
    case "normal":
      return normalPosteriors(options);
    default:
      return betaPosteriors(options);
  }
}

function betaPosteriors({ arms, prior: choice = "uniform" }: BetaBinomialArms): ModelPosteriors {
  const prior = checkedPrior("prior", choice);
  const rates = arms.map((arm, i) => updateRate(`arms[${i}]`, arm, prior));
  return {
    prior,
    units: arms.map(({ n }) => n),
    weight: prior.alpha + prior.beta,
    marginals: rates.map(betaMarginal),
    describe: (level, quantileLevels) => rates.map((rate) => betaPosterior(rate, level, quantileLevels)),
    assumptions: [
      "Units are independent of each other, and all units of an arm convert at the same rate.",
      `Before the data the rates are independent, each Beta(${prior.alpha}, ${prior.beta}).`,
    ],
  };
}

function gammaPosteriors({ arms, prior: choice = "jeffreys" }: GammaPoissonArms): ModelPosteriors {
  const prior = checkedGammaPrior("prior", choice);
  const rates = arms.map((arm, i) => updateGamma(`arms[${i}]`, arm, prior));
  return {
    prior,
    units: arms.map(({ n, exposure = n }) => exposure),
    weight: prior.rate,
    marginals: rates.map(({ shape, rate }) => gammaMarginal(shape, rate)),
    describe: (level, quantileLevels) => rates.map((rate) => gammaPosterior(rate, level, quantileLevels)),
    assumptions: [
      "Units are independent of each other, and the events of each come at one rate for all units of an arm, none of them bringing about another: their counts are Poisson.",
      `Before the data the rates are independent, each Gamma(${prior.shape}, ${prior.rate}).`,
    ],
  };
}

/** Between one degree of freedom, where a mean has no expectation, and this, its tails are too heavy to add up. */
const FEWEST_DEGREES_OF_FREEDOM = 1.1;

function normalPosteriors({ arms, prior: choice = "reference" }: NormalArms): ModelPosteriors {
  const prior = checkedNormalInverseGammaPrior("prior", choice);
  const means = arms.map((arm, i) => updateNormal(`arms[${i}]`, arm, prior));
  if (means.some(({ alpha }) => alpha > 0.5 && 2 * alpha < FEWEST_DEGREES_OF_FREEDOM)) {
    const expected = `must be at most 0.5 or at least ${FEWEST_DEGREES_OF_FREEDOM / 2} where an arm has no data`;
    throw new DomainError("prior.alpha", prior.alpha, expected);
  }
  return {
    prior,
    units: arms.map(({ n }) => n),
    weight: prior.kappa,
    marginals: means.map(meanMarginal),
    describe: (level, quantileLevels) => means.map((mean) => normalPosterior(mean, level, quantileLevels)),
    assumptions: [
      "Units are independent of each other, and those of each arm are normal with a mean and a variance of their own.",
      prior.kappa === 0
        ? "Before the data the means are independent, under the reference prior, of density 1/σ²."
        : `Before the data the means are independent, each under NormalInverseGamma(${prior.mu}, ${prior.kappa}, ${prior.alpha}, ${prior.beta}).`,
    ],
  };
}
