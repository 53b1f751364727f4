import { fisherPValues } from "./fisher-test.ts";
import type { ProportionTest } from "./proportion-test.ts";
import { scoreIntervalsAside } from "./score-test.ts";

/** Fisher's exact test, and the same with the table seen counted by one half. Neither has a statistic beside its p-value. */
export const FISHER_TEST: ProportionTest = conditionalTest(false);
export const MID_P_TEST: ProportionTest = conditionalTest(true);

function conditionalTest(midP: boolean): ProportionTest {
  return {
    basis: "exact",
    outcome: (control, treatment, { alternative, twoSided }) => ({
      statistic: null,
      ...fisherPValues(control, treatment, alternative, midP, twoSided),
    }),
    intervals: scoreIntervalsAside,
  };
}
