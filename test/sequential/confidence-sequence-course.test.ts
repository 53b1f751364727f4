import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differenceInterval } from "../../src/inference/difference-interval.ts";
import { liftInterval } from "../../src/inference/lift-interval.ts";
import { alwaysValidPValue, type AlwaysValidPValue } from "../../src/sequential/always-valid-p-value.ts";
import { confidenceSequence, type ConfidenceSequence } from "../../src/sequential/confidence-sequence.ts";
import { confidenceSequenceCourse } from "../../src/sequential/confidence-sequence-course.ts";
import { relativeError } from "../support/relative-error.ts";

/** Units and conversions that came in between looks, of both arms. */
const stretch = fc.record({
  n: fc.integer({ min: 1, max: 4000 }),
  control: fc.double({ min: 0, max: 1, noNaN: true }),
  treatment: fc.double({ min: 0, max: 1, noNaN: true }),
});
const anyLooks = fc.array(stretch, { minLength: 1, maxLength: 8 }).map((stretches) => {
  let [n, control, treatment] = [0, 0, 0];
  return stretches.map((part, i) => {
    n += part.n;
    control += Math.round(part.n * part.control);
    treatment += Math.round(part.n * part.treatment);
    return {
      day: i + 0.5,
      control: { n, conversions: control },
      treatment: { n, conversions: treatment },
    };
  });
});
const anyTuning = fc.record({
  alternative: fc.constantFrom("two-sided", "greater", "less"),
  confidenceLevel: fc.constantFrom(0.8, 0.95, 0.99),
  method: fc.constantFrom("normal-mixture", "asymptotic"),
  tightestN: fc.constantFrom(100, 5000, 1e6),
});

describe("confidenceSequenceCourse", () => {
  it("is at each look what the functions for one look say, to the last bit", () => {
    fc.assert(
      fc.property(anyLooks, anyTuning, (looks, tuning) => {
        const course = confidenceSequenceCourse({ looks, ...tuning });
        let sequence: ConfidenceSequence | undefined;
        let test: AlwaysValidPValue | undefined;
        course.looks.forEach((look, i) => {
          const { control, treatment } = looks[i]!;
          sequence = confidenceSequence({ control, treatment, ...tuning, previous: sequence });
          test = alwaysValidPValue({ control, treatment, ...tuning, previous: test });
          const { once: _, ...difference } = look.difference;
          const { once: __, ...lift } = look.lift;
          expect({ difference, lift }).toEqual({ difference: sequence.difference, lift: sequence.lift });
          expect(look.logPValue).toBe(test.logPValue);
          expect(look.pValue).toBe(test.pValue);
          expect(look.day).toBe(looks[i]!.day);
        });
        expect(course.tuning).toEqual(sequence!.tuning);
        expect(course.warnings.slice(-sequence!.warnings.length || Infinity)).toEqual(sequence!.warnings);
      }),
      { numRuns: 60 },
    );
  });

  it("says at which look 0 was first left out: where the p-value first falls below alpha", () => {
    fc.assert(
      fc.property(anyLooks, anyTuning, (looks, tuning) => {
        const { clearAt, clearOnceAt, ...course } = confidenceSequenceCourse({ looks, ...tuning });
        const alpha = 1 - tuning.confidenceLevel;
        const first = course.looks.findIndex(({ pValue }) => pValue < alpha);
        // No claim within rounding of alpha.
        fc.pre(course.looks.every(({ pValue }) => relativeError(pValue, alpha) > 1e-9));
        expect(clearAt).toBe(first < 0 ? null : first + 1);
        if (clearAt !== null) expect(clearOnceAt).toBeLessThanOrEqual(clearAt);
      }),
      { numRuns: 60 },
    );
  });

  it("has beside it the intervals of a test that is read once: Wald's, and Fieller's for the lift", () => {
    const looks = [
      { control: { n: 5000, conversions: 260 }, treatment: { n: 5100, conversions: 310 } },
      { control: { n: 10_000, conversions: 530 }, treatment: { n: 10_100, conversions: 640 } },
    ];
    const course = confidenceSequenceCourse({ looks, confidenceLevel: 0.9 });
    course.looks.forEach(({ difference, lift, day }, i) => {
      const wald = differenceInterval({ ...looks[i]!, confidenceLevel: 0.9, method: "wald" });
      const fieller = liftInterval({ ...looks[i]!, confidenceLevel: 0.9, method: "fieller" });
      for (const end of ["lower", "upper"] as const) {
        expect(relativeError(difference.once[end], wald[end])).toBeLessThan(1e-12);
        expect(relativeError(lift.once[end], fieller[end])).toBeLessThan(1e-12);
      }
      expect(difference.once.lower).toBeGreaterThan(difference.interval.lower);
      expect(day).toBeNull();
    });
    expect(course.clearOnceAt).toBe(1);
    expect(course.clearAt).toBe(2);
  });

  it("tells of each look at which it had to start anew", () => {
    const arm = (n: number, conversions: number): { n: number; conversions: number } => ({ n, conversions });
    const looks = [
      { control: arm(2000, 600), treatment: arm(2000, 200) },
      { control: arm(40_000, 2000), treatment: arm(40_000, 8000) },
      { control: arm(41_000, 2050), treatment: arm(41_000, 8200) },
    ];
    const { warnings } = confidenceSequenceCourse({ looks });
    expect(warnings.map(({ code, message }) => [code, message.slice(0, 9)])).toEqual([
      ["NOTHING_IN_COMMON", "At look 2"],
    ]);
  });

  it("knows nothing while nothing varies", () => {
    const none = { n: 1e12, conversions: 0 };
    const course = confidenceSequenceCourse({ looks: [{ control: none, treatment: none }] });
    expect(course.looks[0]).toMatchObject({ pValue: 1, status: "undetermined" });
    expect(course.looks[0]!.difference.once).toMatchObject({ lower: -1, upper: 1 });
    expect([course.clearAt, course.clearOnceAt]).toEqual([null, null]);
  });

  it("names the look that is wrong", () => {
    const look = { control: { n: 100, conversions: 7 }, treatment: { n: 100, conversions: 9 } };
    const lost = { ...look, control: { n: 99, conversions: 7 } };
    const broken = { ...look, treatment: { n: 100, conversions: 101 } };
    const course = (looks: unknown, more: object = {}) =>
      confidenceSequenceCourse({ looks: looks as never, ...more });
    expect(() => course([])).toThrow(/^looks = /);
    expect(() => course([look, null])).toThrow(/^looks\[1\]/);
    expect(() => course([look, broken])).toThrow(/^looks\[1\].treatment.conversions = 101/);
    expect(() => course([look, lost])).toThrow(/^looks\[0\].control.n = 100, must be at most the 99/);
    expect(() => course([look, { ...look, day: 3 }])).toThrow(/^looks\[1\].day = 3, must be given for all/);
    expect(() =>
      course([
        { ...look, day: 3 },
        { ...look, day: 3 },
      ]),
    ).toThrow(/^looks\[1\].day = 3, must be above/);
    expect(() => course([look], { tightestN: 0 })).toThrow(/^tightestN = 0/);
    expect(() => course([look], { alternative: "up" })).toThrow(/^alternative = "up"/);
  });
});
