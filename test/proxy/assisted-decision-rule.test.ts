import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import type { AssistedDecisionRule } from "../../src/proxy/assisted-decision-rule.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import { relativeError } from "../support/relative-error.ts";

const effects = { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8, scale: "difference" } as const;
const input = {
  effects,
  sampling: { proxy: 0.18, macro: 0.0392, correlation: 3 / 7 },
  nProxy: 20_000,
  nMacro: 8_000,
};

describe("the rules of an assisted decision", () => {
  it("take a ship threshold for a rule by probability", () => {
    const rule: AssistedDecisionRule = { kind: "probability", threshold: 0.75 };
    expect(proxyAssisted({ ...input, decisionRule: rule })).toStrictEqual(
      proxyAssisted({ ...input, shipThreshold: 0.75 }),
    );
    expect(proxyAssisted(input).decisionRule).toStrictEqual({ kind: "probability", threshold: 0.9 });
  });

  it("ship by the posterior mean as by a probability of one half", () => {
    const mean = proxyAssisted({ ...input, decisionRule: { kind: "posterior-mean" } });
    const half = proxyAssisted({ ...input, shipThreshold: 0.5 });
    expect(mean.shipThreshold).toBe(0.5);
    for (const figure of ["expectedGain", "wrongShipShare", "falseShipRate"] as const) {
      expect(relativeError(mean[figure], half[figure])).toBeLessThan(1e-14);
    }
  });

  it("earn most by the posterior mean", () => {
    const gain = (decisionRule: AssistedDecisionRule): number =>
      proxyAssisted({ ...input, decisionRule }).expectedGain;
    const most = gain({ kind: "posterior-mean" });
    expect(gain({ kind: "probability", threshold: 0.6 })).toBeLessThan(most);
    expect(gain({ kind: "probability", threshold: 0.4 })).toBeLessThan(most);
    expect(gain({ kind: "expected-loss", thresholdOfCaring: 1e-5 })).toBeLessThan(most);
  });

  it("ship by expected loss exactly where the loss of the posterior is small enough", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.01, max: 0.02, noNaN: true }),
        fc.double({ min: -0.002, max: 0.003, noNaN: true }),
        fc.double({ min: 1e-7, max: 1e-3, noNaN: true }),
        (proxyEffect, macroEffect, thresholdOfCaring) => {
          const { posterior, shipThreshold } = proxyAssisted({
            ...input,
            proxyEffect,
            macroEffect,
            decisionRule: { kind: "expected-loss", thresholdOfCaring },
          });
          const { probabilityPositive, expectedLoss, mean, ships } = posterior!;
          expect(ships).toBe(expectedLoss.treatment <= thresholdOfCaring);
          // For a known covariance that is a probability of a gain, whatever the estimates.
          if (Math.abs(probabilityPositive - shipThreshold) > 1e-9) {
            expect(ships).toBe(probabilityPositive > shipThreshold);
          }
          expect(Math.abs(expectedLoss.control - expectedLoss.treatment - mean)).toBeLessThan(1e-16);
        },
      ),
    );
  });

  it("ship changes without effect the less, the more they ask for", () => {
    const rate = (decisionRule: AssistedDecisionRule): number =>
      proxyAssisted({ ...input, decisionRule }).falseShipRate;
    expect(rate({ kind: "probability", threshold: 0.95 })).toBeLessThan(
      rate({ kind: "probability", threshold: 0.8 }),
    );
    expect(rate({ kind: "expected-loss", thresholdOfCaring: 1e-6 })).toBeLessThan(
      rate({ kind: "expected-loss", thresholdOfCaring: 1e-4 }),
    );
  });

  it("are refused by name when broken, and beside a ship threshold", () => {
    const broken = (decisionRule: unknown): (() => unknown) => {
      return () => proxyAssisted({ ...input, decisionRule: decisionRule as AssistedDecisionRule });
    };
    expect(broken({ kind: "majority" })).toThrow("decisionRule.kind");
    expect(broken({ kind: "probability", threshold: 1 })).toThrow("decisionRule.threshold");
    expect(broken({ kind: "expected-loss", thresholdOfCaring: 0 })).toThrow("decisionRule.thresholdOfCaring");
    expect(broken(null)).toThrow(DomainError);
    expect(() =>
      proxyAssisted({ ...input, shipThreshold: 0.9, decisionRule: { kind: "posterior-mean" } }),
    ).toThrow("shipThreshold");
  });
});
