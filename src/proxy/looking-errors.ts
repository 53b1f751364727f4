import { findRoot } from "../numerics/find-root.ts";
import { normalQuantile } from "../numerics/normal.ts";
import type { Random } from "../numerics/random.ts";
import { sumOf } from "../numerics/sum.ts";
import type { AssistedCrossings } from "./assisted-crossings.ts";
import type { AssistedLook } from "./assisted-look.ts";
import { knownAssistedN } from "./assisted-equivalent-n.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { knownCrossings } from "./known-crossings.ts";
import { populationNormals, unmovedNormals } from "./population-normals.ts";
import { assistedPaths, criticalValueOf, simulatedCrossings } from "./simulated-crossings.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/** When to ship: at a score above that of a probability, or one that keeps false ships to a rate. */
export type LookingRule = { readonly shipThreshold: number } | { readonly falseShipRate: number };

export interface LookingErrors {
  readonly criticalValue: number;
  readonly crossings: AssistedCrossings;
  /** Null where nothing was simulated. */
  readonly simulated: { readonly draws: number; readonly gainStandardError: number } | null;
}

/** What looking every time does: computed for one known normal distribution of effects, simulated for others. */
export function lookingErrors(
  nodes: readonly CompleteEffectNode[],
  sampling: UnitCovariance,
  looks: readonly AssistedLook[],
  rule: LookingRule,
  draws: number,
  rng: Random,
): LookingErrors {
  const [node, ...others] = nodes;
  if (others.length > 0 || node!.components !== undefined)
    return simulatedErrors(nodes, sampling, looks, rule, draws, rng);
  // The score that no information moves: a threshold lies as far from it as from 0.
  const largestScore = LARGEST_DEVIATION + Math.abs(node!.meanMacro / node!.tauMacro);
  const perUnit = node!.tauMacro ** 2 / sampling.macro;
  const worth = looks.map(({ sizes }) => knownAssistedN(node!, sampling, sizes) * perUnit);
  const criticalValue =
    "shipThreshold" in rule
      ? normalQuantile(rule.shipThreshold)
      : findRoot(
          (z) => sumOf(knownCrossings(node!, worth, z).falseShips) - rule.falseShipRate,
          -largestScore,
          largestScore,
          { tolerance: 1e-9 },
        );
  return { criticalValue, crossings: knownCrossings(node!, worth, criticalValue), simulated: null };
}

function simulatedErrors(
  nodes: readonly CompleteEffectNode[],
  sampling: UnitCovariance,
  looks: readonly AssistedLook[],
  rule: LookingRule,
  draws: number,
  rng: Random,
): LookingErrors {
  const without = assistedPaths(unmovedNormals(nodes), sampling, looks, 0, draws, rng);
  const population = assistedPaths(populationNormals(nodes), sampling, looks, null, draws, rng);
  const criticalValue =
    "shipThreshold" in rule
      ? normalQuantile(rule.shipThreshold)
      : criticalValueOf(without, rule.falseShipRate);
  const { gainStandardError, ...crossings } = simulatedCrossings(population, without, criticalValue);
  return { criticalValue, crossings, simulated: { draws, gainStandardError } };
}

/** A standard normal variable is beyond it with a probability that is 0 to any rate asked for. */
const LARGEST_DEVIATION = 37;
