import {
  assessProxy,
  decisionSpeedup,
  type EffectCovariance,
  paradoxRisk,
  predictMacro,
  proxyAssisted,
  surrogateThresholdEffect,
} from "microlift";
import type { Row } from "./run.ts";
import { timeInTurns } from "./stopwatch.ts";

const sampling = { proxy: 18, macro: 98, correlation: 3 / 7 };
const n = 20_000;
const sizes = { nProxy: n, nMacro: 8_000, proxyEffect: 0.1, macroEffect: 0.03 };
const known: EffectCovariance = { tauProxy: 0.08, tauMacro: 0.04, rho: 0.8 };
const learned: EffectCovariance = { ...known, source: "learned", posterior: nodes() };
const counts = {
  control: { neither: 19044, macroOnly: 0, microOnly: 2140, both: 122 },
  treatment: { neither: 17413, macroOnly: 0, microOnly: 3627, both: 267 },
};

/** Deciding by a proxy: one effect covariance that is known, and 2,000 nodes of a posterior. */
export function benchProxyDecisions(): Row[] {
  const ns = timeInTurns({
    assisted: () => proxyAssisted({ effects: known, sampling, ...sizes }),
    speedup: () => decisionSpeedup({ effects: known, sampling, n }),
    assistedOver: () => proxyAssisted({ effects: learned, sampling, ...sizes }),
    speedupOver: () => decisionSpeedup({ effects: learned, sampling, n }),
    prediction: () => predictMacro({ effects: learned, sampling, n, proxyEffect: 0.1 }),
    paradox: () => paradoxRisk({ effects: learned, sampling, n, proxyEffect: 0.1 }),
    threshold: () => surrogateThresholdEffect({ effects: learned, sampling, n }),
    assessment: () => assessProxy({ ...counts, effects: learned }),
  });
  return [
    row("proxyAssisted, known covariance", ns.assisted, 5e3),
    row("decisionSpeedup, known covariance", ns.speedup, 20e3),
    row("proxyAssisted, 2,000 nodes", ns.assistedOver, 5e6),
    row("decisionSpeedup, 2,000 nodes", ns.speedupOver, 30e6),
    row("predictMacro, 2,000 nodes", ns.prediction, 10e6),
    row("paradoxRisk, 2,000 nodes", ns.paradox, 10e6),
    row("surrogateThresholdEffect, 2,000 nodes", ns.threshold, 10e6),
    row("assessProxy, 2,000 nodes", ns.assessment, 100e6),
  ];
}

/** A posterior as a history of a few dozen experiments leaves it, on a lattice of 10 × 10 × 20. */
function nodes(): NonNullable<EffectCovariance["posterior"]> {
  const at = (i: number, count: number, span: number): number => ((i + 0.5) / count - 0.5) * span;
  return Array.from({ length: 2000 }, (_, i) => {
    const [x, y, z] = [at(i % 10, 10, 4), at(Math.floor(i / 10) % 10, 10, 4), at(Math.floor(i / 100), 20, 6)];
    return {
      tauProxy: 0.08 * Math.exp(0.3 * x),
      tauMacro: 0.04 * Math.exp(0.4 * y),
      rho: Math.tanh(0.6 + 0.4 * z),
      weight: Math.exp(-0.5 * (x * x + y * y + z * z)),
    };
  });
}

function row(what: string, nanoseconds: number, limitNanoseconds: number): Row {
  return {
    what,
    figure: duration(nanoseconds),
    yardstick: `${(nanoseconds / limitNanoseconds).toPrecision(2)} of the limit`,
    limit: duration(limitNanoseconds),
    within: nanoseconds <= limitNanoseconds,
  };
}

function duration(nanoseconds: number): string {
  return nanoseconds >= 1e6
    ? `${(nanoseconds / 1e6).toPrecision(3)} ms`
    : `${(nanoseconds / 1e3).toPrecision(3)} µs`;
}
