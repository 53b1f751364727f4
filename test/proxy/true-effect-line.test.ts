import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/numerics/random.ts";
import { estimateEffectCovariance } from "../../src/proxy/estimate-effect-covariance.ts";
import { predictMacro } from "../../src/proxy/predict-macro.ts";

const random = createRandom(7);
const covariance = [
  [0.0002, 0.0001],
  [0.0001, 0.0012],
];
const experiments = Array.from({ length: 80 }, (_, k) => {
  const [a, b, e, f] = [random.normal(), random.normal(), random.normal(), random.normal()] as const;
  return {
    ...(k % 2 === 0 ? { name: `test ${k}` } : {}),
    proxyEffect: 0.02 + 0.05 * a + Math.sqrt(0.0002) * e,
    macroEffect: 0.01 + 0.03 * a + 0.02 * b + (0.0001 / Math.sqrt(0.0002)) * e + Math.sqrt(0.00115) * f,
    covariance,
  };
});
const learned = estimateEffectCovariance({ experiments });

describe("the line through the true effects", () => {
  it("covers the range of the past, zero included", () => {
    const effects = experiments.map(({ proxyEffect }) => proxyEffect);
    expect(learned.line[0]!.proxyEffect).toBe(Math.min(0, ...effects));
    expect(learned.line.at(-1)!.proxyEffect).toBe(Math.max(0, ...effects));
    const xs = learned.line.map(({ proxyEffect }) => proxyEffect);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  });

  it("rises by the slope that is read", () => {
    const [first, last] = [learned.line[0]!, learned.line.at(-1)!];
    const slope = (last.median - first.median) / (last.proxyEffect - first.proxyEffect);
    expect(slope / learned.readings.slope.median).toBeCloseTo(1, 1);
    expect(slope).toBeGreaterThan(learned.readings.slope.interval.lower);
    expect(slope).toBeLessThan(learned.readings.slope.interval.upper);
  });

  it("is never known for sure, and known best near the mean of the past", () => {
    const widths = learned.line.map(({ interval }) => interval.upper - interval.lower);
    const narrowest = learned.line[widths.indexOf(Math.min(...widths))]!;
    expect(Math.min(...widths)).toBeGreaterThan(0.002);
    expect(Math.abs(narrowest.proxyEffect - learned.meanProxy)).toBeLessThan(0.05);
  });

  it("has true effects around it, further out than itself", () => {
    for (const { median, interval, trueEffects } of learned.line) {
      expect(trueEffects.lower).toBeLessThan(interval.lower);
      expect(interval.lower).toBeLessThan(median);
      expect(median).toBeLessThan(interval.upper);
      expect(interval.upper).toBeLessThan(trueEffects.upper);
    }
  });

  it("agrees with the prediction from an effect that is known without noise", () => {
    for (const { proxyEffect, median, trueEffects } of learned.line) {
      const told = predictMacro({
        effects: learned,
        sampling: { proxy: 18, macro: 98, correlation: 0.4 },
        n: 1e12,
        proxyEffect,
      });
      const width = trueEffects.upper - trueEffects.lower;
      expect(Math.abs(told.mean - median)).toBeLessThan(0.02 * width);
      expect(Math.abs(told.interval.lower - trueEffects.lower)).toBeLessThan(0.04 * width);
      expect(Math.abs(told.interval.upper - trueEffects.upper)).toBeLessThan(0.04 * width);
    }
  });
});

describe("the past in a learned covariance", () => {
  it("is what was given, in its order", () => {
    expect(learned.past.length).toBe(80);
    learned.past.forEach((one, k) => {
      const { proxyEffect, macroEffect } = experiments[k]!;
      expect(one).toEqual({
        name: k % 2 === 0 ? `test ${k}` : null,
        proxyEffect,
        macroEffect,
        proxyStandardError: Math.sqrt(0.0002),
        macroStandardError: Math.sqrt(0.0012),
      });
    });
  });
});
