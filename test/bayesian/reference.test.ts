import { describe, expect, it } from "vitest";
import { betaDensity } from "../../src/numerics/beta-density.ts";
import { differencePosterior, liftPosterior } from "../../src/bayesian/beta-effects.ts";
import { betterArm } from "../../src/bayesian/better-arm.ts";
import { compareBetaBinomial } from "../../src/bayesian/compare-beta-binomial.ts";
import { logRatioContrast } from "../../src/bayesian/beta-contrasts.ts";
import { quantileCurve } from "../../src/bayesian/quantile-curve.ts";
import table from "../reference/bayesian/compare-beta-binomial.json" with { type: "json" };
import comparisons from "../reference/bayesian/comparisons.json" with { type: "json" };
import { readCsv } from "../support/csv.ts";
import { relativeError } from "../support/relative-error.ts";

// Probabilities and losses: 1e-12 relative in all tails. Logs: 1e-12 · max(1, |log|). Quantiles, in posterior standard
// deviations: 1e-11 against 30 digits, but 1e-8 at 1e15 units, where the rounding of a rate alone is 5e-9; 5e-11 against
// the table in double, which is itself right to a few 1e-11.

const logError = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.max(1, Math.abs(expected));

const shapes = (row: Record<string, string>) => ({
  control: betaDensity(Number(row["aA"]), Number(row["bA"])),
  treatment: betaDensity(Number(row["aB"]), Number(row["bB"])),
});

describe("betterArm", () => {
  it.each(readCsv("bayesian/probability-to-beat.csv"))(
    "has the $function of 25 digits for ($aA, $bA) and ($aB, $bB)",
    (row) => {
      const { control, treatment } = shapes(row);
      const found = betterArm(control, treatment);
      const actual = {
        p_b_gt_a: Math.exp(found.logProbabilityToBeat),
        p_a_gt_b: Math.exp(found.logProbabilityToLose),
        loss_a: found.expectedLoss.control,
        loss_b: found.expectedLoss.treatment,
      }[row["function"]!]!;
      expect(relativeError(actual, Number(row["value"]))).toBeLessThan(1e-12);
    },
  );

  it.each(comparisons)(
    "keeps its digits for $control and $treatment",
    ({ control, treatment, logUnlikely, logSmallerLoss }) => {
      const [a, b] = [betaDensity(control[0]!, control[1]!), betaDensity(treatment[0]!, treatment[1]!)];
      const found = betterArm(a, b);
      const treatmentLeads = b.a / b.total >= a.a / a.total;
      const unlikely = treatmentLeads ? found.logProbabilityToLose : found.logProbabilityToBeat;
      const loss = treatmentLeads ? found.expectedLoss.treatment : found.expectedLoss.control;
      expect(logError(unlikely, Number(logUnlikely))).toBeLessThan(1e-12);
      if (Number(logSmallerLoss) > -700) {
        expect(logError(Math.log(loss), Number(logSmallerLoss))).toBeLessThan(1e-12);
      }
    },
  );
});

describe("betterArm for shapes near 0", () => {
  // P(A > B) by mpmath 1.3, quad with 30 digits of betainc times the density, in a power of x that smooths it.
  it.each([
    [[1e-3, 2], [12, 9], 1.4937287074664625e-4],
    [[12, 9], [1e-3, 2], 0.9998506271292534],
    [[1e-3, 2], [2e-3, 3], 0.3336655037384103],
    [[0.5, 0.5], [0.25, 3], 0.87081739666457],
  ] as const)("has P(%j > %j) to 1e-12", ([aA, bA], [aB, bB], expected) => {
    const { logProbabilityToLose } = betterArm(betaDensity(aA, bA), betaDensity(aB, bB));
    expect(relativeError(Math.exp(logProbabilityToLose), expected)).toBeLessThan(1e-12);
  });
});

describe("quantiles", () => {
  it.each(readCsv("bayesian/ratio-quantile.csv"))(
    "of the ratio of ($aA, $bA) and ($aB, $bB) at $p are those of 25 digits",
    (row) => {
      const { control, treatment } = shapes(row);
      const p = Number(row["p"]);
      const contrast = logRatioContrast(control, treatment);
      const actual =
        p <= 0.5
          ? quantileCurve(contrast).quantile("lower", p)
          : quantileCurve(contrast).quantile("upper", 1 - p);
      const deviation = Math.hypot(1 / Math.sqrt(control.a), 1 / Math.sqrt(treatment.a));
      const error = Math.abs(actual - Math.log(Number(row["value"]))) / deviation;
      expect(error).toBeLessThan(1e-11);
    },
  );

  it.each(comparisons)(
    "of lift and difference are those of 30 digits for $control and $treatment",
    ({ control, treatment, lift, difference }) => {
      const [a, b] = [betaDensity(control[0]!, control[1]!), betaDensity(treatment[0]!, treatment[1]!)];
      const tolerance = a.total < 1e13 ? 1e-11 : 1e-8;
      const ofLift = liftPosterior(a, b, 0.95);
      const logDeviation = (Number(lift[2]) - Number(lift[0])) / 4;
      [ofLift.interval.lower, ofLift.estimate, ofLift.interval.upper].forEach((actual, i) => {
        const error = Math.abs(Math.log1p(actual) - Number(lift[i])) / logDeviation;
        expect(error).toBeLessThan(tolerance);
      });
      const ofDifference = differencePosterior(a, b, 0.95);
      [ofDifference.interval.lower, ofDifference.interval.upper].forEach((actual, i) => {
        const error = Math.abs(actual - Number(difference[2 * i])) / ofDifference.standardError!;
        expect(error).toBeLessThan(tolerance);
      });
    },
  );
});

describe("compareBetaBinomial", () => {
  it.each(table.cases)("agrees with the table: $in", ({ in: given, out }) => {
    const found = compareBetaBinomial({
      control: { n: given.n1, conversions: given.x1 },
      treatment: { n: given.n2, conversions: given.x2 },
      prior: { alpha: given.prior[0]!, beta: given.prior[1]! },
    });
    expect(relativeError(found.probabilityToBeat, out.prob_B_beats_A)).toBeLessThan(1e-12);
    expect(relativeError(found.probabilityToLose, out.prob_A_beats_B)).toBeLessThan(1e-12);
    expect(logError(found.logProbabilityToBeat, out.log_prob_B_beats_A)).toBeLessThan(1e-12);
    expect(logError(found.logProbabilityToLose, out.log_prob_A_beats_B)).toBeLessThan(1e-12);
    expect(relativeError(found.expectedLoss.treatment, out.expected_loss_choose_B)).toBeLessThan(1e-12);
    expect(relativeError(found.expectedLoss.control, out.expected_loss_choose_A)).toBeLessThan(1e-12);
    expect(relativeError(found.difference.estimate!, out.mean_diff)).toBeLessThan(1e-12);
    expect([found.posterior.control.alpha, found.posterior.control.beta]).toEqual(out.posterior.A);
    expect([found.posterior.treatment.alpha, found.posterior.treatment.beta]).toEqual(out.posterior.B);
    if (out.mean_relative_lift !== undefined) {
      expect(relativeError(found.lift.mean, out.mean_relative_lift)).toBeLessThan(1e-12);
    }
    const deviation = found.difference.standardError!;
    const { difference, lift } = found;
    const [lowerDifference, , upperDifference] = out.diff_quantiles;
    expect(Math.abs(difference.interval.lower - lowerDifference!) / deviation).toBeLessThan(5e-11);
    expect(Math.abs(difference.interval.upper - upperDifference!) / deviation).toBeLessThan(5e-11);
    const logs = out.relative_lift_quantiles.map((value) => Math.log1p(value));
    const logDeviation = (logs[2]! - logs[0]!) / 4;
    [lift.interval.lower, lift.estimate, lift.interval.upper].forEach((actual, i) => {
      expect(Math.abs(Math.log1p(actual) - logs[i]!) / logDeviation).toBeLessThan(5e-11);
    });
  });
});
