import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { compareTriggered, type CompareTriggeredOptions } from "../../src/inference/compare-triggered.ts";
import type { Mean } from "../../src/summaries/mean.ts";
import { proportionMean } from "../../src/summaries/proportion-mean.ts";
import type { TwoArms } from "../../src/summaries/two-arms.ts";
import reference from "../reference/inference/triggered.json" with { type: "json" };
import { endError } from "../support/end-error.ts";
import { relativeError } from "../support/relative-error.ts";

type Caps = TwoArms<number>;

const mean = (n: number, m: number, variance: number): Mean => ({ n, mean: m, variance });
const asMean = ([n, m, variance]: readonly number[]): Mean => mean(n!, m!, variance!);

describe("compareTriggered against 40 digits", () => {
  // Largest errors seen: p 2e-13 and the lift's standard error 3e-14, where most units are not triggered; the rest 5e-15.
  it("has the test, and the diluted difference and lift with standard errors and ends, to 1e-12", () => {
    for (const { arms, confidenceLevel, ...expected } of reference.cases) {
      const [a, b, c, d] = arms.map(asMean);
      const result = compareTriggered({
        triggered: { control: a!, treatment: b! },
        untriggered: { control: c!, treatment: d! },
        confidenceLevel,
      });
      for (const name of ["triggerRate", "degreesOfFreedom", "statistic", "pValue"] as const) {
        expect(relativeError(result[name]!, expected[name])).toBeLessThan(1e-12);
      }
      for (const name of ["difference", "lift"] as const) {
        const [estimate, standardError, lower, upper] = expected[name];
        expect(relativeError(result[name].estimate!, estimate!)).toBeLessThan(1e-12);
        expect(relativeError(result[name].standardError!, standardError!)).toBeLessThan(1e-12);
        expect(endError(result[name].interval, [lower!, upper!])).toBeLessThan(1e-12);
      }
    }
  });
});

describe("compareTriggered", () => {
  const options = {
    triggered: { control: mean(400, 3.1, 9), treatment: mean(410, 3.6, 10) },
    untriggered: { control: mean(1600, 1.2, 4), treatment: mean(1590, 1.25, 4.2) },
  };

  /** The same with some arms capped at a value above all means. */
  const capped = (triggered: Partial<Caps>, untriggered: Partial<Caps>): CompareTriggeredOptions => {
    const withCaps = (arms: TwoArms<Mean>, caps: Partial<Caps>): TwoArms<Mean> => ({
      control: {
        ...arms.control,
        winsorized: caps.control === undefined ? undefined : { upper: caps.control },
      },
      treatment: {
        ...arms.treatment,
        winsorized: caps.treatment === undefined ? undefined : { upper: caps.treatment },
      },
    });
    return {
      triggered: withCaps(options.triggered, triggered),
      untriggered: withCaps(options.untriggered, untriggered),
    };
  };

  it("dilutes by the trigger rate, and tests the triggered units alone", () => {
    const result = compareTriggered(options);
    const triggered = compareMeans(options.triggered);
    expect(result.pValue).toBe(triggered.pValue);
    expect(relativeError(result.difference.estimate!, (810 / 4000) * 0.5)).toBeLessThan(1e-14);
    expect(
      relativeError(result.difference.estimate!, result.treatment.mean - result.control.mean),
    ).toBeLessThan(1e-12);
    expect(result.warnings).toEqual([]);
    expect(result.difference.interval.dualToTest).toBe(false);
  });

  it("is more precise than the comparison of all units", () => {
    const all = compareMeans({ control: mean(2000, 1.58, 5.6), treatment: mean(2000, 1.73, 5.9) });
    expect(compareTriggered(options).difference.standardError).toBeLessThan(
      0.6 * all.difference.standardError!,
    );
  });

  it("takes rates as means of 0 and 1", () => {
    const rates = {
      triggered: { control: { n: 4010, conversions: 401 }, treatment: { n: 3985, conversions: 478 } },
      untriggered: { control: { n: 16_020, conversions: 320 }, treatment: { n: 16_005, conversions: 331 } },
    };
    const means = {
      triggered: {
        control: proportionMean(rates.triggered.control),
        treatment: proportionMean(rates.triggered.treatment),
      },
      untriggered: {
        control: proportionMean(rates.untriggered.control),
        treatment: proportionMean(rates.untriggered.treatment),
      },
    };
    expect(compareTriggered(rates)).toEqual(compareTriggered(means));
  });

  it("warns where the arms trigger at different rates", () => {
    const uneven = { ...options, triggered: { ...options.triggered, treatment: mean(550, 3.6, 10) } };
    const { warnings, triggerRates } = compareTriggered(uneven);
    expect(triggerRates.pValue).toBeLessThan(0.001);
    expect(warnings.map(({ code }) => code)).toEqual(["TRIGGER_RATE_MISMATCH"]);
  });

  it("warns where untriggered units differ", () => {
    const leaky = { ...options, untriggered: { ...options.untriggered, treatment: mean(1590, 1.6, 4.2) } };
    expect(compareTriggered(leaky).warnings.map(({ code }) => code)).toEqual(["UNTRIGGERED_EFFECT"]);
  });

  it("leaves the lift undetermined where the control's mean over all units is not above 0", () => {
    const silent = { control: mean(400, 0, 0), treatment: mean(410, 0.2, 1) };
    const nobody = { control: mean(1600, 0, 0), treatment: mean(1590, 0, 0) };
    const { lift, difference, warnings } = compareTriggered({ triggered: silent, untriggered: nobody });
    expect(lift.status).toBe("undetermined");
    expect(difference.status).toBe("ok");
    expect(warnings.map(({ code }) => code)).toContain("UNDETERMINED_LIFT");
  });

  it("says so where triggered units differ without variance", () => {
    const flat = { control: mean(400, 1, 0), treatment: mean(410, 2, 0) };
    const result = compareTriggered({ ...options, triggered: flat });
    expect(result).toMatchObject({ status: "undetermined", pValue: null });
    expect(result.difference.status).toBe("undetermined");
    expect(result.warnings.map(({ code }) => code)).toContain("NO_VARIANCE");
  });

  it("swaps signs with the arms, and holds no NaN, whatever the means", () => {
    const part = fc.record({
      n: fc.constantFrom(2, 10, 1e6, 1e12),
      mean: fc.double({ min: -5, max: 50, noNaN: true }),
      variance: fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 100, noNaN: true })),
    });
    fc.assert(
      fc.property(part, part, part, part, (a, b, c, d) => {
        const there = compareTriggered({
          triggered: { control: a, treatment: b },
          untriggered: { control: c, treatment: d },
        });
        const back = compareTriggered({
          triggered: { control: b, treatment: a },
          untriggered: { control: d, treatment: c },
        });
        expect((there.difference.estimate ?? 0) + (back.difference.estimate ?? 0)).toBeCloseTo(0, 12);
        for (const { interval } of [there.difference, there.lift]) {
          expect(interval.lower).toBeLessThanOrEqual(interval.upper);
        }
      }),
    );
  });

  it("takes capped metrics where all parts were capped alike", () => {
    const caps = { control: 50, treatment: 50 };
    expect(compareTriggered(capped(caps, caps)).status).toBe("ok");
  });

  it.each([
    [{ ...options, triggered: { ...options.triggered, control: mean(1, 1, 0) } }, "triggered.control.n"],
    [
      { ...options, untriggered: { ...options.untriggered, treatment: mean(5, 1, -1) } },
      "untriggered.treatment",
    ],
    [{ ...options, untriggered: undefined as never }, "untriggered"],
    [capped({ control: 50 }, {}), "triggered.treatment.winsorized"],
    [capped({}, { treatment: 50 }), "untriggered.treatment.winsorized"],
    [
      capped({ control: 50, treatment: 50 }, { control: 40, treatment: 40 }),
      "untriggered.control.winsorized",
    ],
    [
      { ...options, untriggered: { control: mean(9e15, 1, 1), treatment: mean(9e15, 1, 1) } },
      "untriggered.treatment.n",
    ],
    [{ ...options, liftMethod: "katz" as never }, "liftMethod"],
    [{ ...options, confidenceLevel: 1 }, "confidenceLevel"],
  ] as const)("refuses bad input, naming the field: %#", (bad, field) => {
    expect(() => compareTriggered(bad)).toThrow(DomainError);
    expect(() => compareTriggered(bad)).toThrow(field);
  });
});
