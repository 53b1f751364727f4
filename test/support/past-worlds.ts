import type { EffectTable } from "../../src/proxy/effect-table.ts";
import type { Random } from "../../src/numerics/random.ts";

/** A population of changes, and how the past tested them. */
export interface PastWorld {
  readonly tauProxy: number;
  readonly tauMacro: number;
  readonly rho: number;
  readonly meanProxy?: number;
  readonly meanMacro?: number;
}

/** Unit covariance of log lifts at rates of 10 % and 2 %, nested. */
export const UNIT = { proxy: 18, macro: 98, correlation: 3 / 7 } as const;

/** Draws a pair with these standard deviations and correlation. */
export function drawPair(random: Random, a: number, b: number, correlation: number): [number, number] {
  const [x, y] = [random.normal(), random.normal()];
  return [a * x, b * (correlation * x + Math.sqrt(1 - correlation * correlation) * y)];
}

/** Past experiments of a world, with about `n` units an arm (log-normal, unless `spread` is 0). */
export function drawPast(
  world: PastWorld,
  experiments: number,
  n: number,
  random: Random,
  spread = 0.8,
): EffectTable {
  const effects = new Float64Array(2 * experiments);
  const covariances = new Float64Array(4 * experiments);
  for (let k = 0; k < experiments; k++) {
    const units = n * Math.exp(spread * random.normal());
    const [proxyError, macroError] = [Math.sqrt(UNIT.proxy / units), Math.sqrt(UNIT.macro / units)];
    const [x, y] = drawPair(random, world.tauProxy, world.tauMacro, world.rho);
    const [e, g] = drawPair(random, proxyError, macroError, UNIT.correlation);
    effects.set([(world.meanProxy ?? 0) + x + e, (world.meanMacro ?? 0) + y + g], 2 * k);
    const both = UNIT.correlation * proxyError * macroError;
    covariances.set([proxyError ** 2, both, both, macroError ** 2], 4 * k);
  }
  return { scale: "log-lift", experiments, metrics: 2, effects, covariances, clusters: [] };
}
