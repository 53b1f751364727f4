import { describe, expect, it } from "vitest";
import type { DecisionReading } from "../../src/proxy/decision-reading.ts";
import { decisionSpeedup } from "../../src/proxy/decision-speedup.ts";
import { proxyAssisted } from "../../src/proxy/proxy-assisted.ts";
import fixture from "../reference/proxy/decisions-mpmath.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

describe("proxyAssisted against matrices at 60 digits", () => {
  /** Relative; correlations to 1e-9 of ±1, n from 10 to 1e12. */
  const TOLERANCE = 1e-12;

  it.each(fixture.posteriors.map((each, i) => [i, each] as const))(
    "holds case %i",
    (_, { in: given, out }) => {
      const { effects, sampling, sizes, observed } = given;
      const result = proxyAssisted({
        effects,
        sampling,
        ...sizes,
        proxyEffect: observed.proxy,
        macroEffect: observed.macro,
      });
      const posterior = result.posterior!;
      expect(relativeError(result.macroEquivalentN, out.macroEquivalentN)).toBeLessThan(TOLERANCE);
      expect(relativeError(result.reliability, out.reliability)).toBeLessThan(TOLERANCE);
      expect(relativeError(posterior.standardDeviation, out.standardDeviation)).toBeLessThan(TOLERANCE);
      // Weights and mean are differences by nature: their error is measured against the effects they stand for.
      const scale = effects.tauMacro / effects.tauProxy;
      expect(Math.abs(result.weights.proxy - out.weightProxy) / scale).toBeLessThan(TOLERANCE);
      expect(Math.abs(result.weights.macro - out.weightMacro)).toBeLessThan(TOLERANCE);
      expect(Math.abs(posterior.mean - out.mean) / effects.tauMacro).toBeLessThan(TOLERANCE);
    },
  );
});

describe("decisionSpeedup against quadrature at 30 digits", () => {
  /** Relative. */
  const TOLERANCE = 1e-12;

  it.each(fixture.decisions.map((each, i) => [i, each] as const))(
    "holds case %i",
    (_, { in: given, out }) => {
      const { byRule } = decisionSpeedup(given);
      for (const rule of ["sign", "significance"] as const) {
        const found: DecisionReading = byRule[rule];
        const expected = out[rule];
        expect(relativeError(found.gainProxy, expected.gainProxy)).toBeLessThan(TOLERANCE);
        expect(relativeError(found.gainMacro, expected.gainMacro)).toBeLessThan(TOLERANCE);
        expect(relativeError(found.accuracyProxy, expected.accuracyProxy)).toBeLessThan(TOLERANCE);
        expect(relativeError(found.accuracyMacro, expected.accuracyMacro)).toBeLessThan(TOLERANCE);
        expect(relativeError(found.wrongShipShare.proxy, expected.wrongProxy)).toBeLessThan(TOLERANCE);
        expect(relativeError(found.wrongShipShare.macro, expected.wrongMacro)).toBeLessThan(TOLERANCE);
        expect(relativeError(found.macroEquivalentN!, expected.macroEquivalentN)).toBeLessThan(TOLERANCE);
      }
    },
  );
});
