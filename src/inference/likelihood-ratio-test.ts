import { signedDevianceRoot } from "../models/signed-deviance-root.ts";
import { normalOutcome, type ProportionTest } from "./proportion-test.ts";
import { PROFILE_DIFFERENCE, PROFILE_LIFT, PROFILE_ODDS_RATIO } from "./profile-effects.ts";
import { dualInterval } from "./dual-interval.ts";

const METHOD = "profile-likelihood";

/** The likelihood-ratio test (G-test) by its signed root, with the profile-likelihood intervals that invert it. */
export const LIKELIHOOD_RATIO_TEST: ProportionTest = {
  basis: "expected-counts",
  outcome: (control, treatment, sides) => normalOutcome(signedDevianceRoot(control, treatment), sides),
  intervals: (control, treatment, confidence) => ({
    difference: dualInterval(PROFILE_DIFFERENCE, control, treatment, confidence, METHOD),
    lift: dualInterval(PROFILE_LIFT, control, treatment, confidence, METHOD),
    oddsRatio: dualInterval(PROFILE_ODDS_RATIO, control, treatment, confidence, METHOD),
  }),
};
