import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import type { Interval } from "../../src/core/interval.ts";
import { compareCounts } from "../../src/inference/compare-counts.ts";
import { compareRatios } from "../../src/inference/compare-ratios.ts";
import { testEquivalence } from "../../src/inference/test-equivalence.ts";
import { testNonInferiority } from "../../src/inference/test-non-inferiority.ts";
import { testSuperiority } from "../../src/inference/test-superiority.ts";
import type { LevelScale } from "../../src/models/level-scale.ts";
import type { Count } from "../../src/summaries/count.ts";
import type { Ratio } from "../../src/summaries/ratio.ts";
import type { TwoArms } from "../../src/summaries/two-arms.ts";
import fine from "../reference/inference/margins-of-counts.json" with { type: "json" };
import reference from "../reference/inference/margins-of-levels.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

const SCALES = ["difference", "lift"] as const;

/** The one-sided tests at a null value: above it where more is better, below it where less is. */
function testsAt(
  arms: TwoArms<Count> | TwoArms<Ratio>,
  scale: LevelScale,
  nullValue: number,
  test?: "score",
): {
  readonly above: ReturnType<typeof testNonInferiority>;
  readonly below: { readonly pValue: number | null };
} {
  const options = { ...arms, scale, test, margin: Math.abs(nullValue) };
  const [worse, better] = [testNonInferiority, testSuperiority];
  const isBelowNone = nullValue < 0;
  return {
    above: (isBelowNone ? worse : better)(options) as ReturnType<typeof testNonInferiority>,
    below: (isBelowNone ? better : worse)({ ...options, improvesWhen: "decrease" }),
  };
}

describe("tests of counts against a margin", () => {
  it("have the score statistic of 60 digits to 1e-13, its p to 1e-12 and the log to 1e-12", () => {
    for (const { control, treatment, scale, nullValue, statistic, pAbove, logPAbove } of fine.cases) {
      const { above } = testsAt({ control, treatment }, scale as LevelScale, nullValue);
      expect(above.method).toBe("score");
      expect(relativeError(above.statistic!, Number(statistic))).toBeLessThan(1e-13);
      if (pAbove !== "0") expect(relativeError(above.pValue!, Number(pAbove))).toBeLessThan(1e-12);
      const log = Number(logPAbove);
      expect(Math.abs(above.logPValue! - log)).toBeLessThan(1e-12 * Math.max(1, Math.abs(log)));
    }
  });

  it("agree with Rao's test of R's glm with the margin as an offset, to 1e-10", () => {
    for (const {
      control,
      treatment,
      scale,
      nullValue,
      poisson,
      quasi,
      df,
      pAbove,
      pBelow,
    } of reference.counts) {
      const arms = { control, treatment };
      const plain = testsAt(arms, scale as LevelScale, nullValue, "score");
      expect(relativeError(plain.above.statistic!, poisson)).toBeLessThan(1e-10);
      const { above, below } = testsAt(arms, scale as LevelScale, nullValue);
      expect(above).toMatchObject({ method: "quasi-poisson", degreesOfFreedom: df });
      expect(relativeError(above.statistic!, quasi)).toBeLessThan(1e-10);
      expect(relativeError(above.pValue!, pAbove)).toBeLessThan(1e-10);
      expect(relativeError(below.pValue!, pBelow)).toBeLessThan(1e-10);
    }
  });
});

describe("tests of ratios against a margin", () => {
  it("agree with the delta method on the units themselves, by R, to 1e-12", () => {
    for (const { control, treatment, scale, nullValue, statistic, pAbove, pBelow } of reference.ratios) {
      const { above, below } = testsAt({ control, treatment }, scale as LevelScale, nullValue);
      expect(above).toMatchObject({ method: "delta", degreesOfFreedom: Infinity });
      expect(relativeError(above.statistic!, statistic)).toBeLessThan(1e-12);
      expect(relativeError(above.pValue!, pAbove)).toBeLessThan(1e-11);
      expect(relativeError(below.pValue!, pBelow)).toBeLessThan(1e-11);
    }
  });
});

const margin = fc.oneof(
  fc.double({ min: 1e-9, max: 0.999, noNaN: true }),
  fc.double({ min: -9, max: -0.01, noNaN: true }).map((exponent) => 10 ** exponent),
);
const alpha = fc.double({ min: 1e-6, max: 0.49, noNaN: true });
const improvesWhen = fc.constantFrom("increase" as const, "decrease" as const);
const n = fc.oneof(fc.constantFrom(1, 2, 3, 1e6, 1e9, 1e12), fc.integer({ min: 2, max: 1000 }));
// Events so near to each other that the tests are in doubt, with and without the variance of the units.
const counts = fc
  .record({
    sizes: fc.tuple(n, n),
    rate: fc.double({ min: -6, max: 1, noNaN: true }).map((exponent) => 10 ** exponent),
    deviates: fc.tuple(
      fc.double({ min: -4, max: 4, noNaN: true }),
      fc.double({ min: -4, max: 4, noNaN: true }),
    ),
    dispersions: fc.option(
      fc.tuple(fc.double({ min: 0, max: 5, noNaN: true }), fc.double({ min: 0, max: 5, noNaN: true })),
      { nil: undefined },
    ),
  })
  .map(({ sizes, rate, deviates, dispersions }): TwoArms<Count> => {
    const arm = (i: 0 | 1): Count => {
      const units = sizes[i];
      const mean = units * rate;
      const events = Math.max(0, Math.round(mean + deviates[i] * Math.sqrt(mean)));
      if (dispersions === undefined) return { n: units, events };
      const largest = units === 1 ? 0 : events * (events / units);
      return { n: units, events, variance: Math.min(largest, dispersions[i] * (events / units)) };
    };
    return { control: arm(0), treatment: arm(1) };
  });
const level = fc.double({ min: -2, max: 10, noNaN: true });
const spread = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 30, noNaN: true }));
const ratio = fc
  .record({
    n: fc.integer({ min: 2, max: 1e6 }),
    means: fc.tuple(level, fc.oneof(fc.constant(0), level)),
    variances: fc.tuple(spread, spread),
    correlation: fc.double({ min: -0.999, max: 0.999, noNaN: true }),
  })
  .map(({ n: units, means, variances, correlation }): Ratio => ({
    n: units,
    numerator: { mean: means[0], variance: variances[0] },
    denominator: { mean: Math.abs(means[1]) < 1e-6 ? 0 : means[1], variance: variances[1] },
    covariance: correlation * Math.sqrt(variances[0] * variances[1]),
  }));
const arms = fc.oneof(counts, fc.record({ control: ratio, treatment: ratio }));
const isInDoubt = (pValue: number, limit: number): boolean => Math.abs(pValue - limit) <= 1e-7 * limit;
const liesBeyond = ({ lower, upper, excluded }: Interval, value: number, side: string): boolean =>
  excluded === null && (side === "greater" ? lower > value : upper < value);

describe("a test of counts or ratios against a margin and its interval at 1 − 2 alpha", () => {
  it("are duals at any size, without events and without variance, and one without the other never decides", () => {
    fc.assert(
      fc.property(
        arms,
        margin,
        alpha,
        improvesWhen,
        fc.constantFrom(...SCALES),
        (two, distance, limit, way, scale) => {
          const options = { ...two, margin: distance, alpha: limit, improvesWhen: way, scale };
          for (const result of [testNonInferiority(options), testSuperiority(options)]) {
            const shown = "nonInferior" in result ? result.nonInferior : result.superior;
            const { interval } = result.effect;
            if (result.pValue === null) {
              expect(shown).toBe(false);
              expect(result.warnings.length).toBeGreaterThan(0);
              expect(interval.dualToTest).toBe(false);
            } else if (!isInDoubt(result.pValue, limit)) {
              expect(shown).toBe(liesBeyond(interval, result.nullValue, result.alternative));
              if (interval.excluded === null) expect(shown).toBe(result.pValue < limit);
            }
          }
        },
      ),
      { numRuns: 4000 },
    );
  });

  it("make equivalence out of two tests", () => {
    fc.assert(
      fc.property(arms, margin, alpha, fc.constantFrom(...SCALES), (two, distance, limit, scale) => {
        const result = testEquivalence({ ...two, margin: distance, alpha: limit, scale });
        if (result.pValue === null || isInDoubt(result.pValue, limit)) return;
        expect(result.pValue).toBe(Math.max(result.lower.pValue!, result.upper.pValue!));
        const { interval } = result.effect;
        expect(result.equivalent).toBe(
          liesBeyond(interval, result.lower.nullValue, "greater") &&
            liesBeyond(interval, result.upper.nullValue, "less"),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("turn into each other where the arms are exchanged, on the scale of the difference", () => {
    fc.assert(
      fc.property(arms, margin, ({ control, treatment }, distance) => {
        const there = testNonInferiority({ control, treatment, margin: distance } as TwoArms<Count> & {
          margin: number;
        });
        const back = testNonInferiority({
          control: treatment,
          treatment: control,
          margin: distance,
          improvesWhen: "decrease",
        } as TwoArms<Count> & { margin: number });
        if (there.pValue === null) expect(back.pValue).toBe(null);
        else
          expect(Math.abs(back.logPValue! - there.logPValue!)).toBeLessThan(
            1e-9 * Math.max(1, -there.logPValue!),
          );
      }),
    );
  });
});

describe("testNonInferiority of counts and ratios", () => {
  const control = { n: 4000, events: 9120, variance: 5.1 };
  const treatment = { n: 4100, events: 9710, variance: 5.4 };
  const sessions = {
    n: 10_000,
    numerator: { mean: 2.1, variance: 6.4 },
    denominator: { mean: 5.3, variance: 20.2 },
    covariance: 7.7,
  };

  it("becomes the one-sided comparison as the margin shrinks to nothing", () => {
    const later = { ...sessions, n: 10_100, numerator: { mean: 2.15, variance: 6.9 } };
    for (const scale of SCALES) {
      for (const test of ["quasi-poisson", "score"] as const) {
        const plain = compareCounts({ control, treatment, test, alternative: "greater" });
        const close = testNonInferiority({ control, treatment, margin: 1e-15, scale, test });
        expect(relativeError(close.pValue!, plain.pValue!)).toBeLessThan(1e-11);
      }
      const plain = compareRatios({ control: sessions, treatment: later, alternative: "greater" });
      const close = testNonInferiority({ control: sessions, treatment: later, margin: 1e-15, scale });
      expect(relativeError(close.pValue!, plain.pValue!)).toBeLessThan(1e-11);
    }
  });

  it("knows rates of 1e12 units to the last events", () => {
    const arm = (events: number): Count => ({ n: 1e12, events });
    // 1 % worse is ruled out by 1.64 standard errors and one event, and not by two events fewer.
    const base = 4e12;
    const worse = (events: number): boolean =>
      testNonInferiority({ control: arm(base), treatment: arm(events), margin: 0.01, scale: "lift" })
        .nonInferior;
    let [low, high] = [0.98 * base, base];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      [low, high] = worse(middle) ? [low, middle] : [middle, high];
    }
    // (x₂ − R x₁) / √(R (x₁ + x₂)) = z at R = 0.99.
    const z = 1.6448536269514722;
    const edge = 0.99 * base + z * Math.sqrt(0.99 * (base + high));
    expect(Math.abs(high - edge)).toBeLessThan(1.01);
  });

  it("says what an arm without events leaves open", () => {
    const none = { n: 1000, events: 0 };
    const nothing = testNonInferiority({ control: none, treatment: none, margin: 0.1, scale: "lift" });
    expect(nothing).toMatchObject({ statistic: 0, pValue: 0.5, nonInferior: false });
    expect(nothing.effect).toMatchObject({ estimate: null, status: "undetermined" });
    // Of a difference it says that it is small: no event of 1,000 units.
    const small = testNonInferiority({ control: none, treatment: none, margin: 0.1 });
    expect(small.nonInferior).toBe(true);
    expect(small.statistic!).toBeCloseTo(Math.sqrt(0.1 * 1000), 12);
  });

  it("has no answer where no unit differs from its arm's mean, or an arm has no denominators", () => {
    const flat = { n: 10, events: 30, variance: 0 };
    const counted = testNonInferiority({ control: flat, treatment: flat, margin: 0.1 });
    expect(counted).toMatchObject({
      pValue: null,
      logPValue: null,
      status: "undetermined",
      nonInferior: false,
    });
    expect(counted.warnings.map(({ code }) => code)).toContain("NO_VARIANCE");
    const empty = { ...sessions, denominator: { mean: 0, variance: 0 }, covariance: 0 };
    const without = testNonInferiority({ control: sessions, treatment: empty, margin: 0.1, scale: "lift" });
    expect(without).toMatchObject({ pValue: null, status: "undetermined", nonInferior: false });
    expect(without.warnings.map(({ code }) => code)).toContain("NO_DENOMINATOR");
    expect(without.treatment).toMatchObject({ ratio: null });
  });

  it.each([
    [{ control, treatment, margin: 0.1, scale: "odds-ratio" as const }, 'scale = "odds-ratio"'],
    [{ control, treatment, margin: 0.1, test: "exact" as never }, 'test = "exact"'],
    [{ control, treatment, margin: 0.1, test: "welch" as const }, 'test = "welch"'],
    [{ control, treatment, margin: 1, scale: "lift" as const }, "margin = 1"],
    [{ control, treatment, margin: 1e101 }, "margin = 1e+101"],
    [
      { control: { n: 5, events: 3 }, treatment, margin: 0.1, test: "quasi-poisson" as const },
      "control.variance = undefined",
    ],
    [{ control, treatment: { n: 5, conversions: 2 } as never, margin: 0.1 }, "treatment.events = undefined"],
    [{ control, treatment: { ...treatment, events: 2.5 }, margin: 0.1 }, "treatment.events = 2.5"],
    [{ control: sessions, treatment: sessions, margin: 0.1, test: "score" as const }, 'test = "score"'],
    [{ control: sessions, treatment: { ...sessions, n: 1 }, margin: 0.1 }, "treatment.numerator.variance"],
    [{ control: sessions, treatment: control as never, margin: 0.1 }, "treatment.numerator"],
  ])("refuses %j", (options, message) => {
    const call = (): unknown => testNonInferiority(options);
    expect(call).toThrow(DomainError);
    expect(call).toThrow(message);
  });
});
