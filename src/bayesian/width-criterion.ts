import { type BetaDensity, betaDensity } from "../numerics/beta-density.ts";
import { betaBinomialRule } from "../numerics/beta-binomial-rule.ts";
import { normalUpperQuantile } from "../numerics/normal.ts";
import type { BetaPriors } from "./beta-prior.ts";
import { ARMS, type EachArm } from "./each-arm.ts";
import {
  equalTailedLength,
  probabilityOutside,
  differenceWidthPosterior,
  liftWidthPosterior,
  rateWidthPosterior,
  type WidthPosterior,
} from "./width-posterior.ts";

/** How narrow posteriors are at a size. */
export interface Narrowness {
  /** Length of the intervals: on average or at most, by the criterion. */
  readonly length: number;
  /** Their posterior probability, on average. */
  readonly coverage: number;
  /** By which factor the units would have to grow if squared lengths fell like 1/n; 1 or less if they are enough. */
  readonly growth: number;
}

/**
 * What is to hold of a posterior interval before its data are known: its mean width, its mean coverage, or the width
 * after the worst outcome.
 */
export type WidthCriterion = "average-length" | "average-coverage" | "worst-outcome";
/** What the interval is of: an effect between two rates, or one rate. */
export type WidthEffect = "difference" | "lift" | "rate";

export interface WidthTarget {
  readonly effect: WidthEffect;
  readonly criterion: WidthCriterion;
  readonly width: number;
  readonly confidenceLevel: number;
}

/** Outcomes that averages are taken over: of one arm, and of each of two. */
const NODES = 48;
const NODES_OF_TWO = 16;
/** A prior with both shapes this large keeps rates so far from 0 and 1 that fewer do as well. */
const LARGE_SHAPE = 20;
const FEW_NODES_OF_TWO = 10;

/** How narrow the posteriors are after so many units, by the target. */
export function narrowness(target: WidthTarget, priors: BetaPriors, units: EachArm<number>): Narrowness {
  const arms = ARMS.map((arm): Outcomes => {
    const { alpha, beta } = priors[arm];
    const n = units[arm];
    return { n, alpha, beta, posterior: (x) => betaDensity(alpha + x, beta + (n - x)) };
  }) as [Outcomes, Outcomes];
  if (target.effect === "difference")
    return ofOutcomes(target, effectOutcomes(...arms, differenceWidthPosterior));
  if (target.effect === "lift") return ofOutcomes(target, effectOutcomes(...arms, liftWidthPosterior));
  const [control, treatment] = arms.map((arm) => ofOutcomes(target, rateOutcomes(arm))) as [
    Narrowness,
    Narrowness,
  ];
  return control.growth >= treatment.growth ? control : treatment;
}

/** What an arm may bring. */
interface Outcomes {
  readonly n: number;
  readonly alpha: number;
  readonly beta: number;
  posterior(conversions: number): BetaDensity;
}

/** An average and the worst case over what may be seen. */
interface OverOutcomes {
  average(f: (posterior: WidthPosterior) => number): number;
  worst(f: (posterior: WidthPosterior) => number): number;
}

function rateOutcomes({ n, alpha, beta, posterior }: Outcomes): OverOutcomes {
  return {
    average: (f) => {
      const { nodes, weights } = betaBinomialRule(n, alpha, beta, NODES);
      return nodes.reduce((sum, x, i) => sum + weights[i]! * f(rateWidthPosterior(posterior(x))), 0);
    },
    worst: (f) => f(rateWidthPosterior(posterior(mostBalanced({ n, alpha, beta })))),
  };
}

function effectOutcomes(
  control: Outcomes,
  treatment: Outcomes,
  effectPosterior: (control: BetaDensity, treatment: BetaDensity) => WidthPosterior,
): OverOutcomes {
  const ruleOf = ({ n, alpha, beta }: Outcomes): ReturnType<typeof betaBinomialRule> =>
    betaBinomialRule(n, alpha, beta, Math.min(alpha, beta) >= LARGE_SHAPE ? FEW_NODES_OF_TWO : NODES_OF_TWO);
  return {
    average: (f) => {
      const first = ruleOf(control);
      const second = ruleOf(treatment);
      let sum = 0;
      for (const [i, x1] of first.nodes.entries()) {
        const posterior = control.posterior(x1);
        for (const [j, x2] of second.nodes.entries()) {
          const weight = first.weights[i]! * second.weights[j]!;
          sum += weight * f(effectPosterior(posterior, treatment.posterior(x2)));
        }
      }
      return sum;
    },
    worst: (f) =>
      f(
        effectPosterior(
          control.posterior(mostBalanced(control)),
          treatment.posterior(mostBalanced(treatment)),
        ),
      ),
  };
}

/** The number of conversions after which the posterior is widest: with shapes as equal as can be. */
function mostBalanced({ n, alpha, beta }: Pick<Outcomes, "n" | "alpha" | "beta">): number {
  return Math.min(n, Math.max(0, Math.round((n + beta - alpha) / 2)));
}

function ofOutcomes(
  { criterion, width, confidenceLevel }: WidthTarget,
  { average, worst }: OverOutcomes,
): Narrowness {
  if (criterion === "average-coverage") {
    const outside = average((posterior) => probabilityOutside(posterior, width));
    const ratio = normalUpperQuantile((1 - confidenceLevel) / 2) / normalUpperQuantile(outside / 2);
    const isEnough = outside <= 1 - confidenceLevel;
    return { length: width, coverage: 1 - outside, growth: isEnough ? Math.min(1, ratio ** 2) : ratio ** 2 };
  }
  const over = criterion === "average-length" ? average : worst;
  const length = over((posterior) => equalTailedLength(posterior, confidenceLevel));
  return { length, coverage: confidenceLevel, growth: (length / width) ** 2 };
}

/**
 * The same growth from the average posterior variance alone, which is Var / (1 + n / (alpha + beta)): a start for a search.
 */
export function roughGrowth(target: WidthTarget, priors: BetaPriors, units: EachArm<number>): number {
  const [control, treatment] = ARMS.map((arm) => {
    const { a, total, deviation } = betaDensity(priors[arm].alpha, priors[arm].beta);
    return { mean: a / total, variance: deviation ** 2 / (1 + units[arm] / total) };
  }) as [{ mean: number; variance: number }, { mean: number; variance: number }];
  const ratio = treatment.mean / control.mean;
  const variance = {
    rate: Math.max(control.variance, treatment.variance),
    difference: control.variance + treatment.variance,
    lift: ratio ** 2 * (control.variance / control.mean ** 2 + treatment.variance / treatment.mean ** 2),
  }[target.effect];
  const z = normalUpperQuantile((1 - target.confidenceLevel) / 2);
  return variance * (2 * (z / target.width)) ** 2;
}
