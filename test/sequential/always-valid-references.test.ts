import { describe, expect, it } from "vitest";
import { concentrationFor } from "../../src/sequential/centred-beta-mixture.ts";
import { alwaysValidPValue, type PreviousTest } from "../../src/sequential/always-valid-p-value.ts";
import { confidenceSequence } from "../../src/sequential/confidence-sequence.ts";
import { liftConfidenceSequence } from "../../src/sequential/lift-confidence-sequence.ts";
import { logMixtureRatio, mixtureCriticalValue } from "../../src/sequential/mixture.ts";
import { ONE_SIDED_ASYMPTOTIC_MIXTURE } from "../../src/sequential/one-sided-asymptotic-mixture.ts";
import { ONE_SIDED_MIXTURE } from "../../src/sequential/one-sided-mixture.ts";
import { proportionConfidenceSequence } from "../../src/sequential/proportion-confidence-sequence.ts";
import { TWO_SIDED_MIXTURE } from "../../src/sequential/two-sided-mixture.ts";
import extremes from "../reference/sequential/always-valid.json" with { type: "json" };
import tables from "../reference/sequential/always-valid-tables.json" with { type: "json" };
import { endError } from "../support/end-error.ts";
import { relativeError } from "../support/relative-error.ts";

const MIXTURES = {
  "two-sided": TWO_SIDED_MIXTURE,
  "one-sided": ONE_SIDED_MIXTURE,
  asymptotic: ONE_SIDED_ASYMPTOTIC_MIXTURE,
};
type Name = keyof typeof MIXTURES;

/** Logs cross zero: against max(1, |value|). */
function logError(actual: number, expected: number): number {
  return Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
}

/** Two arms of 4 units whose difference has this estimate and standard error: the table knows no arms. */
function armsOf(
  estimate: number,
  standardError: number,
): {
  control: { n: number; mean: number; variance: number };
  treatment: { n: number; mean: number; variance: number };
} {
  return {
    control: { n: 4, mean: 0, variance: 0 },
    treatment: { n: 4, mean: estimate, variance: 4 * standardError * standardError },
  };
}

describe("the mixture sequential probability ratio test", () => {
  // Largest error seen: 4e-15.
  it("has the evidence, the p-values and the intervals of 50 digits at every look, to 1e-13", () => {
    for (const { in: given, out } of tables.msprt.cases) {
      let previous: PreviousTest | undefined;
      given.looks.forEach(({ estimate, se }, i) => {
        const look = alwaysValidPValue({
          ...armsOf(estimate, se),
          mixtureVariance: given.tau2,
          confidenceLevel: 1 - given.alpha,
          previous,
        });
        const expected = out.looks[i]!;
        expect(logError(look.logLikelihoodRatio, expected.log_lambda)).toBeLessThan(1e-13);
        expect(relativeError(look.instantPValue, expected.p_instant)).toBeLessThan(1e-12);
        expect(relativeError(look.pValue, expected.p_always_valid)).toBeLessThan(1e-12);
        expect(logError(look.logPValue, expected.log_p_always_valid)).toBeLessThan(1e-13);
        expect(endError(look.difference.interval, expected.ci as [number, number])).toBeLessThan(1e-13);
        expect(endError(look.difference.running, expected.ci_running as [number, number])).toBeLessThan(
          1e-13,
        );
        previous = look;
      });
    }
  });

  // Largest error seen: 2e-15.
  it("has those of two rates with the variance plugged in, at counts from 11 to 2e7, to 1e-13", () => {
    for (const { in: given, out } of tables.msprtTwoProp.cases) {
      let previous: PreviousTest | undefined;
      given.looks.forEach(({ x1, n1, x2, n2 }, i) => {
        const look = alwaysValidPValue({
          control: { n: n1, conversions: x1 },
          treatment: { n: n2, conversions: x2 },
          mixtureVariance: given.tau2,
          confidenceLevel: 1 - given.alpha,
          previous,
        });
        const expected = out.looks[i]!;
        expect(relativeError(look.difference.estimate!, expected.diff)).toBeLessThan(1e-13);
        expect(relativeError(look.difference.standardError! ** 2, expected.V)).toBeLessThan(1e-13);
        expect(logError(look.logLikelihoodRatio, expected.log_lambda)).toBeLessThan(1e-13);
        expect(relativeError(look.pValue, expected.p_always_valid)).toBeLessThan(1e-12);
        expect(endError(look.difference.interval, expected.ci as [number, number])).toBeLessThan(1e-13);
        previous = look;
      });
    }
  });
});

describe("the asymptotic confidence sequence", () => {
  // Largest error seen: 1e-15.
  it("has the intervals and the one-sided limits of 50 digits to 1e-13", () => {
    for (const { in: given, out } of tables.asympCs.cases) {
      const { t, mean, sd, rho, alpha } = given;
      const options = {
        control: { n: t, mean: 0, variance: 0 },
        treatment: { n: t, mean, variance: sd * sd },
        method: "asymptotic" as const,
        rho,
        confidenceLevel: 1 - alpha,
      };
      const both = confidenceSequence(options).difference.interval;
      expect(endError(both, out.two_sided as [number, number])).toBeLessThan(1e-13);
      const lower = confidenceSequence({ ...options, alternative: "greater" }).difference.interval;
      expect(endError(lower, [out.one_sided_lower, Infinity])).toBeLessThan(1e-13);
      // Mirrored, it is the upper limit.
      const mirrored = { ...options, treatment: { ...options.treatment, mean: -mean } };
      const upper = confidenceSequence({ ...mirrored, alternative: "less" }).difference.interval;
      expect([upper.lower, upper.upper]).toEqual([-Infinity, -lower.lower]);
    }
  });

  it("is tightest at the time that Lambert's W says, to 1e-14", () => {
    for (const { in: given, out } of tables.asympCsRho.cases) {
      const rho = Math.sqrt(TWO_SIDED_MIXTURE.tightestRatio(given.alpha) / given.t_opt);
      expect(relativeError(rho, out.rho_exact)).toBeLessThan(1e-14);
    }
  });
});

describe("the normal mixtures of Howard et al.", () => {
  it("have the boundaries of 50 digits, two-sided and one-sided, to 1e-14", () => {
    for (const { in: given, out } of tables.normalMixtureBoundary.cases) {
      const { v, rho, alpha } = given;
      const boundary = (name: Name): number =>
        Math.sqrt(v) * mixtureCriticalValue(MIXTURES[name], v / rho, alpha);
      expect(relativeError(boundary("two-sided"), out.two_sided)).toBeLessThan(1e-14);
      expect(relativeError(boundary("one-sided"), out.one_sided)).toBeLessThan(1e-14);
    }
    for (const { in: given, out } of tables.normalMixtureRho.cases) {
      const rho = given.v_opt / TWO_SIDED_MIXTURE.tightestRatio(given.alpha);
      expect(relativeError(rho, out.best_rho_two_sided_exact)).toBeLessThan(1e-14);
    }
  });

  it("come close to what the confseq library takes for the tightest one-sided ratio", () => {
    for (const { in: given, out } of tables.normalMixtureRho.cases) {
      const rho = given.v_opt / ONE_SIDED_MIXTURE.tightestRatio(given.alpha);
      expect(relativeError(rho, out.best_rho_one_sided_confseq)).toBeLessThan(0.1);
    }
  });
});

describe("mixtures at extremes", () => {
  // Largest errors seen: 4e-15 in the critical value, 1e-14 in the log.
  it("have critical values and logs of 60 digits, at alpha to 1e-300 and ratios from 1e-9 to 1e12, to 1e-13", () => {
    for (const { mixture, ratio, alpha, z, critical, logRatio } of extremes.mixtures) {
      const used = MIXTURES[mixture as Name];
      expect(relativeError(mixtureCriticalValue(used, ratio, alpha), critical)).toBeLessThan(1e-13);
      const log = logMixtureRatio(used, ratio, z);
      if (logRatio === null) expect(log).toBe(-Infinity);
      else expect(logError(log, logRatio)).toBeLessThan(1e-13);
    }
  });

  // Largest error seen: 2e-15.
  it("have the tightest ratio to 1e-13", () => {
    for (const { mixture, alpha, ratio } of extremes.tightest) {
      expect(relativeError(MIXTURES[mixture as Name].tightestRatio(alpha), ratio)).toBeLessThan(1e-13);
    }
  });
});

describe("exact sequences of one rate", () => {
  // Largest error seen: 1e-15.
  it("have the prior-posterior-ratio interval and Howard's of 50 digits, to 1e-13", () => {
    for (const { in: given, out } of tables.betaBinomialCs.cases) {
      const { successes: conversions, n, alpha } = given;
      const options = { n, conversions, confidenceLevel: 1 - alpha };
      const prior = { alpha: given.prior_a, beta: given.prior_b };
      const ratio = proportionConfidenceSequence({ ...options, prior }).rate.interval;
      const howard = proportionConfidenceSequence({ ...options, method: "howard", tightestN: given.t_opt });
      const ends = out.prior_posterior_ratio_ci as [number, number];
      expect(relativeError(ratio.lower, ends[0])).toBeLessThan(1e-13);
      expect(relativeError(ratio.upper, ends[1])).toBeLessThan(1e-13);
      expect(relativeError(howard.rate.interval.lower, out.howard_exact_rho_ci[0]!)).toBeLessThan(1e-13);
      expect(relativeError(howard.rate.interval.upper, out.howard_exact_rho_ci[1]!)).toBeLessThan(1e-13);
      // The library's approximation of the best ratio is a good one.
      const { lower, upper } = howard.rate.interval;
      expect(Math.abs(lower - out.howard_confseq_rho_ci[0]!)).toBeLessThan(0.02 * (upper - lower));
    }
  });

  // Largest error seen: 5e-13, where the mixture is so concentrated that its evidence is a difference of large logs.
  it("have them at 1 of 1, at a single conversion, and to 1e15 units, to 1e-12", () => {
    for (const row of extremes.rates) {
      const options = { n: row.n, conversions: row.conversions, confidenceLevel: 1 - row.alpha };
      const ratio = proportionConfidenceSequence({ ...options, prior: row.prior }).rate.interval;
      const howard = proportionConfidenceSequence({ ...options, method: "howard", tightestN: row.tightestN });
      // Far below the smallest double, any of the smallest will do.
      if (row.ratio[0]! > 0 || ratio.lower > 1e-320) {
        expect(relativeError(ratio.lower, row.ratio[0]!)).toBeLessThan(1e-12);
      }
      expect(relativeError(ratio.upper, row.ratio[1]!)).toBeLessThan(1e-12);
      expect(relativeError(howard.rate.interval.lower, row.howard[0]!)).toBeLessThan(1e-12);
      expect(relativeError(howard.rate.interval.upper, row.howard[1]!)).toBeLessThan(1e-12);
    }
  });

  it("never mixes wider than Howard et al. do", () => {
    expect(concentrationFor(1, 0.05)).toBe(1e-3);
  });
});

describe("the exact sequence of the lift", () => {
  it("has the evidence and the intervals of 60 digits, from one conversion to 1e12, to 1e-12", () => {
    for (const row of extremes.lifts) {
      const look = liftConfidenceSequence({
        control: { n: 1e15, conversions: row.control },
        treatment: { n: 1e15, conversions: row.treatment },
        allocation: row.allocation,
        tightestConversions: row.tightestConversions,
        confidenceLevel: 1 - row.alpha,
      });
      expect(logError(look.logLikelihoodRatio, row.logLikelihoodRatio)).toBeLessThan(1e-12);
      const [lower, upper] = row.lift.map(Number) as [number, number];
      expect(endError(look.lift.interval, [lower, upper])).toBeLessThan(1e-12);
    }
  });
});
