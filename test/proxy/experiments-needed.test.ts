import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { experimentsNeeded } from "../../src/proxy/experiments-needed.ts";
import { totalCovariance } from "../../src/proxy/moment-covariance.ts";
import { historyTable } from "../support/history-table.ts";
import { relativeError } from "../support/relative-error.ts";

const { cases } = JSON.parse(
  readFileSync(new URL("../reference/proxy/history.json", import.meta.url), "utf8"),
) as { cases: readonly { id: string; input: Record<string, number>; expected: Record<string, number> }[] };

const weak = {
  rho: 0.8,
  reliabilityProxy: 0.64,
  reliabilityMacro: 0.246,
  samplingCorrelation: 0.43,
  halfWidth: 0.1,
};

describe("how many experiments a correlation takes", () => {
  it.each(["K-0.8-1", "K-0.8-0.9"])("is the specification's number in %s", (id) => {
    const { input, expected } = cases.find((each) => each.id === id)!;
    const actual = experimentsNeeded({
      rho: input["rho"]!,
      reliabilityProxy: input["relProxy"]!,
      reliabilityMacro: input["relMacro"]!,
      samplingCorrelation: input["samplingCorr"]!,
      halfWidth: input["halfWidth"]!,
      confidenceLevel: input["level"]!,
    });
    expect(actual.experiments).toBe(expected["K"]);
    expect(relativeError(actual.unitVariance, expected["A"]!)).toBeLessThanOrEqual(1e-12);
    expect(relativeError(Math.sqrt(actual.unitVariance / 399), expected["seAtK400"]!)).toBeLessThanOrEqual(
      1e-12,
    );
  });

  it("is Fisher's number for a lower limit", () => {
    const { input, expected } = cases.find((each) => each.id === "K-fisher")!;
    const { fisherZ } = experimentsNeeded({
      rho: input["rho"]!,
      reliabilityProxy: 1,
      reliabilityMacro: 1,
      samplingCorrelation: 0,
      halfWidth: input["rho"]! - input["lower"]!,
      confidenceLevel: input["level"]!,
    });
    expect(fisherZ.experiments).toBe(expected["K"]);
    expect(relativeError(fisherZ.exact, expected["raw"]!)).toBeLessThanOrEqual(1e-12);
  });

  it("is the specification's formula in powers of the reliabilities", () => {
    const reliability = fc.double({ min: 0.01, max: 1, noNaN: true });
    const correlation = fc.double({ min: -0.99, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(correlation, correlation, reliability, reliability, (rho, r, relProxy, relMacro) => {
        const [a, b] = [1 / relProxy, 1 / relMacro];
        const q = rho + r * Math.sqrt((a - 1) * (b - 1));
        const formula = a * b + q * q + (rho ** 2 / 2) * (a * a + b * b + 2 * q * q) - 2 * rho * q * (a + b);
        const { unitVariance, experiments, noiseFree } = experimentsNeeded({
          rho,
          reliabilityProxy: relProxy,
          reliabilityMacro: relMacro,
          samplingCorrelation: r,
          halfWidth: 0.1,
        });
        // The formula's own terms cancel, to the size of the largest of them.
        expect(Math.abs(unitVariance - formula)).toBeLessThanOrEqual(1e-13 * (a + b) ** 2);
        expect(experiments).toBeGreaterThanOrEqual(3);
        expect(noiseFree.exact).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it("is the same from an effect covariance and what a test was like", () => {
    const effects = { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8 };
    const sampling = { proxy: 0.18, macro: 0.0392, correlation: 3 / 7 };
    const n = 20_000;
    const actual = experimentsNeeded({ effects, sampling, n, halfWidth: 0.1 });
    expect(actual.experiments).toBe(1228);
    const byReliability = experimentsNeeded({
      rho: 0.8,
      reliabilityProxy: n / (n + 11_250),
      reliabilityMacro: n / (n + 61_250),
      samplingCorrelation: 3 / 7,
      halfWidth: 0.1,
    });
    expect(relativeError(actual.exact, byReliability.exact)).toBeLessThanOrEqual(1e-12);
    const range = { lower: -0.1, upper: 0.9 };
    const worst = experimentsNeeded({
      effects,
      sampling: { ...sampling, correlationRange: range },
      n,
      halfWidth: 0.1,
    });
    const at = (correlation: number): number =>
      experimentsNeeded({ effects, sampling: { ...sampling, correlation }, n, halfWidth: 0.1 }).exact;
    expect(worst.exact).toBe(Math.max(at(range.lower), at(range.upper)));
    const posterior = [0.7, 0.9].map((rho) => ({ ...effects, rho, weight: 1 }));
    const learned = experimentsNeeded({ effects: { ...effects, posterior }, sampling, n, halfWidth: 0.1 });
    const mean = posterior.map(
      (node) => experimentsNeeded({ effects: node, sampling, n, halfWidth: 0.1 }).unitVariance,
    );
    expect(relativeError(learned.unitVariance, (mean[0]! + mean[1]!) / 2)).toBeLessThanOrEqual(1e-12);
  });

  it("is a lower bound, and says so: simulated estimates scatter as much and a little more", () => {
    const { unitVariance, warnings } = experimentsNeeded(weak);
    expect(warnings.map(({ code }) => code)).toEqual(["LOWER_BOUND"]);
    const random = createRandom(631);
    const [HISTORIES, EXPERIMENTS] = [400, 400];
    const [a, b, r] = [
      1 / weak.reliabilityProxy - 1,
      1 / weak.reliabilityMacro - 1,
      weak.samplingCorrelation,
    ];
    const covariance = [
      [a, r * Math.sqrt(a * b)],
      [r * Math.sqrt(a * b), b],
    ];
    const rhos = Array.from({ length: HISTORIES }, () => {
      const list = Array.from({ length: EXPERIMENTS }, () => {
        const [u, v, e, f] = [random.normal(), random.normal(), random.normal(), random.normal()];
        return {
          effects: [
            u + Math.sqrt(a) * e,
            weak.rho * u +
              Math.sqrt(1 - weak.rho ** 2) * v +
              Math.sqrt(b) * (r * e + Math.sqrt(1 - r * r) * f),
          ],
          covariance,
        };
      });
      return totalCovariance(historyTable(list)).relations[0]!.rho!;
    }).toSorted((x, y) => x - y);
    // The interquartile range as a standard deviation: .091 in the specification's own simulation, .0894 by formula.
    const spread = (rhos[(3 * HISTORIES) / 4]! - rhos[HISTORIES / 4]!) / 1.349;
    const formula = Math.sqrt(unitVariance / (EXPERIMENTS - 1));
    expect(formula).toBeCloseTo(0.0894, 3);
    expect(spread / formula).toBeGreaterThan(0.95);
    expect(spread / formula).toBeLessThan(1.2);
  });

  it("stays finite at the edges, or is Infinity", () => {
    for (const rho of [0, 1 - 1e-15, -1 + 1e-15]) {
      for (const reliability of [1, 0.5, 1e-30]) {
        for (const samplingCorrelation of [-1, 0, 1]) {
          for (const halfWidth of [1e-300, 0.5, 1 - 1e-16]) {
            const { exact, fisherZ, noiseFree } = experimentsNeeded({
              rho,
              reliabilityProxy: reliability,
              reliabilityMacro: reliability,
              samplingCorrelation,
              halfWidth,
            });
            for (const number of [exact, fisherZ.exact, noiseFree.exact])
              expect(number).toBeGreaterThanOrEqual(1);
          }
        }
      }
    }
  });

  it("refuses what has no precision to plan for", () => {
    for (const [field, value] of [
      ["rho", 1],
      ["rho", -1],
      ["reliabilityProxy", 0],
      ["reliabilityMacro", 1.01],
      ["samplingCorrelation", -1.5],
      ["halfWidth", 0],
      ["confidenceLevel", 1],
    ] as const) {
      expect(() => experimentsNeeded({ ...weak, [field]: value })).toThrow(DomainError);
    }
  });
});
