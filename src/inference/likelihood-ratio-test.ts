import { binomialDeviance } from "../models/binomial-deviance.ts";
import { crossProduct } from "../models/proportion-effects.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { normalOutcome, type ProportionTest } from "./proportion-test.ts";
import { PROFILE_DIFFERENCE, PROFILE_LIFT, PROFILE_ODDS_RATIO } from "./profile-effects.ts";
import { dualInterval } from "./dual-interval.ts";

const METHOD = "profile-likelihood";

/** The likelihood-ratio test (G-test) by its signed root, with the profile-likelihood intervals that invert it. */
export const LIKELIHOOD_RATIO_TEST: ProportionTest = {
  basis: "expected-counts",
  outcome: (control, treatment, sides) => normalOutcome(signedRoot(control, treatment), sides),
  intervals: (control, treatment, confidence) => ({
    difference: dualInterval(PROFILE_DIFFERENCE, control, treatment, confidence, METHOD),
    lift: dualInterval(PROFILE_LIFT, control, treatment, confidence, METHOD),
    oddsRatio: dualInterval(PROFILE_ODDS_RATIO, control, treatment, confidence, METHOD),
  }),
};

/** ±√G, where G is twice the log-likelihood that is lost when both arms get the pooled rate. */
function signedRoot(control: Proportion, treatment: Proportion): number {
  const product = crossProduct(control, treatment);
  const total = control.n + treatment.n;
  const conversions = control.conversions + treatment.conversions;
  const lost = (arm: Proportion, pull: number): number =>
    binomialDeviance(arm, pull / total / arm.n, conversions / total, (total - conversions) / total);
  const deviance = lost(control, product) + lost(treatment, -product);
  return Math.sign(product) * Math.sqrt(Math.max(0, deviance));
}
