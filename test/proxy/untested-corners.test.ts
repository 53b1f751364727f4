import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/numerics/random.ts";
import { backtestProxy } from "../../src/proxy/backtest-proxy.ts";
import { jointSampling } from "../../src/proxy/joint-sampling.ts";
import type { PlannedTest } from "../../src/proxy/programme-policy.ts";
import { simulateProgramme } from "../../src/proxy/simulate-programme.ts";

describe("corners that changed code showed untested", () => {
  it("counts what a policy shipped and was seen to lose", () => {
    const random = createRandom(7);
    const experiments = Array.from({ length: 24 }, () => {
      const proxyEffect = 0.06 * random.normal();
      return {
        proxyEffect,
        macroEffect: 0.3 * proxyEffect + 0.05 * random.normal(),
        covariance: [
          [0.0004, 0.0003],
          [0.0003, 0.0009],
        ] as const,
        decisionDay: 4,
        matureDay: 49,
      };
    });
    const { policies, replays } = backtestProxy({ experiments });
    let seen = 0;
    for (const { policy, ships, seenWrongShips } of policies) {
      const wrong = replays.filter(
        ({ decisions, macroEffect }) => decisions[policy].ships && macroEffect < 0,
      ).length;
      if (ships === 0) continue;
      expect(seenWrongShips!.estimate).toBeCloseTo(wrong / ships, 14);
      seen += wrong;
    }
    expect(seen).toBeGreaterThan(0);
  });

  it("has years with one test more or less where a year holds no whole number of them", () => {
    const node = { weight: 1, tauProxy: 1, tauMacro: 0, rho: 0, meanProxy: 0, meanMacro: 1 };
    const always = { proxy: 0, macro: 0, threshold: -1, noise: 0 };
    const test = {
      n: 1000,
      testsPerYear: 1.5,
      decisionDays: 0,
      testsWithinYear: 1,
      sizes: { nProxy: 1000, nMacro: 0, nOverlap: 0 },
      sampling: { proxy: 1, macro: 1, correlation: 0 },
      rule: always,
    } as unknown as PlannedTest;
    const years = simulateProgramme([node], test, "year-of-testing", 4000, createRandom(3));
    expect(Math.abs(years.meanGain - 1.5)).toBeLessThan(5 * (0.5 / Math.sqrt(4000)));
    expect(years.quantiles.map(({ gain }) => gain)).toEqual([1, 1, expect.any(Number), 2, 2]);
  });

  it("knows no sampling covariance of a lift without conversions in one arm", () => {
    const some = { neither: 900, macroOnly: 0, microOnly: 80, both: 20 };
    const withoutMicro = { neither: 980, macroOnly: 20, microOnly: 0, both: 0 };
    const withoutMacro = { neither: 900, macroOnly: 0, microOnly: 100, both: 0 };
    for (const none of [withoutMicro, withoutMacro]) {
      expect(jointSampling(some, none, "log-lift")).toBeNull();
      expect(jointSampling(none, some, "log-lift")).toBeNull();
      expect(jointSampling(some, none, "difference")).not.toBeNull();
    }
  });
});
