import { createRandom } from "../src/numerics/random.ts";
import type { EffectCovariance, EffectNode } from "../src/proxy/effect-covariance.ts";
import { microValue } from "../src/proxy/micro-value.ts";
import { programmeGain } from "../src/proxy/programme-gain.ts";
import { rankProxies } from "../src/proxy/rank-proxies.ts";
import type { Row } from "./run.ts";
import { timeInTurns } from "./stopwatch.ts";

/** As many as the posterior of a proxy learned from a hundred experiments keeps. */
const NODES = 2000;

/** Programmes of tests, rankings and values: what plans are made with, so that tenths of a second are good enough. */
export function benchProxyProgramme(): Row[] {
  const known: EffectCovariance = { tauProxy: 0.04, tauMacro: 0.03, rho: 0.7 };
  const learned: EffectCovariance = { ...known, source: "learned", posterior: posterior() };
  const sampling = { proxy: 18, macro: 98, correlation: 0.4 };
  const year = { unitsPerDay: 1000, ideasPerYear: 30, macroDelay: { attributionDays: 14 } };
  const candidates = ["one", "two", "three", "four", "five"].map((name) => ({
    name,
    effects: learned,
    sampling,
  }));
  const ns = timeInTurns({
    known: () => programmeGain({ effects: known, sampling, ...year }),
    learned: () => programmeGain({ effects: learned, sampling, ...year }),
    simulated: () =>
      programmeGain({ effects: known, sampling, ...year, n: 15_000, simulate: { seed: 1, years: 1000 } }),
    ranking: () => rankProxies({ candidates, n: 10_000, ...year }),
    value: () =>
      microValue({
        control: { neither: 16600, macroOnly: 40, microOnly: 3000, both: 360 },
        treatment: { neither: 16100, macroOnly: 42, microOnly: 3420, both: 438 },
        valuePerMacro: 60,
      }),
  });
  return [
    row("programmeGain, a known covariance", ns.known, 2),
    row(`programmeGain, ${NODES} nodes`, ns.learned, 500),
    row("programmeGain, a known covariance, with 1000 simulated years", ns.simulated, 100),
    row(`rankProxies, five candidates of ${NODES} nodes`, ns.ranking, 500),
    row("microValue", ns.value, 0.2),
  ];
}

function posterior(): EffectNode[] {
  const random = createRandom(3);
  return Array.from({ length: NODES }, () => ({
    weight: random.uniform(),
    tauProxy: 0.04 * Math.exp(0.1 * random.normal()),
    tauMacro: 0.03 * Math.exp(0.2 * random.normal()),
    rho: Math.tanh(0.8 + 0.3 * random.normal()),
    meanMacro: 0.001 * random.normal(),
  }));
}

function row(what: string, nanoseconds: number, limitMilliseconds: number): Row {
  const milliseconds = nanoseconds / 1e6;
  return {
    what,
    figure: `${milliseconds.toPrecision(3)} ms`,
    yardstick: `${(milliseconds / limitMilliseconds).toPrecision(2)} of the limit`,
    limit: `${limitMilliseconds} ms`,
    within: milliseconds <= limitMilliseconds,
  };
}
