import { nullSupremum } from "../models/null-supremum.ts";
import { pooledZ } from "../models/pooled-z.ts";
import { crossProduct } from "../models/proportion-effects.ts";
import { addSizes, pooledZRegion } from "../models/upper-region.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { checkTableCount } from "./check-table-count.ts";
import { centralLogPValue, exactOutcome, type ProportionTest } from "./proportion-test.ts";
import { scoreIntervalsAside } from "./score-test.ts";

/**
 * Barnard's exact unconditional test: the tables are ordered by the pooled z, and the p-value is the largest probability
 * that a common rate gives to those at least as extreme as the one seen. Two-sided by |z| unless central.
 *
 * Barnard (1947); Suissa and Shuster (1985) for the pooled z as the order.
 */
export const BARNARD_TEST: ProportionTest = {
  basis: "exact",
  outcome(control, treatment, { alternative, twoSided }) {
    checkTableCount("barnard", control, treatment);
    const z = pooledZ(control, treatment);
    if (alternative === "greater") return exactOutcome(z, logUpperPValue(control, treatment));
    if (alternative === "less") return exactOutcome(z, logUpperPValue(treatment, control));
    if (twoSided === "central") return exactOutcome(z, centralLogPValue(control, treatment, logUpperPValue));
    return exactOutcome(z, logJointPValue(control, treatment));
  },
  intervals: scoreIntervalsAside,
};

/** Below a z above 0 stands the table without conversions, whose z is 0 and which a rate of 0 makes certain. */
function logUpperPValue(control: Proportion, treatment: Proportion): number {
  if (crossProduct(control, treatment) <= 0) return 0;
  return nullSupremum(pooledZRegion(control.n, treatment.n, control, treatment).logSizes).logValue;
}

function logJointPValue(control: Proportion, treatment: Proportion): number {
  if (crossProduct(control, treatment) === 0) return 0;
  const upper = pooledZRegion(control.n, treatment.n, control, treatment);
  const lower = pooledZRegion(treatment.n, control.n, control, treatment);
  return nullSupremum(addSizes(upper.logSizes, lower.logSizes)).logValue;
}
