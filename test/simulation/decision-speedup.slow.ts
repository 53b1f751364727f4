import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import { decisionSpeedup } from "../../src/proxy/decision-speedup.ts";
import { observeEffects } from "../../src/proxy/observe-effects.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import { unitCovariance } from "../../src/proxy/unit-covariance.ts";
import type { JointCounts } from "../../src/summaries/joint-counts.ts";

// True effects are drawn from the covariance; each change is then a real experiment: binomial clicks and sales of a
// nested funnel in both arms. Shares and gains are held to four standard errors of the simulation.
const RUNS = 400_000;
const STANDARD_ERRORS = 4;
/** z(1 − 0.05/2). */
const CRITICAL = 1.959963984540054;
const [MICRO, MACRO] = [0.1, 0.02] as const;
const effects = { scale: "difference", tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8 } as const;
const sampling = unitCovariance({ microRate: MICRO, macroRate: MACRO, nested: true, scale: "difference" });

interface Trial {
  readonly truth: number;
  readonly proxy: number;
  readonly macro: number;
  /** Each effect over its own standard error, as estimated from that experiment. */
  readonly proxyZ: number;
  readonly macroZ: number;
}

function drawArm(random: Random, n: number, micro: number, macro: number): JointCounts {
  const clicks = random.binomial(n, micro);
  const both = random.binomial(clicks, macro / micro);
  return { neither: n - clicks, macroOnly: 0, microOnly: clicks - both, both };
}

function trials(n: number, seed: number): Trial[] {
  const random = createRandom(seed);
  return Array.from({ length: RUNS }, () => {
    const [a, b] = [random.normal(), random.normal()];
    const truth = effects.tauMacro * (effects.rho * a + Math.sqrt(1 - effects.rho ** 2) * b);
    const control = drawArm(random, n, MICRO, MACRO);
    const treatment = drawArm(random, n, MICRO + effects.tauProxy * a, MACRO + truth);
    const seen = observeEffects({ control, treatment }, "difference");
    return {
      truth,
      proxy: seen.proxyEffect,
      macro: seen.macroEffect!,
      proxyZ: seen.proxyEffect / Math.sqrt(seen.sampling.proxy / n),
      macroZ: seen.macroEffect! / Math.sqrt(seen.sampling.macro / n),
    };
  });
}

function expectAccuracy(sample: readonly Trial[], ships: (trial: Trial) => boolean, predicted: number): void {
  const right = sample.filter((trial) => ships(trial) === trial.truth > 0).length / RUNS;
  const error = Math.sqrt((predicted * (1 - predicted)) / RUNS);
  expect(Math.abs(right - predicted), `${right} against ${predicted}`).toBeLessThan(STANDARD_ERRORS * error);
}

/** The simulated gain per test, held to the predicted one. */
function expectGain(sample: readonly Trial[], ships: (trial: Trial) => boolean, predicted: number): void {
  const gains = sample.map((trial) => (ships(trial) ? trial.truth : 0));
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / RUNS;
  const square = gains.reduce((sum, gain) => sum + gain ** 2, 0) / RUNS;
  const error = Math.sqrt((square - mean ** 2) / RUNS);
  expect(Math.abs(mean - predicted), `${mean} against ${predicted}`).toBeLessThan(STANDARD_ERRORS * error);
}

describe("real experiments, decided by the predicted rules", () => {
  it.each([20_000, 77_639, 200_000])("are right as often, and gain as much, as predicted at n = %d", (n) => {
    const sample = trials(n, n);
    const { byRule } = decisionSpeedup({ effects, sampling, n });
    const { weights } = proxyAssisted({ effects, sampling, n });
    const byProxy = ({ proxy }: Trial): boolean => proxy > 0;
    const byMacro = ({ macro }: Trial): boolean => macro > 0;
    const byBoth = ({ proxy, macro }: Trial): boolean => weights.proxy * proxy + weights.macro * macro > 0;
    expectAccuracy(sample, byProxy, byRule.sign.accuracyProxy);
    expectAccuracy(sample, byMacro, byRule.sign.accuracyMacro);
    expectAccuracy(sample, byBoth, byRule.sign.accuracyAssisted);
    expectGain(sample, byProxy, byRule.sign.gainProxy);
    expectGain(sample, byMacro, byRule.sign.gainMacro);
    expectGain(sample, byBoth, byRule.sign.gainAssisted);

    // A test divides by its own standard error, which grows with the treatment's rate; a threshold fixed beforehand
    // would, at n = 20,000, earn about 5 % more than the constant variance of the formula foretells.
    const wins = ({ proxyZ }: Trial): boolean => proxyZ > CRITICAL;
    const sells = ({ macroZ }: Trial): boolean => macroZ > CRITICAL;
    expectGain(sample, wins, byRule.significance.gainProxy);
    expectGain(sample, sells, byRule.significance.gainMacro);
  });

  it("gain as much from the macro metric at the equivalent n as from the proxy at its own", () => {
    const n = 20_000;
    const { byRule } = decisionSpeedup({ effects, sampling, n });
    const { macroEquivalentN, gainProxy } = byRule.sign;
    const equivalent = trials(Math.round(macroEquivalentN!), 11);
    expectGain(equivalent, ({ macro }) => macro > 0, gainProxy);
    const significant = byRule.significance;
    const size = Math.round(significant.macroEquivalentN!);
    expectGain(trials(size, 13), ({ macroZ }) => macroZ > CRITICAL, significant.gainProxy);
  });
});
