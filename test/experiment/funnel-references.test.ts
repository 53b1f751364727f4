import { describe, expect, it } from "vitest";
import { analyzeFunnel } from "../../src/experiment/analyze-funnel.ts";
import type { Estimate } from "../../src/core/estimate.ts";
import law from "../reference/experiment/funnel-law.json" with { type: "json" };
import mpmath from "../reference/experiment/funnel.json" with { type: "json" };
import fromR from "../reference/experiment/funnel-r.json" with { type: "json" };
import { endError } from "../support/end-error.ts";
import { relativeError } from "../support/relative-error.ts";

const names = (steps: number): string[] => Array.from({ length: steps }, (_, k) => `step ${k + 1}`);

function errorOf({ estimate, standardError }: Estimate, [value, error]: readonly number[]): number {
  return Math.max(relativeError(estimate!, value!), relativeError(standardError!, error!));
}

describe("analyzeFunnel against 60 digits", () => {
  const cases = mpmath.cases.map(({ control, treatment, benchmark, ...expected }) => ({
    result: analyzeFunnel({
      steps: names(control.reached.length),
      control,
      treatment,
      benchmark: benchmark ?? undefined,
    }),
    expected,
  }));
  const each = (error: (c: (typeof cases)[number], k: number) => number): number =>
    Math.max(...cases.flatMap((c) => c.result.steps.map((_, k) => error(c, k))));

  // Largest errors seen: 5e-16 for these, 9e-15 for Fieller's ends, 3e-15 for stakes, 3e-14 for p-values.
  it("has the parts of the log lift and the contributions with their standard errors to 1e-12", () => {
    expect(
      each(({ result, expected }, k) => errorOf(result.steps[k]!.logPart, expected.steps[k]!.part)),
    ).toBeLessThan(1e-12);
    expect(
      each(({ result, expected }, k) =>
        errorOf(result.steps[k]!.contribution, expected.steps[k]!.contribution),
      ),
    ).toBeLessThan(1e-12);
    for (const { result, expected } of cases) {
      if (expected.total[0] === 0) expect(result.total.logLift.estimate).toBe(0);
      else expect(errorOf(result.total.logLift, expected.total)).toBeLessThan(1e-12);
    }
  });

  it("has Koopman's limits of the parts on the log scale to 1e-12", () => {
    expect(
      each(({ result, expected }, k) => {
        const [, , lower, upper] = expected.steps[k]!.part;
        const { interval } = result.steps[k]!.logPart;
        return Math.max(
          Math.abs(interval.lower - lower!) / Math.max(1, Math.abs(lower!)),
          Math.abs(interval.upper - upper!) / Math.max(1, Math.abs(upper!)),
        );
      }),
    ).toBeLessThan(1e-12);
  });

  it("has the shares with Fieller's sets to 1e-12", () => {
    expect(
      each(({ result, expected }, k) => {
        const { share, fieller } = expected.steps[k]!;
        const found = result.steps[k]!.share;
        if (share === null || fieller === null) {
          expect(found.status).toBe("undetermined");
          return 0;
        }
        const { lower, upper, excluded } = found.interval;
        const ends = fieller.ends as [number, number];
        if (fieller.shape === "all") expect([lower, upper, excluded]).toEqual([-Infinity, Infinity, null]);
        else if (fieller.shape === "outside") expect(endError(excluded!, ends)).toBeLessThan(1e-12);
        else expect(endError({ lower, upper }, ends)).toBeLessThan(1e-12);
        return errorOf(found, share);
      }),
    ).toBeLessThan(1e-12);
  });

  it("has what is at stake in both arms with standard errors and limits to 1e-12", () => {
    expect(
      each(({ result, expected }, k) => {
        const stakes = expected.steps[k]!.stakes;
        const errors = [result.control, result.treatment].map(({ steps }, i) => {
          const [estimate, standardError, lower, upper] = stakes[i]!;
          const { atStake } = steps[k]!;
          return Math.max(
            errorOf(atStake, [estimate!, standardError!]),
            endError(atStake.interval, [lower!, upper!]),
          );
        });
        return Math.max(...errors);
      }),
    ).toBeLessThan(1e-12);
  });

  it("has the statistics, their correlations and the test of the whole funnel to 1e-12", () => {
    expect(
      each(({ result, expected }, k) => {
        const { z, conditionalZ } = expected.steps[k]!;
        const { effect, conditional } = result.steps[k]!;
        return Math.max(
          relativeError(effect.statistic!, z),
          relativeError(conditional!.statistic!, conditionalZ),
        );
      }),
    ).toBeLessThan(1e-12);
    for (const { result, expected } of cases) {
      expect(relativeError(result.anywhere.statistic, expected.anywhere[0]!)).toBeLessThan(1e-12);
      expect(relativeError(result.anywhere.pValue, expected.anywhere[1]!)).toBeLessThan(1e-10);
      const [found, right] = [result.correlation.flat(), expected.correlation.flat()];
      for (const [i, value] of found.entries()) expect(relativeError(value, right[i]!)).toBeLessThan(1e-12);
    }
  });

  it("names the step in front, and only where it is beyond all others", () => {
    let named = 0;
    for (const { result, expected } of cases) {
      if (!(result.total.pValue < 0.05)) {
        expect(result.carriedBy).toMatchObject({ step: null, pValue: null, status: "undetermined" });
        continue;
      }
      const [place, pValue] = expected.front as [number, number];
      expect(relativeError(result.carriedBy.pValue!, pValue)).toBeLessThan(1e-10);
      expect(result.carriedBy.step).toBe(pValue < 0.05 ? `step ${place + 1}` : null);
      if (pValue < 0.05) named++;
    }
    expect(named).toBeGreaterThan(3);
  });
});

describe("analyzeFunnel against R", () => {
  for (const [i, { control, treatment, ...expected }] of fromR.cases.entries()) {
    const steps = names(control.reached.length);
    const options = { steps, control, treatment };

    it(`compares the steps of funnel ${i + 1} as prop.test does, and adjusts them as p.adjust does`, () => {
      const result = analyzeFunnel(options);
      for (const [k, { effect, conditional, adjustedPValue }] of result.steps.entries()) {
        expect(relativeError(effect.statistic! ** 2, expected.effects[k]![0]!)).toBeLessThan(1e-10);
        expect(relativeError(effect.pValue!, expected.effects[k]![1]!)).toBeLessThan(1e-10);
        expect(relativeError(conditional!.pValue!, expected.conditionals[k]![1]!)).toBeLessThan(1e-10);
        expect(relativeError(adjustedPValue, expected.holm[k]!)).toBeLessThan(1e-10);
      }
      expect(relativeError(result.anywhere.pValue, expected.anywhere[2]!)).toBeLessThan(1e-10);
      const hochberg = analyzeFunnel({ ...options, adjustment: "hochberg" });
      for (const [k, step] of hochberg.steps.entries()) {
        expect(relativeError(step.adjustedPValue, expected.hochberg[k]!)).toBeLessThan(1e-10);
      }
    });

    it(`has Wilson's intervals of the rates of funnel ${i + 1}`, () => {
      const result = analyzeFunnel(options);
      for (const arm of ["control", "treatment"] as const) {
        for (const [k, step] of result[arm].steps.entries()) {
          const { rate, conditional, dropOff } = expected.arms[arm];
          expect(endError(step.rate.interval, rate[k] as [number, number])).toBeLessThan(1e-10);
          expect(endError(step.conditionalRate.interval, conditional[k] as [number, number])).toBeLessThan(
            1e-10,
          );
          expect(endError(step.dropOffRate.interval, dropOff[k] as [number, number])).toBeLessThan(1e-10);
        }
      }
    });

    // Miwa's algorithm is right to about 1e-9, absolutely.
    it(`has the law of the largest statistic of funnel ${i + 1} as mvtnorm has it`, () => {
      const twoSided = analyzeFunnel({ ...options, adjustment: "max-z" });
      const greater = analyzeFunnel({ ...options, adjustment: "max-z", alternative: "greater" });
      for (const k of steps.keys()) {
        expect(Math.abs(twoSided.steps[k]!.adjustedPValue - expected.maxZ[k]!)).toBeLessThan(1e-9);
        expect(Math.abs(greater.steps[k]!.adjustedPValue - expected.maxZGreater[k]!)).toBeLessThan(1e-9);
      }
    });
  }
});

describe("analyzeFunnel against dense quadrature", () => {
  // Tails reach down to where z is 34.
  it.each([
    ["two-sided", "twoSided"],
    ["greater", "greater"],
  ] as const)(
    "has the %s law of the largest statistic to 1e-12, far out as well",
    (alternative, expected) => {
      for (const { control, treatment, ...values } of law.cases) {
        const steps = names(control.reached.length);
        const result = analyzeFunnel({ steps, control, treatment, adjustment: "max-z", alternative });
        for (const [k, { adjustedPValue }] of result.steps.entries()) {
          expect(relativeError(adjustedPValue, values[expected][k]!)).toBeLessThan(1e-12);
        }
      }
    },
  );
});
