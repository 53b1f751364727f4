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
  return nearestRoot(average.rho, (rho) => {
    const world = [{ ...average, rho }];
    return expectedGain(world, byBoth) - expectedGain(world, waiting);
  });
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

/** The change of sign nearest to `start` in [−1, 1], or null. */
function nearestRoot(start: number, f: (rho: number) => number): number | null {
  const towards = (end: number): number | null => {
    const grid = Array.from({ length: STEPS + 1 }, (_, i) => start + (end - start) * (i / STEPS));
    const values = grid.map(f);
    const i = values.findIndex((value, j) => j > 0 && value > 0 !== values[j - 1]! > 0);
    return i < 0 ? null : findRoot(f, grid[i - 1]!, grid[i]!);
  };
  const below = towards(-1);
  const above = towards(1);
  if (below === null || above === null) return below ?? above;
  return start - below <= above - start ? below : above;
}
