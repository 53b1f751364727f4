import { describe, expect, it } from "vitest";
import type { DomainError } from "../../src/core/domain-error.ts";
import type { Interval } from "../../src/core/interval.ts";
import { bivariateNormalCdf } from "../../src/numerics/bivariate-normal.ts";
import { normalSf } from "../../src/numerics/normal.ts";
import { alwaysValidPValue } from "../../src/sequential/always-valid-p-value.ts";
import { analyzeGroupSequential } from "../../src/sequential/analyze-group-sequential.ts";
import { conditionalPower } from "../../src/sequential/conditional-power.ts";
import { confidenceSequence } from "../../src/sequential/confidence-sequence.ts";
import { confidenceSequenceCourse } from "../../src/sequential/confidence-sequence-course.ts";
import { meanScale } from "../../src/sequential/effect-scale.ts";
import { groupSequentialDesign } from "../../src/sequential/group-sequential-design.ts";
import { checkedInformationRates, SMALLEST_STEP } from "../../src/sequential/information-rates.ts";
import { intersection } from "../../src/sequential/intersection.ts";
import { liftConfidenceSequence } from "../../src/sequential/lift-confidence-sequence.ts";
import { predictivePower } from "../../src/sequential/predictive-power.ts";
import { proportionConfidenceSequence } from "../../src/sequential/proportion-confidence-sequence.ts";
import { sequentialDuration } from "../../src/sequential/sequential-duration.ts";
import { countedUnits } from "../../src/sequential/simulated-exits.ts";
import { simulateSequential } from "../../src/sequential/simulate-sequential.ts";
import { relativeError } from "../support/relative-error.ts";

const rate = (n: number, conversions: number): { n: number; conversions: number } => ({ n, conversions });

function faultOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    const { field, expected } = error as DomainError;
    return `${field} ${expected}`;
  }
  return "none";
}

describe("looks that come at other times than planned", () => {
  const spending = { spending: "lan-demets-obrien-fleming", alternative: "greater" } as const;
  const planned = groupSequentialDesign({ informationRates: [1 / 3, 2 / 3, 1], ...spending });
  const powerAhead = (design: typeof planned, information: number, z: number): number =>
    conditionalPower({ design, looks: [{ information, z }], assume: { drift: 3 } }).power;

  it("has the first look early: the others come by their number, as if it had been planned there", () => {
    const early = groupSequentialDesign({ informationRates: [0.2, 2 / 3, 1], ...spending });
    expect(relativeError(powerAhead(planned, 0.2, 0.8), powerAhead(early, 0.2, 0.8))).toBeLessThan(1e-11);
  });

  it("has the first look late: a planned look that has passed does not come again", () => {
    const late = groupSequentialDesign({ informationRates: [0.8, 1], ...spending });
    expect(relativeError(powerAhead(planned, 0.8, 1.2), powerAhead(late, 0.8, 1.2))).toBeLessThan(1e-11);
  });

  it("wants rates of information a smallest step apart, and says above what", () => {
    const rates = [SMALLEST_STEP, 2 * SMALLEST_STEP, 1];
    expect(checkedInformationRates({ informationRates: rates })).toEqual(rates);
    expect(faultOf(() => checkedInformationRates({ informationRates: [0, 1] }))).toBe(
      "informationRates[0] must lie at least 0.000001 above 0",
    );
    expect(faultOf(() => checkedInformationRates({ informationRates: [0.5, 0.5, 1] }))).toBe(
      "informationRates[1] must lie at least 0.000001 above the rate before, 0.5",
    );
  });

  it("spends nothing before the one look of a design of Haybittle and Peto", () => {
    const design = groupSequentialDesign({ looks: 1, spending: "haybittle-peto" });
    const [look] = analyzeGroupSequential({ design, looks: [{ information: 0.5, z: 3 }] }).looks;
    expect(look!.efficacy).toBe(Infinity);
    expect(look!.cumulativeAlpha).toBe(0);
  });

  it("finds a drift far beyond that of a fixed test, where the last look can hardly reject", () => {
    const design = groupSequentialDesign({
      informationRates: [0.1, 1],
      alternative: "greater",
      alpha: 0.025,
      spending: [0.025 - 1e-14, 0.025],
    });
    const [early, late] = design.looks.map(({ efficacy }) => efficacy) as [number, number];
    const [m1, m2] = [design.drift * Math.sqrt(0.1), design.drift];
    const power = normalSf(early - m1) + bivariateNormalCdf(early - m1, m2 - late, -Math.sqrt(0.1));
    expect(design.drift).toBeGreaterThan(2.5 * design.fixedDrift);
    expect(relativeError(power, 0.8)).toBeLessThan(1e-11);
  });

  it("refuses an alpha that is left over when futility has stopped nearly all walks", () => {
    const design = (boundary: number) => () =>
      groupSequentialDesign({
        looks: 2,
        alternative: "greater",
        spending: [0.0228, 0.05],
        futility: { boundaries: [boundary], binding: true },
      });
    expect(faultOf(design(1.9))).toBe("alpha must be small enough to be spent before the walk has stopped");
    expect(faultOf(design(0.5))).toBe("none");
  });

  it.each([{ boundaries: [-0.5, 0.5] }, { boundaries: [-Infinity, 0.5] }])(
    "has alpha as the repeated p-value of a z at the boundary, with binding futility by %o",
    (futility) => {
      const design = groupSequentialDesign({
        looks: 3,
        alternative: "greater",
        spending: "obrien-fleming",
        futility: { ...futility, binding: true },
      });
      const zs = design.looks.map(({ efficacy }) => efficacy);
      const repeated = (k: number): number | null =>
        analyzeGroupSequential({
          design,
          looks: design.looks
            .slice(0, k + 1)
            .map(({ information }, i) => ({ information, z: i === k ? zs[k]! : 1 })),
        }).looks[k]!.repeatedPValue;
      for (const k of [0, 1, 2]) expect(relativeError(repeated(k)!, 0.05)).toBeLessThan(1e-12);
    },
  );

  it("refuses planned units that are none", () => {
    const looks = [{ control: rate(100, 10), treatment: rate(100, 12) }];
    const analyze = (control: number, treatment: number) => () =>
      analyzeGroupSequential({ design: planned, looks, planned: { control, treatment } });
    expect(faultOf(analyze(0, 300))).toContain("planned.control");
    expect(faultOf(analyze(300, 0))).toContain("planned.treatment");
    expect(faultOf(analyze(300, 300))).toBe("none");
  });
});

describe("analyzeGroupSequential", () => {
  it("tells the nominal p-value of each look: both tails of a two-sided design, one of the others", () => {
    const looks = [
      { information: 0.5, z: 1.1 },
      { information: 1, z: -0.7 },
    ];
    const nominal = (alternative: "two-sided" | "greater" | "less"): number[] =>
      analyzeGroupSequential({
        design: groupSequentialDesign({ looks: 2, alternative }),
        looks,
      }).looks.map(({ nominalPValue }) => nominalPValue);
    const close = (found: number[], expected: number[]): void =>
      found.forEach((value, k) => expect(relativeError(value, expected[k]!)).toBeLessThan(1e-15));
    close(nominal("two-sided"), [2 * normalSf(1.1), 2 * normalSf(0.7)]);
    close(nominal("greater"), [normalSf(1.1), normalSf(-0.7)]);
    close(nominal("less"), [normalSf(-1.1), normalSf(0.7)]);
  });

  it("warns that a binding wedge has no stage-wise order once there is a stop, and not before", () => {
    const design = groupSequentialDesign({
      looks: 2,
      futility: { spending: "lan-demets-obrien-fleming", binding: true },
    });
    const codes = (z: number): string[] =>
      analyzeGroupSequential({ design, looks: [{ information: 0.5, z }] }).warnings.map(({ code }) => code);
    expect(codes(1.5)).not.toContain("NO_STAGE_WISE_ORDER");
    expect(codes(6)).toContain("NO_STAGE_WISE_ORDER");
  });

  it("leaves a lift without an estimate or an end where the control mean cannot be told from 0", () => {
    const atZero = meanScale({ n: 50, mean: 0, variance: 1 }, { n: 50, mean: 1, variance: 1 });
    expect(atZero.lift.estimate).toBeNull();
    const nearZero = meanScale({ n: 50, mean: 0.1, variance: 1 }, { n: 50, mean: 1, variance: 1 });
    expect(nearZero.lift.below(3)).toBe(-Infinity);
    expect(nearZero.lift.below(-3)).toBe(Infinity);
  });
});

describe("power ahead", () => {
  const design = groupSequentialDesign({ looks: 3 });

  it("refuses a difference whose drift would be above a milliard", () => {
    const looks = [{ control: rate(10_000, 1000), treatment: rate(10_000, 1050), information: 0.5 }];
    // The standard error is 0.0043 and the root of the information 0.71: a drift of 1e9 is a difference of 3.0e6.
    const withDifference = (difference: number) => () =>
      conditionalPower({ design, looks, assume: { difference } });
    expect(faultOf(withDifference(2.9e6))).toBe("none");
    expect(faultOf(withDifference(3.2e6))).toContain("assume.difference");
    expect(faultOf(withDifference(-3.2e6))).toContain("assume.difference");
  });

  it("names the prior of the drift", () => {
    const looks = [{ information: 1 / 3, z: 1.2 }];
    expect(predictivePower({ design, looks }).method).toBe("flat-prior");
    expect(predictivePower({ design, looks, prior: { mean: 1, standardDeviation: 2 } }).method).toBe(
      "normal-prior",
    );
  });
});

describe("sequences go on from the look before", () => {
  const arms = { control: rate(5000, 260), treatment: rate(5000, 310) };
  const tuning = { tightestN: 20_000 };
  const monday = confidenceSequence({ ...arms, ...tuning });

  it("refuses a running interval that is none", () => {
    const withRunning = (running: unknown) => () =>
      confidenceSequence({
        ...arms,
        ...tuning,
        previous: { ...monday, lift: { ...monday.lift, running: running as Interval } },
      });
    expect(faultOf(withRunning({ ...monday.lift.running, lower: 0.3, upper: 0.2 }))).toContain(
      "previous.lift.running.upper",
    );
    expect(faultOf(withRunning({ ...monday.lift.running, lower: Number.NaN }))).toContain(
      "previous.lift.running.lower",
    );
    expect(faultOf(withRunning({ ...monday.lift.running, excluded: { lower: 0, upper: "1" } }))).toContain(
      "previous.lift.running.excluded.upper",
    );
    expect(faultOf(withRunning(null))).toContain("previous.lift.running");
    expect(faultOf(withRunning(monday.lift.running))).toBe("none");
  });

  it("says at which looks it started anew: each once, the last look too", () => {
    const looks = [
      { control: rate(1000, 100), treatment: rate(1000, 300) },
      { control: rate(4000, 2800), treatment: rate(4000, 400) },
      { control: rate(5000, 3500), treatment: rate(5000, 500) },
    ];
    const messages = (count: number): string[] =>
      confidenceSequenceCourse({ looks: looks.slice(0, count), tightestN: 2000 })
        .warnings.filter(({ code }) => code === "NOTHING_IN_COMMON")
        .map(({ message }) => message);
    expect(messages(1)).toEqual([]);
    const [last] = messages(2);
    expect(messages(2)).toEqual([last]);
    expect(messages(3)).toEqual([`At look 2: ${last}`]);
  });

  it("shows the interval of one look: so many standard errors on both sides, dual to its test", () => {
    const { once, estimate, standardError } = confidenceSequenceCourse({ looks: [arms] }).looks[0]!
      .difference;
    expect(once.dualToTest).toBe(true);
    expect(relativeError(once.upper - estimate!, 1.959963984540054 * standardError!)).toBeLessThan(1e-12);
    expect(relativeError(estimate! - once.lower, 1.959963984540054 * standardError!)).toBeLessThan(1e-12);
  });

  it("knows no lift of two arms without conversions, and an infinite one where the treatment alone has some", () => {
    const liftOf = (conversions: number): number | null =>
      confidenceSequence({ control: rate(100, 0), treatment: rate(100, conversions) }).lift.estimate;
    expect(liftOf(0)).toBeNull();
    expect(liftOf(1)).toBe(Infinity);
  });

  it("keeps units and values of ratios whose denominator is 0", () => {
    const ratio = (denominator: number) => ({
      n: 30,
      numerator: { mean: 2, variance: 1 },
      denominator: { mean: denominator, variance: denominator },
      covariance: 0,
    });
    const found = alwaysValidPValue({ control: ratio(0), treatment: ratio(1), mixtureVariance: 1 });
    expect(found.control).toEqual({ n: 30, value: null });
    expect(found.treatment).toEqual({ n: 30, value: 2 });
  });

  it("says that both arms must grow in proportion where the tuning is in units", () => {
    const saysSo = (assumptions: readonly string[]): boolean =>
      assumptions.some((text) => text.startsWith("Units enter both arms in a proportion"));
    expect(saysSo(confidenceSequence({ ...arms, mixtureVariance: 1e-4 }).assumptions)).toBe(false);
    expect(saysSo(confidenceSequence({ ...arms, tightestN: 5000 }).assumptions)).toBe(true);
  });

  it("warns of small counts below 20 and not at 20", () => {
    const warns = (fewest: number): boolean =>
      confidenceSequence({ control: rate(1000, fewest), treatment: rate(1000, 30) }).warnings.some(
        ({ code }) => code === "SMALL_COUNTS",
      );
    expect(warns(19)).toBe(true);
    expect(warns(20)).toBe(false);
  });

  it("follows a rate with a tuning in units from look to look", () => {
    const options = { method: "howard", tightestN: 500 } as const;
    const first = proportionConfidenceSequence({ n: 1000, conversions: 50, ...options });
    const second = proportionConfidenceSequence({ n: 2000, conversions: 110, ...options, previous: first });
    expect(second.rate.running.lower).toBeGreaterThanOrEqual(first.rate.running.lower);
    expect(second.rate.running.upper).toBeLessThan(first.rate.running.upper);
  });

  it("has the error of a lift by the delta method, with two treatment units for each of the control", () => {
    const { lift } = liftConfidenceSequence({
      control: rate(1000, 50),
      treatment: rate(2000, 130),
      allocation: 2,
    });
    expect(relativeError(lift.standardError!, (130 / 100) * Math.sqrt(1 / 50 + 1 / 130))).toBeLessThan(1e-14);
  });
});

describe("the intersection of two sets with gaps", () => {
  const set = (excluded: Interval["excluded"]): Interval => ({
    lower: -100,
    upper: 100,
    confidenceLevel: 0.95,
    method: "fieller",
    dualToTest: true,
    excluded,
  });
  const gap = (lower: number, upper: number): { lower: number; upper: number } => ({ lower, upper });
  const kept = (first: Interval["excluded"], second: Interval["excluded"]): unknown =>
    intersection(set(first), set(second))?.excluded;

  it("keeps the wider of two gaps that stay apart, and joins two that overlap", () => {
    expect(kept(gap(2, 5), gap(0, 1))).toEqual(gap(2, 5));
    expect(kept(gap(0, 1), gap(2, 5))).toEqual(gap(2, 5));
    expect(kept(gap(10, 11), gap(-5, -3))).toEqual(gap(-5, -3));
    expect(kept(gap(-5, -3), gap(10, 11))).toEqual(gap(-5, -3));
    expect(kept(gap(0, 3), gap(2, 5))).toEqual(gap(0, 5));
    expect(kept(gap(2, 5), gap(0, 3))).toEqual(gap(0, 5));
    expect(kept(gap(2, 5), null)).toEqual(gap(2, 5));
  });
});

describe("simulated experiments", () => {
  it("counts the units of both arms where the treatment gets twice as many", () => {
    const { expectedN, expectedTotal } = simulateSequential({
      baseline: 0.1,
      lift: 0.1,
      n: [200, 400],
      allocation: 2,
      upper: [3, 2],
      experiments: 500,
    });
    expect(relativeError(expectedTotal.estimate, 3 * expectedN.estimate)).toBeLessThan(1e-12);
  });

  it("has no more units than can be counted, in either arm", () => {
    expect(faultOf(() => countedUnits([1e16], 0.1))).toContain("computation");
    expect(faultOf(() => countedUnits([1e15], 100))).toContain("computation");
    expect(countedUnits([1e15], 0.1)).toEqual({ control: [1e15], treatment: [1e14] });
  });

  it("has the standard errors of shares", () => {
    const { simulation, power, typeIError } = sequentialDuration({
      baseline: 0.1,
      lift: 0.2,
      unitsPerDay: 400,
      horizonDays: 20,
      looksEveryDays: 10,
      monitoring: { method: "naive-peeking" },
      computation: "simulation",
      experiments: 2000,
    });
    const error = (share: number): number => Math.sqrt((share * (1 - share)) / 2000);
    expect(relativeError(simulation!.standardErrors.typeIError, error(typeIError))).toBeLessThan(1e-12);
    expect(relativeError(simulation!.standardErrors.power, error(power))).toBeLessThan(1e-12);
  });

  it("finds that experiments which reject say about the truth, where nearly all of them reject", () => {
    const { meanEstimate, exaggerationRatio, assumptions } = simulateSequential({
      baseline: 0.1,
      lift: 0.5,
      n: [2000, 4000],
      upper: [Infinity, 1.96],
      experiments: 2000,
    });
    expect(Math.abs(meanEstimate!.estimate - 0.05)).toBeLessThan(5 * meanEstimate!.standardError);
    expect(Math.abs(exaggerationRatio! - 1)).toBeLessThan(0.02);
    expect(assumptions).toEqual(["Units are independent of each other, and each look adds new ones."]);
  });

  it("watches by a design of one's own: efficacy below 0 is for one side only", () => {
    const watch = (alternative: "two-sided" | "greater", early: number) => () =>
      sequentialDuration({
        baseline: 0.1,
        lift: 0.2,
        unitsPerDay: 400,
        horizonDays: 20,
        monitoring: {
          method: "group-sequential",
          design: {
            alpha: 0.05,
            alternative,
            looks: [
              { information: 0.5, efficacy: early, futility: null },
              { information: 1, efficacy: 2, futility: null },
            ],
          },
        },
      });
    expect(faultOf(watch("two-sided", 2))).toBe("none");
    expect(faultOf(watch("two-sided", -0.1))).toContain("monitoring.design.looks[0].efficacy");
    expect(faultOf(watch("greater", -0.1))).toBe("none");
  });

  it("looks as often as 1008 times, without one more for rounding", () => {
    const { looks } = sequentialDuration({
      baseline: 0.1,
      lift: 0.2,
      unitsPerDay: 400,
      horizonDays: 1008,
      looksEveryDays: 1,
      monitoring: { method: "naive-peeking" },
      computation: "simulation",
      experiments: 1,
    });
    expect(looks.length).toBe(1008);
  });
});
