import { mixtureTail } from "../numerics/normal-mixture.ts";
import { findRoot } from "../numerics/find-root.ts";
import { assistedRule, type DecisionSetting, macroRule } from "./decision-rule.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { effectMoments } from "./effect-moments.ts";
import { macroMixture, type ObservedEffects } from "./macro-posterior.ts";
import type { SampleSizes } from "./sample-sizes.ts";
import { expectedGain } from "./shipping-rule.ts";

/**
 * The true correlation at which deciding by both estimates, weighted as the setting has it, earns exactly as much as
 * waiting for `waitingN` macro units: the spreads and means of true effects stay what they are on average. Null where
 * no correlation makes them equal.
 */
export function policyTippingRho(
  setting: DecisionSetting,
  sizes: SampleSizes,
  waitingN: number,
): number | null {
  const byBoth = assistedRule(setting, sizes);
  const waiting = macroRule(setting, waitingN);
  const average = averageWorld(setting);
  // Sales alone earn the same whatever the correlation.
  const waitingGain = expectedGain([average], waiting);
  return nearestRoot(average.rho, (rho) => expectedGain([{ ...average, rho }], byBoth) - waitingGain);
}

/**
 * The true correlation nearest to the average one at which P(θ_y > 0) given the estimates equals `shipThreshold`, the
 * spreads and means of true effects being what they are on average. Null where no correlation does.
 */
export function decisionTippingRho(
  setting: DecisionSetting,
  sizes: SampleSizes,
  observed: ObservedEffects,
  shipThreshold: number,
): number | null {
  const average = averageWorld(setting);
  return nearestRoot(
    average.rho,
    (rho) =>
      mixtureTail(macroMixture([{ ...average, rho }], setting.sampling, sizes, observed), 0, "upper") -
      shipThreshold,
  );
}

function averageWorld({ nodes }: DecisionSetting): CompleteEffectNode {
  return { ...effectMoments(nodes), weight: 1, components: nodes[0]!.components };
}

/** Fine enough to tell two changes of sign apart, where a decision flips back. */
const STEPS = 100;

/** The change of sign nearest to `start` in [−1, 1], or null; the lower one of two as near. */
function nearestRoot(start: number, f: (rho: number) => number): number | null {
  const isAbove = f(start) > 0;
  /** The first change of sign on the way, no farther from the start than `reach`. */
  const towards = (end: number, reach: number): number | null => {
    let from = start;
    for (let i = 1; i <= STEPS && Math.abs(from - start) < reach; i++) {
      const to = start + (end - start) * (i / STEPS);
      if (f(to) > 0 !== isAbove) return findRoot(f, from, to);
      from = to;
    }
    return null;
  };
  const below = towards(-1, Infinity);
  const above = towards(1, below === null ? Infinity : start - below);
  if (below === null || above === null) return below ?? above;
  return start - below <= above - start ? below : above;
}
