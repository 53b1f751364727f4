import { differenceStandardError } from "../models/effect-standard-errors.ts";
import { rateDifference } from "../models/proportion-effects.ts";
import { fiellerInterval } from "./fieller-interval.ts";
import { normalOutcome, type ProportionTest, type TestOutcome } from "./proportion-test.ts";
import { waldInterval, waldIsDetermined } from "./wald-interval.ts";
import { woolfInterval } from "./woolf-interval.ts";

const UNDETERMINED: TestOutcome = { statistic: null, pValue: null, logPValue: null };

/** The unpooled z-test: 0 for equal rates without variance, and undetermined for unequal ones. */
export const WALD_TEST: ProportionTest = {
  basis: "unpooled-variance",
  outcome(control, treatment, sides) {
    if (!waldIsDetermined(control, treatment)) return UNDETERMINED;
    const difference = rateDifference(control, treatment);
    const z = difference === 0 ? 0 : difference / differenceStandardError(control, treatment);
    return normalOutcome(z, sides);
  },
  intervals: (control, treatment, confidence) => ({
    difference: waldInterval(control, treatment, confidence),
    lift: fiellerInterval(control, treatment, confidence),
    oddsRatio: woolfInterval(control, treatment, confidence),
  }),
};
