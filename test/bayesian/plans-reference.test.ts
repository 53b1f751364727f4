import { describe, expect, it } from "vitest";
import { assurance } from "../../src/bayesian/assurance.ts";
import { predictiveProbability } from "../../src/bayesian/predictive-probability.ts";
import type { SuccessCriterion } from "../../src/bayesian/success-criterion.ts";
import { valueOfInformation } from "../../src/bayesian/value-of-information.ts";
import { narrowness } from "../../src/bayesian/width-criterion.ts";
import plans from "../reference/bayesian/plans.json" with { type: "json" };
import predictive from "../reference/bayesian/predictive-probability.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

// Probabilities and gains, against enumeration with 25 digits: 1e-11 relative, in all tails. Against the table of another
// author in double: 1e-10. Widths, against enumeration in double: 1e-9, and
// 1e-7 where an average goes over more outcomes than the rule has nodes.

describe("predictiveProbability", () => {
  it.each(plans.ends)("is that of listing every end: $criterion, $control, $treatment", (plan) => {
    const { criterion, probability, greater, less, ...arms } = plan;
    const found = predictiveProbability({ ...arms, criterion: criterion as SuccessCriterion });
    expect(relativeError(found.probability, Number(probability))).toBeLessThan(1e-11);
    expect(relativeError(found.sides.greater, Number(greater))).toBeLessThan(1e-11);
    expect(relativeError(found.sides.less, Number(less))).toBeLessThan(1e-11);
  });

  it.each(predictive.cases)("agrees with the table: $in", ({ in: given, out }) => {
    const experiment = {
      control: { n: given.nA, conversions: given.xA },
      treatment: { n: given.nB, conversions: given.xB },
      remaining: { control: given.remaining_A, treatment: given.remaining_B },
      prior: { alpha: given.prior[0]!, beta: given.prior[1]! },
    };
    const believed = predictiveProbability({
      ...experiment,
      criterion: { kind: "posterior-probability", probability: given.prob_threshold },
    });
    expect(relativeError(believed.sides.greater, out.ppos_bayes)).toBeLessThan(1e-10);
    const significant = predictiveProbability({
      ...experiment,
      criterion: { kind: "significance", alpha: given.alpha_one_sided, alternative: "greater" },
    });
    expect(relativeError(significant.probability, out.ppos_z)).toBeLessThan(1e-10);
  });
});

describe("valueOfInformation", () => {
  it.each(plans.gains)("has the gains of exact fractions: $control, $treatment, $units", (plan) => {
    const { control, treatment, prior, units, gain, perfect } = plan;
    const found = valueOfInformation({
      control,
      treatment,
      prior,
      population: 1000,
      additional: units.control,
      allocation: units.treatment / units.control,
    });
    expect(found.choices[0]!.units).toEqual(units);
    expect(relativeError(found.choices[0]!.gainPerVisitor, Number(gain))).toBeLessThan(1e-11);
    expect(relativeError(found.perfectInformation.gainPerVisitor, Number(perfect))).toBeLessThan(1e-11);
  });
});

describe("assurance", () => {
  it.each(plans.assurances)(
    "is the power averaged over the prior: $prior, $analysisPrior, $criterion",
    (plan) => {
      const { probability, greater, less, analysisPrior, criterion, ...rest } = plan;
      const found = assurance({
        ...rest,
        criterion: criterion as SuccessCriterion,
        analysisPrior: analysisPrior as "flat",
      });
      expect(relativeError(found.probability, Number(probability))).toBeLessThan(1e-11);
      expect(relativeError(found.sides.greater, Number(greater))).toBeLessThan(1e-11);
      expect(relativeError(found.sides.less, Number(less))).toBeLessThan(1e-11);
    },
  );
});

describe("the width of posteriors", () => {
  it.each(plans.widths)("is that of listing every outcome: $effect, $prior, $units", (plan) => {
    const { effect, prior, units, width, confidenceLevel, averageLength, largestLength, averageCoverage } =
      plan;
    const at = (criterion: "average-length" | "average-coverage" | "worst-outcome") =>
      narrowness({ effect: effect as "rate", criterion, width, confidenceLevel }, prior, units);
    const tolerance = units.control > 48 ? 1e-7 : 1e-9;
    expect(relativeError(at("average-length").length, averageLength)).toBeLessThan(tolerance);
    expect(relativeError(at("worst-outcome").length, largestLength)).toBeLessThan(1e-9);
    expect(relativeError(at("average-coverage").coverage, averageCoverage)).toBeLessThan(tolerance);
  });
});
