import { jointFisherSizes } from "../models/joint-fisher-sizes.ts";
import { nullSupremum } from "../models/null-supremum.ts";
import { fisherRegion } from "../models/upper-region.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { checkTableCount } from "./check-table-count.ts";
import { fisherPValues } from "./fisher-test.ts";
import { centralLogPValue, exactOutcome, type ProportionTest } from "./proportion-test.ts";
import { scoreIntervalsAside } from "./score-test.ts";

/** A Fisher p-value this close to 1 orders every table as at least as extreme, but for rounding. */
const ALL_TABLES = -1e-12;

/**
 * Boschloo's exact unconditional test: the tables are ordered by Fisher's p-value, which is the statistic, and the
 * p-value is the largest probability that a common rate gives to those where it is as small. So it is never larger than
 * Fisher's p-value with the same sides: two-sided by minimum likelihood (as R's Exact) unless central (as SciPy).
 *
 * Boschloo (1970).
 */
export const BOSCHLOO_TEST: ProportionTest = {
  basis: "exact",
  outcome(control, treatment, { alternative, twoSided }) {
    checkTableCount("boschloo", control, treatment);
    const { pValue, logPValue } = fisherPValues(control, treatment, alternative, false, twoSided);
    if (alternative === "greater") return exactOutcome(pValue, logUpperPValue(control, treatment));
    if (alternative === "less") return exactOutcome(pValue, logUpperPValue(treatment, control));
    if (twoSided === "central")
      return exactOutcome(pValue, centralLogPValue(control, treatment, logUpperPValue));
    return exactOutcome(pValue, logJointPValue(control.n, treatment.n, logPValue));
  },
  intervals: scoreIntervalsAside,
};

function logUpperPValue(control: Proportion, treatment: Proportion): number {
  const { logPValue } = fisherPValues(control, treatment, "greater", false);
  if (logPValue >= ALL_TABLES) return 0;
  return nullSupremum(fisherRegion(control.n, treatment.n, logPValue).logSizes).logValue;
}

function logJointPValue(n1: number, n2: number, logPValue: number): number {
  if (logPValue >= ALL_TABLES) return 0;
  return nullSupremum(jointFisherSizes(n1, n2, logPValue)).logValue;
}
