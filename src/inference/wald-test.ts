import { unpooledZ } from "../models/unpooled-z.ts";
import { fiellerInterval } from "./fieller-interval.ts";
import { normalOutcome, type ProportionTest, type TestOutcome } from "./proportion-test.ts";
import { waldInterval } from "./wald-interval.ts";
import { woolfInterval } from "./woolf-interval.ts";

const UNDETERMINED: TestOutcome = { statistic: null, pValue: null, logPValue: null };

/** The unpooled z-test: 0 for equal rates without variance, and undetermined for unequal ones. */
export const WALD_TEST: ProportionTest = {
  basis: "unpooled-variance",
  outcome(control, treatment, sides) {
    const z = unpooledZ(control, treatment);
    return z === null ? UNDETERMINED : normalOutcome(z, sides);
  },
  intervals: (control, treatment, confidence) => ({
    difference: waldInterval(control, treatment, confidence),
    lift: fiellerInterval(control, treatment, confidence),
    oddsRatio: woolfInterval(control, treatment, confidence),
  }),
};
