import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { compareCounts } from "../../src/inference/compare-counts.ts";
import { compareRatios } from "../../src/inference/compare-ratios.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import { minimumDetectableLiftForCounts } from "../../src/planning/minimum-detectable-lift-for-counts.ts";
import { minimumDetectableLiftForMeans } from "../../src/planning/minimum-detectable-lift-for-means.ts";
import { minimumDetectableLiftForRatios } from "../../src/planning/minimum-detectable-lift-for-ratios.ts";
import { powerForCounts } from "../../src/planning/power-for-counts.ts";
import { powerForMeans } from "../../src/planning/power-for-means.ts";
import { powerForRatios } from "../../src/planning/power-for-ratios.ts";
import { sampleSizeForCounts } from "../../src/planning/sample-size-for-counts.ts";
import { sampleSizeForMeans } from "../../src/planning/sample-size-for-means.ts";
import { sampleSizeForRatios } from "../../src/planning/sample-size-for-ratios.ts";
import type { Ratio } from "../../src/summaries/ratio.ts";
import { relativeError } from "../support/relative-error.ts";

const DRAWS = 2000;
const chance = (power: number): number => 4 * Math.sqrt((power * (1 - power)) / DRAWS);

describe("plans for ratios", () => {
  const past: Ratio = {
    n: 10_000,
    numerator: { mean: 2.1, variance: 6.4 },
    denominator: { mean: 5.3, variance: 20.2 },
    covariance: 7.7,
  };
  const ratio = 2.1 / 5.3;
  const deviation = Math.sqrt(6.4 - 2 * ratio * 7.7 + ratio * ratio * 20.2) / 5.3;

  it("are plans for means with the deviation of the linearised ratio", () => {
    const mean = { baseline: ratio, standardDeviation: deviation, test: "z" as const };
    const size = sampleSizeForRatios({ past, lift: 0.05, allocation: 2 });
    const plain = sampleSizeForMeans({ ...mean, lift: 0.05, allocation: 2 });
    expect(size).toMatchObject({ kind: "ratio-sample-size", method: "delta", baseline: ratio, lift: 0.05 });
    expect(relativeError(size.exact.control, plain.exact.control)).toBeLessThan(1e-13);
    const { power } = powerForRatios({ past, difference: 0.02, n: 4000 });
    expect(relativeError(power, powerForMeans({ ...mean, difference: 0.02, n: 4000 }).power)).toBeLessThan(
      1e-13,
    );
    const { lift } = minimumDetectableLiftForRatios({ past, n: 4000, direction: "down" });
    const expected = minimumDetectableLiftForMeans({ ...mean, n: 4000, direction: "down" }).lift!;
    expect(relativeError(lift!, expected)).toBeLessThan(1e-13);
  });

  it("take a deviation instead of past units, for one arm or for each", () => {
    const one = sampleSizeForRatios({ baseline: ratio, standardDeviation: deviation, lift: 0.05 });
    expect(
      relativeError(one.exact.control, sampleSizeForRatios({ past, lift: 0.05 }).exact.control),
    ).toBeLessThan(1e-13);
    const each = { control: 3, treatment: 4 };
    const two = sampleSizeForRatios({ standardDeviation: each, difference: 1 });
    expect(two).toMatchObject({ baseline: null, treatmentRatio: null, lift: null, standardDeviation: each });
    expect(two.warnings.map(({ code }) => code)).toEqual(["UNDETERMINED_LIFT"]);
  });

  it.each<[string, object]>([
    ["past", { lift: 0.1 }],
    ["standardDeviation", { past, standardDeviation: 1, lift: 0.1 }],
    ["baseline", { past, baseline: 1, lift: 0.1 }],
    ["past.n", { past: { ...past, n: 1.5 }, lift: 0.1 }],
    [
      "past.denominator.mean",
      { past: { ...past, denominator: { mean: 0, variance: 1 }, covariance: 0 }, lift: 0.1 },
    ],
    [
      "past.numerator.variance",
      {
        past: {
          n: 9,
          numerator: { mean: 1, variance: 0 },
          denominator: { mean: 1, variance: 0 },
          covariance: 0,
        },
        lift: 0.1,
      },
    ],
    ["baseline", { standardDeviation: 1, lift: 0.1 }],
    ["standardDeviation", { standardDeviation: 0, difference: 0.1 }],
  ])("name %s when it is wrong: %j", (field, options) => {
    for (const attempt of [
      () => sampleSizeForRatios(options as never),
      () => powerForRatios({ ...options, n: 10 } as never),
    ]) {
      expect(attempt).toThrow(DomainError);
      expect(attempt).toThrow(new RegExp(`^${field.replaceAll(".", "\\.")} = `));
    }
  });

  it("have the power that compareRatios has, simulated, within 4 Monte Carlo errors", () => {
    // Clicks follow the sessions of a user, with noise of their own.
    const arm = (draw: Random, n: number, rate: number): Ratio => {
      let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0];
      for (let i = 0; i < n; i++) {
        const sessions = 2 + 3 * draw.uniform();
        const clicks = rate * sessions + draw.normal();
        sx += sessions;
        sy += clicks;
        sxx += sessions * sessions;
        syy += clicks * clicks;
        sxy += sessions * clicks;
      }
      const moment = (square: number, a: number, b: number): number => (square - (a * b) / n) / (n - 1);
      return {
        n,
        numerator: { mean: sy / n, variance: moment(syy, sy, sy) },
        denominator: { mean: sx / n, variance: moment(sxx, sx, sx) },
        covariance: moment(sxy, sx, sy),
      };
    };
    // Given the ratio, clicks − ratio · sessions is the noise: its deviation over the mean of 3.5 sessions.
    const plan = { baseline: 0.4, standardDeviation: 1 / 3.5, lift: 0.2 };
    const { control, power } = sampleSizeForRatios(plan);
    const draw = createRandom(20_250_106);
    let detected = 0;
    for (let i = 0; i < DRAWS; i++) {
      const { pValue, difference } = compareRatios({
        control: arm(draw, control, 0.4),
        treatment: arm(draw, control, 0.48),
      });
      if (pValue! < 0.05 && difference.estimate! > 0) detected++;
    }
    expect(Math.abs(detected / DRAWS - power)).toBeLessThan(chance(power));
  });
});

describe("plans for counts", () => {
  const plans = fc.record({
    baseline: fc.double({ min: 0.01, max: 20, noNaN: true }),
    exposure: fc.double({ min: 0.1, max: 30, noNaN: true }),
    dispersion: fc.double({ min: 0.3, max: 10, noNaN: true }),
    alpha: fc.double({ min: 1e-4, max: 0.3, noNaN: true }),
    allocation: fc.double({ min: 0.1, max: 10, noNaN: true }),
    test: fc.constantFrom("score" as const, "wald" as const, "log" as const),
  });

  it("invert each other", () => {
    fc.assert(
      fc.property(
        plans,
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        fc.double({ min: -0.7, max: 2, noNaN: true }).filter((x) => Math.abs(x) > 1e-4),
        (plan, power, lift) => {
          const n = sampleSizeForCounts({ ...plan, lift, power }).exact.control;
          expect(relativeError(powerForCounts({ ...plan, lift, n }).power, power)).toBeLessThan(1e-11);
          const direction = lift > 0 ? "up" : "down";
          const found = minimumDetectableLiftForCounts({ ...plan, n, power, direction }).lift!;
          // Of a decrease on the log scale there may be a smaller one with the same power.
          if (direction === "up" || plan.test !== "log")
            expect(relativeError(found, lift)).toBeLessThan(1e-9);
          else expect(Math.abs(found)).toBeLessThanOrEqual(Math.abs(lift) * (1 + 1e-9));
        },
      ),
    );
  });

  it("are what the closed forms say: Lehr's 4 (√λ₂ − √λ₁)⁻² within 3 %, and the log of the ratio to 1e-13", () => {
    const n = sampleSizeForCounts({ baseline: 10, difference: 1 }).exact.control;
    expect(relativeError(n, 4 / (Math.sqrt(11) - Math.sqrt(10)) ** 2)).toBeLessThan(0.03);
    // (1.959964 + 0.841621)² (1/λ₁ + 1/λ₂) / ln(λ₂/λ₁)²
    const distance = 1.959963984540054 + 0.8416212335729142;
    const log = sampleSizeForCounts({ baseline: 2, lift: 0.25, test: "log" }).exact.control;
    expect(relativeError(log, (distance ** 2 * (1 / 2 + 1 / 2.5)) / Math.log(1.25) ** 2)).toBeLessThan(1e-13);
  });

  it("count exposure and dispersion as units", () => {
    const plan = { baseline: 0.3, lift: 0.1 };
    const plain = sampleSizeForCounts(plan).exact.control;
    expect(
      relativeError(sampleSizeForCounts({ ...plan, exposure: 4 }).exact.control, plain / 4),
    ).toBeLessThan(1e-13);
    expect(
      relativeError(sampleSizeForCounts({ ...plan, dispersion: 2.5 }).exact.control, 2.5 * plain),
    ).toBeLessThan(1e-13);
  });

  it("find no decrease where even the loss of all events would be missed", () => {
    for (const test of ["score", "wald", "log"] as const) {
      const found = minimumDetectableLiftForCounts({ baseline: 0.1, n: 20, direction: "down", test });
      expect(found).toMatchObject({ status: "undetermined", lift: null, treatmentRate: null });
      expect(found.warnings.map(({ code }) => code)).toEqual(["NO_SOLUTION"]);
    }
  });

  it("find no effect beyond the rates that plans are made for", () => {
    const detectable = minimumDetectableLiftForCounts({ baseline: 1, n: 1e-4, power: 0.99, test: "log" });
    expect(detectable).toMatchObject({ status: "undetermined", difference: null, lift: null });
    expect(detectable.warnings.map(({ code }) => code)).toEqual(["NO_SOLUTION"]);
  });

  it("warn of few events", () => {
    expect(powerForCounts({ baseline: 0.1, lift: 1, n: 20 }).warnings.map(({ code }) => code)).toEqual([
      "SMALL_COUNTS",
    ]);
  });

  it.each<[string, object]>([
    ["baseline", { baseline: 0, lift: 0.1 }],
    ["exposure", { baseline: 1, exposure: 0, lift: 0.1 }],
    ["dispersion", { baseline: 1, dispersion: Number.NaN, lift: 0.1 }],
    ["lift", { baseline: 1, lift: -1 }],
    ["difference", { baseline: 1, difference: -1 }],
    ["difference", { baseline: 1, difference: 1, lift: 1 }],
    ["test", { baseline: 1, lift: 0.1, test: "exact" }],
  ])("name %s when it is wrong: %j", (field, options) => {
    for (const attempt of [
      () => sampleSizeForCounts(options as never),
      () => powerForCounts({ ...options, n: 10 } as never),
    ]) {
      expect(attempt).toThrow(DomainError);
      expect(attempt).toThrow(new RegExp(`^${field} = `));
    }
  });

  it.each([
    { baseline: 0.5, lift: 0.2, dispersion: 1, allocation: 1 },
    { baseline: 2, lift: -0.1, dispersion: 3, allocation: 0.5 },
  ])("have the power that compareCounts has, simulated, within 4 Monte Carlo errors and 0.01: %j", (plan) => {
    const { control, treatment, treatmentRate, power } = sampleSizeForCounts(plan);
    const draw = createRandom(20_250_107);
    const most = 2 ** 40;
    // All events of an arm: Poisson, as binomial of many rare ones, with a gamma mean where they are dispersed.
    const events = (n: number, rate: number): number => {
      const extra = plan.dispersion - 1;
      const mean = extra === 0 ? n * rate : extra * draw.gamma((n * rate) / extra);
      return draw.binomial(most, mean / most);
    };
    let detected = 0;
    for (let i = 0; i < DRAWS; i++) {
      const arm = (n: number, rate: number): { n: number; events: number; variance: number } => {
        const all = events(n, rate);
        return { n, events: all, variance: (plan.dispersion * all) / n };
      };
      const { pValue, difference } = compareCounts({
        control: arm(control, plan.baseline),
        treatment: arm(treatment, treatmentRate),
      });
      if (pValue! < 0.05 && difference.estimate! > 0 === plan.lift > 0) detected++;
    }
    expect(Math.abs(detected / DRAWS - power)).toBeLessThan(chance(power) + 0.01);
  });
});
