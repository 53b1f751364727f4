import { normalCdf, normalUpperQuantile } from "../numerics/normal.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { componentsGiven } from "./population-average.ts";
import { smallestN } from "./search-n.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/** The n per arm at which a test of the proxy, or of the macro metric, finds a change of one given macro effect. */
export interface WorthwhileEffectReading {
  readonly macroEffect: number;
  readonly alpha: number;
  readonly power: number;
  /** Units per arm of the proxy test, unrounded; Infinity where too many such changes leave the proxy unmoved. */
  readonly nProxy: number;
  /** Units per arm of the macro test, unrounded. */
  readonly nMacro: number;
  /** nMacro / nProxy. */
  readonly speedup: number;
  /** Probability that the true proxy effect of such a change has the right sign: no n does better. */
  readonly ceilingSignAccuracy: number;
  /** Units per arm if each such change moved the proxy by exactly what is expected: how far optimism would go. */
  readonly nProxyIfTransmissionCertain: number;
}

/**
 * Among changes with true macro effect d the true proxy effect is normal with mean a = μ_s + ρ τ_s (d − μ_y)/τ_y and
 * variance v = τ_s² (1 − ρ²); the two-sided test finds it on the right side with probability
 * Φ((a − z s/√n) / √(v + s²/n)).
 */
export function worthwhileEffectReading(
  nodes: readonly CompleteEffectNode[],
  sampling: UnitCovariance,
  macroEffect: number,
  alpha: number,
  power: number,
): WorthwhileEffectReading {
  const zAlpha = normalUpperQuantile(alpha / 2);
  const zPower = normalUpperQuantile(1 - power);
  const transmitted = nodes
    .flatMap((node) => componentsGiven(node, macroEffect))
    .map((node) => transmit(node, macroEffect));
  const average = (f: (transmission: Transmission) => number): number =>
    transmitted.reduce((sum, own) => sum + own.weight * f(own), 0);
  const nProxy =
    transmitted.length === 1
      ? neededN(transmitted[0]!, Math.sqrt(sampling.proxy), zAlpha, zPower)
      : smallestN(nodes, sampling, (n) => {
          const error = Math.sqrt(sampling.proxy / n);
          return (
            average(({ mean, variance }) =>
              normalCdf((mean - zAlpha * error) / Math.sqrt(variance + error ** 2)),
            ) - power
          );
        });
  const nMacro = sampling.macro * ((zAlpha + zPower) / macroEffect) ** 2;
  const expected = average(({ mean }) => mean);
  return {
    macroEffect,
    alpha,
    power,
    nProxy,
    nMacro,
    speedup: nMacro / nProxy,
    ceilingSignAccuracy: average(signAccuracy),
    nProxyIfTransmissionCertain:
      expected > 0 ? sampling.proxy * ((zAlpha + zPower) / expected) ** 2 : Infinity,
  };
}

/** Distribution of the true proxy effect among changes of one macro effect. */
interface Transmission {
  readonly weight: number;
  readonly mean: number;
  readonly variance: number;
}

function transmit(node: CompleteEffectNode, macroEffect: number): Transmission {
  const { weight, tauProxy, tauMacro, rho, meanProxy, meanMacro } = node;
  return {
    weight,
    mean: meanProxy + rho * (tauProxy / tauMacro) * (macroEffect - meanMacro),
    variance: tauProxy ** 2 * (1 - rho) * (1 + rho),
  };
}

function signAccuracy({ mean, variance }: Transmission): number {
  if (variance > 0) return normalCdf(mean / Math.sqrt(variance));
  return mean > 0 ? 1 : 0;
}

/** Solves the power for u = 1/√n, a quadratic; of its two forms the one in which nothing cancels. */
function neededN({ mean, variance }: Transmission, unitSd: number, zAlpha: number, zPower: number): number {
  if (mean <= 0 || mean <= zPower * Math.sqrt(variance)) return Infinity;
  const root = Math.sqrt(mean ** 2 + variance * (zAlpha - zPower) * (zAlpha + zPower));
  const u =
    zPower > 0
      ? (mean ** 2 - zPower ** 2 * variance) / (unitSd * (mean * zAlpha + zPower * root))
      : (mean * zAlpha - zPower * root) / (unitSd * (zAlpha - zPower) * (zAlpha + zPower));
  return 1 / u ** 2;
}
