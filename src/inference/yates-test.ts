import { yatesZ } from "../models/yates-z.ts";
import { normalOutcome, type ProportionTest } from "./proportion-test.ts";
import { scoreIntervalsAside } from "./score-test.ts";

/**
 * Pearson's test with the continuity correction of Yates (1934), as R's `prop.test`: its p-value stands for Fisher's.
 *
 * The correction has no place in an estimate of the effect, so the intervals are those of the score test; they are
 * narrower than a set that inverts this test would be.
 */
export const YATES_TEST: ProportionTest = {
  basis: "expected-counts",
  outcome: (control, treatment, sides) => normalOutcome(yatesZ(control, treatment), sides),
  intervals: scoreIntervalsAside,
};
