import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alternative } from "../../src/core/alternative.ts";
import { DomainError } from "../../src/core/domain-error.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { compareRatios } from "../../src/inference/compare-ratios.ts";
import { differenceStandardError } from "../../src/models/effect-standard-errors.ts";
import { analyzeGroupSequential } from "../../src/sequential/analyze-group-sequential.ts";
import type { GroupSequentialAnalysis } from "../../src/sequential/group-sequential-analysis.ts";
import {
  groupSequentialDesign,
  type GroupSequentialDesign,
  type GroupSequentialDesignOptions,
} from "../../src/sequential/group-sequential-design.ts";
import more from "../reference/sequential/group-sequential-analysis-more.json" with { type: "json" };
import reference from "../reference/sequential/group-sequential-analysis.json" with { type: "json" };
import { exitProbabilities } from "../../src/numerics/exit-probabilities.ts";
import { normalQuantile } from "../../src/numerics/normal.ts";
import { sumOf } from "../../src/numerics/sum.ts";
import { stageWiseDrift, stageWiseTails } from "../../src/sequential/stage-wise-ordering.ts";
import { createRandom } from "../../src/numerics/random.ts";
import type { Ratio } from "../../src/summaries/ratio.ts";
import { relativeError } from "../support/relative-error.ts";

const FAMILIES = {
  asOF: "lan-demets-obrien-fleming",
  asP: "lan-demets-pocock",
  asKD: "kim-demets",
  asHSD: "hwang-shih-decani",
  OF: "obrien-fleming",
  P: "pocock",
  WT: "wang-tsiatis",
} as const;

interface ReferenceInput {
  readonly design: string;
  readonly information: readonly number[];
  readonly alpha: number;
  readonly sided: number;
  readonly gamma?: number | null;
  readonly deltaWT?: number | null;
  readonly futility?: readonly number[] | null;
  readonly binding?: boolean;
  readonly n_per_arm: readonly number[];
  readonly x_treatment: readonly number[];
  readonly x_control: readonly number[];
}

function designOf(given: ReferenceInput): GroupSequentialDesign {
  return groupSequentialDesign({
    informationRates: given.information,
    alpha: given.alpha,
    alternative: given.sided === 2 ? "two-sided" : "greater",
    spending: FAMILIES[given.design as keyof typeof FAMILIES],
    gamma: given.gamma ?? undefined,
    delta: given.deltaWT ?? undefined,
    futility: given.futility ? { boundaries: given.futility, binding: given.binding } : undefined,
  });
}

const arms = (given: ReferenceInput, i: number) => ({
  control: { n: given.n_per_arm[i]!, conversions: given.x_control[i]! },
  treatment: { n: given.n_per_arm[i]!, conversions: given.x_treatment[i]! },
});

function analysisOf(given: ReferenceInput): GroupSequentialAnalysis {
  return analyzeGroupSequential({
    design: designOf(given),
    looks: given.n_per_arm.map((_, i) => ({ information: given.information[i]!, ...arms(given, i) })),
  });
}

/** From the drift to the scale of standard deviations between units, as rpact has it. */
function standardized(result: GroupSequentialAnalysis, n: number): (drift: number) => number {
  return (drift) => drift * Math.sqrt(result.conclusion!.information / (n / 2));
}

describe("analyzeGroupSequential", () => {
  const cases = [...reference.cases, ...more.cases];

  // rpact's roots are good to about 1e-6 and its boundaries to 1e-8; it does not look for repeated p-values above 1/2.
  // Largest deviations seen: z 2e-15, boundaries 1e-8, repeated p-values 9e-7, repeated limits 3e-7.
  it.each(cases)("agrees with rpact look by look: $in.design $in.information", ({ in: given, out }) => {
    analysisOf(given).looks.forEach((look, i) => {
      expect(Math.abs(look.z - out.z[i]!)).toBeLessThan(1e-12);
      expect(Math.abs(look.efficacy - out.boundaries[i]!)).toBeLessThan(3e-8);
      const repeated = out.repeated_p[i]!;
      if (repeated < 0.4999) expect(Math.abs(look.repeatedPValue! - repeated)).toBeLessThan(1.5e-6);
      else expect(look.repeatedPValue).toBeGreaterThan(0.4999);
      const { lower, upper } = look.repeatedIntervals.difference!;
      expect(Math.abs(lower - out.rci.lower[i]!)).toBeLessThan(1e-6);
      expect(Math.abs(upper - out.rci.upper[i]!)).toBeLessThan(1e-6);
    });
  });

  // Largest deviations seen: p-value 4e-10, median and limits 2e-7.
  it.each(cases.filter((row) => row.in.sided === 1))(
    "agrees with rpact at the end: $in.design $in.information",
    ({ in: given, out }) => {
      const result = analysisOf(given);
      expect(result.stoppedAt).toBe(out.final.stage);
      if (result.conclusion === null) return;
      const scale = standardized(result, given.n_per_arm[result.stoppedAt! - 1]!);
      const { estimate, interval } = result.conclusion.effects.drift;
      expect(Math.abs(result.conclusion.pValue - out.final.p!)).toBeLessThan(1e-8);
      expect(Math.abs(scale(estimate!) - out.median_unbiased_general!)).toBeLessThan(1e-6);
      expect(Math.abs(scale(interval.lower) - out.final_ci_general[0]!)).toBeLessThan(1e-6);
      expect(Math.abs(scale(interval.upper) - out.final_ci_general[1]!)).toBeLessThan(1e-6);
    },
  );

  // A walk that has left below counts again in rpact once it comes back, so that its answers change when the arms are
  // exchanged. Ours agree with integration to 30 digits (stage-wise-ordering.test.ts), and rpact's with ours where the
  // lower boundaries are taken away.
  it.each(cases.filter((row) => row.in.sided === 2))(
    "agrees with rpact at the end but for the lower boundaries, which rpact forgets: $in.design $in.information",
    ({ in: given, out }) => {
      const result = analysisOf(given);
      expect(result.stoppedAt).toBe(out.final.stage);
      const at = result.stoppedAt! - 1;
      const walk = {
        information: given.information.slice(0, at + 1),
        upper: result.looks.slice(0, at).map(({ efficacy }) => efficacy),
        lower: result.looks.slice(0, at).map(() => -Infinity),
        z: result.looks[at]!.z,
      };
      const scale = standardized(result, given.n_per_arm[at]!);
      const reach = normalQuantile(given.alpha / 2);
      const { upper } = stageWiseTails(walk, 0);
      const { upper: mirrored } = stageWiseTails({ ...walk, z: -walk.z }, 0);
      expect(Math.abs(2 * Math.min(upper, mirrored) - out.final.p!)).toBeLessThan(1e-8);
      expect(Math.abs(scale(stageWiseDrift(walk, 0)) - out.median_unbiased_general!)).toBeLessThan(1e-6);
      expect(Math.abs(scale(stageWiseDrift(walk, reach)) - out.final_ci_general[0]!)).toBeLessThan(1e-6);
      expect(Math.abs(scale(stageWiseDrift(walk, -reach)) - out.final_ci_general[1]!)).toBeLessThan(1e-6);
    },
  );

  it.each(reference.cases)(
    "has rpact's limits of the difference at the first look, and later those it multiplies the unpooled standard error into: $in.design $in.information",
    ({ in: given, out }) => {
      const result = analysisOf(given);
      if (result.conclusion === null) return;
      const at = result.stoppedAt! - 1;
      const { drift, difference } = result.conclusion.effects;
      const { control, treatment } = arms(given, at);
      const error = differenceStandardError(control, treatment) * Math.sqrt(result.conclusion.information);
      const pairs = [
        [drift.estimate!, difference!.estimate!, out.median_unbiased!],
        [drift.interval.lower, difference!.interval.lower, out.final_ci[0]!],
        [drift.interval.upper, difference!.interval.upper, out.final_ci[1]!],
      ] as const;
      for (const [onDrift, onDifference, expected] of pairs) {
        expect(Math.abs((at === 0 ? onDifference : onDrift * error) - expected)).toBeLessThan(1e-6);
        // Ours asks the score test at every look, and stays within a tenth of a standard error of it.
        expect(Math.abs(onDifference - expected)).toBeLessThan(
          0.1 * differenceStandardError(control, treatment),
        );
      }
    },
  );

  const designs: [string, GroupSequentialDesignOptions][] = [
    ["lan-demets-obrien-fleming", {}],
    ["lan-demets-pocock", { alternative: "greater", alpha: 0.025 }],
    ["kim-demets", { gamma: 2, futility: { spending: "lan-demets-pocock" }, alternative: "greater" }],
    ["hwang-shih-decani", { gamma: -4, futility: { binding: true }, alternative: "less" }],
    ["obrien-fleming", {}],
    ["pocock", { alternative: "less" }],
    ["wang-tsiatis", { delta: 0.25 }],
    ["haybittle-peto", { alternative: "greater" }],
    ["kim-demets two-sided with a wedge", { gamma: 1, futility: { binding: true } }],
  ];

  it.each(designs)("has the boundaries of the design at the planned looks: %s", (name, options) => {
    const spending = name.split(" ")[0] as "pocock";
    const design = groupSequentialDesign({ informationRates: [0.3, 0.5, 0.8, 1], spending, ...options });
    const looks = design.looks.map(({ information }) => ({ information, z: 0.9 }));
    const result = analyzeGroupSequential({ design, looks });
    design.looks.forEach((planned, k) => {
      const look = result.looks[k]!;
      expect(relativeError(look.efficacy, planned.efficacy)).toBeLessThan(1e-10);
      expect(relativeError(look.cumulativeAlpha, planned.cumulativeAlpha)).toBeLessThan(1e-10);
      if (k < 3 && planned.futility !== null) {
        expect(relativeError(look.futility!, planned.futility)).toBeLessThan(1e-10);
      }
    });
  });

  const look = (z: number, information: number) => ({ information, z });

  it("spends by the information that is there: more looks, fewer, and at other times", () => {
    const design = groupSequentialDesign({ looks: 3 });
    const often = analyzeGroupSequential({
      design,
      looks: [0.1, 0.35, 0.4, 0.7, 0.9, 1.07].map((t) => look(1, t)),
    });
    expect(often.decision).toBe("accept");
    expect(often.looks.at(-1)!.cumulativeAlpha).toBeCloseTo(0.05, 12);
    const seldom = analyzeGroupSequential({ design, looks: [look(1, 0.4), look(2.1, 0.83)], final: true });
    expect(seldom.looks[1]!.cumulativeAlpha).toBeCloseTo(0.05, 12);
    expect(seldom.decision).toBe("reject");
    const going = analyzeGroupSequential({ design, looks: [look(1, 0.4), look(2.1, 0.83)] });
    expect(going).toMatchObject({ decision: "continue", stoppedAt: null, conclusion: null });
    expect(going.looks[1]!.efficacy).toBeGreaterThan(seldom.looks[1]!.efficacy);
  });

  it("spends by the number of the look where there is no spending function", () => {
    const design = groupSequentialDesign({ looks: 3, spending: "pocock" });
    const result = analyzeGroupSequential({ design, looks: [0.3, 0.7, 0.96].map((t) => look(1, t)) });
    expect(result.decision).toBe("accept");
    result.looks.forEach(({ cumulativeAlpha }, k) => {
      expect(cumulativeAlpha).toBeCloseTo(design.looks[k]!.cumulativeAlpha, 12);
    });
    expect(() =>
      analyzeGroupSequential({ design, looks: [0.2, 0.4, 0.6, 0.8].map((t) => look(1, t)) }),
    ).toThrow("must be at most the 3");
  });

  it("keeps Haybittle's and Peto's early boundary at other times", () => {
    const design = groupSequentialDesign({ looks: 3, spending: "haybittle-peto" });
    const result = analyzeGroupSequential({ design, looks: [0.2, 0.5, 1].map((t) => look(2.02, t)) });
    expect(result.looks.map(({ efficacy }) => efficacy).slice(0, 2)).toEqual([3, 3]);
    expect(result.looks.at(-1)!.cumulativeAlpha).toBeCloseTo(0.05, 12);
    expect(result.looks.map(({ repeatedPValue }) => repeatedPValue === null)).toEqual([true, true, false]);
  });

  // Largest error seen: 1.1e-15.
  it.each(["pocock", "obrien-fleming"] as const)(
    "has the alpha whose boundaries pass through z as its repeated p-value, however near to 1: %s",
    (spending) => {
      const design = groupSequentialDesign({ looks: 20, spending });
      const looks = design.looks.map(({ information }, k) => look(0.3 + 1.2 * Math.sin(k), information));
      const information = looks.map((seen) => seen.information);
      analyzeGroupSequential({ design, looks }).looks.forEach(({ z, repeatedPValue }, k) => {
        const upper = design.looks.map(({ efficacy }) => efficacy * Math.abs(z / design.looks[k]!.efficacy));
        const lower = upper.map((boundary) => -boundary);
        const exact = 2 * sumOf(exitProbabilities({ information, lower, upper }, 0).upper);
        if (exact > 0.9999) expect(repeatedPValue).toBeGreaterThan(0.9999);
        else expect(relativeError(repeatedPValue!, exact)).toBeLessThan(1e-12);
      });
    },
  );

  it.each(["lan-demets-obrien-fleming", "obrien-fleming", "pocock"] as const)(
    "has a repeated p-value of 1 at or below binding futility, which no alpha moves: %s",
    (spending) => {
      const design = groupSequentialDesign({
        looks: 6,
        alternative: "greater",
        spending,
        futility: { binding: true },
      });
      const looks = design.looks.map(({ information }) => look(-1.5, information));
      const pValues = analyzeGroupSequential({ design, looks }).looks.map((seen) => seen.repeatedPValue);
      expect(pValues.slice(1, 5)).toEqual([1, 1, 1, 1]);
      expect(pValues[5]).toBeGreaterThan(0.05);
    },
  );

  it("calls 1 what only boundaries that have met would reach, and does not search for minutes", () => {
    const design = groupSequentialDesign({
      looks: 20,
      alternative: "greater",
      spending: "pocock",
      futility: { binding: true },
    });
    const looks = design.looks.map(({ information }) => look(-1, information));
    const pValues = analyzeGroupSequential({ design, looks }).looks.map((seen) => seen.repeatedPValue);
    expect(Math.min(...(pValues as number[]))).toBeGreaterThan(0.9);
    expect(pValues.at(-1)).toBe(1);
  });

  it("tests a design of one look at its end only", () => {
    const design = groupSequentialDesign({ looks: 1 });
    const early = analyzeGroupSequential({ design, looks: [look(5, 0.5)] });
    expect(early).toMatchObject({ decision: "continue", looks: [{ efficacy: Infinity, repeatedPValue: 1 }] });
    expect(early.looks[0]!.repeatedIntervals.drift).toMatchObject({ lower: -Infinity, upper: Infinity });
  });

  it("is the score test and its intervals where one looks once", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.integer({ min: 1, max: 1e9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n1, n2, share1, share2) => {
          const control = { n: n1, conversions: Math.floor(share1 * n1) };
          const treatment = { n: n2, conversions: Math.floor(share2 * n2) };
          const { conclusion } = analyzeGroupSequential({
            design: groupSequentialDesign({ looks: 1 }),
            planned: { control: n1, treatment: n2 },
            looks: [{ control, treatment }],
          });
          const expected = compareProportions({ control, treatment });
          // The quantile 1.96 is off by an epsilon or two, which moves limits by as much of a standard error.
          const error = expected.difference.standardError! + 1 / (n1 + n2);
          expect(relativeError(conclusion!.logPValue, expected.logPValue!)).toBeLessThan(1e-12);
          expect(conclusion!.effects.difference!.estimate).toBeCloseTo(expected.difference.estimate!, 12);
          for (const end of ["lower", "upper"] as const) {
            const difference = conclusion!.effects.difference!.interval[end];
            expect(Math.abs(difference - expected.difference.interval[end])).toBeLessThan(
              1e-12 + 1e-11 * error,
            );
            const lift = conclusion!.effects.lift!.interval[end];
            expect(relativeError(1 + lift, 1 + expected.lift.interval[end])).toBeLessThan(1e-10);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it("is Welch's test with Fieller's set where one looks once at means", () => {
    const control = { n: 40, mean: 10.2, variance: 16.81 };
    const treatment = { n: 52, mean: 12.6, variance: 18.49 };
    const { conclusion, looks } = analyzeGroupSequential({
      design: groupSequentialDesign({ looks: 1 }),
      planned: { control: 40, treatment: 52 },
      looks: [{ control, treatment }],
    });
    const expected = compareMeans({ control, treatment });
    expect(relativeError(conclusion!.pValue, expected.pValue!)).toBeLessThan(1e-11);
    expect(relativeError(conclusion!.naive.lift!, expected.lift.estimate!)).toBeLessThan(1e-12);
    for (const end of ["lower", "upper"] as const) {
      for (const scale of ["difference", "lift"] as const) {
        const given = expected[scale].interval[end];
        expect(relativeError(conclusion!.effects[scale]!.interval[end], given)).toBeLessThan(1e-10);
        expect(relativeError(looks[0]!.repeatedIntervals[scale]![end], given)).toBeLessThan(1e-10);
      }
    }
  });

  it("is the delta method with Fieller's set where one looks once at ratios", () => {
    const arm = (n: number, clicks: number, variance: number): Ratio => ({
      n,
      numerator: { mean: clicks, variance },
      denominator: { mean: 5.3, variance: 20.2 },
      covariance: 7.7,
    });
    const control = arm(4000, 2.1, 6.4);
    const treatment = arm(4100, 2.25, 6.9);
    for (const alternative of ["two-sided", "greater", "less"] as const) {
      const { conclusion, looks } = analyzeGroupSequential({
        design: groupSequentialDesign({ looks: 1, alternative }),
        planned: { control: 4000, treatment: 4100 },
        looks: [{ control, treatment }],
      });
      const expected = compareRatios({ control, treatment, alternative });
      expect(relativeError(looks[0]!.z, expected.statistic!)).toBeLessThan(1e-13);
      expect(relativeError(conclusion!.pValue, expected.pValue!)).toBeLessThan(1e-11);
      expect(relativeError(conclusion!.naive.lift!, expected.lift.estimate!)).toBeLessThan(1e-12);
      if (alternative !== "two-sided") continue;
      for (const end of ["lower", "upper"] as const) {
        for (const scale of ["difference", "lift"] as const) {
          const given = expected[scale].interval[end];
          expect(relativeError(conclusion!.effects[scale]!.interval[end], given)).toBeLessThan(1e-10);
          expect(relativeError(looks[0]!.repeatedIntervals[scale]![end], given)).toBeLessThan(1e-10);
        }
      }
    }
  });

  it("refuses ratios without denominators or variance, too few units, and arms of another kind", () => {
    const still = { mean: 2, variance: 0 };
    const flat = { n: 100, numerator: still, denominator: still, covariance: 0 };
    const lively = { ...flat, numerator: { mean: 2, variance: 1 } };
    const call =
      (...pairs: readonly (readonly [Ratio, Ratio])[]) =>
      (): unknown =>
        analyzeGroupSequential({
          design: groupSequentialDesign({ looks: 3 }),
          planned: { control: 1000, treatment: 1000 },
          looks: pairs.map(([control, treatment]) => ({ control, treatment })),
        });
    expect(call([lively, { ...flat, denominator: { mean: 0, variance: 0 } }])).toThrow(
      "looks[0].treatment.denominator.mean = 0",
    );
    expect(call([flat, flat])).toThrow("looks[0].treatment.numerator.variance = 0");
    expect(call([{ ...flat, n: 1 }, lively])).toThrow("looks[0].control.n = 1");
    expect(call([lively, { n: 100, conversions: 20 } as never])).toThrow("looks[0].treatment.numerator");
    expect(
      call(
        [lively, lively],
        [
          { ...lively, n: 99 },
          { ...lively, n: 300 },
        ],
      ),
    ).toThrow("looks[1].control.n = 99");
    const rates = { n: 300, conversions: 20 } as never;
    expect(call([lively, lively], [rates, rates])).toThrow("must be of the same kind as at the look before");
  });

  it("leaves 0 out of its intervals exactly when it rejects", () => {
    const names = ["lan-demets-pocock", "obrien-fleming", "wang-tsiatis"] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.constantFrom<Alternative>("two-sided", "greater", "less"),
        fc.array(fc.double({ min: -3.5, max: 3.5, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (spending, alternative, zs) => {
          const delta = spending === "wang-tsiatis" ? 0.4 : undefined;
          const design = groupSequentialDesign({ looks: 3, spending, delta, alternative, alpha: 0.1 });
          const result = analyzeGroupSequential({
            design,
            looks: zs.map((z, k) => look(z, design.looks[k]!.information)),
          });
          const rejects = result.decision === "reject";
          const { pValue, pValues, effects } = result.conclusion!;
          expect(pValue <= 0.1).toBe(rejects);
          const { lower, upper } = effects.drift.interval;
          expect(
            { "two-sided": lower > 0 || upper < 0, greater: lower > 0, less: upper < 0 }[alternative],
          ).toBe(rejects);
          expect(pValues.greater + pValues.less).toBeCloseTo(1, 12);
          expect(lower).toBeLessThan(effects.drift.estimate!);
          expect(effects.drift.estimate).toBeLessThan(upper);
          const at = result.stoppedAt! - 1;
          const { repeatedPValue, repeatedIntervals } = result.looks[at]!;
          expect(repeatedPValue! <= 0.1).toBe(rejects);
          const { drift } = repeatedIntervals;
          expect(
            {
              "two-sided": drift.lower > 0 || drift.upper < 0,
              greater: drift.lower > 0,
              less: drift.upper < 0,
            }[alternative],
          ).toBe(rejects);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("has repeated p-values that are the alpha whose design has its boundary there", () => {
    for (const spending of ["lan-demets-obrien-fleming", "pocock", "obrien-fleming"] as const) {
      for (const alternative of ["two-sided", "greater"] as const) {
        const options = { looks: 4, spending, alternative };
        const design = groupSequentialDesign(options);
        const zs = [3, 1, 1.5, 2.5];
        const result = analyzeGroupSequential({ design, looks: zs.map((z, k) => look(z, (k + 1) / 4)) });
        result.looks.forEach(({ repeatedPValue }, k) => {
          if (repeatedPValue! > 0.9) return;
          const same = groupSequentialDesign({ ...options, alpha: repeatedPValue!, power: 0.95 });
          // Largest error seen: 8e-15.
          expect(relativeError(same.looks[k]!.efficacy, zs[k]!)).toBeLessThan(1e-12);
        });
      }
    }
  });

  it("is the same from the other side", () => {
    const zs = [-0.4, 1.1, 2.4];
    const analysis = (alternative: Alternative, sign: number) => {
      const futility = { spending: "lan-demets-pocock", binding: true } as const;
      const design = groupSequentialDesign({ looks: 4, alternative, alpha: 0.025, futility });
      return analyzeGroupSequential({ design, looks: zs.map((z, k) => look(sign * z, (k + 1) / 4)) });
    };
    const up = analysis("greater", 1);
    const down = analysis("less", -1);
    expect(down.stoppedAt).toBe(up.stoppedAt);
    expect(down.conclusion!.pValue).toBeCloseTo(up.conclusion!.pValue, 14);
    expect(down.conclusion!.effects.drift.interval.lower).toBeCloseTo(
      -up.conclusion!.effects.drift.interval.upper,
      12,
    );
    expect(down.looks.map((l) => l.repeatedPValue)).toEqual(up.looks.map((l) => l.repeatedPValue));
  });

  it("stops at the first boundary that was crossed, and says that the rest is no part of the design", () => {
    const design = groupSequentialDesign({ looks: 3, spending: "pocock" });
    const result = analyzeGroupSequential({ design, looks: [look(-2.9, 1 / 3), look(-1, 2 / 3)] });
    expect(result).toMatchObject({ decision: "reject", stoppedAt: 1 });
    expect(result.warnings.map(({ code }) => code)).toEqual(["LOOKS_AFTER_STOP"]);
    expect(result.conclusion!.effects.drift.estimate).toBeCloseTo(-2.9 * Math.sqrt(3), 12);
  });

  it("lets one go on after a futility boundary that does not bind, and not after one that does", () => {
    const stops = (binding: boolean, zs: readonly number[]) => {
      const futility = { spending: "lan-demets-pocock", binding } as const;
      const design = groupSequentialDesign({ looks: 3, alternative: "greater", futility });
      const looks = zs.map((z, k) => look(z, (k + 1) / 3));
      const { decision, stoppedAt, warnings } = analyzeGroupSequential({ design, looks });
      return [decision, stoppedAt, warnings.length];
    };
    expect(stops(false, [-1])).toEqual(["futility", 1, 0]);
    expect(stops(false, [-1, 1.4])).toEqual(["continue", null, 0]);
    expect(stops(true, [-1, 1.4])).toEqual(["futility", 1, 1]);
  });

  it("takes data after the stop for those of the look that stopped", () => {
    const design = groupSequentialDesign({ looks: 2, alternative: "greater", alpha: 0.025 });
    const looks = [look(1, 0.5), look(2.5, 1)];
    const overrun = look(2.2, 1.1);
    const { conclusion } = analyzeGroupSequential({ design, looks, overrun });
    const instead = analyzeGroupSequential({ design, looks: [look(1, 0.5), overrun] });
    expect(conclusion).toEqual(instead.conclusion);
    expect(() => analyzeGroupSequential({ design, looks: looks.slice(0, 1), overrun })).toThrow(DomainError);
  });

  it("has no conclusion within a binding wedge, and says so", () => {
    const design = groupSequentialDesign({ looks: 2, futility: { binding: true } });
    const result = analyzeGroupSequential({ design, looks: [look(4, 0.5)] });
    expect(result).toMatchObject({ decision: "reject", conclusion: null });
    expect(result.warnings.map(({ code }) => code)).toEqual(["NO_STAGE_WISE_ORDER"]);
  });

  it.each([
    ["nobody", 1000, 0, 0],
    ["everybody", 1000, 1000, 1000],
    ["nobody in the control", 1000, 0, 40],
    ["all of one and none of the other", 1000, 0, 1000],
    ["one unit each", 1, 0, 1],
    ["a billion units", 1e9, 5e7, 5.003e7],
    ["a trillion units", 1e12, 5e10, 5.00003e10],
  ])("has an answer where %s converted", (_, n, x1, x2) => {
    const result = analyzeGroupSequential({
      design: groupSequentialDesign({ looks: 2 }),
      planned: { control: 2 * n, treatment: 2 * n },
      looks: [
        { control: { n, conversions: x1 }, treatment: { n, conversions: x2 } },
        { control: { n: 2 * n, conversions: 2 * x1 }, treatment: { n: 2 * n, conversions: 2 * x2 } },
      ],
    });
    const { difference, lift } = result.conclusion!.effects;
    expect(difference!.interval.lower).toBeGreaterThanOrEqual(-1);
    expect(difference!.interval.upper).toBeLessThanOrEqual(1);
    expect(lift!.interval.lower).toBeLessThanOrEqual(lift!.interval.upper);
    expect(lift!.status).toBe(x1 > 0 ? "ok" : x2 > 0 ? "unbounded" : "undetermined");
  });

  it.each([
    [{}, "design"],
    [{ looks: [] }, "looks"],
    [{ looks: [look(1, 0)] }, "looks[0].information"],
    [{ looks: [look(Number.NaN, 0.5)] }, "looks[0].z"],
    [{ looks: [look(1, 0.5), look(1, 0.5)] }, "looks[1].information"],
    [{ looks: [look(1, 1), look(1, 1.2)] }, "looks[0].information"],
    [{ looks: Array.from({ length: 51 }, (_, k) => look(1, (k + 1) / 100)) }, "looks"],
    [{ looks: [{ control: { n: 10, conversions: 1 }, treatment: { n: 10, conversions: 1 } }] }, "planned"],
    [{ looks: [look(1, 0.5)], final: 1 }, "final"],
  ])("refuses %o", (options, field) => {
    const design = "looks" in options ? groupSequentialDesign({ looks: 2 }) : { kind: "none" };
    const attempt = () => analyzeGroupSequential({ looks: [look(1, 0.5)], design, ...options } as never);
    expect(attempt).toThrow(DomainError);
    expect(attempt).toThrow(field);
  });

  it.each([
    ["n", { n: 90, conversions: 10 }],
    ["conversions", { n: 200, conversions: 9 }],
    ["conversions", { n: 101, conversions: 12 }],
  ])("refuses counts that fall: %s of %o", (field, control) => {
    const treatment = { n: 100, conversions: 10 };
    const looks = [
      { control: treatment, treatment, information: 0.5 },
      { control, treatment: { n: 200, conversions: 20 }, information: 1 },
    ];
    const attempt = () => analyzeGroupSequential({ design: groupSequentialDesign({ looks: 2 }), looks });
    expect(attempt).toThrow(`looks[1].control.${field}`);
  });

  it("has p-values that are uniform where there is no effect", () => {
    const random = createRandom(20_261_123);
    const design = groupSequentialDesign({ looks: 3, spending: "pocock", alpha: 0.2 });
    const efficacy = design.looks.map((designed) => designed.efficacy);
    const pValues = Array.from({ length: 4000 }, () => {
      let value = 0;
      for (let k = 0; ; k++) {
        value += random.normal() / Math.sqrt(3);
        const z = value / Math.sqrt((k + 1) / 3);
        if (k < 2 && Math.abs(z) < efficacy[k]!) continue;
        const information = [1 / 3, 2 / 3, 1].slice(0, k + 1);
        const upper = efficacy.slice(0, k);
        return stageWiseTails({ information, upper, lower: upper.map((c) => -c), z }, 0).upper;
      }
    }).toSorted((a, b) => a - b);
    const distance = Math.max(...pValues.map((p, i) => Math.abs(p - (i + 0.5) / pValues.length)));
    // Kolmogorov's distance, exceeded once in ten thousand.
    expect(distance).toBeLessThan(2.23 / Math.sqrt(pValues.length));
  });
});
