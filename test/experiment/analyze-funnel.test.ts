import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { analyzeFunnel, type AnalyzeFunnelOptions } from "../../src/experiment/analyze-funnel.ts";
import type { FunnelCounts } from "../../src/experiment/funnel-counts.ts";
import { maxZ } from "../../src/inference/max-z.ts";
import { sumOf } from "../../src/numerics/sum.ts";
import { relativeError } from "../support/relative-error.ts";
import { faultOf } from "../support/sound-result.ts";

const names = (steps: number): string[] => Array.from({ length: steps }, (_, k) => `step ${k + 1}`);

const shop: AnalyzeFunnelOptions = {
  steps: ["visit", "product view", "add to cart", "checkout", "order"],
  control: { n: 10_000, reached: [8000, 5000, 1200, 700, 400] },
  treatment: { n: 10_050, reached: [8060, 5030, 1450, 850, 490] },
};

/** Counts of an arm, falling from n; none of them 0 unless `fewest` is. */
const arm = (steps: number, fewest: number, most: number): fc.Arbitrary<FunnelCounts> =>
  fc
    .array(
      fc.oneof(
        fc.integer({ min: fewest, max: 100 }),
        fc.maxSafeInteger().map((x) => Math.max(fewest, Math.abs(x) % (most + 1))),
      ),
      {
        minLength: steps + 1,
        maxLength: steps + 1,
      },
    )
    .map((counts) => {
      const [n, ...reached] = counts.toSorted((a, b) => b - a);
      return { n: Math.max(1, n!), reached };
    });

const funnel = (fewest = 1, most = 1e12): fc.Arbitrary<AnalyzeFunnelOptions> =>
  fc.integer({ min: 2, max: 7 }).chain((steps) =>
    fc.record({
      steps: fc.constant(names(steps)),
      control: arm(steps, fewest, most),
      treatment: arm(steps, fewest, most),
    }),
  );

describe("the parts of a funnel", () => {
  it("add up to the log lift and to the difference of the last step, to 1e-12 of what is added", () => {
    fc.assert(
      fc.property(funnel(1, 2 ** 52), (options) => {
        const { steps, total } = analyzeFunnel(options);
        const parts = steps.map(({ logPart }) => logPart.estimate!);
        const contributions = steps.map(({ contribution }) => contribution.estimate!);
        const gap = Math.abs(sumOf(parts) - total.logLift.estimate!);
        expect(gap).toBeLessThanOrEqual(1e-12 * sumOf(parts.map(Math.abs)));
        const difference = Math.abs(sumOf(contributions) - total.difference.estimate!);
        expect(difference).toBeLessThanOrEqual(1e-12 * sumOf(contributions.map(Math.abs)));
        const variance = sumOf(steps.map(({ logPart }) => logPart.standardError! ** 2));
        expect(Math.abs(variance - total.logLift.standardError! ** 2)).toBeLessThanOrEqual(1e-12 * variance);
      }),
    );
  });

  it("change their sign with the arms", () => {
    fc.assert(
      fc.property(funnel(), (options) => {
        const there = analyzeFunnel(options);
        const back = analyzeFunnel({ ...options, control: options.treatment, treatment: options.control });
        there.steps.forEach(({ logPart, contribution, share }, k) => {
          const other = back.steps[k]!;
          expect(relativeError(-other.logPart.estimate!, logPart.estimate!)).toBeLessThan(1e-12);
          expect(Math.abs(other.logPart.interval.lower + logPart.interval.upper)).toBeLessThan(
            1e-12 * Math.max(1, logPart.interval.upper),
          );
          expect(relativeError(-other.contribution.estimate!, contribution.estimate!)).toBeLessThan(1e-12);
          expect(other.contribution.standardError!).toBeCloseTo(contribution.standardError!, 12);
          expect(other.share.status).toBe(share.status);
        });
        expect(back.carriedBy.step).toBe(there.carriedBy.step);
        expect(relativeError(back.anywhere.statistic, there.anywhere.statistic)).toBeLessThan(1e-12);
      }),
    );
  });

  it("of two neighbours add up where these are one step", () => {
    const without = ({ n, reached }: FunnelCounts, k: number): FunnelCounts => ({
      n,
      reached: reached.filter((_, i) => i !== k),
    });
    const whole = analyzeFunnel(shop);
    for (let k = 0; k + 1 < shop.steps.length; k++) {
      const merged = analyzeFunnel({
        steps: shop.steps.filter((_, i) => i !== k),
        control: without(shop.control, k),
        treatment: without(shop.treatment, k),
      }).steps[k]!;
      const [first, second] = [whole.steps[k]!, whole.steps[k + 1]!];
      expect(first.logPart.estimate! + second.logPart.estimate!).toBeCloseTo(merged.logPart.estimate!, 14);
      expect(first.conversions! + second.conversions!).toBeCloseTo(merged.conversions!, 11);
      const variance = first.logPart.standardError! ** 2 + second.logPart.standardError! ** 2;
      expect(variance).toBeCloseTo(merged.logPart.standardError! ** 2, 14);
    }
  });

  it("stay, with errors that shrink with the root, where all counts grow a hundredfold", () => {
    const times = ({ n, reached }: FunnelCounts): FunnelCounts => ({
      n: 100 * n,
      reached: reached.map((x) => 100 * x),
    });
    const small = analyzeFunnel(shop);
    const large = analyzeFunnel({ ...shop, control: times(shop.control), treatment: times(shop.treatment) });
    for (const [k, { logPart, contribution, share }] of small.steps.entries()) {
      const grown = large.steps[k]!;
      expect(grown.logPart.estimate!).toBeCloseTo(logPart.estimate!, 14);
      expect(10 * grown.logPart.standardError!).toBeCloseTo(logPart.standardError!, 14);
      expect(10 * grown.contribution.standardError!).toBeCloseTo(contribution.standardError!, 14);
      expect(10 * grown.share.standardError!).toBeCloseTo(share.standardError!, 13);
      expect(large.control.steps[k]!.atStake.estimate!).toBeCloseTo(
        100 * small.control.steps[k]!.atStake.estimate!,
        9,
      );
    }
  });

  it("have intervals that leave out 0 exactly where the conditional test is significant", () => {
    fc.assert(
      fc.property(funnel(1, 1000), (options) => {
        for (const { logPart, conditional } of analyzeFunnel(options).steps) {
          if (Math.abs(conditional!.pValue! - 0.05) < 1e-9) continue;
          const { lower, upper } = logPart.interval;
          expect(lower > 0 || upper < 0).toBe(conditional!.pValue! < 0.05);
        }
      }),
    );
  });
});

describe("the tests of a funnel", () => {
  it("know of the largest of two or three statistics what maxZ knows by another way", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 3 }).chain((steps) => fc.tuple(arm(steps, 1, 1e4), arm(steps, 1, 1e4))),
        fc.constantFrom("two-sided", "greater", "less"),
        ([control, treatment], alternative) => {
          const steps = names(control.reached.length);
          const result = analyzeFunnel({ steps, control, treatment, adjustment: "max-z", alternative });
          const isSingular = result.correlation.some((row, i) =>
            row.some((r, j) => i !== j && (r > 0.9999 || r === 0)),
          );
          if (isSingular) return;
          const z = result.steps.map(({ effect }) => effect.statistic!);
          const { tests } = maxZ({ z, correlation: result.correlation, alternative });
          for (const [k, { adjustedPValue }] of result.steps.entries()) {
            expect(relativeError(adjustedPValue, tests[k]!.adjustedPValue)).toBeLessThan(1e-10);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("adjust p-values to between themselves and Bonferroni's", () => {
    fc.assert(
      fc.property(funnel(1, 1e6), (options) => {
        const { steps } = analyzeFunnel({ ...options, adjustment: "max-z" });
        for (const { adjustedPValue, effect } of steps) {
          expect(adjustedPValue).toBeGreaterThanOrEqual(effect.pValue! * (1 - 1e-12));
          expect(adjustedPValue).toBeLessThanOrEqual(
            Math.min(1, steps.length * effect.pValue! * (1 + 1e-12)),
          );
        }
      }),
      { numRuns: 50 },
    );
  });

  it("go from the last step upwards in a fixed sequence", () => {
    const { steps } = analyzeFunnel({ ...shop, adjustment: "fixed-sequence" });
    const alone = steps.map(({ effect }) => effect.pValue!);
    expect(steps[4]!.adjustedPValue).toBe(alone[4]);
    expect(steps[2]!.adjustedPValue).toBe(alone[4]);
    expect(steps[0]!.adjustedPValue).toBe(alone[1]);
  });

  it("find what cancels before the last step", () => {
    const { anywhere, total, carriedBy } = analyzeFunnel({
      steps: ["cart", "order"],
      control: { n: 10_000, reached: [2000, 500] },
      treatment: { n: 10_000, reached: [2400, 500] },
    });
    expect(total.logLift.estimate).toBe(0);
    expect(anywhere.pValue).toBeLessThan(1e-10);
    expect(carriedBy).toMatchObject({ step: null, status: "undetermined" });
    expect(carriedBy.reason).toContain('"order" is not established');
  });
});

describe("a funnel at its ends", () => {
  it("holds no NaN, and no estimate that is missing without a word, whatever the counts", () => {
    fc.assert(
      fc.property(
        fc.oneof(funnel(0, 20), funnel(0, 2 ** 53 - 2)),
        fc.constantFrom("two-sided", "greater", "less"),
        fc.constantFrom("holm", "max-z", "fixed-sequence", "hommel"),
        fc.constantFrom(0.95, 0.3, 0.999999),
        (options, alternative, adjustment, confidenceLevel) => {
          const result = analyzeFunnel({ ...options, alternative, adjustment, confidenceLevel });
          expect(faultOf(result)).toBeNull();
        },
      ),
      { numRuns: 300 },
    );
  });

  it("keeps the parts before a step that no unit took, and says why the others are unknown", () => {
    const result = analyzeFunnel({ ...shop, treatment: { n: 10_050, reached: [8060, 5030, 1450, 0, 0] } });
    const [, , cart, checkout, order] = result.steps;
    expect(cart!.logPart).toEqual(analyzeFunnel(shop).steps[2]!.logPart);
    expect(checkout!.logPart).toMatchObject({ estimate: -Infinity, status: "unbounded" });
    expect(checkout!.logPart.interval.upper).toBeLessThan(0);
    expect(order!.logPart).toMatchObject({ estimate: null, status: "undetermined" });
    expect(order!.conditional).toBeNull();
    expect(result.steps.map(({ conversions }) => conversions)).toEqual([
      0,
      0,
      0,
      result.total.conversions,
      0,
    ]);
    expect(result.carriedBy.reason).toContain("no unit of an arm took");
    expect(result.treatment).toMatchObject({
      ranking: [],
      bottleneck: { step: null, status: "undetermined" },
    });
    expect(result.warnings.find(({ code }) => code === "EMPTY_STEP")!.message).toContain(
      'treatment took "checkout"',
    );
  });

  it("shares nothing out where neither arm has a unit at the last step", () => {
    const { steps, total, anywhere } = analyzeFunnel({
      steps: ["cart", "order"],
      control: { n: 10, reached: [5, 0] },
      treatment: { n: 10, reached: [0, 0] },
    });
    expect(total.logLift.status).toBe("undetermined");
    expect(steps.map(({ conversions }) => conversions)).toEqual([null, null]);
    expect(anywhere.degreesOfFreedom).toBe(1);
  });

  it("learns nothing of steps that all units take", () => {
    const all = { n: 1000, reached: [1000, 1000] };
    const { anywhere, steps, correlation, warnings, control } = analyzeFunnel({
      steps: ["page", "view"],
      control: all,
      treatment: all,
      adjustment: "max-z",
    });
    expect(anywhere).toMatchObject({ statistic: 0, degreesOfFreedom: 0, pValue: 1 });
    expect(steps[0]!.logPart).toMatchObject({ estimate: 0, standardError: 0 });
    expect(steps[0]!.adjustedPValue).toBe(1);
    expect(correlation).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(control.steps[0]!.atStake).toMatchObject({ estimate: 0, standardError: 0 });
    expect(control.bottleneck.step).toBeNull();
    expect(warnings.map(({ code }) => code)).toContain("NO_DROP_OFF");
  });

  it("takes steps whose odds hardly differ, at any size", () => {
    const n = 10 ** 12;
    const { steps } = analyzeFunnel({
      steps: names(4),
      control: { n, reached: [n - 1, n - 2, 500, 1] },
      treatment: { n, reached: [n - 1, n - 3, 499, 1] },
      adjustment: "max-z",
    });
    for (const { adjustedPValue } of steps) expect(adjustedPValue).toBeGreaterThan(0.5);
    for (const half of [10 ** 6, 10 ** 12]) {
      const close = { n: 2 * half, reached: [half + 5, half] };
      const result = analyzeFunnel({
        steps: names(2),
        control: close,
        treatment: { n: 2 * half, reached: [half + 5 + 10 ** 3, half + 10 ** 3] },
        adjustment: "max-z",
      }).steps;
      expect(result[0]!.adjustedPValue).toBeGreaterThanOrEqual(result[0]!.effect.pValue!);
      expect(result[0]!.adjustedPValue).toBeLessThan(1.01 * result[0]!.effect.pValue!);
    }
  });

  it("warns of arms that differ in size, of few units, and of other units at later steps", () => {
    const codes = analyzeFunnel({
      steps: ["cart", "order"],
      control: { n: 20_000, reached: [4000, 10] },
      treatment: { n: 1000, reached: [300, 3] },
    }).warnings.map(({ code }) => code);
    expect(codes).toEqual(["COMPOSITION", "SMALL_COUNTS", "UNEQUAL_ARMS"]);
  });
});

describe("what is at stake in a funnel", () => {
  it("is what no drop-off at the step would bring, with the later rates as they are", () => {
    const { steps, ranking, bottleneck } = analyzeFunnel(shop).control;
    expect(steps[2]!.atStake.estimate).toBeCloseTo(3800 * (400 / 1200), 10);
    expect(steps[2]!.perPoint).toBeCloseTo(0.01 * 5000 * (400 / 1200), 12);
    expect(ranking).toEqual(["add to cart", "order", "checkout", "product view", "visit"]);
    expect(bottleneck.step).toBe("add to cart");
  });

  it("is ranked by the benchmark where there is one, and names no step that has reached it", () => {
    const benchmark = [0.8, 0.65, 0.24, 0.7, 0.57];
    const { steps, ranking, bottleneck } = analyzeFunnel({ ...shop, benchmark }).control;
    expect(ranking[0]).toBe("checkout");
    expect(bottleneck.step).toBe("checkout");
    expect(steps[3]!.atStake.estimate).toBeCloseTo(400 * (0.7 / (7 / 12) - 1), 10);
    expect(steps[4]!.atStake.estimate).toBeLessThan(0);
    const reached = analyzeFunnel({ ...shop, benchmark: [0.5, 0.5, 0.1, 0.3, 0.3] }).control.bottleneck;
    expect(reached).toMatchObject({ step: null, status: "undetermined" });
  });
});

describe("Udacity's free trial screener", () => {
  // Page views, clicks, enrollments and payments of the 23 days with outcomes.
  const { steps, carriedBy, anywhere, warnings } = analyzeFunnel({
    steps: ["click", "enrollment", "payment"],
    control: { n: 212_163, reached: [17_293, 3785, 2033] },
    treatment: { n: 211_362, reached: [17_260, 3423, 1945] },
  });

  it("let fewer enroll, and more of these pay, since it let other ones in", () => {
    expect(steps[1]!.logPart.interval.upper).toBeLessThan(0);
    expect(steps[2]!.logPart.interval.lower).toBeGreaterThan(0);
    expect(steps[2]!.effect.pValue).toBeGreaterThan(0.05);
    expect(anywhere.pValue).toBeLessThan(1e-4);
    expect(carriedBy.step).toBeNull();
    expect(warnings[0]!.code).toBe("COMPOSITION");
  });
});

describe("a funnel that is none", () => {
  it.each<[string, object, string]>([
    [
      "grows",
      { control: { n: 1000, reached: [800, 900, 3, 2, 1] } },
      "control.reached[1] = 900, must be at most reached[0] = 800",
    ],
    [
      "starts above n",
      { treatment: { n: 10, reached: [11, 3, 3, 2, 1] } },
      "treatment.reached[0] = 11, must be at most n = 10",
    ],
    [
      "has no units",
      { control: { n: 0, reached: [0, 0, 0, 0, 0] } },
      "control.n = 0, must be a whole number at or above 1",
    ],
    [
      "has half a unit",
      { control: { n: 10, reached: [5, 2.5, 0, 0, 0] } },
      "control.reached[1] = 2.5, must be a whole number at or above 0",
    ],
    [
      "lacks a count",
      { control: { n: 10, reached: [5, 2] } },
      "control.reached = [5, 2], must be a list of 5 numbers, one count for each step",
    ],
    ["lacks an arm", { control: undefined }, "control = undefined, must be an object"],
    [
      "names a step twice",
      { steps: ["a", "b", "a", "c", "d"] },
      'steps[2] = "a", must differ from all other names',
    ],
    ["has one step", { steps: ["a"] }, "must be a list of at least two names"],
    ["has a step without a name", { steps: ["a", "", "c", "d", "e"] }, 'steps[1] = "", must be a text'],
    ["has a benchmark of 0", { benchmark: [1, 1, 0, 1, 1] }, "benchmark[2] = 0, must be above 0"],
    ["has a benchmark above 1", { benchmark: [1, 1, 2, 1, 1] }, "benchmark[2] = 2, must lie between 0 and 1"],
    [
      "lacks a benchmark",
      { benchmark: [1] },
      "benchmark = [1], must be a list of 5 numbers, one rate for each step",
    ],
    ["is adjusted by nothing known", { adjustment: "dunnett" }, 'adjustment = "dunnett", must be one of'],
  ])("%s, and is refused by name", (_, change, message) => {
    const call = (): unknown => analyzeFunnel({ ...shop, ...change });
    expect(call).toThrow(DomainError);
    expect(call).toThrow(message);
  });
});
