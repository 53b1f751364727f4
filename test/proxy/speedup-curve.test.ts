import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decisionSpeedup } from "../../src/proxy/decision-speedup.ts";
import type { DecisionRule } from "../../src/proxy/decision-rule.ts";
import { detectionSpeedup } from "../../src/proxy/detection-speedup.ts";
import type { EffectCovariance } from "../../src/proxy/effect-covariance.ts";
import { rankProxies } from "../../src/proxy/rank-proxies.ts";
import { speedupCurve } from "../../src/proxy/speedup-curve.ts";
import { unitCovariance } from "../../src/proxy/unit-covariance.ts";

const KNOWN: EffectCovariance = { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8, scale: "difference" };
const SAMPLING = { proxy: 0.18, macro: 0.0392, correlation: 3 / 7 };
const LEARNED: EffectCovariance = {
  ...KNOWN,
  source: "learned",
  posterior: [
    { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8, weight: 5 },
    { tauProxy: 0.0045, tauMacro: 0.0007, rho: 0.5, meanProxy: 0.001, meanMacro: -0.0001, weight: 3 },
    { tauProxy: 0.0035, tauMacro: 0.0009, rho: -0.1, weight: 2 },
  ],
};
const RULES: readonly DecisionRule[] = [
  { kind: "sign" },
  { kind: "significance", alpha: 0.1 },
  { kind: "posterior-mean" },
];

describe("the speedup curve", () => {
  it.each(RULES.flatMap((rule) => [KNOWN, LEARNED].map((effects) => [rule, effects] as const)))(
    "is decisionSpeedup at each of its points: %o",
    (rule, effects) => {
      const curve = speedupCurve({ effects, sampling: SAMPLING, n: 20_000, rule });
      for (const point of curve.points) {
        const { n, accuracyProxy, accuracyMacro, accuracyAssisted, speedupProxy, speedupAssisted } = point;
        const own = decisionSpeedup({ effects, sampling: SAMPLING, n, rule });
        expect({ accuracyProxy, accuracyMacro, accuracyAssisted, speedupProxy, speedupAssisted }).toEqual({
          accuracyProxy: own.accuracyProxy,
          accuracyMacro: own.accuracyMacro,
          accuracyAssisted: own.accuracyAssisted,
          speedupProxy: own.speedupProxy,
          speedupAssisted: own.speedupAssisted,
        });
        expect(curve.crossoverN).toBe(own.crossoverN);
        expect(curve.ceiling).toEqual(own.ceiling);
        if (own.posterior === null) expect(point.posterior).toBeNull();
        else {
          const { speedupProxy: proxy, speedupAssisted: both, shareBelowOne } = own.posterior;
          expect(point.posterior).toEqual({ speedupProxy: proxy, speedupAssisted: both, shareBelowOne });
          expect(curve.posterior?.crossoverN).toEqual(own.posterior.crossoverN);
          expect(curve.posterior?.ceilingMacroEquivalentN).toEqual(own.posterior.ceilingMacroEquivalentN);
        }
      }
    },
  );

  it("has points where something happens", () => {
    const { points, halfReliabilityN, crossoverN } = speedupCurve({
      effects: KNOWN,
      sampling: SAMPLING,
      n: 12_345,
    });
    const sizes = points.map(({ n }) => n);
    for (const mark of [halfReliabilityN.proxy, halfReliabilityN.macro, crossoverN!, 12_345]) {
      expect(sizes).toContain(mark);
    }
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(points.length).toBe(13 + 4);
  });

  it("goes from where the proxy leads to where sales do, through 1 at the crossover", () => {
    const { points, crossoverN } = speedupCurve({ effects: KNOWN, sampling: SAMPLING });
    expect(points[0]!.speedupProxy).toBeGreaterThan(1);
    expect(points.at(-1)!.speedupProxy).toBeLessThan(1);
    expect(points.find(({ n }) => n === crossoverN)!.speedupProxy).toBeCloseTo(1, 12);
  });

  it("takes the range, the number of points and the traffic that are said", () => {
    const range = { lower: 100, upper: 10_000 };
    const { points } = speedupCurve({
      effects: KNOWN,
      sampling: SAMPLING,
      range,
      points: 3,
      unitsPerDay: 500,
    });
    expect(points.map(({ n }) => n)).toEqual([100, expect.closeTo(1000, 9), 10_000]);
    expect(points.map(({ days }) => days)).toEqual([0.2, expect.closeTo(2, 9), 20]);
  });

  it("has the detection speedup of a typical change as a ranking has it, and of planned lifts as planned", () => {
    const sampling = unitCovariance({ microRate: 0.1, macroRate: 0.02, nested: true });
    const effects = { tauProxy: 0.05, tauMacro: 0.04, rho: 0.7 };
    const planned = { microRate: 0.1, macroRate: 0.02, microLift: 0.1, macroLift: 0.08, nested: true };
    const { ranking } = rankProxies({
      candidates: [{ name: "cart", effects, sampling }],
      n: 10_000,
      unitsPerDay: 1000,
      ideasPerYear: 20,
      macroDelay: { attributionDays: 7 },
    });
    const typical = speedupCurve({ effects, sampling }).detectionSpeedup;
    expect(typical).toBeCloseTo(ranking[0]!.detectionSpeedup, 12);
    expect(speedupCurve({ effects, sampling, planned }).detectionSpeedup).toBe(
      detectionSpeedup(planned).speedup,
    );
  });

  it("never lets a proxy that only moves easily look good", () => {
    fc.assert(
      fc.property(fc.double({ min: 10, max: 1e6, noNaN: true }), (ease) => {
        // However easily it moves, true effects that go with sales at 0.05 are worth next to nothing.
        const {
          points,
          ceiling,
          crossoverN,
          detectionSpeedup: detected,
        } = speedupCurve({
          effects: { tauProxy: 0.05 * ease, tauMacro: 0.04, rho: 0.05 },
          sampling: { proxy: 18, macro: 98, correlation: 0.1 },
          range: { lower: 1000, upper: 1e6 },
        });
        expect(detected).toBeGreaterThan(100);
        expect(points.every(({ speedupProxy }) => speedupProxy! < 1)).toBe(true);
        expect(points.every(({ accuracyProxy }) => accuracyProxy < 0.52)).toBe(true);
        expect(ceiling!.accuracy).toBeLessThan(0.52);
        expect(crossoverN).toBeLessThan(1000);
      }),
      { numRuns: 30 },
    );
  });

  it("says so where the proxy detects sooner and decides later at every size", () => {
    const { warnings, crossoverN } = speedupCurve({
      effects: { ...KNOWN, rho: 0.2 },
      sampling: SAMPLING,
      n: 10_000,
    });
    expect(crossoverN).toBe(0);
    expect(warnings.map(({ code }) => code)).toEqual(["PROXY_DECIDES_WORSE", "DETECTS_ONLY"]);
  });

  it("has no speedup for a proxy of the wrong sign, and an endless one where effects pass on in full", () => {
    const wrong = speedupCurve({ effects: { ...KNOWN, rho: -0.5 }, sampling: SAMPLING });
    expect(wrong.status).toBe("undetermined");
    expect(wrong.points.every(({ speedupProxy }) => speedupProxy === null)).toBe(true);
    const full = speedupCurve({ effects: { ...KNOWN, rho: 1 }, sampling: SAMPLING });
    expect(full.crossoverN).toBe(Infinity);
    expect(full.ceiling?.macroEquivalentN).toBe(Infinity);
  });

  it("refuses ranges that end before they begin, and too many points", () => {
    const base = { effects: KNOWN, sampling: SAMPLING };
    expect(() => speedupCurve({ ...base, range: { lower: 10, upper: 10 } })).toThrow(/^range.upper = 10/);
    expect(() => speedupCurve({ ...base, points: 201 })).toThrow(/^points = 201/);
    expect(() => speedupCurve({ ...base, points: 1 })).toThrow(/^points = 1/);
    expect(() => speedupCurve({ ...base, unitsPerDay: 0 })).toThrow(/^unitsPerDay = 0/);
  });
});
