import { sumOf } from "../numerics/sum.ts";
import type { EffectNodes } from "./effect-nodes.ts";
import type { CheckedRateEffectPrior } from "./rate-effect-prior.ts";
import { type AtEnd, expectedUnits, stoppingEnd, type StoppingEnd } from "./stopping-outcome.ts";
import type { LookedAtArms, Stops } from "./stops.ts";

/** How experiments end on average over a prior of the effect. */
export interface AverageEnd extends StoppingEnd {
  /** P(the treatment is no better, given that it ships); null where it never ships. */
  readonly falseShipRate: number | null;
  /** By how much the rate falls short of the control's, on average over all that ship; null where none does. */
  readonly lossIfShipped: number | null;
}

/** The same, with the looks and without. `expectedLoss` is the Bayes risk of the rule. */
export interface StoppingAverage extends AverageEnd {
  readonly designPrior: CheckedRateEffectPrior;
  /** Prior probability of effects that would take the treatment's rate to 1 or more: left out. */
  readonly excludedProbability: number;
  /** Units of each arm at the end. */
  readonly expectedN: number;
  readonly withoutLooks: AverageEnd;
}

export function stoppingAverage(
  { baseline, looks }: LookedAtArms,
  { prior, rates, weights, excludedProbability }: EffectNodes,
  stops: readonly Stops[],
  withoutLooks: readonly Stops[],
  atEnd: AtEnd,
): StoppingAverage {
  const average = (valueAt: (i: number) => number): number =>
    sumOf(weights.map((weight, i) => weight * valueAt(i)));
  const averageEnd = (of: readonly Stops[]): AverageEnd => {
    const ends = of.map((one, i) => stoppingEnd(one, atEnd, rates[i]! - baseline));
    const shipProbability = average((i) => ends[i]!.shipProbability);
    const shippedWrongly = average((i) => (rates[i]! <= baseline ? ends[i]!.shipProbability : 0));
    const lostByShipping = average((i) => (rates[i]! <= baseline ? ends[i]!.expectedLoss : 0));
    return {
      shipProbability,
      keepProbability: average((i) => ends[i]!.keepProbability),
      undecidedProbability: average((i) => ends[i]!.undecidedProbability),
      expectedLoss: average((i) => ends[i]!.expectedLoss),
      falseShipRate: shipProbability > 0 ? shippedWrongly / shipProbability : null,
      lossIfShipped: shipProbability > 0 ? lostByShipping / shipProbability : null,
    };
  };
  return {
    designPrior: prior,
    excludedProbability,
    ...averageEnd(stops),
    expectedN: average((i) => expectedUnits(stops[i]!, looks)),
    withoutLooks: averageEnd(withoutLooks),
  };
}
