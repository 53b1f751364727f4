import { type Alternative, checkAlternative } from "../core/alternative.ts";
import { checkBetween, checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { BetaPriorChoice } from "./beta-prior.ts";
import { type BayesFactorAtWidth, dependentEvidence } from "./dependent-bayes-factor.ts";
import {
  checkedDependentPriors,
  checkedWidths,
  type DependentRatePriors,
  type DependentRatePriorsOption,
} from "./dependent-rate-priors.ts";
import type { EvidenceOfEffect, SavageDickey } from "./evidence-of-effect.ts";
import { independentEvidence } from "./independent-bayes-factor.ts";
import { priorCautions } from "./prior-cautions.ts";
import { checkSeen } from "./update-rate.ts";
import {
  checkedIndependentPriors,
  type IndependentRatePriorChoices,
  type IndependentRatePriors,
} from "./independent-rate-priors.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** What either method takes. */
export interface BayesFactorOptions {
  readonly control: Proportion;
  readonly treatment: Proportion;
  /** What H1 says of the treatment's rate: that it differs, is higher or is lower; `two-sided` unless said. */
  readonly alternative?: Alternative | undefined;
  /** Odds of H1 against H0 before the data, from 1e-300 to 1e300; 1 unless said. */
  readonly priorOdds?: number | undefined;
}

export interface IndependentBayesFactorOptions extends BayesFactorOptions {
  readonly method?: "independent" | undefined;
  /** One for all rates, or one for each rate under H1 and for the common one under H0; uniform unless said. */
  readonly prior?: BetaPriorChoice | IndependentRatePriorChoices | undefined;
}

export interface DependentBayesFactorOptions extends BayesFactorOptions {
  readonly method: "dependent";
  /** Normal priors of the mean of the log-odds and of the log odds ratio; standard normal, both, unless said. */
  readonly prior?: DependentRatePriorsOption | undefined;
  /** Other standard deviations of the prior of the effect, from 1e-6 to 10, to see how much depends on it. */
  readonly sensitivity?: readonly number[] | undefined;
}

export type BayesFactorForProportionsOptions = IndependentBayesFactorOptions | DependentBayesFactorOptions;

/** A Bayes factor and its natural log, which stays finite where the factor does not. */
export interface BayesFactor {
  readonly bayesFactor: number;
  readonly logBayesFactor: number;
}

/** How much better one hypothesis about two rates foretold the data than another. */
export interface BayesFactorForProportions extends Result<"bayes-factor-for-proportions"> {
  readonly method: "independent" | "dependent";
  readonly alternative: Alternative;
  readonly prior: IndependentRatePriors | DependentRatePriors;
  /** Of H1, as the alternative has it, against H0; Infinity where no double holds it. */
  readonly bayesFactor10: number;
  /** Its natural log. */
  readonly logBayesFactor10: number;
  /** Of an effect of either sign against none. */
  readonly twoSided: BayesFactor;
  /** Of a higher rate of the treatment against no effect. */
  readonly greater: BayesFactor;
  /** Of a lower rate of the treatment against no effect. */
  readonly less: BayesFactor;
  /** Of a higher rate of the treatment against a lower one. */
  readonly greaterAgainstLess: BayesFactor;
  readonly priorOdds: number;
  /** After the data: of H0, of H1, and of H1's two sides. */
  readonly posteriorProbability: {
    readonly null: number;
    readonly alternative: number;
    readonly greater: number;
    readonly less: number;
  };
  /**
   * The two-sided Bayes factor by the Savage–Dickey density ratio, an independent computation. `dependent`: of the log
   * odds ratio, always equal. `independent`: of the difference of rates, equal where the prior under H0 is the
   * normalised product of those under H1, as with uniform ones; null where its prior density at 0 is infinite.
   */
  readonly savageDickey: SavageDickey | null;
  /** The two-sided Bayes factor for each width asked for. */
  readonly sensitivity: readonly BayesFactorAtWidth[];
}

/**
 * Weighs an effect on a conversion rate against none by a Bayes factor.
 *
 * H0: both arms have one rate; H1: they have two, or one of the sides of it. The Bayes factor says how much better H1
 * foretold the data than H0, so it speaks for H0 as well as against it, and multiplies the odds held before.
 * `independent`: a Beta prior on each rate under H1 and on the common one under H0; what one arm shows says nothing
 * about the other, so that H1 expects far larger effects than tests have. `dependent`: normal priors on the mean of the
 * log-odds, under both, and on the log odds ratio, whose standard deviation says how large effects are held to be.
 *
 * @param options.control - conversions and units of the control arm; n = 0 is legal
 * @param options.treatment - the same of the treatment arm
 * @param options.method - `independent`, in closed form, unless said; `dependent`, by quadrature in some milliseconds
 * @param options.prior - `independent`: `{ alpha, beta }` with shapes from 1e-6 to 1e15, `"uniform"` (1 and 1, the
 *   default) or `"jeffreys"` (1/2 and 1/2), of all rates, or `{ control, treatment, null }` with one of these each;
 *   `dependent`: `{ baseline, effect }` with `mean` (from −50 to 50 for the baseline, −10 to 10 for the effect) and
 *   `standardDeviation` (from 0.01, for the effect 1e-6, to 10) each, 0 and 1 unless said
 * @param options.alternative - which H1 `bayesFactor10` is about; `two-sided` unless said
 * @param options.priorOdds - of H1 against H0, from 1e-300 to 1e300; 1 unless said
 * @param options.sensitivity - `dependent`: more standard deviations of the effect's prior, for comparison
 * @returns Bayes factors with their logs, posterior probabilities, and the Savage–Dickey check
 * @throws {DomainError} for a broken arm, or a prior or odds out of range
 * @example
 * ```ts
 * import { bayesFactorForProportions } from "microlift";
 * const control = { n: 1000, conversions: 50 };
 * const treatment = { n: 1000, conversions: 65 };
 * bayesFactorForProportions({ control, treatment }).bayesFactor10; // 0.0733
 * const effect = { standardDeviation: 0.2 };
 * bayesFactorForProportions({ control, treatment, method: "dependent", prior: { effect } }).bayesFactor10; // 1.177
 * ```
 * Kass and Vaidyanathan (1992); Gronau, Raj and Wagenmakers (2021), Journal of Statistical Software 100(17); Dickey
 * (1971) for the density ratio.
 */
export function bayesFactorForProportions(
  options: BayesFactorForProportionsOptions,
): BayesFactorForProportions {
  checkObject("options", options);
  const { control, treatment, method = "independent", alternative = "two-sided", priorOdds = 1 } = options;
  checkSeen("control", control);
  checkSeen("treatment", treatment);
  checkOneOf("method", method, ["independent", "dependent"]);
  checkAlternative("alternative", alternative);
  checkBetween("priorOdds", priorOdds, SMALLEST_ODDS, 1 / SMALLEST_ODDS);
  const { evidence, prior, sensitivity, assumption } = evidenceOf(options);
  const { logBayesFactor10: either, logShare } = evidence;
  const logFactors = {
    "two-sided": either,
    greater: either + (logShare.posterior.greater - logShare.prior.greater),
    less: either + (logShare.posterior.less - logShare.prior.less),
  };
  const logBayesFactor10 = logFactors[alternative];
  const logOdds = ln(priorOdds) + logBayesFactor10;
  const probability = 1 / (1 + exp(-logOdds));
  return {
    kind: "bayes-factor-for-proportions",
    method,
    alternative,
    prior,
    bayesFactor10: exp(logBayesFactor10),
    logBayesFactor10,
    twoSided: bayesFactor(either),
    greater: bayesFactor(logFactors.greater),
    less: bayesFactor(logFactors.less),
    greaterAgainstLess: bayesFactor(
      logShare.posterior.greater - logShare.posterior.less - (logShare.prior.greater - logShare.prior.less),
    ),
    priorOdds,
    posteriorProbability: {
      null: 1 / (1 + exp(logOdds)),
      alternative: probability,
      greater: probability * shareOf("greater", alternative, logShare.posterior),
      less: probability * shareOf("less", alternative, logShare.posterior),
    },
    savageDickey: evidence.savageDickey,
    sensitivity,
    warnings: priorCautions({ control: control.n, treatment: treatment.n }, { control: 0, treatment: 0 }),
    assumptions: [
      "Units are independent of each other, and all units of an arm convert at the same rate.",
      assumption,
    ],
  };
}

const SMALLEST_ODDS = 1e-300;

/** What either method finds. */
interface Evidence {
  readonly evidence: EvidenceOfEffect;
  readonly prior: IndependentRatePriors | DependentRatePriors;
  readonly sensitivity: readonly BayesFactorAtWidth[];
  readonly assumption: string;
}

function evidenceOf(options: BayesFactorForProportionsOptions): Evidence {
  const { control, treatment } = options;
  if (options.method === "dependent") {
    const prior = checkedDependentPriors(options.prior);
    const widths = checkedWidths("sensitivity", options.sensitivity);
    const evidence = dependentEvidence({ control, treatment }, prior, widths);
    const assumption =
      `Before the data a log odds ratio that is not 0 is normal with mean ${prior.effect.mean} and standard deviation ` +
      `${prior.effect.standardDeviation}: the wider, the more the Bayes factor speaks for no effect.`;
    return { evidence, prior, sensitivity: evidence.sensitivity, assumption };
  }
  if ("sensitivity" in options && options.sensitivity !== undefined) {
    throw new DomainError(
      "sensitivity",
      options.sensitivity,
      'must be left out unless method is "dependent"',
    );
  }
  const prior = checkedIndependentPriors(options.prior);
  const evidence = independentEvidence({ control, treatment }, prior);
  const assumption =
    "Before the data two different rates are independent of each other, so effects far larger than tests have are " +
    "held likely, and the Bayes factor speaks for no effect more readily than it would under a prior on the effect.";
  return { evidence, prior, sensitivity: [], assumption };
}

function shareOf(
  side: "greater" | "less",
  alternative: Alternative,
  logShares: EvidenceOfEffect["logShare"]["posterior"],
): number {
  if (alternative === "two-sided") return exp(logShares[side]);
  return alternative === side ? 1 : 0;
}

function bayesFactor(logBayesFactor: number): BayesFactor {
  return { bayesFactor: exp(logBayesFactor), logBayesFactor };
}
