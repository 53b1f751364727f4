import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectFlags, type FlagTerms } from "../../src/experiment/effect-flags.ts";
import { logLiftOf } from "../../src/experiment/log-lift-of.ts";
import { compareCounts } from "../../src/inference/compare-counts.ts";
import { compareMeans } from "../../src/inference/compare-means.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { compareRatios } from "../../src/inference/compare-ratios.ts";
import { relativeError } from "../support/relative-error.ts";

type Comparison = FlagTerms["comparison"];

const NOTHING_KNOWN = {
  improvesWhen: "increase",
  plannedLift: null,
  plannedPower: 0.8,
  prior: null,
  worthwhileLift: null,
  alpha: 0.05,
  decides: true,
} as const;

function rates(control: number, treatment: number, n = 20_000): Comparison {
  return compareProportions({
    control: { n, conversions: control },
    treatment: { n, conversions: treatment },
  });
}

function codes(comparison: Comparison, terms: Partial<FlagTerms>): string[] {
  return effectFlags({ ...NOTHING_KNOWN, comparison, ...terms }).map(({ code }) => code);
}

function message(comparison: Comparison, terms: Partial<FlagTerms>): string {
  return effectFlags({ ...NOTHING_KNOWN, comparison, ...terms })[0]!.message;
}

const PRIOR = { mean: 0, standardDeviation: 0.03, source: "such changes do" };

describe("a log lift", () => {
  it("has the standard error of Katz", () => {
    const { estimate, standardError } = logLiftOf(rates(1000, 1300).lift)!;
    expect(relativeError(estimate, Math.log(1.3))).toBeLessThan(1e-14);
    expect(relativeError(standardError, Math.sqrt(1 / 1000 + 1 / 1300 - 2 / 20_000))).toBeLessThan(1e-14);
  });

  it("is not there without conversions, and without variation", () => {
    expect(logLiftOf(rates(0, 5).lift)).toBeNull();
    expect(logLiftOf(rates(5, 0).lift)).toBeNull();
    expect(logLiftOf(rates(0, 0).lift)).toBeNull();
    expect(logLiftOf(rates(20, 20, 20).lift)).toBeNull();
  });
});

describe("what is known of such changes", () => {
  it("flags an effect that they hardly ever have, and says what remains", () => {
    // R: e <- log(1.3); v <- 1/1000 + 1/1300 - 2/20000; s <- .03^2; 2*pnorm(-e/sqrt(s+v)) = 2.3e-07;
    // m <- e*s/(s+v); sd <- sqrt(s*v/(s+v)); expm1(m + c(0, -1.96, 1.96)*sd) = 0.0963, 0.0455, 0.149
    const text = message(rates(1000, 1300), { prior: PRIOR });
    expect(text).toContain("30 % is far from what such changes do (p < 0.0001)");
    expect(text).toContain("a lift of 9.63 % remains once both are weighed (4.55 % to 14.9 %)");
    expect(codes(rates(1000, 1300), { prior: PRIOR })).toEqual(["TOO_GOOD_TO_BE_TRUE"]);
  });

  it("flags an effect too bad to be true as well", () => {
    expect(codes(rates(1300, 1000), { prior: PRIOR })).toEqual(["TOO_GOOD_TO_BE_TRUE"]);
  });

  it("leaves a significant effect of the usual size alone, planned or not", () => {
    expect(codes(rates(1000, 1100), { prior: PRIOR })).toEqual([]);
    expect(codes(rates(1000, 1150), { prior: PRIOR, plannedLift: 0.01, decides: false })).not.toContain(
      "ABOVE_PLANNED_LIFT",
    );
  });

  it("says nothing where there is no log lift", () => {
    expect(codes(rates(0, 100), { prior: PRIOR })).toEqual([]);
  });
});

describe("an interval wholly beyond the planned lift", () => {
  it("is flagged where nothing is known of such changes", () => {
    expect(codes(rates(1000, 1300), { plannedLift: 0.13 })).toEqual(["ABOVE_PLANNED_LIFT"]);
    expect(message(rates(1000, 1300), { plannedLift: 0.13 })).toMatch(/a lift of 20 %, .* planned 13 %/);
  });

  it("is not, while the planned lift lies in it or beyond it", () => {
    expect(codes(rates(1000, 1300), { plannedLift: 0.25 })).toEqual([]);
    expect(codes(rates(1000, 1300), { plannedLift: 0.6 })).toEqual([]);
  });

  it("is flagged in the direction of the plan alone", () => {
    expect(codes(rates(1000, 700), { plannedLift: -0.15 })).toEqual(["ABOVE_PLANNED_LIFT"]);
    expect(codes(rates(1000, 1300), { plannedLift: -0.15 })).toEqual([]);
    expect(codes(rates(1000, 700), { plannedLift: 0.15 })).toEqual([]);
  });
});

describe("an effect below what is worthwhile", () => {
  it("is too small where the whole interval falls short", () => {
    // Lift 4 %, interval 0.15 % to 8.0 %.
    const small = rates(5000, 5200, 50_000);
    expect(codes(small, { worthwhileLift: 0.1 })).toEqual(["TOO_SMALL_TO_MATTER"]);
    expect(codes(small, { worthwhileLift: 0.05 })).toEqual(["MAYBE_TOO_SMALL"]);
    expect(codes(small, { worthwhileLift: 0.001 })).toEqual([]);
  });

  it("is no question without significance, and none of harm", () => {
    expect(codes(rates(5000, 5030, 50_000), { worthwhileLift: 0.1 })).toEqual([]);
    expect(codes(rates(5200, 5000, 50_000), { worthwhileLift: 0.1 })).toEqual([]);
  });

  it("is judged downwards where less is better", () => {
    const fewer = rates(5200, 5000, 50_000);
    const less = { improvesWhen: "decrease" } as const;
    expect(codes(fewer, { ...less, worthwhileLift: 0.1 })).toEqual(["TOO_SMALL_TO_MATTER"]);
    expect(message(fewer, { ...less, worthwhileLift: 0.1 })).toContain("where -10 % would");
    expect(codes(fewer, { ...less, worthwhileLift: 0.05 })).toEqual(["MAYBE_TOO_SMALL"]);
    expect(codes(rates(5000, 5200, 50_000), { ...less, worthwhileLift: 0.1 })).toEqual([]);
  });
});

describe("a test smaller than its plan", () => {
  it("has less than the planned power, and exaggerates what it finds", () => {
    // R: s <- sqrt(1/100+1/140-2/2000); d <- log(1.1); u <- d/s; p <- pnorm(u-qnorm(.975)) + pnorm(-u-qnorm(.975))
    // = 0.1165; ((qnorm(.975)+qnorm(.8))*s/d)^2 = 13.95; the mean beyond the critical values is 3.253 times d
    const found = effectFlags({ ...NOTHING_KNOWN, comparison: rates(100, 140, 2000), plannedLift: 0.1 });
    expect(found.map(({ code }) => code)).toEqual(["TEST_TOO_SMALL"]);
    expect(found[0]!.message).toMatch(/with a power of 11\.7 % and not 80 %: 14 times/);
    expect(found[0]!.message).toMatch(/overstate it 3\.25-fold/);
  });

  it("does not say by how much it exaggerates where it found nothing", () => {
    expect(message(rates(100, 110, 2000), { plannedLift: 0.1 })).not.toContain("overstate");
  });

  it("is expected to be so until it decides", () => {
    expect(codes(rates(100, 110, 2000), { plannedLift: 0.1, decides: false })).toEqual([]);
    expect(codes(rates(100, 140, 2000), { plannedLift: 0.1, decides: false })).toEqual([]);
  });

  it("is not flagged at its planned size", () => {
    // sampleSizeForProportions({ baseline: 0.05, lift: 0.1 }) is 31,235.
    expect(codes(rates(1562, 1600, 31_235), { plannedLift: 0.1 })).toEqual([]);
    expect(codes(rates(1562, 1600, 31_235), { plannedLift: 0.1, plannedPower: 0.95 })).toEqual([
      "TEST_TOO_SMALL",
    ]);
  });

  it("needs fewer units with one side only", () => {
    const comparison = compareProportions({
      control: { n: 24_700, conversions: 1235 },
      treatment: { n: 24_700, conversions: 1260 },
      alternative: "greater",
    });
    expect(codes(comparison, { plannedLift: 0.1 })).toEqual([]);
    expect(codes(rates(1235, 1260, 24_700), { plannedLift: 0.1 })).toEqual(["TEST_TOO_SMALL"]);
  });
});

describe("flags", () => {
  it("are for comparisons of every kind", () => {
    const count = compareCounts({
      control: { n: 1000, events: 1000, variance: 2 },
      treatment: { n: 1000, events: 1900, variance: 2 },
    });
    const mean = compareMeans({
      control: { n: 1000, mean: 1, variance: 2 },
      treatment: { n: 1000, mean: 1.9, variance: 2 },
    });
    const ratio = compareRatios({
      control: {
        n: 1000,
        numerator: { mean: 1, variance: 2 },
        denominator: { mean: 2, variance: 1 },
        covariance: 0,
      },
      treatment: {
        n: 1000,
        numerator: { mean: 1.9, variance: 2 },
        denominator: { mean: 2, variance: 1 },
        covariance: 0,
      },
    });
    for (const comparison of [count, mean, ratio]) {
      expect(codes(comparison, { prior: PRIOR })).toEqual(["TOO_GOOD_TO_BE_TRUE"]);
      expect(codes(comparison, { plannedLift: 0.3 })).toEqual(["ABOVE_PLANNED_LIFT"]);
    }
  });

  it("hold no number that is none, whatever the counts", () => {
    const n = fc.integer({ min: 1, max: 1_000_000_000 });
    const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
    const size = fc.option(fc.double({ min: 0.001, max: 2, noNaN: true }));
    fc.assert(
      fc.property(n, n, share, share, size, size, fc.boolean(), (n1, n2, p1, p2, planned, worth, isPrior) => {
        const found = effectFlags({
          ...NOTHING_KNOWN,
          comparison: compareProportions({
            control: { n: n1, conversions: Math.round(p1 * n1) },
            treatment: { n: n2, conversions: Math.round(p2 * n2) },
          }),
          plannedLift: planned,
          worthwhileLift: worth,
          prior: isPrior ? PRIOR : null,
        });
        for (const { message: text } of found) expect(text).not.toMatch(/NaN|undefined|null/);
      }),
    );
  });
});
