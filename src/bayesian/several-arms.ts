import { checkOneOf } from "../core/checks.ts";
import type { Warning } from "../core/warning.ts";
import { type BetaPrior, UNIFORM_PRIOR } from "../models/beta-prior.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { checkedArmNames } from "./arm-names.ts";
import { betaMarginal } from "./beta-marginal.ts";
import { type BetaPosterior, betaPosterior } from "./beta-posterior.ts";
import { type BetaPriorChoice, checkedPrior } from "./beta-prior.ts";
import { gammaMarginal } from "./gamma-marginal.ts";
import { type ExposedCount, type GammaPosterior, gammaPosterior, updateGamma } from "./gamma-posterior.ts";
import { checkedGammaPrior, type GammaPrior, type GammaPriorName } from "./gamma-prior.ts";
import type { Marginal } from "./marginal.ts";
import { priorCautions } from "./prior-cautions.ts";
import { updateRate } from "./update-rate.ts";

/** A name for an arm among several; `arm 1` and so on unless said. */
interface Named {
  readonly name?: string | undefined;
}

/** 2 to 20 arms whose units convert or not. */
export interface BetaBinomialArms {
  readonly model?: "beta-binomial" | undefined;
  readonly arms: readonly (Proportion & Named)[];
  /** Of all arms; `uniform` unless said. */
  readonly prior?: BetaPriorChoice | undefined;
}

/** 2 to 20 arms whose units have events. */
export interface GammaPoissonArms {
  readonly model: "gamma-poisson";
  readonly arms: readonly (ExposedCount & Named)[];
  /** Of all arms; `jeffreys` unless said. */
  readonly prior?: GammaPrior | GammaPriorName | undefined;
}

/** 2 to 20 arms of one model, with one prior for all. */
export type SeveralArms = BetaBinomialArms | GammaPoissonArms;

export type ArmPosterior = BetaPosterior | GammaPosterior;

/** The posteriors of several arms, checked. */
export interface ArmPosteriors {
  readonly model: "beta-binomial" | "gamma-poisson";
  readonly prior: BetaPrior | GammaPrior;
  readonly names: readonly string[];
  readonly marginals: readonly Marginal[];
  /** Each arm's posterior as it is reported. */
  readonly describe: (confidenceLevel: number, quantileLevels: readonly number[]) => ArmPosterior[];
  readonly warnings: readonly Warning[];
  readonly assumptions: readonly string[];
}

export function armPosteriors(options: SeveralArms): ArmPosteriors {
  const { model = "beta-binomial", arms } = options;
  checkOneOf("model", model, ["beta-binomial", "gamma-poisson"]);
  const names = checkedArmNames(arms);
  const { units, weight, ...posteriors } =
    options.model === "gamma-poisson" ? gammaPosteriors(options) : betaPosteriors(options);
  const byName = (values: readonly number[]): Record<string, number> =>
    Object.fromEntries(names.map((name, i) => [name, values[i]!]));
  const warnings = priorCautions(byName(units), byName(names.map(() => weight)));
  return { names, warnings, ...posteriors };
}

function betaPosteriors({ arms, prior: choice = UNIFORM_PRIOR }: BetaBinomialArms) {
  const prior = checkedPrior("prior", choice);
  const densities = arms.map((arm, i) => updateRate(`arms[${i}]`, arm, prior));
  return {
    model: "beta-binomial" as const,
    prior,
    units: arms.map(({ n }) => n),
    weight: prior.alpha + prior.beta,
    marginals: densities.map(betaMarginal),
    describe: (level: number, quantileLevels: readonly number[]) =>
      densities.map((density) => betaPosterior(density, level, quantileLevels)),
    assumptions: [
      "Units are independent of each other, and all units of an arm convert at the same rate.",
      `Before the data the rates are independent, each Beta(${prior.alpha}, ${prior.beta}).`,
    ],
  };
}

function gammaPosteriors({ arms, prior: choice = "jeffreys" }: GammaPoissonArms) {
  const prior = checkedGammaPrior("prior", choice);
  const posteriors = arms.map((arm, i) => updateGamma(`arms[${i}]`, arm, prior));
  return {
    model: "gamma-poisson" as const,
    prior,
    units: arms.map(({ n, exposure = n }) => exposure),
    weight: prior.rate,
    marginals: posteriors.map(({ shape, rate }) => gammaMarginal(shape, rate)),
    describe: (level: number, quantileLevels: readonly number[]) =>
      posteriors.map((posterior) => gammaPosterior(posterior, level, quantileLevels)),
    assumptions: [
      "Events come independently of each other, and at the same rate at all units of an arm.",
      `Before the data the rates are independent, each Gamma(${prior.shape}, ${prior.rate}).`,
    ],
  };
}
