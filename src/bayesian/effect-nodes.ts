import { DomainError } from "../core/domain-error.ts";
import { gaussLegendreRule } from "../numerics/gauss-legendre-rule.ts";
import { normalSf } from "../numerics/normal.ts";
import { sumOf } from "../numerics/sum.ts";
import { normalPriorLogDensity } from "./normal-prior.ts";
import type { CheckedRateEffectPrior } from "./rate-effect-prior.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** True rates of the treatment that stand for a prior of the effect, with their weights. */
export interface EffectNodes {
  readonly prior: CheckedRateEffectPrior;
  readonly rates: readonly number[];
  /** They sum to 1. */
  readonly weights: readonly number[];
  /** Prior probability of effects that would take the treatment's rate to 1 or more: left out. */
  readonly excludedProbability: number;
}

/** Prior standard deviations on either side of the mean beyond which less than 1e-15 lies. */
const REACH = 8;
const NODES_IN_PANEL = 10;
/** The largest rate below 1. */
const HIGHEST_RATE = 1 - Number.EPSILON / 2;

/**
 * A rule for averages over a prior of the effect that may have a kink where there is none: Gauss–Legendre in panels from
 * 0 outwards. Where experiments end varies over one standard error of the effect, and ever more slowly the farther from
 * 0, since there only the early looks are in doubt.
 *
 * @param n - units of each arm at the last look
 */
export function effectNodes(prior: CheckedRateEffectPrior, baseline: number, n: number): EffectNodes {
  const { scale, mean, standardDeviation } = prior;
  const logOdds = ln(baseline) - log1p(-baseline);
  const isLift = scale === "log-lift";
  const rateAt = (effect: number): number =>
    isLift ? baseline * exp(effect) : 1 / (1 + exp(-logOdds - effect));
  const end = isLift ? ln(HIGHEST_RATE / baseline) : ln(HIGHEST_RATE) - log1p(-HIGHEST_RATE) - logOdds;
  const excludedProbability = normalSf((end - mean) / standardDeviation);
  if (excludedProbability > 0.5) {
    throw new DomainError(
      "designPrior.mean",
      mean,
      "must leave the treatment's rate below 1 for most effects",
    );
  }
  const lowest = mean - REACH * standardDeviation;
  const highest = Math.min(end, mean + REACH * standardDeviation);
  const standardError = Math.sqrt(2 / n / baseline / (1 - baseline));
  const cuts = panelCuts(lowest, highest, standardError, standardDeviation);

  const rates: number[] = [];
  const weights: number[] = [];
  const rule = gaussLegendreRule(NODES_IN_PANEL);
  for (let i = 1; i < cuts.length; i++) {
    const half = (cuts[i]! - cuts[i - 1]!) / 2;
    for (const [j, node] of rule.nodes.entries()) {
      const effect = cuts[i - 1]! + half * (1 + node);
      rates.push(rateAt(effect));
      weights.push(half * rule.weights[j]! * exp(normalPriorLogDensity(effect, prior)));
    }
  }
  const whole = sumOf(weights);
  return { prior, rates, weights: weights.map((weight) => weight / whole), excludedProbability };
}

/** Ends of panels, one of them at 0: two standard errors wide there, a third of their distance farther out. */
function panelCuts(
  lowest: number,
  highest: number,
  standardError: number,
  standardDeviation: number,
): number[] {
  const ladder = (farthest: number): number[] => {
    const steps: number[] = [];
    for (let at = 0; at < farthest;) {
      at += Math.min(2 * standardDeviation, Math.max(2 * standardError, at / 3));
      steps.push(at);
    }
    return steps;
  };
  const inside = [
    ...ladder(-lowest)
      .map((step) => -step)
      .toReversed(),
    0,
    ...ladder(highest),
  ].filter((cut) => cut > lowest && cut < highest);
  return [lowest, ...inside, highest];
}
