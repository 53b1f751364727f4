import { type OneFactor, oneFactorLogSf, oneFactorUpperQuantile } from "../numerics/one-factor-normal.ts";
import type { ArmsAdjustment, TestedFamily } from "./arms-adjustment.ts";
import type { LoggedPValue } from "./logged-p-value.ts";
import { jointScore, levelOfScore } from "./joint-score.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { hypot } from "../numerics/elementary/hypot.ts";

// Tests of several treatments share the control, and through it one common factor: tests i and j have correlation
// λ_i λ_j, with λ_i² the control's part of the variance of difference i. Arm 0 is the control, test i that of arm i + 1.

const ASSUMPTIONS: readonly string[] = [
  "The tests depend on each other only through the control that they share, and no unit is in two arms.",
];

/** Dunnett's test (1955), in a single step. */
export const DUNNETT: ArmsAdjustment = {
  adjust(family) {
    const law = oneFactorOf(family);
    return family.tests.map((test) => someBeyond(jointScore(test, family), law));
  },
  level(family) {
    return levelOfScore(
      oneFactorUpperQuantile(1 - family.confidence.confidenceLevel, oneFactorOf(family)),
      family,
    );
  },
  assumptions: ASSUMPTIONS,
};

/** Dunnett's test in steps down (Dunnett and Tamhane 1991): each test beside those that lie no further out. */
export const DUNNETT_STEP_DOWN: ArmsAdjustment = {
  adjust(family) {
    const law = oneFactorOf(family);
    const scores = family.tests.map((test) => jointScore(test, family));
    const order = scores.map((_, i) => i).toSorted((i, j) => scores[j]! - scores[i]! || 0);
    const results: LoggedPValue[] = [];
    let last: LoggedPValue = { pValue: 0, logPValue: -Infinity };
    order.forEach((i, step) => {
      const loadings = order.slice(step).map((j) => law.loadings[j]!);
      const next = someBeyond(scores[i]!, { ...law, loadings });
      last = next.logPValue > last.logPValue ? next : last;
      results[i] = last;
    });
    return results;
  },
  level: null,
  assumptions: ASSUMPTIONS,
};

/** The chance that some test lies as far out. */
function someBeyond(score: number, law: OneFactor): LoggedPValue {
  const logPValue = oneFactorLogSf(
    law.loadings.map(() => score),
    law,
  );
  return { pValue: exp(logPValue), logPValue };
}

function oneFactorOf({ arms, confidence }: TestedFamily): OneFactor {
  const [control, ...treatments] = arms.errors;
  return {
    loadings: treatments.map((error) => loading(control!, error)),
    df: arms.jointDegreesOfFreedom,
    isTwoSided: confidence.alternative === "two-sided",
  };
}

/** The largest double below 1: an arm without variance depends on the control's alone. */
const LARGEST_LOADING = 1 - 2 ** -53;

function loading(control: number, treatment: number): number {
  const both = hypot(control, treatment);
  // Two variances of 0 are taken for equal ones.
  return both > 0 ? Math.min(control / both, LARGEST_LOADING) : Math.SQRT1_2;
}
