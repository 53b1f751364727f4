import { unpooledZ } from "../models/unpooled-z.ts";
import { fiellerInterval, fiellerScratch, writeFiellerEnds } from "./fieller-interval.ts";
import type { RowTest } from "./row-test.ts";
import { normalOutcome, type ProportionTest, type TestOutcome } from "./proportion-test.ts";
import { waldInterval, writeWaldEnds } from "./wald-interval.ts";
import { woolfInterval } from "./woolf-interval.ts";

/** The unpooled z, and what inverts it: Wald's interval of the difference and Fieller's of the lift. */
export function waldRows(): RowTest {
  const scratch = fiellerScratch();
  return {
    basis: "unpooled-variance",
    statistic: unpooledZ,
    differenceEnds: writeWaldEnds,
    liftEnds(control, treatment, confidence, ends) {
      writeFiellerEnds(control, treatment, confidence, ends, scratch);
    },
  };
}

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
