import type { Random } from "../numerics/random.ts";
import type { AssistedCrossings } from "./assisted-crossings.ts";
import { type AssistedLook, assistedScore } from "./assisted-look.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/** Simulated experiments: the score of each at every look, and its true macro effect. */
export interface AssistedPaths {
  readonly looks: number;
  /** `scores[path · looks + look]`. */
  readonly scores: Float64Array;
  readonly effects: Float64Array;
}

/**
 * Simulates experiments from what past experiments left possible.
 *
 * Both estimates are sums over units, so that two independent Brownian motions carry them: micro conversions in the
 * units that entered, and sales less what micro conversions tell of them in the units read.
 *
 * @param normals - the distributions of effects that changes come from, with weights that sum to 1
 * @param macroEffect - of every change; drawn where it is null
 */
export function assistedPaths(
  normals: readonly CompleteEffectNode[],
  sampling: UnitCovariance,
  looks: readonly AssistedLook[],
  macroEffect: number | null,
  draws: number,
  rng: Random,
): AssistedPaths {
  const scores = new Float64Array(draws * looks.length);
  const effects = new Float64Array(draws);
  const slope = sampling.correlation * Math.sqrt(sampling.macro / sampling.proxy);
  const deviations = looks.map(({ nProxy, nRest }, look) => ({
    proxy: Math.sqrt(sampling.proxy * grown(nProxy, looks[look - 1]?.nProxy)),
    rest: Math.sqrt(sampling.macro * grown(nRest, looks[look - 1]?.nRest)),
  }));
  // Each distribution gets its share of the draws, up to one.
  const offset = rng.uniform();
  let index = 0;
  let below = normals[0]!.weight;
  for (let path = 0; path < draws; path++) {
    while ((path + offset) / draws > below && index < normals.length - 1) below += normals[++index]!.weight;
    const { tauProxy, tauMacro, rho, meanProxy, meanMacro } = normals[index]!;
    const macro = macroEffect ?? meanMacro + tauMacro * rng.normal();
    const along = tauMacro === 0 ? 0 : rho * ((macro - meanMacro) / tauMacro);
    const proxy = meanProxy + tauProxy * (along + Math.sqrt((1 - rho) * (1 + rho)) * rng.normal());
    const rest = macro - slope * proxy;
    effects[path] = macro;
    let [proxyNoise, restNoise] = [0, 0];
    for (let i = 0; i < looks.length; i++) {
      const look = looks[i]!;
      proxyNoise += deviations[i]!.proxy * rng.normal();
      if (look.nRest > 0) restNoise += deviations[i]!.rest * rng.normal();
      const seen = proxy + proxyNoise / look.nProxy;
      const sales = look.nRest > 0 ? rest + restNoise / look.nRest + slope * seen : 0;
      scores[path * looks.length + i] = assistedScore(look, seen, sales);
    }
  }
  return { looks: looks.length, scores, effects };
}

/** The critical value that a wanted share of the paths exceeds at some look. */
export function criticalValueOf({ looks, scores, effects }: AssistedPaths, share: number): number {
  const highest = effects.map((_, path) => {
    let most = -Infinity;
    for (let i = path * looks; i < (path + 1) * looks; i++) most = Math.max(most, scores[i]!);
    return most;
  });
  highest.sort();
  return highest[Math.min(effects.length - 1, Math.ceil((1 - share) * effects.length) - 1)]!;
}

/** Counts where paths first exceed the critical value: those of the population, and those without macro effect. */
export function simulatedCrossings(
  population: AssistedPaths,
  without: AssistedPaths,
  criticalValue: number,
): AssistedCrossings & { readonly gainStandardError: number } {
  const ships = Array.from({ length: population.looks }, () => 0);
  const falseShips = [...ships];
  const draws = population.effects.length;
  let [gain, square, wrongShips] = [0, 0, 0];
  population.effects.forEach((effect, path) => {
    const look = firstCrossing(population, path, criticalValue);
    if (look === null) return;
    ships[look]! += 1 / draws;
    gain += effect / draws;
    square += effect ** 2 / draws;
    if (effect < 0) wrongShips += 1 / draws;
  });
  for (let path = 0; path < without.effects.length; path++) {
    const look = firstCrossing(without, path, criticalValue);
    if (look !== null) falseShips[look]! += 1 / without.effects.length;
  }
  return {
    ships,
    falseShips,
    gain,
    wrongShips,
    gainStandardError: Math.sqrt(Math.max(0, square - gain ** 2) / draws),
  };
}

function firstCrossing({ looks, scores }: AssistedPaths, path: number, criticalValue: number): number | null {
  for (let look = 0; look < looks; look++) {
    if (scores[path * looks + look]! > criticalValue) return look;
  }
  return null;
}

/** Units since the look before; rounding may take a few away. */
function grown(now: number, before: number = 0): number {
  return Math.max(0, now - before);
}
