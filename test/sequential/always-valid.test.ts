import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import type { Interval } from "../../src/core/interval.ts";
import { compareWithCovariates } from "../../src/inference/compare-with-covariates.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { alwaysValidPValue, type AlwaysValidPValue } from "../../src/sequential/always-valid-p-value.ts";
import { confidenceSequence } from "../../src/sequential/confidence-sequence.ts";
import { intersection } from "../../src/sequential/intersection.ts";
import { liftConfidenceSequence } from "../../src/sequential/lift-confidence-sequence.ts";
import { mixtureCriticalValue } from "../../src/sequential/mixture.ts";
import { mixtureOf } from "../../src/sequential/mixture-method.ts";
import { proportionConfidenceSequence } from "../../src/sequential/proportion-confidence-sequence.ts";
import { armsInDoubt } from "../support/arms-in-doubt.ts";
import { leavesOut } from "../support/leaves-out.ts";
import { relativeError } from "../support/relative-error.ts";

const ALTERNATIVES = ["two-sided", "greater", "less"] as const;
const METHODS = ["normal-mixture", "asymptotic"] as const;
const arms = armsInDoubt([1, 2, 30, 1000, 250_000, 1e9]);
const settings = fc.record({
  method: fc.constantFrom(...METHODS),
  alternative: fc.constantFrom(...ALTERNATIVES),
  confidenceLevel: fc.constantFrom(0.8, 0.95, 0.999),
  tightestN: fc.constantFrom(10, 5000, 1e7),
});

/** Looks at growing counts of two rates. */
const paths = fc
  .array(fc.tuple(fc.nat(400), fc.nat(400), fc.nat(40), fc.nat(40)), { minLength: 2, maxLength: 12 })
  .map((steps) => {
    const control = { n: 1, conversions: 0 };
    const treatment = { n: 1, conversions: 0 };
    return steps.map(([n1, n2, x1, x2]) => {
      control.n += n1 + x1;
      control.conversions += x1;
      treatment.n += n2 + x2;
      treatment.conversions += x2;
      return { control: { ...control }, treatment: { ...treatment } };
    });
  });

describe("an always-valid p-value", () => {
  it("of one look is below alpha exactly when 0 lies outside the difference and the lift of that look", () => {
    fc.assert(
      fc.property(arms, settings, (look, options) => {
        const { instantPValue, difference, lift, confidenceLevel, status } = alwaysValidPValue({
          ...look,
          ...options,
        });
        const alpha = 1 - confidenceLevel;
        fc.pre(Math.abs(instantPValue / alpha - 1) > 1e-9);
        expect(leavesOut(difference.interval, 0)).toBe(instantPValue < alpha);
        if (status === "ok") expect(leavesOut(lift.interval, 0)).toBe(instantPValue < alpha);
      }),
      { numRuns: 500 },
    );
  });

  it("never rises, and is below alpha exactly when a look has left 0 out", () => {
    fc.assert(
      fc.property(paths, settings, (looks, options) => {
        let previous: AlwaysValidPValue | undefined;
        let isOut = false;
        for (const look of looks) {
          const now: AlwaysValidPValue = alwaysValidPValue({ ...look, ...options, previous });
          expect(now.logPValue).toBeLessThanOrEqual(previous?.logPValue ?? 0);
          expect(now.logPValue).toBeLessThanOrEqual(now.logInstantPValue);
          isOut ||= leavesOut(now.difference.interval, 0);
          expect(now.pValue < 1 - options.confidenceLevel).toBe(isOut);
          previous = now;
        }
      }),
    );
  });

  it("turns with the arms", () => {
    fc.assert(
      fc.property(arms, settings, ({ control, treatment }, options) => {
        fc.pre(control.n === treatment.n);
        const turned = { "two-sided": "two-sided", greater: "less", less: "greater" } as const;
        const one = alwaysValidPValue({ control, treatment, ...options });
        const alternative = turned[options.alternative];
        const other = alwaysValidPValue({ control: treatment, treatment: control, ...options, alternative });
        expect(other.logPValue).toBeCloseTo(one.logPValue, 9);
        expect(other.difference.interval.lower).toBe(0 - one.difference.interval.upper);
      }),
    );
  });

  it("is at most twice as large two-sided as on the side of the effect", () => {
    fc.assert(
      fc.property(arms, settings, (look, options) => {
        const test = { ...look, ...options, rho: 0.02, tightestN: undefined };
        const two = alwaysValidPValue({ ...test, alternative: "two-sided" });
        const sides = (["greater", "less"] as const).map((alternative) =>
          alwaysValidPValue({ ...test, alternative }),
        );
        const least = Math.min(...sides.map(({ logPValue }) => logPValue));
        expect(least).toBeGreaterThanOrEqual(two.logPValue - Math.LN2 - 1e-12);
        // Half of the mixture lies on either side.
        if (options.method === "normal-mixture") {
          const mean = (sides[0]!.likelihoodRatio + sides[1]!.likelihoodRatio) / 2;
          if (mean < 1e200) expect(relativeError(mean, two.likelihoodRatio)).toBeLessThan(1e-10);
        }
      }),
    );
  });

  it("has no evidence while an arm does not vary, and keeps what it had", () => {
    const none = alwaysValidPValue({
      control: { n: 900, conversions: 30 },
      treatment: { n: 100, conversions: 0 },
    });
    expect(none).toMatchObject({
      status: "undetermined",
      statistic: null,
      logLikelihoodRatio: 0,
      pValue: 1,
      difference: { interval: { lower: -1, upper: 1 }, status: "undetermined" },
    });
    expect(none.warnings.map(({ code }) => code)).toContain("NO_VARIANCE");
    const all = { n: 1000, conversions: 1000 };
    expect(alwaysValidPValue({ control: { n: 1000, conversions: 0 }, treatment: all }).pValue).toBe(1);
    const before = alwaysValidPValue({
      control: { n: 5, mean: 0, variance: 1 },
      treatment: { n: 5, mean: 9, variance: 1 },
    });
    const flat = { n: 6, mean: 0, variance: 0 };
    expect(alwaysValidPValue({ control: flat, treatment: flat, previous: before }).pValue).toBe(
      before.pValue,
    );
  });

  it("does not underflow", () => {
    const look = alwaysValidPValue({
      control: { n: 1e12, conversions: 1e10 },
      treatment: { n: 1e12, conversions: 2e10 },
    });
    expect(look.pValue).toBe(0);
    expect(look.logPValue).toBeLessThan(-1e9);
    expect(look.logPValue).toBeGreaterThan(-Infinity);
  });

  it("warns where an arm of an uneven split has few conversions, since it then rejects too often", () => {
    const { warnings } = alwaysValidPValue({
      control: { n: 90, conversions: 40 },
      treatment: { n: 10, conversions: 9 },
    });
    expect(warnings.map(({ code }) => code)).toContain("SMALL_COUNTS");
  });
});

describe("a confidence sequence", () => {
  it("has running intervals that never widen, inside that of the look unless nothing is left", () => {
    fc.assert(
      fc.property(paths, settings, (looks, options) => {
        let previous: ReturnType<typeof confidenceSequence> | undefined;
        for (const look of looks) {
          const now: typeof previous = confidenceSequence({ ...look, ...options, previous });
          const isAnew = now.warnings.some(({ code }) => code === "NOTHING_IN_COMMON");
          for (const effect of ["difference", "lift"] as const) {
            const { interval, running } = now[effect];
            expect(running.lower).toBeGreaterThanOrEqual(interval.lower);
            expect(running.upper).toBeLessThanOrEqual(interval.upper);
            if (isAnew || previous === undefined) continue;
            expect(running.lower).toBeGreaterThanOrEqual(previous[effect].running.lower);
            expect(running.upper).toBeLessThanOrEqual(previous[effect].running.upper);
          }
          previous = now;
        }
      }),
    );
  });

  it.each(METHODS.flatMap((method) => ALTERNATIVES.map((alternative) => ({ method, alternative }))))(
    "is tightest at tightestN: $method, $alternative",
    (options) => {
      const look = { control: { n: 8000, conversions: 400 }, treatment: { n: 8000, conversions: 430 } };
      const criticalAt = (tightestN: number): number =>
        confidenceSequence({ ...look, ...options, tightestN }).criticalValue;
      const best = criticalAt(8000);
      for (const factor of [0.01, 0.5, 0.99, 1.01, 2, 100]) {
        expect(criticalAt(8000 * factor)).toBeGreaterThan(best);
      }
      // As the doc comment says: ten times the units tuned for, and a tenth of them.
      if (options.alternative !== "two-sided") return;
      expect(criticalAt(800) / best).toBeCloseTo(1.07, 3);
      expect(criticalAt(80_000) / best).toBeCloseTo(1.26, 3);
    },
  );

  it("is wider one-sided by the closed form than by the mixture itself, by a fiftieth at most at 95 %", () => {
    for (let power = -6; power <= 9; power += 0.25) {
      const [mixture, closed] = METHODS.map((method) =>
        mixtureCriticalValue(mixtureOf(method, "greater"), 10 ** power, 0.05),
      ) as [number, number];
      expect(closed).toBeGreaterThanOrEqual(mixture * (1 - 1e-14));
      expect(closed).toBeLessThan(1.02 * mixture);
    }
  });

  it("gives the same for a mixture variance, a tightest time and a rho that say the same", () => {
    const look = {
      control: { n: 400, mean: 3, variance: 5 },
      treatment: { n: 500, mean: 3.4, variance: 6 },
    };
    const first = confidenceSequence({ ...look, rho: 0.1 });
    const variance = first.difference.standardError! ** 2;
    const same = confidenceSequence({ ...look, mixtureVariance: 0.01 * 400 * variance });
    expect(relativeError(same.criticalValue, first.criticalValue)).toBeLessThan(1e-14);
  });

  it("judges adjusted means by the errors of the adjustment, and ratios by the delta method", () => {
    const moments = {
      control: {
        n: 1000,
        metrics: ["orders", "before"],
        mean: [10.2, 9.8],
        covariance: [
          [16.8, 11],
          [11, 15.9],
        ],
      },
      treatment: {
        n: 1020,
        metrics: ["orders", "before"],
        mean: [10.6, 9.9],
        covariance: [
          [17.5, 11.5],
          [11.5, 16.2],
        ],
      },
    };
    const adjusted = confidenceSequence(moments);
    const once = compareWithCovariates(moments);
    expect(adjusted.difference.estimate).toBe(once.difference.estimate);
    expect(adjusted.difference.standardError).toBe(once.difference.standardError);
    expect(adjusted.lift.standardError).toBe(once.lift.standardError);
    const plain = confidenceSequence({
      control: { n: 1000, mean: 10.2, variance: 16.8 },
      treatment: { n: 1020, mean: 10.6, variance: 17.5 },
    });
    expect(adjusted.difference.standardError!).toBeLessThan(0.75 * plain.difference.standardError!);
    const orders = { mean: 2, variance: 4 };
    const sessions = { mean: 5, variance: 9 };
    const arm = { n: 2000, numerator: orders, denominator: sessions, covariance: 3 };
    const ratio = confidenceSequence({ control: arm, treatment: { ...arm, n: 1000 } });
    expect(
      relativeError(ratio.difference.standardError!, Math.sqrt(((4 - 2.4 + 1.44) / 25) * (3 / 2000))),
    ).toBeLessThan(1e-14);
    const empty = { n: 90, numerator: orders, denominator: { mean: 0, variance: 0 }, covariance: 0 };
    const unknown = confidenceSequence({ control: empty, treatment: arm });
    expect(unknown.difference).toMatchObject({ estimate: null, status: "undetermined" });
    expect(unknown.warnings.map(({ code }) => code)).toEqual(["NO_DENOMINATOR"]);
  });

  it("has no bounds of the lift while the control cannot be told from 0, and keeps rates above -1", () => {
    const look = { control: { n: 300, conversions: 4 }, treatment: { n: 300, conversions: 40 } };
    const { lift, difference } = confidenceSequence(look);
    expect(lift.interval.upper).toBe(Infinity);
    expect(lift.interval.lower).toBeGreaterThanOrEqual(-1);
    expect(lift.interval.excluded).toBeNull();
    expect(lift.status).toBe("unbounded");
    expect(leavesOut(lift.interval, 0)).toBe(leavesOut(difference.interval, 0));
    const none = confidenceSequence({ ...look, control: { n: 300, conversions: 0 } });
    expect(none.lift).toMatchObject({ estimate: Infinity, status: "unbounded" });
  });

  it("says when it was tuned for another size, and when looks contradict each other", () => {
    const look = { control: { n: 1e6, conversions: 10_000 }, treatment: { n: 1e6, conversions: 10_100 } };
    const codes = (tightestN: number): string[] =>
      confidenceSequence({ ...look, tightestN }).warnings.map(({ code }) => code);
    expect(codes(1e6)).toEqual([]);
    expect(codes(1e8)).toEqual(["FAR_FROM_TIGHTEST"]);
    const before = confidenceSequence({
      control: { n: 1e5, conversions: 5000 },
      treatment: { n: 1e5, conversions: 7000 },
    });
    const after = confidenceSequence({
      control: { n: 1e6, conversions: 80_000 },
      treatment: { n: 1e6, conversions: 50_000 },
      previous: before,
    });
    expect(after.warnings.map(({ code }) => code)).toContain("NOTHING_IN_COMMON");
    expect(after.difference.running).toEqual({ ...after.difference.interval, dualToTest: false });
  });
});

describe("exact sequences", () => {
  const counts = fc
    .integer({ min: 1, max: 100_000 })
    .chain((n) => fc.record({ n: fc.constant(n), conversions: fc.integer({ min: 0, max: n }) }));

  it.each(["prior-posterior-ratio", "howard"] as const)(
    "of a rate by %s turn with the outcomes",
    (method) => {
      fc.assert(
        fc.property(counts, ({ n, conversions }) => {
          const { interval } = proportionConfidenceSequence({ n, conversions, method }).rate;
          const turned = proportionConfidenceSequence({ n, conversions: n - conversions, method }).rate
            .interval;
          expect(Math.abs(turned.lower - (1 - interval.upper))).toBeLessThan(1e-14);
          expect(interval.lower <= conversions / n && conversions / n <= interval.upper).toBe(true);
          if (conversions === 0) expect(interval.lower).toBe(0);
          if (conversions === n) expect(interval.upper).toBe(1);
        }),
      );
    },
  );

  it("of a rate never widen, and start anew where the rate has changed", () => {
    const first = proportionConfidenceSequence({ n: 1000, conversions: 50 });
    const second = proportionConfidenceSequence({ n: 1100, conversions: 51, previous: first });
    expect(second.rate.running.lower).toBe(Math.max(first.rate.interval.lower, second.rate.interval.lower));
    expect(second.rate.running.upper).toBe(second.rate.interval.upper);
    const changed = proportionConfidenceSequence({ n: 9000, conversions: 7000, previous: second });
    expect(changed.warnings.map(({ code }) => code)).toEqual(["NOTHING_IN_COMMON"]);
    expect(changed.rate.running.upper).toBe(changed.rate.interval.upper);
  });

  it("of the lift are duals of their p-value, and never rise or widen", () => {
    fc.assert(
      fc.property(paths, fc.constantFrom(0.2, 1, 3), (looks, allocation) => {
        let previous: ReturnType<typeof liftConfidenceSequence> | undefined;
        for (const look of looks) {
          const now: typeof previous = liftConfidenceSequence({ ...look, allocation, previous });
          expect(leavesOut(now.lift.interval, 0)).toBe(now.instantPValue < 1 - now.confidenceLevel);
          expect(now.logPValue).toBeLessThanOrEqual(previous?.logPValue ?? 0);
          previous = now;
        }
      }),
    );
  });

  it("of the lift know nothing before the first conversion, and leave ends open after one", () => {
    const none = { n: 50, conversions: 0 };
    const some = { n: 50, conversions: 9 };
    const before = liftConfidenceSequence({ control: none, treatment: none });
    expect(before).toMatchObject({ pValue: 1, logLikelihoodRatio: 0, lift: { status: "undetermined" } });
    expect(before.lift.interval).toMatchObject({ lower: -1, upper: Infinity });
    const only = liftConfidenceSequence({ control: none, treatment: some });
    expect(only.lift).toMatchObject({
      estimate: Infinity,
      status: "unbounded",
      interval: { upper: Infinity },
    });
    expect(only.lift.interval.lower).toBeGreaterThan(-1);
    expect(liftConfidenceSequence({ control: some, treatment: none }).lift).toMatchObject({
      estimate: -1,
      interval: { lower: -1 },
    });
  });
});

describe("without an effect", () => {
  // 60 experiments; the slow lane has more, with up to 1e5 looks.
  const EXPERIMENTS = 60;
  const NOISE = 2.5 * Math.sqrt((0.05 * 0.95) / EXPERIMENTS);

  it("2,000 looks reject seldom enough, by the mixture and by the exact test", () => {
    const random = createRandom(11);
    const rejected = { mixture: 0, exact: 0 };
    for (let experiment = 0; experiment < EXPERIMENTS; experiment++) {
      const counts = [0, 0];
      let mixture: AlwaysValidPValue | undefined;
      let exact: ReturnType<typeof liftConfidenceSequence> | undefined;
      for (let n = 3; n <= 6000; n += 3) {
        for (const arm of [0, 1]) counts[arm]! += random.binomial(3, 0.05);
        const control = { n, conversions: counts[0]! };
        const treatment = { n, conversions: counts[1]! };
        mixture = alwaysValidPValue({ control, treatment, tightestN: 2000, previous: mixture });
        exact = liftConfidenceSequence({ control, treatment, tightestConversions: 100, previous: exact });
      }
      if (mixture!.pValue < 0.05) rejected.mixture++;
      if (exact!.pValue < 0.05) rejected.exact++;
    }
    expect(rejected.mixture / EXPERIMENTS).toBeLessThan(0.05 + NOISE);
    expect(rejected.exact / EXPERIMENTS).toBeLessThan(0.05 + NOISE);
  });
});

describe("the intersection of two sets", () => {
  const set = (lower: number, upper: number, gap?: [number, number]): Interval => ({
    lower,
    upper,
    confidenceLevel: 0.95,
    method: "fieller",
    dualToTest: true,
    excluded: gap === undefined ? null : { lower: gap[0], upper: gap[1] },
  });

  it("loses what either rules out", () => {
    expect(intersection(set(0, 2), set(1, 3))).toMatchObject({ lower: 1, upper: 2 });
    expect(intersection(set(0, 1), set(2, 3))).toBeNull();
    const line = set(-Infinity, Infinity, [0, 1]);
    expect(intersection(line, set(0.5, 3))).toMatchObject({ lower: 1, upper: 3, excluded: null });
    expect(intersection(line, set(-3, 0.5))).toMatchObject({ lower: -3, upper: 0, excluded: null });
    expect(intersection(line, set(0.2, 0.8))).toBeNull();
    expect(intersection(line, set(-3, 3))).toMatchObject({ excluded: { lower: 0, upper: 1 } });
    expect(intersection(line, set(-9, 9, [0.5, 4]))).toMatchObject({ excluded: { lower: 0, upper: 4 } });
    expect(intersection(line, set(-9, 9, [5, 8]))).toMatchObject({ excluded: { lower: 5, upper: 8 } });
  });
});

describe("bad input", () => {
  const control = { n: 1000, conversions: 50 };
  const treatment = { n: 1000, conversions: 60 };
  const look = { control, treatment };
  const later = {
    control: { n: 900, conversions: 45 },
    treatment: { n: 1000, conversions: 60 },
  };
  it.each([
    [{ ...look, tightestN: 0 }, "tightestN = 0"],
    [{ ...look, mixtureVariance: -1 }, "mixtureVariance = -1"],
    [{ ...look, rho: Number.NaN }, "rho = NaN"],
    [{ ...look, tightestN: 100, mixtureVariance: 1 }, "mixtureVariance = 1, must be left out"],
    [{ ...look, confidenceLevel: 1 }, "confidenceLevel = 1"],
    [{ ...look, confidenceLevel: 0 }, "confidenceLevel = 0"],
    [{ ...look, method: "msprt" as never }, 'method = "msprt"'],
    [{ ...look, alternative: "up" as never }, 'alternative = "up"'],
    [{ ...look, liftMethod: "katz" as never }, 'liftMethod = "katz"'],
    [{ ...look, theta: 1 }, "theta = 1, must be left out"],
    [{ ...look, treatment: { n: 10, mean: 1, variance: 1 } as never }, "treatment.conversions"],
    [{ control: { n: 1, mean: 1, variance: 0 }, treatment: { n: 9, mean: 1, variance: 2 } }, "control.n = 1"],
    [{ ...later, previous: alwaysValidPValue(look) }, "previous.control.n = 1000, must be at most the 900"],
    [{ ...look, previous: alwaysValidPValue({ ...look, tightestN: 9 }) }, "previous.tuning.value = 9"],
    [{ ...look, previous: alwaysValidPValue({ ...look, confidenceLevel: 0.9 }) }, "previous.confidenceLevel"],
    [{ ...look, previous: { ...alwaysValidPValue(look), logPValue: 1 } }, "previous.logPValue = 1"],
    [{ ...look, previous: null as never }, "previous"],
  ])("is refused by alwaysValidPValue: %j", (options, message) => {
    expect(() => alwaysValidPValue(options)).toThrow(DomainError);
    expect(() => alwaysValidPValue(options)).toThrow(message);
  });

  it("is refused by the exact ones", () => {
    const one = { n: 10, conversions: 3 };
    const refused: readonly (readonly [() => unknown, string])[] = [
      [() => proportionConfidenceSequence({ n: 10, conversions: 11 }), "conversions = 11"],
      [() => proportionConfidenceSequence({ ...one, tightestN: 5 }), "tightestN = 5, must be left out"],
      [() => proportionConfidenceSequence({ ...one, method: "howard", tightestN: 0 }), "tightestN = 0"],
      [
        () => proportionConfidenceSequence({ ...one, method: "howard", prior: { alpha: 1, beta: 1 } }),
        "must be left out",
      ],
      [() => proportionConfidenceSequence({ ...one, prior: { alpha: 0, beta: 1 } }), "prior.alpha = 0"],
      [
        () =>
          proportionConfidenceSequence({
            n: 10,
            conversions: 2,
            previous: proportionConfidenceSequence(one),
          }),
        "previous.conversions = 3",
      ],
      [() => liftConfidenceSequence({ ...look, allocation: 0 }), "allocation = 0"],
      [() => liftConfidenceSequence({ ...look, tightestConversions: 0 }), "tightestConversions = 0"],
      [
        () => liftConfidenceSequence({ ...later, previous: liftConfidenceSequence(look) }),
        "previous.control.n = 1000",
      ],
    ];
    for (const [call, message] of refused) {
      expect(call).toThrow(DomainError);
      expect(call).toThrow(message);
    }
  });
});
