import type { Proportion } from "../summaries/proportion.ts";
import { conditionalOddsRatio, conditionalOddsRatioInterval } from "./conditional-odds-ratio.ts";
import { fisherPValues } from "./fisher-test.ts";
import type { ProportionTest } from "./proportion-test.ts";
import { scoreIntervalsAside } from "./score-test.ts";

/**
 * Fisher's exact test, and the same with the table seen counted by one half. Neither has a statistic beside its p-value.
 *
 * Given all conversions only the odds ratio is left to learn about: its exact conditional interval inverts the one-sided
 * tests and the central two-sided one. Beside them stand the score intervals of difference and lift.
 */
export const FISHER_TEST: ProportionTest = /* @__PURE__ */ conditionalTest(false);
export const MID_P_TEST: ProportionTest = /* @__PURE__ */ conditionalTest(true);

function conditionalTest(midP: boolean): ProportionTest {
  return {
    basis: "exact",
    estimateOddsRatio: conditionalOddsRatio,
    outcome: (control, treatment, { alternative, twoSided }) => ({
      statistic: null,
      ...fisherPValues(control, treatment, alternative, midP, twoSided),
    }),
    intervals(control, treatment, confidence, { twoSided }) {
      const interval = conditionalOddsRatioInterval(control, treatment, confidence, midP, twoSided);
      // Where none or all converted a mid-p value of one half speaks against no odds ratio, whatever alpha is.
      const dualToTest = interval.dualToTest && !hasOneTable(control, treatment);
      return {
        ...scoreIntervalsAside(control, treatment, confidence),
        oddsRatio: { ...interval, dualToTest },
      };
    },
  };
}

/** Whether the margins leave one table only. */
function hasOneTable(control: Proportion, treatment: Proportion): boolean {
  const converted = control.conversions + treatment.conversions;
  return converted === 0 || converted === control.n + treatment.n;
}
